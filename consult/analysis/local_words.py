"""Learns from the answers themselves which words of the place belong to a theme."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix
from sklearn.base import BaseEstimator

Scores = NDArray[np.float64]
PRIOR = 2.0  # texts' worth of doubt about each word
SURE = 0.1  # score from which a statement's best theme counts for its words


class LocalWords(BaseEstimator):  # type: ignore[misc]
    """Words that no example holds, such as the name of a hall or an office, earn a theme.

    A word earns the theme that statements with it have far more often than others of their
    language: in `share` of `least` and more texts, and `sure` standard deviations beyond chance.
    What a word says of a statement rests on the other statements alone, so that no statement
    confirms itself; at most it makes the theme `most` times as likely. A word in more than
    `common` of the texts is none of a place.
    After `fit`: `learned_`, by a word's number the column of its theme and how much likelier the
    word makes it.
    """

    def __init__(
        self,
        least: int = 5,
        share: float = 0.3,
        sure: float = 4.0,
        most: float = 4.0,
        common: float = 0.3,
    ) -> None:
        self.least = least
        self.share = share
        self.sure = sure
        self.most = most
        self.common = common

    def fit(
        self,
        counts: csr_matrix,
        langs: Sequence[str],
        scores: Scores,
        weights: NDArray[np.float64],
    ) -> "LocalWords":
        """Learns from statements x words, each statement's scores by theme, and its weight.

        `counts` holds only words that are new in the statement's language; a weight of 0 keeps a
        statement out, and one above 1 lets what a person decided speak louder.
        """
        self._heard(scores, weights)
        self._expect(langs)
        used = csr_matrix(counts, copy=True)
        used.data = np.repeat(weights, np.diff(used.indptr))
        texts = np.bincount(used.indices[used.data > 0], minlength=used.shape[1])
        kept = (texts >= self.least) & (texts <= max(self.least, self.common * (weights > 0).sum()))
        self.words_ = np.flatnonzero(kept)
        self.columns_: csc_matrix = used[:, self.words_].tocsc()
        self.sums_ = self.columns_.T @ self.said_
        self.expected_ = self.columns_.T @ self.base_
        self.texts_ = np.asarray(self.columns_.sum(axis=0)).ravel()
        best, lift = self._judge(self.sums_, self.expected_, self.texts_)
        self.earned_ = np.flatnonzero(lift > 1)
        self.learned_ = {
            int(self.words_[at]): (int(best[at]), float(lift[at])) for at in self.earned_
        }
        return self

    def vote(self, scores: Scores) -> Scores:
        """The scores with the words' say."""
        lifts = np.ones_like(scores)
        for at in self.earned_.tolist():
            ends = self.columns_.indptr[at : at + 2]
            rows = self.columns_.indices[ends[0] : ends[1]]
            own = self.columns_.data[ends[0] : ends[1], None]
            others = self.sums_[at] - own * self.said_[rows]
            expected = self.expected_[at] - own * self.base_[rows]
            best, lift = self._judge(others, expected, self.texts_[at] - own[:, 0])
            lifts[rows, best] *= lift
        return lifted(scores, lifts)

    def _heard(self, scores: Scores, weights: NDArray[np.float64]) -> None:
        """What each statement says: its best theme, where it is sure of one."""
        self.said_ = np.zeros_like(scores)
        sure = np.flatnonzero((weights > 0) & (scores.max(axis=1, initial=0) >= SURE))
        self.said_[sure, scores[sure].argmax(axis=1)] = 1

    def _expect(self, langs: Sequence[str]) -> None:
        """How often a theme comes in each statement's language: what chance alone would give."""
        self.base_ = np.zeros_like(self.said_)
        _, of = np.unique(np.array(langs), return_inverse=True)
        for lang in range(of.max(initial=-1) + 1):
            self.base_[of == lang] = self.said_[of == lang].mean(axis=0) + 1e-3

    def _judge(
        self, sums: Scores, expected: Scores, texts: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], Scores]:
        """By row, the theme that stands out and how much likelier it is; 1 where none does."""
        texts = texts[:, None]
        base = np.clip(expected / np.maximum(texts, 1e-9), 1e-9, 1)
        spread = np.sqrt(expected * np.clip(1 - base, 1e-9, None)) + 1e-9
        beyond, best = (sums - expected) / spread, sums.argmax(axis=1)
        rows = np.arange(len(best))
        chance = ((sums + PRIOR * base) / (texts + PRIOR))[rows, best]
        lift = np.clip(chance / base[rows, best], 1, self.most)
        stands_out = (beyond[rows, best] >= self.sure) & (
            sums[rows, best] >= self.share * texts[:, 0]
        )
        return best, np.where(stands_out, lift, 1.0)


def lifted(scores: Scores, lifts: Scores) -> Scores:
    """The scores with each theme that much likelier; what is missing to 1 is no theme."""
    voted = scores * lifts
    nothing = np.clip(1 - scores.sum(axis=1, keepdims=True), 0, None)
    whole = voted.sum(axis=1, keepdims=True) + nothing
    return np.asarray(voted / np.where(whole > 0, whole, 1))


def new_words(
    counts: csr_matrix,
    vocabulary: Sequence[str],
    langs: Sequence[str],
    known: Mapping[str, frozenset[str]],
) -> csr_matrix:
    """Which words stand in which statement (1), without those `known` in its language."""
    found = csr_matrix(counts, copy=True)
    found.data[:] = 1
    of_rows = np.repeat(np.array(langs), np.diff(found.indptr))
    for lang, familiar in known.items():
        is_known = np.fromiter((word in familiar for word in vocabulary), bool, len(vocabulary))
        found.data[(of_rows == lang) & is_known[found.indices]] = 0
    found.eliminate_zeros()
    return found
