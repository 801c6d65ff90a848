"""Words of the place, learnt from the statements that hold them."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from consult.analysis.codebook import shipped_sentences
from consult.analysis.local_words import LocalWords, new_words
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Decision, Statement

HALL, EVERYWHERE = 0, 1
LANGS = ["de"] * 40


def sentences(code: str, number: int) -> list[str]:
    """Shipped German sentences of a theme."""
    found = [row[4] for row in shipped_sentences() if row[1] == code and row[3] == "de"]
    return found[:number]


OTHERS = [text for code in ("T01", "T02", "T06") for text in sentences(code, 10)]


def scores() -> np.ndarray:
    """Ten statements of the first theme, thirty of three others."""
    found = np.full((40, 4), 0.1)
    found[range(40), [0] * 10 + [1, 2, 3] * 10] = 0.6
    return found


def counts(*rows: int) -> csr_matrix:
    found = np.zeros((40, 2))
    found[list(rows), HALL] = 1
    found[:, EVERYWHERE] = 1
    return csr_matrix(found)


def learn(rows: range, weights: np.ndarray | None = None) -> LocalWords:
    weights = np.ones(40) if weights is None else weights
    return LocalWords().fit(counts(*rows), LANGS, scores(), weights)


def test_a_word_earns_the_theme_it_keeps_company_with() -> None:
    assert learn(range(8)).learned_ == {HALL: (0, pytest.approx(3.4, abs=0.3))}


def test_a_word_of_few_texts_or_of_all_kinds_earns_nothing() -> None:
    assert learn(range(4)).learned_ == {}
    assert learn(range(4, 20)).learned_ == {}


def test_statements_kept_out_teach_nothing() -> None:
    weights = np.ones(40)
    weights[:8] = 0
    assert learn(range(8), weights).learned_ == {}


def test_a_learnt_word_speaks_for_an_unclear_statement() -> None:
    unclear = scores()
    unclear[39] = [0.05, 0.06, 0.06, 0.06]
    learner = LocalWords().fit(counts(*range(8), 39), LANGS, unclear, np.ones(40))
    voted = learner.vote(unclear)
    assert voted[39].argmax() == 0
    assert voted[39, 0] > 2 * unclear[39, 0]
    assert np.array_equal(voted[30], unclear[30])


def test_chances_stay_chances() -> None:
    voted = learn(range(8)).vote(scores())
    assert voted.sum(axis=1).max() <= 1 + 1e-9


def test_words_known_in_the_language_are_left_out() -> None:
    found = new_words(counts(0), ["saal", "und"], LANGS, {"de": frozenset({"und"})})
    assert found.nnz == 1
    assert new_words(counts(0), ["saal", "und"], LANGS, {"fr": frozenset({"und"})}).nnz == 41


def answers(texts: list[str]) -> list[Statement]:
    return [Statement(str(at), text, "de") for at, text in enumerate(texts)]


def test_the_name_of_a_place_tells_the_theme_of_an_unclear_answer() -> None:
    in_place = [f"{text} in Zoqenau" for text in sentences("T05", 10)]
    asked = "Wann wird in {} endlich etwas frei für uns?"
    known = ThemeFinder().fit(answers([*in_place, *OTHERS, asked.format("Zoqenau")]))
    strange = ThemeFinder().fit(answers([*in_place, *OTHERS, asked.format("Xyrfurt")]))
    assert {word: of.code for word, of in known.local_words_.items()} == {"zoqenau": "T05"}
    assert known.result_.statements[-1].cluster == "T05"
    assert strange.result_.statements[-1].cluster != "T05"


def test_decisions_teach_words() -> None:
    in_hall = [f"{text} im Qarvium" for text in sentences("T05", 6)]
    decisions = [Decision(str(at), "T14", True) for at in range(6)]
    finder = ThemeFinder().fit(answers([*in_hall, *OTHERS]), decisions)
    assert {word: of.code for word, of in finder.local_words_.items()} == {"qarvium": "T14"}
