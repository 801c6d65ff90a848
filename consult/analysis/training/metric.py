"""Turns vectors so that what tells concepts apart counts more in their cosine."""

from collections.abc import Sequence

import numpy as np

from consult.analysis.encoder import Vectors

RIDGE = 10.0


def concept_metric(vectors: Vectors, concepts: Sequence[str], share: float) -> Vectors:
    """A symmetric matrix M; rows of `vectors @ M` of one concept lie nearer to one another.

    The inner product of two rows becomes `1 - share` of what it was and `share` of that of their
    linear guesses of the concept, which ridge regression learns from `vectors` (rows of length 1,
    which the table that made them had not seen) and `concepts` (one name a row).
    """
    names, at = np.unique(np.array(concepts), return_inverse=True)
    belongs = np.eye(len(names))[at]
    ridge = vectors.T @ vectors + RIDGE * np.eye(vectors.shape[1])
    guess = np.linalg.solve(ridge, vectors.T @ (belongs - belongs.mean(axis=0)))
    product = guess @ guess.T
    product *= len(product) / max(float(np.trace(product)), 1e-12)
    values, turn = np.linalg.eigh((1 - share) * np.eye(len(product)) + share * product)
    return np.asarray((turn * np.sqrt(values)) @ turn.T, np.float32)
