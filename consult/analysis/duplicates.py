"""Groups near-identical texts, so that a campaign's text weighs once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state, murmurhash3_32

from consult.analysis.text import is_han
from consult.analysis.tokens import Tokens, tokenize

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
MOST_WORDS = 2_000  # of one text
MIX = np.uint64(0x9E3779B97F4A7C15)
BATCH = 100_000  # pairs compared at once


class NearDuplicates(BaseEstimator, ClusterMixin):  # type: ignore[misc]
    """MinHash over overlapping word pairs, each candidate pair then compared in full.

    Texts of fewer than `least_words` words are never grouped: two people may well say the same
    three words. `threshold` is the Jaccard similarity of word pairs from which texts are one.
    After `fit`: `labels_`, per text the index of the first text of its group (its own if alone).
    Source of the method: A. Broder, On the resemblance and containment of documents, 1997.
    """

    def __init__(
        self, threshold: float = 0.5, least_words: int = 6, bands: int = 32, random_state: int = 0
    ) -> None:
        self.threshold = threshold
        self.least_words = least_words
        self.bands = bands
        self.random_state = random_state

    def fit(self, texts: Sequence[str] | Tokens, y: object = None) -> "NearDuplicates":
        """Finds the groups among `texts`, or among texts already read as `Tokens`."""
        tokens = texts if isinstance(texts, Tokens) else tokenize(texts)
        self.labels_ = np.arange(len(tokens))
        shingles, rows = self._shingles(tokens)
        if not len(rows):
            return self
        used, starts = np.unique(rows, return_index=True)
        ends = np.append(starts, len(rows))
        pairs = self._candidates(shingles, starts)
        alike = pairs[self._alike(shingles, ends, pairs)]
        edges = csr_matrix((np.ones(len(alike)), alike.T), shape=(len(used), len(used)))
        _, groups = connected_components(edges, directed=False)
        _, first = np.unique(groups, return_index=True)
        self.labels_[used] = used[first[groups]]
        return self

    def groups(self) -> list[list[int]]:
        """Groups of two and more, by their first text."""
        sizes = np.bincount(self.labels_, minlength=1)
        found: dict[int, list[int]] = {}
        for index in np.flatnonzero(sizes[self.labels_] > 1).tolist():
            found.setdefault(int(self.labels_[index]), []).append(index)
        return [found[first] for first in sorted(found)]

    def _shingles(self, tokens: Tokens) -> tuple[Hashes, Ints]:
        """The distinct word pairs of the texts that are long enough, and the texts' rows."""
        units, ends = _units(tokens)
        lengths = np.diff(ends)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(len(units)) - ends[rows]
        kept = (lengths[rows] >= self.least_words) & (place > 0) & (place < MOST_WORDS)
        at = np.flatnonzero(kept)
        hashed = (units[at - 1] * MIX) ^ (units[at] + (units[at] << np.uint64(32)))
        hashed *= MIX
        order = np.lexsort((hashed, rows[at]))
        hashed, of = hashed[order], rows[at][order]
        new = np.ones(len(of), bool)
        new[1:] = (hashed[1:] != hashed[:-1]) | (of[1:] != of[:-1])
        return hashed[new], of[new]

    def _candidates(self, shingles: Hashes, starts: Ints) -> Ints:
        """Pairs that agree on a band of two minima: each text with the one before it and with
        the first of its bucket, so that the work stays linear."""
        factors = check_random_state(self.random_state).randint(1, 1 << 62, 2 * self.bands)
        found = []
        for one, two in factors.astype(np.uint64).reshape(-1, 2) | np.uint64(1):
            band = _minima(shingles, starts, one) ^ (_minima(shingles, starts, two) * MIX)
            order = np.argsort(band, kind="stable")
            same = band[order][1:] == band[order][:-1]
            first = np.maximum.accumulate(np.where(np.append(True, ~same), np.arange(len(band)), 0))
            at = np.flatnonzero(same) + 1
            found += [np.stack([order[at - 1], order[at]], 1)]
            found += [np.stack([order[first[at]], order[at]], 1)]
        return np.unique(np.concatenate(found), axis=0)

    def _alike(self, shingles: Hashes, ends: Ints, pairs: Ints) -> NDArray[np.bool_]:
        _, columns = np.unique(shingles, return_inverse=True)
        sets = csr_matrix((np.ones(len(columns), np.int32), columns, ends))
        sizes = np.diff(ends)
        shared = np.zeros(len(pairs), np.int64)
        for start in range(0, len(pairs), BATCH):
            one, two = pairs[start : start + BATCH].T
            shared[start : start + BATCH] = np.asarray(sets[one].multiply(sets[two]).sum(1)).ravel()
        return np.asarray(shared >= self.threshold * (sizes[pairs].sum(axis=1) - shared))


def _units(tokens: Tokens) -> tuple[Hashes, Ints]:
    """A hash for each word, and for each sign of Han text, with the ends of the texts."""
    parts = [list(word) if is_han(word) else [word] for word in tokens.vocabulary]
    hashed = np.array([murmurhash3_32(p, positive=True) for ps in parts for p in ps], np.uint64)
    sizes = np.array([len(ps) for ps in parts], np.int64)
    begins = np.cumsum(sizes) - sizes
    flat = sizes[tokens.flat]
    inside = np.arange(flat.sum()) - np.repeat(np.cumsum(flat) - flat, flat)
    units = hashed[np.repeat(begins[tokens.flat], flat) + inside]
    return units, np.append(0, np.cumsum(flat))[tokens.ends]


def _minima(shingles: Hashes, starts: Ints, factor: np.uint64) -> Hashes:
    found: Hashes = np.minimum.reduceat((shingles * factor) >> np.uint64(20), starts)
    return found
