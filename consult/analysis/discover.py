"""Finds groups among statements that no theme of the code-book fits."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from consult.analysis.encoder import Vectors

SAMPLE = 3_000  # texts on which the silhouette is measured
FEWEST, MOST = 0.5, 0.9  # clusters for each root of the number of texts: what one can review
CHOICES = 6  # numbers of clusters that are tried
TRIED = 1_000  # texts on which they are
DRAWS, KEPT = 5, 0.8  # samples of them, and the share of the texts in each


class Discoverer(BaseEstimator, ClusterMixin):  # type: ignore[misc]
    """k-means on sentence vectors, with `n_clusters` or as many as are most stable.

    Stable means that clusters found in different samples put the same texts together: the mean
    adjusted Rand index of pairs of samples (Lange et al., Stability-based validation of
    clustering solutions, 2004). Between 0.5 and 0.9 times the root of the number of texts are
    tried, since few clusters are always more stable and say less. Clusters of fewer than `least`
    texts are dissolved. After `fit`: `labels_` (-1 for none), `centers_`, `silhouette_`, and
    `stability_` by number tried. Languages keep together only as far as their concerns do,
    because the vectors carry no language mean.
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
        self.stability_: dict[int, float] = {}
        usable = np.flatnonzero(np.abs(vectors).sum(axis=1) > 0)
        distinct = len(np.unique(vectors[usable].round(5), axis=0)) if len(usable) else 0
        if distinct < 2 * self.least:
            return self
        weight = None if sample_weight is None else sample_weight[usable]
        best = self._best(vectors[usable], weight, distinct)
        self._keep(usable, best.labels_, best.cluster_centers_)
        return self

    def _best(self, vectors: Vectors, weight: NDArray[np.float64] | None, distinct: int) -> KMeans:
        number = self._number(vectors, distinct)
        best = KMeans(number, n_init=8, random_state=self.random_state)
        best.fit(vectors, sample_weight=weight)
        self.silhouette_ = self._silhouette(vectors, best.labels_)
        return best

    def _number(self, vectors: Vectors, distinct: int) -> int:
        limit = max(2, min(self.most, distinct // self.least))
        if self.n_clusters is not None:
            return max(2, min(self.n_clusters, limit))
        fewest, most = (min(limit, max(2, share * distinct**0.5)) for share in (FEWEST, MOST))
        tried = sorted(set(np.geomspace(fewest, most, CHOICES).round().astype(int).tolist()))
        if len(tried) > 1:
            sample = np.random.RandomState(self.random_state).permutation(len(vectors))[:TRIED]
            self.stability_ = {k: self._stability(vectors[sample], k) for k in tried}
        return int(max(tried, key=lambda k: (self.stability_.get(k, 0.0), -k)))

    def _stability(self, vectors: Vectors, number: int) -> float:
        labels: list[NDArray[np.int32]] = []
        for draw in range(DRAWS):
            random = np.random.RandomState(self.random_state + draw)
            rows = random.permutation(len(vectors))[: max(number, int(KEPT * len(vectors)))]
            model = KMeans(number, n_init=3, random_state=draw).fit(vectors[rows])
            labels.append(model.predict(vectors))
        return float(np.mean([adjusted_rand_score(*pair) for pair in combinations(labels, 2)]))

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
