"""Assigns themes of a code-book to statements in any language."""

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression

from consult.analysis.codebook import DATA
from consult.analysis.encoder import Encoder, TableEncoder, Vectors, default_encoder
from consult.analysis.lexicon import Lexicon
from consult.analysis.seeds import Seeds, seed_vectors, seeds_of
from consult.analysis.types import Codebook

Scores = NDArray[np.float64]
MOST_THEMES = 3
RIDGE = 0.3
CLUE_PRIOR = (1.5, 2.5)  # a term counts as right in 1.5 of 2.5 cases before any evidence
FEATURES = ("vectors", "pieces", "terms", "terms_share")


class ThemeAssigner(BaseEstimator):  # type: ignore[misc]
    """Three views of a text vote: its vector, its words and pieces of words, known terms.

    The vote's weights are the same for every theme and language; they were learnt from the
    shipped sentences, whole concepts left out, and stand in `data/assign.json`. After `fit`:
    `codes_`, the themes in the order of the columns.
    """

    def __init__(
        self, codebook: Codebook, encoder: Encoder | None = None, regularisation: float = 1.0
    ) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self.regularisation = regularisation

    def fit(self, seeds: Seeds | None = None, y: object = None) -> "ThemeAssigner":
        """Learns from the examples of the code-book, or from `seeds` in their place."""
        self.codes_ = self.codebook.codes
        self.seeds_ = seeds_of(self.codebook) if seeds is None else seeds
        self.encoder_ = self.encoder or default_encoder()
        self.table_ = (
            self.encoder_ if isinstance(self.encoder_, TableEncoder) else default_encoder()
        )
        self.model_ = LogisticRegression(C=self.regularisation, max_iter=200).fit(
            seed_vectors(self.seeds_, self.encoder_), self.seeds_.codes
        )
        self._languages: dict[str, _LanguageView] = {}
        return self

    def features(
        self, texts: Sequence[str], langs: Sequence[str], vectors: Vectors | None = None
    ) -> NDArray[np.float64]:
        """What the three views say: texts x themes x `FEATURES`."""
        if vectors is None:
            vectors = self.encoder_.encode(texts, langs)
        found = np.zeros((len(texts), len(self.codes_), len(FEATURES)))
        found[:, :, 0] = self._by_vectors(vectors)
        for lang in sorted(set(langs)):
            rows = [row for row, of in enumerate(langs) if of == lang]
            view = self._view(lang)
            of_lang = [texts[row] for row in rows]
            found[rows, :, 1] = view.by_pieces(self.table_.weigh(of_lang))
            found[rows, :, 2:] = view.by_terms(of_lang)
        return found

    def predict_proba(
        self, texts: Sequence[str], langs: Sequence[str], vectors: Vectors | None = None
    ) -> Scores:
        """The estimated chance that a coder would give each theme: texts x `codes_`."""
        if not len(texts):
            return np.zeros((0, len(self.codes_)))
        return combine(self.features(texts, langs, vectors))

    def _by_vectors(self, vectors: Vectors) -> Scores:
        columns = {code: at for at, code in enumerate(self.model_.classes_)}
        chances = np.log(self.model_.predict_proba(vectors) + 1e-4)
        return np.asarray(chances[:, [columns[code] for code in self.codes_]])

    def _view(self, lang: str) -> "_LanguageView":
        if lang not in self._languages:
            self._languages[lang] = _LanguageView(self, lang)
        return self._languages[lang]


class _LanguageView:
    """What the examples and terms of one language teach."""

    def __init__(self, assigner: ThemeAssigner, lang: str) -> None:
        seeds, self.codes = assigner.seeds_, assigner.codes_
        rows = seeds.of_language(lang)
        self.texts = [seeds.texts[row] for row in rows]
        self.of = [seeds.codes[row] for row in rows]
        self._learn_pieces(assigner.table_.weigh(self.texts))
        terms = {theme.code: theme.terms.get(lang, ()) for theme in assigner.codebook.themes}
        self.lexicon = Lexicon(terms, lang)
        self._learn_terms()

    def _learn_pieces(self, weighed: csr_matrix) -> None:
        """Ridge regression in its dual form: few texts, many columns."""
        targets = np.array([[of == code for code in self.codes] for of in self.of], float)
        self.examples, self.base = weighed, targets.mean(axis=0)
        kernel = (weighed @ weighed.T).toarray() + RIDGE * np.eye(len(self.of))
        self.duals = np.linalg.solve(kernel, targets - self.base)

    def by_pieces(self, weighed: csr_matrix) -> Scores:
        return np.asarray((weighed @ self.examples.T) @ self.duals + self.base)

    def _learn_terms(self) -> None:
        """How often a term's theme is the right one where the term is found."""
        seen, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for text, of in zip(self.texts, self.of, strict=True):
            for pair in self.lexicon.find(text):
                seen[pair] += 1
                right[pair] += pair[1] == of
        one, two = CLUE_PRIOR
        self.clues = {pair: (right[pair] + one) / (seen[pair] + two) for pair in seen}
        self.new_clue = one / two

    def by_terms(self, texts: Sequence[str]) -> Scores:
        at = {code: column for column, code in enumerate(self.codes)}
        found = np.zeros((len(texts), len(self.codes), 2))
        for row, text in enumerate(texts):
            for pair in self.lexicon.find(text):
                found[row, at[pair[1]], 0] += self.clues.get(pair, self.new_clue)
        total = found[:, :, 0].sum(axis=1, keepdims=True)
        found[:, :, 1] = found[:, :, 0] / (total + 0.5)
        return found


def combine(features: NDArray[np.float64]) -> Scores:
    """The chance of each theme, from what the views say."""
    stored = json.loads((DATA / "assign.json").read_text(encoding="utf-8"))
    logits = features @ np.array(stored["weights"]) + stored["intercept"]
    return np.asarray(1 / (1 + np.exp(-logits)))
