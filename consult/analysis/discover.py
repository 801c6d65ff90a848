"""Finds groups among statements that no theme of the code-book fits."""

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from consult.analysis.encoder import Vectors

SAMPLE = 3_000  # texts on which the silhouette is measured
GROWTH = 0.6  # clusters grow with the root of the number of texts, as many as one can review


class Discoverer(BaseEstimator, ClusterMixin):  # type: ignore[misc]
    """k-means on sentence vectors, `n_clusters` or about 0.6 times the root of their number.

    Clusters of fewer than `least` texts are dissolved. After `fit`: `labels_` (-1 for none),
    `centers_`, `silhouette_`. Languages keep together only as far as their concerns do, because
    the vectors carry no language mean.
    """

    def __init__(
        self, n_clusters: int | None = None, least: int = 3, most: int = 24, random_state: int = 0
    ) -> None:
        self.n_clusters = n_clusters
        self.least = least
        self.most = most
        self.random_state = random_state

    def fit(
        self, vectors: Vectors, sample_weight: NDArray[np.float64] | None = None
    ) -> "Discoverer":
        """Groups the rows of `vectors`; rows of zeros and too few rows stay without a group."""
        self.labels_ = np.full(len(vectors), -1)
        self.centers_ = np.zeros((0, vectors.shape[1]), np.float32)
        self.silhouette_ = 0.0
        usable = np.flatnonzero(np.abs(vectors).sum(axis=1) > 0)
        distinct = len(np.unique(vectors[usable].round(5), axis=0)) if len(usable) else 0
        if distinct < 2 * self.least:
            return self
        weight = None if sample_weight is None else sample_weight[usable]
        best = self._best(vectors[usable], weight, distinct)
        self._keep(usable, best.labels_, best.cluster_centers_)
        return self

    def _best(self, vectors: Vectors, weight: NDArray[np.float64] | None, distinct: int) -> KMeans:
        wished = self.n_clusters or round(GROWTH * distinct**0.5)
        number = max(2, min(wished, self.most, distinct // self.least))
        best = KMeans(number, n_init=8, random_state=self.random_state)
        best.fit(vectors, sample_weight=weight)
        self.silhouette_ = self._silhouette(vectors, best.labels_)
        return best

    def _silhouette(self, vectors: Vectors, labels: NDArray[np.int32]) -> float:
        rows = np.random.RandomState(self.random_state).permutation(len(labels))[:SAMPLE]
        if not 1 < len(set(labels[rows].tolist())) < len(rows):
            return 0.0
        return float(silhouette_score(vectors[rows], labels[rows]))

    def _keep(self, usable: NDArray[np.intp], labels: NDArray[np.int32], centers: Vectors) -> None:
        """Numbers the clusters by falling size."""
        counts = np.bincount(labels, minlength=len(centers))
        order = [k for k in np.argsort(-counts, kind="stable") if counts[k] >= self.least]
        renumbered = {old: new for new, old in enumerate(order)}
        self.labels_[usable] = [renumbered.get(label, -1) for label in labels]
        self.centers_ = centers[order]
