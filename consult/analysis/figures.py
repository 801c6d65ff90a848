"""Figures by which a run says how far it can be trusted."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score

from consult.analysis.encoder import Vectors
from consult.analysis.types import StatementResult


def figures_of(
    results: Sequence[StatementResult], vectors: Vectors, silhouette: float
) -> dict[str, float]:
    """Shares of statements (0 to 1) and two measures of the clusters.

    `leakage` is the adjusted mutual information of cluster and language among clustered
    statements: near 0 when themes gather people across languages, 1 when clusters are languages.
    `cohesion` is the mean cosine of a statement to the middle of its cluster; `silhouette` is
    that of the discovered clusters.
    """
    total = len(results) or 1
    clustered = [at for at, result in enumerate(results) if result.cluster is not None]
    said = sum(not result.is_empty for result in results)
    return {
        "statements": float(len(results)),
        "empty": round(sum(result.is_empty for result in results) / total, 4),
        "duplicates": round(sum(result.duplicate_of is not None for result in results) / total, 4),
        "with_theme": round(sum(bool(result.themes) for result in results) / (said or 1), 4),
        "unclustered": round(1 - len(clustered) / (said or 1), 4) if said else 0.0,
        "leakage": _leakage([results[at] for at in clustered]),
        "cohesion": _cohesion(results, vectors, clustered),
        "silhouette": round(silhouette, 4),
    }


def _leakage(clustered: Sequence[StatementResult]) -> float:
    if len({result.lang for result in clustered}) < 2:
        return 0.0
    found = adjusted_mutual_info_score(
        [result.lang for result in clustered], [result.cluster for result in clustered]
    )
    return round(float(found), 4)


def _cohesion(
    results: Sequence[StatementResult], vectors: Vectors, clustered: Sequence[int]
) -> float:
    by_cluster: dict[str | None, list[int]] = {}
    for at in clustered:
        by_cluster.setdefault(results[at].cluster, []).append(at)
    near: list[float] = []
    for rows in by_cluster.values():
        middle = vectors[rows].mean(axis=0)
        near.extend((vectors[rows] @ (middle / (np.linalg.norm(middle) or 1.0))).tolist())
    return round(float(np.mean(near)), 4) if near else 0.0
