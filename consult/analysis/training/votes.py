"""Learns how much each view's vote counts when themes are assigned."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from consult.analysis.assign import FEATURES, ThemeAssigner
from consult.analysis.codebook import default_codebook, shipped_sentences
from consult.analysis.encoder import Vectors
from consult.analysis.seeds import Seeds, seed_vectors, seeds_of
from consult.analysis.text import fold, words

LEARNED, ASKED = "P", "E"  # the two sets of sentences, by the first letter of their ids
STRANGERS = 0.1  # weight of a text whose own theme is taken away
SHRINK = 1e-3
Array = NDArray[np.float64]


def learn_votes(langs: Sequence[str] | None = None) -> dict[str, object]:
    """Weights of the views, learnt on sentences that none of them has seen.

    The views learn from the first set of shipped sentences and are asked about the second. To
    learn what a text of no theme at all looks like, each asked text also counts a little with
    its own theme taken out of the choice.
    """
    asked = [row for row in shipped_sentences() if row[0].startswith(ASKED)]
    if langs is not None:
        asked = [row for row in asked if row[3] in langs]
    assigner = ThemeAssigner(default_codebook()).fit(_first_set())
    unseen = seed_vectors(_seeds((row[4], row[3], row[1]) for row in asked), assigner.encoder_)
    features = features_of(assigner, [row[4] for row in asked], [row[3] for row in asked], unseen)
    gold = np.array([assigner.columns_[row[1]] for row in asked])
    found = minimize(_loss, np.zeros(len(FEATURES) + 2), (features, gold), "L-BFGS-B", jac=True).x
    shown = [round(float(value), 4) for value in found]
    return {
        "features": list(FEATURES),
        "weights": shown[: len(FEATURES)],
        "none": shown[-2],
        "other": shown[-1],
    }


def features_of(
    assigner: ThemeAssigner,
    texts: Sequence[str],
    langs: Sequence[str],
    vectors: Vectors | None = None,
) -> Array:
    """What an assigner's views say of plain texts, whose vectors may be given."""
    weighed = assigner.table_.weigh(texts)
    if vectors is None:
        vectors = assigner.encoder_.encode(texts, langs)
    return assigner.features([words(fold(text)) for text in texts], langs, weighed, vectors)


def _first_set() -> Seeds:
    later = {(row[3], row[4]) for row in shipped_sentences() if row[0].startswith(ASKED)}
    seeds = seeds_of(default_codebook())
    return _seeds(
        row
        for row in zip(seeds.texts, seeds.langs, seeds.codes, strict=True)
        if (row[1], row[0]) not in later
    )


def _seeds(rows: Iterable[tuple[str, str, str]]) -> Seeds:
    texts, langs, codes = zip(*rows, strict=True)
    return Seeds(texts, langs, codes)


def _loss(values: Array, features: Array, gold: NDArray[np.int_]) -> tuple[float, Array]:
    """Mean surprise and its slope: the gold column among all, and "other" without it."""
    known, slope = _surprise(values, features, gold, hidden=False)
    strange, other_slope = _surprise(values, features, gold, hidden=True)
    loss = known + STRANGERS * strange + SHRINK * float(values @ values)
    return loss, slope + STRANGERS * other_slope + 2 * SHRINK * values


def _surprise(
    values: Array, features: Array, gold: NDArray[np.int_], hidden: bool
) -> tuple[float, Array]:
    rows, none = np.arange(len(gold)), features.shape[1] - 1
    extended = np.zeros((len(gold), none + 2, len(values)))
    extended[:, :-1, : features.shape[2]] = features
    extended[:, none, -2] = 1
    extended[:, -1, -1] = 1
    logits = extended @ values
    right = gold
    if hidden:
        logits[rows, gold] = -np.inf
        right = np.full(len(gold), none + 1)
    logits -= logits.max(axis=1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(axis=1, keepdims=True)
    wrong = chances.copy()
    wrong[rows, right] -= 1
    kept = gold != none if hidden else np.ones(len(gold), bool)
    loss = -np.log(chances[rows, right] + 1e-12)[kept].mean()
    return float(loss), np.einsum("rc,rcf->f", wrong[kept], extended[kept]) / kept.sum()
