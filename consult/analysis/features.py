"""Hashed counts of words and pieces of words, the same numbers in training and in use."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.utils import murmurhash3_32

from consult.analysis.text import is_han
from consult.analysis.tokens import tokenize

MAX_WORD = 40
SHORTEST, LONGEST = 3, 5
BATCH = 20_000  # texts whose pieces are held at once


def pieces(word: str) -> Iterator[str]:
    """The features of one folded word: itself, and its character 3-5-grams with its edges.

    Han text, which has no spaces, gives its single signs and pairs instead.
    """
    if is_han(word):
        yield from (f"w{sign}" for sign in word)
        yield from (f"w{word[i : i + 2]}" for i in range(len(word) - 1))
        return
    word = word[:MAX_WORD]
    yield f"w{word}"
    edged = f" {word} "
    for size in range(SHORTEST, LONGEST + 1):
        yield from (f"c{edged[i : i + size]}" for i in range(len(edged) - size + 1))


class HashedCounts:
    """Turns texts into a sparse matrix of damped counts, `1 + log(count)`.

    `buckets` is the number of columns. Nothing is learned; the hash is MurmurHash3 with seed 0.
    """

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets
        self._columns = lru_cache(maxsize=200_000)(self._columns_of)

    def _columns_of(self, word: str) -> array[int]:
        found = (murmurhash3_32(piece, positive=True) % self.buckets for piece in pieces(word))
        return array("i", found)

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """One row a text, `buckets` columns, float32."""
        tokens = tokenize(texts)
        of_words = self.of_words(tokens.vocabulary)
        parts = [
            damped(tokens.counts(start, min(start + BATCH, len(tokens))) @ of_words)
            for start in range(0, len(tokens), BATCH)
        ]
        return vstack(parts, "csr") if parts else csr_matrix((0, self.buckets), dtype=np.float32)

    def of_words(self, vocabulary: Iterable[str]) -> csr_matrix:
        """One row a folded word: how often each bucket is hit by its pieces."""
        columns, ends = array("i"), [0]
        for word in vocabulary:
            columns.extend(self._columns(word))
            ends.append(len(columns))
        counts = csr_matrix(
            (np.ones(len(columns), np.float32), np.frombuffer(columns, np.int32), np.array(ends)),
            shape=(len(ends) - 1, self.buckets),
        )
        counts.sum_duplicates()
        return counts


def damped(counts: csr_matrix) -> csr_matrix:
    """Counts as `1 + log(count)`, columns in order."""
    counts.data = 1 + np.log(counts.data)
    counts.sort_indices()
    return counts
