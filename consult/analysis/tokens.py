"""Texts as numbers: each folded word once, so that the work on a word is done once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from consult.analysis.text import fold, words

MAX_LETTERS = 20_000  # of one text; the rest of a longer one is not read


@dataclass(frozen=True)
class Tokens:
    """The words of texts: text i holds `vocabulary[flat[ends[i]:ends[i + 1]]]`, in order."""

    vocabulary: list[str]
    flat: NDArray[np.int32]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def of(self, row: int) -> NDArray[np.int32]:
        """The word numbers of one text."""
        return self.flat[self.ends[row] : self.ends[row + 1]]

    def words(self, row: int) -> list[str]:
        """The folded words of one text."""
        return [self.vocabulary[word] for word in self.of(row).tolist()]

    def counts(self, start: int = 0, end: int | None = None) -> csr_matrix:
        """How often each word stands in the texts from `start` to `end`: texts x vocabulary."""
        ends = self.ends[start : (len(self) if end is None else end) + 1]
        flat = self.flat[ends[0] : ends[-1]]
        shape = len(ends) - 1, len(self.vocabulary)
        found = csr_matrix((np.ones(len(flat), np.float32), flat.copy(), ends - ends[0]), shape)
        found.sum_duplicates()
        return found


def tokenize(texts: Iterable[str]) -> Tokens:
    """Reads the words of `texts`, of each text the first 20,000 letters."""
    numbers: dict[str, int] = {}
    flat, ends = array("i"), array("q", [0])
    for text in texts:
        for word in words(fold(text[:MAX_LETTERS])):
            flat.append(numbers.setdefault(word, len(numbers)))
        ends.append(len(flat))
    return Tokens(list(numbers), np.array(flat, np.int32), np.array(ends, np.int64))
