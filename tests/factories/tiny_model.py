"""A folder with a tiny sentence model in ONNX form: a vector a word, looked up in a table."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

SPECIAL = ("[UNK]", "[PAD]")
PADDING = 9.0
FLOAT, INT64 = 1, 7
INPUTS = ("input_ids", "attention_mask")


def make_model(
    folder: Path,
    words: Mapping[str, Sequence[float]],
    pooled: bool = False,
    inputs: Sequence[str] = INPUTS,
    **configs: object,
) -> Path:
    """Writes model.onnx and tokenizer.json; other words count as zeros, padding as nines.

    With the input `offsets` it takes words in a row, and gives a vector for each. `pooled` gives
    it an output of its own, a mean that counts the padding. `configs` are JSON files by name,
    `__` for a slash.
    """
    width = len(next(iter(words.values())))
    table = np.array([[0.0] * width, [PADDING] * width, *words.values()], np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model(table, pooled, inputs))
    _tokenizer((*SPECIAL, *words)).save(str(folder / "tokenizer.json"))
    for name, content in configs.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


def _tokenizer(words: Sequence[str]) -> Tokenizer:
    numbers = {word: number for number, word in enumerate(words)}
    found = Tokenizer(models.WordLevel(numbers, SPECIAL[0]))
    found.normalizer = normalizers.Lowercase()
    found.pre_tokenizer = pre_tokenizers.Whitespace()
    return found


def _model(table: np.ndarray, pooled: bool, inputs: Sequence[str]) -> bytes:
    """A ModelProto: a node that looks up rows, and one that takes their mean."""
    shape = ["words"] if "offsets" in inputs else ["batch", "words"]
    nodes = [_node("Gather", ["table", "input_ids"], "last_hidden_state")]
    outputs = [_value("last_hidden_state", FLOAT, [*shape, table.shape[1]])]
    if pooled:
        axes = _text(1, "axes") + _number(8, 1) + _number(20, 7)
        keep = _text(1, "keepdims") + _number(3, 0) + _number(20, 2)
        nodes.append(_node("ReduceMean", ["last_hidden_state"], "sentence_embedding", axes, keep))
        outputs.append(_value("sentence_embedding", FLOAT, ["batch", table.shape[1]]))
    tensor = b"".join(_number(1, size) for size in table.shape) + _number(2, FLOAT)
    tensor += _text(8, "table") + _part(9, table.tobytes())
    graph = b"".join(_part(1, node) for node in nodes) + _text(2, "tiny") + _part(5, tensor)
    graph += b"".join(_part(11, _value(name, INT64, shape)) for name in inputs)
    graph += b"".join(_part(12, output) for output in outputs)
    return _number(1, 8) + _part(7, graph) + _part(8, _number(2, 13))


def _node(kind: str, inputs: Sequence[str], output: str, *attributes: bytes) -> bytes:
    given = b"".join(_text(1, name) for name in inputs)
    return given + _text(2, output) + _text(4, kind) + b"".join(_part(5, row) for row in attributes)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = [_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape]
    tensor = _number(1, kind) + _part(2, b"".join(_part(1, size) for size in sizes))
    return _text(1, name) + _part(2, _part(1, tensor))


# Fields of a protobuf message.
def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _part(field, value.encode())


def _part(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
