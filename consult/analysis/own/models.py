"""Runs an operator's model: ONNX by onnxruntime, other formats by sentence-transformers."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.preprocessing import normalize

from consult.analysis.encoder import Vectors
from consult.analysis.own.folder import EncoderUnusable, ModelFolder

BATCH = 32  # texts of about one length that go through the model together
INPUTS = {"input_ids", "attention_mask", "token_type_ids", "offsets"}
POOLED = ("sentence_embedding", "embeddings")
PADDING = ("<pad>", "[PAD]")


class Model(ABC):
    """Turns texts into vectors, whatever their language."""

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        return self.folder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each of at least one text; equal texts are read once."""
        places: dict[str, int] = {}
        at = [places.setdefault(text, len(places)) for text in texts]
        distinct = [self.folder.prefix + _clean(text) for text in places]
        order = np.argsort([len(text) for text in distinct], kind="stable")
        parts = [
            self._run_safely([distinct[row] for row in order[start : start + BATCH].tolist()])
            for start in range(0, len(order), BATCH)
        ]
        rows = np.empty((len(distinct), parts[0].shape[1]), np.float32)
        rows[order] = np.concatenate(parts)
        return np.asarray(normalize(rows)[at], np.float32)

    def _run_safely(self, texts: list[str]) -> Vectors:
        try:
            found = np.asarray(self._run(texts), np.float32)
        except Exception as error:  # the libraries raise plain Exceptions of their own
            raise EncoderUnusable(f"The model {self.name} failed: {error}") from error
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise EncoderUnusable(f"The model {self.name} does not give one vector a text.")
        return found

    @abstractmethod
    def _run(self, texts: list[str]) -> Vectors:
        """Texts x dimensions, of any length."""


def load_model(folder: ModelFolder) -> Model:
    """The model of a folder; EncoderUnusable if it is broken or the extra is not installed."""
    try:
        return TransformerModel(folder) if folder.onnx is None else OnnxModel(folder, folder.onnx)
    except ImportError as error:
        wanted = "sentence-transformers" if folder.onnx is None else "consult[encoder]"
        raise EncoderUnusable(f"{error.name} is missing: pip install {wanted}") from None


class OnnxModel(Model):
    """A model.onnx with the tokenizer.json that belongs to it.

    The model's own pooled output is taken if it has one, otherwise the mean (or the first) of
    the vectors of its words. Bags of words with `offsets` (model2vec) are served as well.
    """

    def __init__(self, folder: ModelFolder, onnx: Path) -> None:
        super().__init__(folder)
        self.tokenizer = _tokenizer(folder, onnx)
        self.session = _session(folder, onnx)
        self.inputs = {given.name for given in self.session.get_inputs()}
        if "offsets" in self.inputs:
            self.tokenizer.no_padding()
        if "input_ids" not in self.inputs or not self.inputs <= INPUTS:
            raise EncoderUnusable(f"{onnx.name} of {self.name} is not a model of sentences.")
        outputs = [given.name for given in self.session.get_outputs()]
        self.output = next((name for name in POOLED if name in outputs), outputs[0])

    def _run(self, texts: list[str]) -> Vectors:
        if "offsets" in self.inputs:
            return self._run_bags(texts)
        read = self.tokenizer.encode_batch(texts)
        mask = np.array([row.attention_mask for row in read], np.int64)
        ids = np.array([row.ids for row in read], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        feed = {name: given[name] for name in self.inputs}
        found = self.session.run([self.output], feed)[0]
        return self._pool(found, mask) if found.ndim == 3 else found

    def _run_bags(self, texts: list[str]) -> Vectors:
        read = [row.ids for row in self.tokenizer.encode_batch(texts, add_special_tokens=False)]
        offsets = np.cumsum([0, *(len(row) for row in read[:-1])], dtype=np.int64)
        ids = np.array([at for row in read for at in row], np.int64)
        found: Vectors = self.session.run([self.output], {"input_ids": ids, "offsets": offsets})[0]
        return found

    def _pool(self, found: Vectors, mask: Any) -> Vectors:
        if self.folder.has_more_layers:
            raise ValueError(
                "its last layer is not part of the ONNX file; export it as a whole, or install "
                "sentence-transformers and take the ONNX file away"
            )
        if self.folder.pooling == "cls":
            return found[:, 0]
        weights = mask[:, :, None].astype(np.float32)
        return np.asarray((found * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1))


class TransformerModel(Model):
    """A sentence-transformers folder; the library is told to look nowhere else."""

    def __init__(self, folder: ModelFolder) -> None:
        super().__init__(folder)
        from sentence_transformers import SentenceTransformer

        try:
            self.model = SentenceTransformer(
                str(folder.path), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # the library raises whatever its parts raise
            raise EncoderUnusable(f"The model in {folder.path} cannot be read: {error}") from error
        self.model.max_seq_length = folder.most_tokens

    def _run(self, texts: list[str]) -> Vectors:
        found: Vectors = self.model.encode(texts, prompt="", show_progress_bar=False)
        return found


def _clean(text: str) -> str:
    """Without halves of signs, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


def _tokenizer(folder: ModelFolder, onnx: Path) -> Any:
    from tokenizers import Tokenizer

    places = (folder.path / "tokenizer.json", onnx.parent / "tokenizer.json")
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise EncoderUnusable(f"There is a model in {folder.path}, but no tokenizer.json.")
    try:
        found = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain Exceptions
        raise EncoderUnusable(f"{path} is not a tokenizer: {error}") from None
    known = (found.padding or {}).get("pad_token")
    sign = next(
        (s for s in (known, *PADDING) if s and found.token_to_id(s) is not None), PADDING[0]
    )
    found.enable_padding(pad_id=found.token_to_id(sign) or 0, pad_token=sign)
    found.enable_truncation(folder.most_tokens)
    return found


def _session(folder: ModelFolder, onnx: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: warnings are about how a model was exported
    try:
        return onnxruntime.InferenceSession(str(onnx), options, ["CPUExecutionProvider"])
    except Exception as error:  # the library's errors share no other base
        raise EncoderUnusable(f"The model in {folder.path} is broken: {error}") from None
