"""Groups near-identical texts, so that a campaign's text weighs once."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state, murmurhash3_32

from consult.analysis.text import fold, is_han, words

Hashes = NDArray[np.uint64]
PRIME = np.uint64((1 << 31) - 1)
MOST_WORDS = 2_000


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

    def fit(self, texts: Sequence[str], y: object = None) -> "NearDuplicates":
        """Finds the groups among `texts`."""
        shingles = [self._shingles(text) for text in texts]
        self.labels_ = np.arange(len(texts))
        same: dict[bytes, int] = {}
        for index, found in enumerate(shingles):
            if len(found):
                self.labels_[index] = same.setdefault(found.tobytes(), index)
        distinct = list(same.values())
        for one, other in sorted(self._candidates(shingles, distinct)):
            if self._find(one) != self._find(other) and self._alike(shingles[one], shingles[other]):
                first, second = sorted((self._find(one), self._find(other)))
                self.labels_[second] = first
        for index in range(len(texts)):
            self.labels_[index] = self._find(index)
        return self

    def groups(self) -> list[list[int]]:
        """Groups of two and more, by their first text."""
        found: dict[int, list[int]] = {}
        for index, first in enumerate(self.labels_):
            found.setdefault(int(first), []).append(index)
        return [members for members in found.values() if len(members) > 1]

    def _find(self, index: int) -> int:
        while self.labels_[index] != index:
            index = int(self.labels_[index])
        return index

    def _shingles(self, text: str) -> Hashes:
        tokens = [
            part for word in words(fold(text)) for part in (word if is_han(word) else [word])
        ][:MOST_WORDS]
        if len(tokens) < self.least_words:
            return np.zeros(0, np.uint64)
        hashed = {murmurhash3_32(f"{a} {b}", positive=True) for a, b in pairwise(tokens)}
        return np.array(sorted(hashed), np.uint64)

    def _candidates(self, shingles: list[Hashes], distinct: list[int]) -> set[tuple[int, int]]:
        """Pairs that agree on a band of two minima."""
        random = check_random_state(self.random_state)
        factors = random.randint(1, int(PRIME), (2, 2 * self.bands)).astype(np.uint64)
        buckets: dict[tuple[int, int, int], list[int]] = {}
        for index in distinct:
            values = shingles[index][:, None] % PRIME
            minima = ((values * factors[0] + factors[1]) % PRIME).min(axis=0).reshape(-1, 2)
            for band, (a, b) in enumerate(minima.tolist()):
                buckets.setdefault((band, a, b), []).append(index)
        # A crowded bucket is compared with its first text only, so the work stays linear.
        return {
            pair
            for members in buckets.values()
            for pair in (
                combinations(members, 2)
                if len(members) <= 8
                else ((members[0], other) for other in members[1:])
            )
        }

    def _alike(self, one: Hashes, other: Hashes) -> bool:
        shared = len(np.intersect1d(one, other, assume_unique=True))
        return shared >= self.threshold * (len(one) + len(other) - shared)
