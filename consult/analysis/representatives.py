"""Picks the statements that speak best for a cluster."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consult.analysis.encoder import Vectors


def representatives(
    vectors: Vectors, scores: Sequence[float], lengths: Sequence[int], most: int = 5
) -> list[int]:
    """Row numbers of at most `most` typical rows, most typical first, unlike one another.

    Typical is near the middle of the cluster, sure of its theme, and neither very short nor very
    long. Later picks lose what they share with earlier ones (maximal marginal relevance,
    Carbonell and Goldstein, 1998).
    """
    if not len(vectors):
        return []
    middle = vectors.mean(axis=0)
    middle = middle / (np.linalg.norm(middle) or 1.0)
    typical = vectors @ middle + np.asarray(scores) + _handy(np.asarray(lengths))
    picked: list[int] = []
    while len(picked) < min(most, len(vectors)):
        shared = (vectors @ vectors[picked].T).max(axis=1) if picked else np.zeros(len(vectors))
        worth = typical - 0.7 * shared
        worth[picked] = -np.inf
        picked.append(int(np.argmax(worth)))
    return picked


def _handy(lengths: NDArray[np.int_]) -> NDArray[np.float64]:
    """Up to 0 for 8 to 40 words, less outside."""
    short, long = np.clip(8 - lengths, 0, None) / 8, np.clip(lengths - 40, 0, None) / 100
    return np.asarray(-np.clip(short + long, 0, 1))
