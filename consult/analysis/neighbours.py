"""Lets statements of like meaning speak for one another, across languages."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from consult.analysis.encoder import Vectors

Scores = NDArray[np.float64]
Ints = NDArray[np.intp]
FLOOR = 0.02  # what a theme keeps that no neighbour has
BATCH = 2_000


class NeighbourVote(BaseEstimator):  # type: ignore[misc]
    """Multiplies each statement's scores by the mean scores of its nearest neighbours.

    A statement a person decided on keeps what the person said, and its voice counts `trust`
    times. The mean is raised to `strength`, and the vote taken `rounds` times, as in label
    propagation (Zhou et al., Learning with local and global consistency, 2004). Of very many
    statements `most` different ones, evenly spread, and all decided ones are asked, so the work
    grows in line with the number of statements.
    """

    def __init__(
        self,
        n_neighbors: int = 10,
        strength: float = 0.4,
        rounds: int = 3,
        trust: float = 3.0,
        most: int = 4_000,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.strength = strength
        self.rounds = rounds
        self.trust = trust
        self.most = most

    def vote(
        self,
        vectors: Vectors,
        scores: Scores,
        usable: NDArray[np.bool_],
        decided: Mapping[int, NDArray[np.float64]],
    ) -> Scores:
        """The new scores, each row's sum as before; `usable` rows may be asked as neighbours.

        `decided` holds the scores of rows a person decided on, each adding up to 1 (or 0).
        """
        asked = self._asked(usable, decided)
        if len(asked) < 2:
            return scores
        trust = np.where([row in decided for row in asked.tolist()], self.trust, 1.0)
        spoken = scores[asked].copy()
        own = {at: decided[row] for at, row in enumerate(asked.tolist()) if row in decided}
        _set(spoken, own)
        near, weights = self._near(vectors, asked, asked, trust)
        for _ in range(self.rounds - 1):
            spoken = self._heard(scores[asked], spoken, near, weights)
            _set(spoken, own)
        voted = scores.copy()
        for start in range(0, len(scores), BATCH):
            rows = np.arange(start, min(start + BATCH, len(scores)))
            near, weights = self._near(vectors, rows, asked, trust)
            voted[rows] = self._heard(scores[rows], spoken, near, weights)
        return voted

    def hear(
        self,
        vectors: Vectors,
        scores: Scores,
        before: Vectors,
        spoken: Scores,
        decided: NDArray[np.bool_],
    ) -> Scores:
        """New scores of statements from those of others that stand already, `before`.

        `spoken` are the final scores of the others, `decided` tells which of them a person gave.
        """
        asked = self._asked(np.ones(len(before), bool), dict.fromkeys(np.flatnonzero(decided)))
        if not len(asked) or not len(vectors):
            return scores
        trust = np.where(decided[asked], self.trust, 1.0)
        alike = vectors @ before[asked].T
        near, weights = self._nearest(alike, trust)
        return self._heard(scores, spoken[asked], near, weights)

    def _asked(self, usable: NDArray[np.bool_], decided: Mapping[int, object]) -> Ints:
        rows = np.flatnonzero(usable)
        spread = rows[:: 1 + (len(rows) - 1) // self.most] if len(rows) else rows
        return np.union1d(spread, np.array(sorted(decided), np.intp)).astype(np.intp)

    def _near(
        self, vectors: Vectors, rows: Ints, asked: Ints, trust: Scores
    ) -> tuple[Ints, Scores]:
        """For each row its neighbours, as places in `asked`, and how much each counts."""
        alike = vectors[rows] @ vectors[asked].T
        alike[rows[:, None] == asked[None, :]] = -1
        return self._nearest(alike, trust)

    def _nearest(self, alike: Vectors, trust: Scores) -> tuple[Ints, Scores]:
        number = min(self.n_neighbors, alike.shape[1] - 1)
        near = np.argpartition(-alike, number - 1, axis=1)[:, :number]
        weights = np.clip(np.take_along_axis(alike, near, axis=1), 0, None) ** 2 * trust[near]
        return near, weights

    def _heard(self, scores: Scores, spoken: Scores, near: Ints, weights: Scores) -> Scores:
        total = weights.sum(axis=1, keepdims=True) + 1e-9
        mean = np.einsum("rn,rnc->rc", weights, spoken[near]) / total
        voted = scores * (mean + FLOOR) ** self.strength
        before, after = scores.sum(axis=1, keepdims=True), voted.sum(axis=1, keepdims=True)
        return np.asarray(voted * before / np.where(after > 0, after, 1))


def _set(scores: Scores, own: Mapping[int, NDArray[np.float64]]) -> None:
    for at, said in own.items():
        scores[at] = said
