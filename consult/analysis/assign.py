"""Assigns themes of a code-book to statements in any language."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression, Ridge

from consult.analysis.codebook import NO_THEME, default_codebook
from consult.analysis.concepts import DATA
from consult.analysis.encoder import Encoder, TableEncoder, Vectors, default_encoder
from consult.analysis.lexicon import Lexicon
from consult.analysis.seeds import Seeds, seed_vectors, seeds_of
from consult.analysis.text import fold, words
from consult.analysis.types import Codebook, CodebookTheme

Scores = NDArray[np.float64]
MOST_THEMES = 3
RIDGE = 1.0
STEPS = 20  # of the solver; stopping early is part of the regularisation
CLUE_PRIOR = (1.5, 2.5)  # a term counts as right in 1.5 of 2.5 cases before any evidence
FEATURES = ("vectors", "pieces", "terms")


class ThemeAssigner(BaseEstimator):  # type: ignore[misc]
    """Three views of a text vote: its vector, its words and pieces of words, known terms.

    The vote's weights are the same for every theme and language; they were learnt from shipped
    sentences the views had not seen (`consult encoder train`) and stand in `data/assign.json`.
    With `knows_life`, a code-book of everyday life in a region, a text about other things is told
    by its vector and left without a theme.
    After `fit`: `codes_`, the themes in the order of the columns; the last column of what the
    views say is `none`, for texts that say nothing.
    """

    def __init__(
        self,
        codebook: Codebook,
        encoder: Encoder | None = None,
        regularisation: float = 0.1,
        knows_life: bool = False,
    ) -> None:
        self.codebook = codebook
        self.knows_life = knows_life
        self.encoder = encoder
        self.regularisation = regularisation

    def fit(self, seeds: Seeds | None = None, y: object = None) -> "ThemeAssigner":
        """Learns from the examples of the code-book, or from `seeds` in their place."""
        self.codes_ = self.codebook.codes
        self.columns_ = {code: at for at, code in enumerate((*self.codes_, NO_THEME))}
        self.seeds_ = seeds_of(self.codebook) if seeds is None else seeds
        self.encoder_ = self.encoder or default_encoder()
        self.table_ = (
            self.encoder_ if isinstance(self.encoder_, TableEncoder) else default_encoder()
        )
        self.model_ = LogisticRegression(C=self.regularisation, max_iter=300).fit(
            seed_vectors(self.seeds_, self.encoder_), self.seeds_.codes
        )
        self._languages: dict[str, _LanguageView] = {}
        return self

    def features(
        self,
        words: Sequence[list[str]],
        langs: Sequence[str],
        weighed: csr_matrix,
        vectors: Vectors,
    ) -> NDArray[np.float64]:
        """What the three views say: texts x (themes and `none`) x `FEATURES`.

        `words` are the folded words of each text, `weighed` its row from the table's `weigh`.
        """
        found = np.zeros((len(words), len(self.columns_), len(FEATURES)))
        found[:, :, 0] = self._by_vectors(vectors)
        for lang in sorted(set(langs)):
            rows = np.array([row for row, of in enumerate(langs) if of == lang])
            view = self._view(lang)
            found[rows, :, 1] = view.by_pieces(weighed[rows])
            found[rows, :, 2] = view.by_terms([words[row] for row in rows])
        return found

    def predict_proba(
        self,
        words: Sequence[list[str]],
        langs: Sequence[str],
        weighed: csr_matrix,
        vectors: Vectors,
    ) -> Scores:
        """The estimated chance that a coder would give each theme as the main one: texts x
        `codes_`. What is missing to 1 is the chance of no theme."""
        if not len(words):
            return np.zeros((0, len(self.codes_)))
        strange = self.encoder_.strangeness(vectors) if self.knows_life else np.zeros(len(words))
        return combine(self.features(words, langs, weighed, vectors), strange)[:, :-1]

    def familiar(self, lang: str) -> frozenset[str]:
        """The folded words that the examples and terms of a language hold."""
        return self._view(lang).familiar

    def _by_vectors(self, vectors: Vectors) -> Scores:
        chances = np.log(self.model_.predict_proba(vectors) + 1e-4)
        found = np.full((len(vectors), len(self.columns_)), np.log(1e-4))
        found[:, [self.columns_[code] for code in self.model_.classes_]] = chances
        return found

    def _view(self, lang: str) -> "_LanguageView":
        if lang not in self._languages:
            self._languages[lang] = _LanguageView(self, lang)
        return self._languages[lang]


class _LanguageView:
    """What the examples and terms of one language teach."""

    def __init__(self, assigner: ThemeAssigner, lang: str) -> None:
        self.columns = assigner.columns_
        terms = {theme.code: theme.terms.get(lang, ()) for theme in assigner.codebook.themes}
        rows = assigner.seeds_.of_language(lang)
        texts = [assigner.seeds_.texts[row] for row in rows]
        codes = [assigner.seeds_.codes[row] for row in rows]
        self.lexicon = Lexicon(terms, lang)
        self._learn_terms(texts, codes)
        known = [(term, code) for code, listed in terms.items() for term in listed]
        texts += [term for term, _ in known]
        codes += [code for _, code in known]
        self.familiar = frozenset(word for text in texts for word in words(fold(text)))
        self._learn_pieces(assigner.table_.weigh(texts), codes)

    def _learn_pieces(self, weighed: csr_matrix, codes: Sequence[str]) -> None:
        """Ridge regression on the columns in use; each term is an example of its own."""
        self.used = np.unique(weighed.indices)
        targets = np.zeros((len(codes), len(self.columns)))
        targets[range(len(codes)), [self.columns[code] for code in codes]] = 1
        targets -= targets.mean(axis=0)
        model = Ridge(RIDGE, fit_intercept=False, solver="sparse_cg", max_iter=STEPS, tol=1e-2).fit(
            weighed[:, self.used], targets
        )
        self.pieces = model.coef_.T.astype(np.float32)

    def by_pieces(self, weighed: csr_matrix) -> Scores:
        return np.asarray(weighed[:, self.used] @ self.pieces)

    def _learn_terms(self, texts: Sequence[str], codes: Sequence[str]) -> None:
        """How often a term's theme is the right one where the term is found."""
        seen, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for text, code in zip(texts, codes, strict=True):
            for hit in self.lexicon.find(text):
                seen[hit] += 1
                right[hit] += hit[1] == code
        one, two = CLUE_PRIOR
        self.missed = {hit: 1 - (right[hit] + one) / (seen[hit] + two) for hit in seen}
        self.missed_new = 1 - one / two

    def by_terms(self, texts: Sequence[list[str]]) -> Scores:
        """The chance that at least one of a theme's terms in the text means the theme."""
        found = np.zeros((len(texts), len(self.columns)))
        for row, said in enumerate(texts):
            missed: dict[str, float] = defaultdict(lambda: 1.0)
            for hit in self.lexicon.find_in_words(said):
                missed[hit[1]] *= self.missed.get(hit, self.missed_new)
            for code, chance in missed.items():
                found[row, self.columns[code]] = 1 - chance
        return found


