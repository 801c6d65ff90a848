"""Joins the vectors of an operator's model with those of the shipped table."""

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from consult.analysis.codebook import shipped_sentences
from consult.analysis.encoder import Vectors, default_encoder
from consult.analysis.language import base
from consult.analysis.own.folder import EncoderUnusable, read_folder
from consult.analysis.own.models import Model, load_model
from consult.analysis.types import Progress

SHARE = 0.5
# Where the table is weak, for a model that knows these; `consult encoder weigh` measures it.
SHARES = {"am": 0.65, "ga": 0.65, "ps": 0.65, "so": 0.65, "ti": 0.65}
Halves = NDArray[np.float16]
PART = 256  # sentences after which progress is told


class BlendedEncoder:
    """The table's vector and the model's behind one another.

    A text's row is (√(1-w) table, √w model), both parts of length 1, w the model's share in its
    language. So the cosine of two texts of one language is the mean of both cosines weighted
    with w, and that of two languages √((1-w)(1-w')) and √(ww') of them, which add up to nearly 1
    as long as the shares are not far apart. The model's fixed means by language come from the
    shipped sentences, never from a survey's answers. After `fit`: `means_`, `mean_`, `known_`.
    """

    def __init__(self, model: Model, weights: Mapping[str, float], cache: Path) -> None:
        self.model = model
        self.weights = weights
        self.cache = cache
        self.table = default_encoder()

    @property
    def name(self) -> str:
        return f"{self.table.name}+{self.model.name}"

    def fit(self, progress: Progress) -> "BlendedEncoder":
        """Reads the shipped sentences with the model, or finds their vectors in the cache.

        The first time takes minutes; each language is kept as soon as it is read. `progress` goes
        from 0 to 1 and may raise to end it. Raises EncoderUnusable.
        """
        if hasattr(self, "known_"):
            return self
        by_lang: dict[str, list[str]] = {}
        for _, _, _, lang, text in shipped_sentences():
            by_lang.setdefault(lang, []).append(text)
        known: dict[str, Halves] = {}
        means: dict[str, Vectors] = {}
        for number, (lang, texts) in enumerate(by_lang.items()):
            vectors = self._read(
                lang,
                texts,
                lambda done, message, number=number: progress(  # type: ignore[misc]
                    (number + done) / len(by_lang), message
                ),
            )
            means[lang] = vectors.mean(axis=0, dtype=np.float32)
            known.update(zip(texts, vectors, strict=True))
        self.means_ = means
        self.mean_: Vectors = np.mean(list(means.values()), axis=0)
        self.known_ = known
        return self

    def encode(self, texts: Sequence[str], langs: Sequence[str]) -> Vectors:
        """One row a text, of length 1; a text without letters gives zeros."""
        return self.join(self.table.encode(texts, langs), texts, langs)

    def join(self, by_table: Vectors, texts: Sequence[str], langs: Sequence[str]) -> Vectors:
        """The same for texts whose vectors by the table are known."""
        if not len(texts):
            return np.zeros((0, by_table.shape[1] + len(self.mean_)), np.float32)
        shares = np.array([[self.share(lang)] for lang in langs], np.float32)
        joined = np.hstack(
            [np.sqrt(1 - shares) * by_table, np.sqrt(shares) * self.by_model(texts, langs)]
        )
        joined[~by_table.any(axis=1)] = 0
        return np.asarray(normalize(joined), np.float32)

    def by_model(self, texts: Sequence[str], langs: Sequence[str]) -> Vectors:
        """The model's part alone: rows of length 1 without the mean of their language."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known_]
        fresh = dict(zip(new, self.model.embed(new), strict=True)) if new else {}
        rows = np.stack(
            [self.known_[text] if text in self.known_ else fresh[text] for text in texts]
        )
        means = np.stack([self.means_.get(base(lang), self.mean_) for lang in langs])
        return np.asarray(normalize(rows - means), np.float32)

    def share(self, lang: str) -> float:
        """How much of the cosine between two texts of a language comes from the model."""
        return self.weights.get(base(lang), SHARE)

    def strangeness(self, vectors: Vectors) -> Vectors:
        """What the table's part says (`TableEncoder.strangeness`)."""
        return self.table.strangeness(normalize(vectors[:, : self.table.table.shape[1]]))

    def _read(self, lang: str, texts: Sequence[str], progress: Progress) -> Halves:
        """Raw vectors of a language's sentences, kept as half floats."""
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
        file = self.cache / f"{self.model.name}-{lang}-{digest}.npy"
        progress(0.0, f"Reading the example sentences with {self.model.name}: {lang}")
        if (kept := _kept(file, len(texts))) is not None:
            return kept
        parts = []
        for start in range(0, len(texts), PART):
            progress(start / len(texts), f"Reading the example sentences: {lang}, {start}")
            parts.append(self.model.embed(texts[start : start + PART]).astype(np.float16))
        vectors = np.concatenate(parts)
        _keep(file, vectors)
        return vectors


def _kept(file: Path, rows: int) -> Halves | None:
    """What an earlier run kept; None if there is nothing or it is damaged."""
    try:
        found: Halves = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.ndim == 2 and len(found) == rows else None


def _keep(file: Path, vectors: Halves) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as opened:
            np.save(opened, vectors)
        os.replace(opened.name, file)
    except OSError as error:
        raise EncoderUnusable(f"{file.parent} cannot be written to: {error.strerror}.") from None


@lru_cache(maxsize=1)
def own_encoder(folder: Path, cache: Path) -> BlendedEncoder:
    """The model in `folder`, opened once, with its weights or the default ones; `fit` it.

    `cache` is a folder for what the model says of the shipped sentences. Raises EncoderUnusable.
    """
    read = read_folder(folder)
    return BlendedEncoder(load_model(read), {**SHARES, **read.weights}, cache)
