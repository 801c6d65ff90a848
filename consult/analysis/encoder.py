"""Sentence vectors that mean the same in every language, from the table shipped here."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

from consult.analysis.features import HashedCounts, damped
from consult.analysis.language import base

DATA = Path(__file__).parent / "data"
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into vectors; an operator's own model stands behind the same methods."""

    @property
    def name(self) -> str:
        """Recorded with every run."""

    def encode(self, texts: Sequence[str], langs: Sequence[str]) -> Vectors:
        """One row of length 1 (or 0 for a text without letters) for each text."""

    def strangeness(self, vectors: Vectors) -> Vectors:
        """By text, the log odds that it is about other things than everyday life in a region."""

    def __hash__(self) -> int:
        """What is learnt from an encoder's vectors is kept by encoder."""


class TableEncoder:
    """Adds up the rows of a table that the pieces of a text point to (docs/encoder-card.md).

    Fixed means by language, learnt from the training text, are taken away; a language without
    one gets the mean of all. The table stays on disk and is mapped into memory.
    """

    def __init__(self, folder: Path = DATA) -> None:
        self.table = np.load(folder / "encoder.npy", mmap_mode="r")
        with np.load(folder / "encoder.npz") as stored:
            self.scales, self.idf = stored["scales"], stored["idf"]
            means, langs = stored["means"], stored["langs"]
            self.about = json.loads(str(stored["about"]))
        self.means = dict(zip(langs.tolist(), means, strict=True))
        self.mean = means.mean(axis=0)
        self.outside = np.load(folder / "outside.npy")
        self.counts = HashedCounts(len(self.table))

    @property
    def name(self) -> str:
        return f"table-{self.about['version']}"

    def weigh(self, texts: Sequence[str]) -> csr_matrix:
        """TF-IDF rows of length 1 over the buckets of the table."""
        return self._weigh_counts(self.counts.transform(texts))

    def weigh_words(self, counts: csr_matrix, of_words: csr_matrix) -> csr_matrix:
        """The same from counts of words (texts x words) and the buckets of each word."""
        return self._weigh_counts(damped(counts @ of_words))

    def _weigh_counts(self, found: csr_matrix) -> csr_matrix:
        found.data *= self.idf[found.indices].astype(np.float32)
        return normalize(found, copy=False)

    def encode(self, texts: Sequence[str], langs: Sequence[str]) -> Vectors:
        """One row a text, of length 1; a text without letters gives zeros."""
        if not len(texts):
            return np.zeros((0, self.table.shape[1]), np.float32)
        return self.encode_weighed(self.weigh(texts), langs)

    def encode_weighed(self, weighed: csr_matrix, langs: Sequence[str]) -> Vectors:
        """The vectors of texts that `weigh` has been through."""
        used, inverse = np.unique(weighed.indices, return_inverse=True)
        rows = self.table[used].astype(np.float32) * self.scales[used, None].astype(np.float32)
        compact = csr_matrix(
            (weighed.data, inverse, weighed.indptr), shape=(weighed.shape[0], len(used))
        )
        means = np.stack([self.means.get(base(lang), self.mean) for lang in langs])
        vectors = compact @ rows - means
        vectors[np.diff(weighed.indptr) == 0] = 0
        return np.asarray(normalize(vectors), np.float32)

    def strangeness(self, vectors: Vectors) -> Vectors:
        """By text, the log odds that it is about other things than everyday life in a region."""
        return np.asarray(vectors @ self.outside[:-1] + self.outside[-1])


@lru_cache(maxsize=1)
def default_encoder() -> TableEncoder:
    """The shipped table, opened once."""
    return TableEncoder()
