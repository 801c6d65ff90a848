"""What stands in the folder of an operator's model. Nothing is ever downloaded."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WEIGHTS = "consult-weights.json"  # ours, written by `consult encoder weigh`
ONNX = ("model.onnx", "onnx/model.onnx")
CONFIGS = (
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "tokenizer_config.json",
    "1_Pooling/config.json",
)
MOST_TOKENS = 512  # of a text that are read, whatever more a model could take
LONGEST_NAME = 80


class EncoderUnusable(ValueError):
    """The folder cannot serve as an encoder; the message says why in plain words."""


@dataclass(frozen=True)
class ModelFolder:
    """A folder with a model. `onnx` is None for one that sentence-transformers reads.

    `prefix` stands before every text, `pooling` is "mean" or "cls", `most_tokens` the length
    after which a text is cut. `name` has the folder's name and 12 digits of the SHA-256 of all
    that the vectors depend on. `weights` are the shares by language, empty if not measured.
    """

    path: Path
    onnx: Path | None
    prefix: str
    pooling: str
    most_tokens: int
    name: str
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_more_layers(self) -> bool:
        """Whether something is learnt that comes after the pooling, as in LaBSE."""
        listed = _read(self.path / "modules.json", list)
        return any("Dense" in str(row) for row in listed)


def read_folder(path: Path, prefix: str | None = None, weighed: bool = True) -> ModelFolder:
    """Reads a folder; raises EncoderUnusable if there is no model in it.

    `prefix` None means what the folder says; measured weights are read if `weighed`.
    """
    if not path.is_dir():
        raise EncoderUnusable(f"There is no folder {path}.")
    path = path.resolve()
    onnx = next((path / name for name in ONNX if (path / name).is_file()), None)
    if onnx is None and not (path / "modules.json").is_file():
        raise EncoderUnusable(
            f"There is no model in {path}: neither {' nor '.join(ONNX)}, nor the modules.json of "
            "a sentence-transformers model."
        )
    stored = _read(path / WEIGHTS, dict)
    chosen = _prefix(path, stored) if prefix is None else prefix
    name = f"{path.name[:LONGEST_NAME]}-{_digest(path, onnx, chosen)}"
    weights = _weights(stored, name) if weighed else {}
    return ModelFolder(path, onnx, chosen, _pooling(path), _most_tokens(path), name, weights)


def _read(path: Path, kind: type) -> Any:
    """A JSON file's list or dictionary, an empty one if there is no such file."""
    if not path.is_file():
        return kind()
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise EncoderUnusable(f"{path} cannot be read: {error}.") from None
    if not isinstance(found, kind):
        raise EncoderUnusable(f"{path} does not hold what it should.")
    return found


def _prefix(path: Path, stored: Mapping[str, Any]) -> str:
    """What was given to `weigh`, or what the model says it wants before every text."""
    if "prefix" in stored:
        return str(stored["prefix"])
    said = _read(path / "config_sentence_transformers.json", dict)
    return str((said.get("prompts") or {}).get(said.get("default_prompt_name")) or "")


def _pooling(path: Path) -> str:
    said = _read(path / "1_Pooling" / "config.json", dict)
    modes = {mode for mode in said if mode.startswith("pooling_mode_") and said[mode] is True}
    if modes <= {"pooling_mode_mean_tokens"}:
        return "mean"
    if modes == {"pooling_mode_cls_token"}:
        return "cls"
    raise EncoderUnusable(f"The model in {path} adds up its words in a way that is not known here.")


def _most_tokens(path: Path) -> int:
    said = (
        _read(path / "sentence_bert_config.json", dict).get("max_seq_length"),
        _read(path / "tokenizer_config.json", dict).get("model_max_length"),
    )
    return min([MOST_TOKENS, *(int(most) for most in said if isinstance(most, int | float))])


def _weights(stored: Mapping[str, Any], name: str) -> dict[str, float]:
    weights = stored.get("weights", {})
    if weights and stored.get("model") != name:
        raise EncoderUnusable(
            f"{WEIGHTS} was measured with {stored.get('model')}, but this is {name}. "
            "Run `consult encoder weigh` again, or delete the file."
        )
    if not isinstance(weights, dict) or not all(
        isinstance(share, int | float) and 0 <= share < 1 for share in weights.values()
    ):
        raise EncoderUnusable(f"The weights in {WEIGHTS} must be numbers from 0 to below 1.")
    return {str(lang): float(share) for lang, share in weights.items()}


def _digest(path: Path, onnx: Path | None, prefix: str) -> str:
    found = hashlib.sha256(prefix.encode())
    for file in _files(path, onnx):
        found.update(f"\0{file.relative_to(path).as_posix()}\0".encode())
        with file.open("rb") as opened:
            found.update(hashlib.file_digest(opened, "sha256").digest())
    return found.hexdigest()[:12]


def _files(path: Path, onnx: Path | None) -> Iterable[Path]:
    """The files the vectors depend on; of a sentence-transformers folder all but the hidden."""
    if onnx is not None:
        parts = [path / name for name in (*CONFIGS, "tokenizer.json", "onnx/tokenizer.json")]
        return sorted(part for part in (*parts, *onnx.parent.glob("model.onnx*")) if part.is_file())
    inside = {file: file.relative_to(path) for file in path.rglob("*") if file.is_file()}
    return sorted(
        file
        for file, place in inside.items()
        if file.name != WEIGHTS and not any(part.startswith(".") for part in place.parts)
    )
