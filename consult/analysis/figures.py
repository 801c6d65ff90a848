"""Figures by which a run says how far it can be trusted."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score

from consult.analysis.encoder import Vectors
from consult.analysis.types import StatementResult

LEAST = 5  # clustered statements from which a language's leakage is told


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


def figures_by_language(results: Sequence[StatementResult]) -> dict[str, dict[str, float | None]]:
    """By language, counts of its statements and how far clusters set it apart.

    `without_theme` and `unclustered` count statements that say something. `leakage` is the
    adjusted mutual information of cluster and "is it this language?" over all clustered
    statements: 0 best, 1 where the language has clusters of its own; None where fewer than
    `LEAST` of its statements are clustered, or no other language is.
    """
    counts: dict[str, list[int]] = {}
    for result in results:
        row, said = counts.setdefault(result.lang, [0, 0, 0, 0]), not result.is_empty
        row[0] += 1
        row[1] += not said
        row[2] += said and not result.themes
        row[3] += said and result.cluster is None
    leaks = _leakage_by_language([result for result in results if result.cluster is not None])
    names = ("statements", "empty", "without_theme", "unclustered")
    return {
        lang: {**dict(zip(names, map(float, row), strict=True)), "leakage": leaks.get(lang)}
        for lang, row in sorted(counts.items())
    }


def _leakage_by_language(clustered: Sequence[StatementResult]) -> dict[str, float]:
    names, langs = np.unique([result.lang for result in clustered], return_inverse=True)
    clusters = np.unique([str(result.cluster) for result in clustered], return_inverse=True)[1]
    return {
        str(name): round(float(adjusted_mutual_info_score(langs == at, clusters)), 4)
        for at, name in enumerate(names)
        if len(names) > 1 and (langs == at).sum() >= LEAST
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