def combine(
    features: NDArray[np.float64], strange: NDArray[np.floating[Any]] | float = 0.0
) -> Scores:
    """The chance of each column as the main theme; the rest to 1 is "something else".

    `strange` are log odds, by text, that it is about something else altogether.
    """
    stored = _weights()
    logits = features @ np.array(stored["weights"])
    logits[:, -1] += stored["none"]
    other = stored["other"] + np.maximum(strange, 0).reshape(-1, 1)
    highest = np.maximum(logits.max(axis=1, keepdims=True), other)
    odds = np.exp(logits - highest)
    return np.asarray(odds / (odds.sum(axis=1, keepdims=True) + np.exp(other - highest)))


@lru_cache(maxsize=1)
def _weights() -> dict[str, NDArray[np.float64]]:
    return json.loads((DATA / "assign.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@lru_cache(maxsize=2)
def default_assigner(encoder: Encoder | None = None) -> ThemeAssigner:
    """The one for the default code-book and the shipped table or `encoder`, fitted once."""
    return ThemeAssigner(default_codebook(), encoder, knows_life=True).fit()


def assigner_beside(taught: Sequence[CodebookTheme], encoder: Encoder) -> ThemeAssigner:
    """An assigner of `taught`, whose last columns are the shipped themes that are missing in it,
    if it has any of them."""
    shipped = default_codebook()
    codes = {theme.code for theme in taught}
    knows_life = bool(codes & set(shipped.codes))
    unseen = [theme for theme in shipped.themes if knows_life and theme.code not in codes]
    return ThemeAssigner(Codebook((*taught, *unseen)), encoder, knows_life=knows_life).fit()
