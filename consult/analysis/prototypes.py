"""Scores themes that have few examples or none: those people make, or bring along."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.preprocessing import normalize

from consult.analysis.encoder import Encoder, Vectors
from consult.analysis.types import CodebookTheme

Scores = NDArray[np.float64]
# Cosine with a theme's prototype at which a text may as well belong as not, and what is added each
# time the texts it is the mean of are twice as many: a mean of many lies nearer to everything.
EVEN, FIRMER = 0.36, 0.035
STEP = 0.05  # of the cosine, for which the odds grow by a factor of e


class PrototypeScorer(BaseEstimator):  # type: ignore[misc]
    """Tells by likeness to the prototype of a theme, in all languages at once.

    That is the mean vector of the statements that people put into the theme and of its examples,
    or of its name and definition where it has none: a few statements are enough, and a name alone
    says something (Snell, Swersky and Zemel, Prototypical Networks, 2017).
    After `fit`: `prototypes_`, a row a theme, and `even_`.
    """

    def __init__(self, themes: Sequence[CodebookTheme]) -> None:
        self.themes = themes

    def fit(self, members: Sequence[Vectors], encoder: Encoder) -> "PrototypeScorer":
        """`members` has the vectors of each theme's statements, perhaps none."""
        known = []
        for theme, mine in zip(self.themes, members, strict=True):
            said = [(text, lang) for lang, texts in theme.examples.items() for text in texts]
            texts, langs = zip(*said or [(f"{theme.name}. {theme.definition}", "")], strict=True)
            known.append(np.vstack([mine, encoder.encode(texts, langs)]))
        self.prototypes_ = normalize([rows.mean(axis=0) for rows in known]).astype(np.float32)
        self.even_ = EVEN + FIRMER * np.log2([len(rows) for rows in known])
        return self

    def join(self, scores: Scores, vectors: Vectors) -> Scores:
        """Scores with a column more for each theme, which takes its share from the others."""
        chances = 1 / (1 + np.exp((self.even_ - vectors @ self.prototypes_.T) / STEP))
        chances /= np.maximum(chances.sum(axis=1, keepdims=True), 1)
        return np.hstack([scores * (1 - chances.sum(axis=1, keepdims=True)), chances])
