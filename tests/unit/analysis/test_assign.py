"""Assigning themes of a code-book."""

import numpy as np
import pytest

from consult.analysis.assign import ThemeAssigner, combine, default_assigner
from consult.analysis.codebook import codebook_from_json, default_codebook, shipped_sentences
from consult.analysis.neighbours import NeighbourVote
from consult.analysis.training.votes import features_of

CLEAR = [
    ("en", "The landlord raised the rent again and the flat is full of mould", "T05"),
    ("de", "Mein Diplom als Krankenschwester wird nicht anerkannt", "T03"),
    ("es", "No hay autobús los domingos y el pueblo queda lejos", "T17"),
    ("ar", "ما في مواعيد عند الطبيب وأنا مريض", "T06"),
    ("uk", "Чекаємо на посвідку на проживання вже рік", "T07"),
]


def scores(texts: list[str], langs: list[str]) -> np.ndarray:
    return combine(features_of(default_assigner(), texts, langs))


def test_clear_answers_in_five_languages_get_their_theme() -> None:
    langs, texts, codes = zip(*CLEAR, strict=True)
    found = scores(list(texts), list(langs)).argmax(axis=1)
    assert [default_assigner().codes_[at] for at in found] == list(codes)


def test_scores_are_chances_that_leave_room_for_something_else() -> None:
    found = scores(["The rent is too high", "zzzz qqqq xxxx"], ["en", "en"])
    assert (found >= 0).all()
    assert (found.sum(axis=1) < 1).all()
    assert found[0].max() > found[1].max()


def test_a_language_nobody_wrote_examples_for_is_scored_too() -> None:
    assert np.isfinite(scores(["Mi bezonas laboron kaj loĝejon"], ["eo"])).all()


def test_a_theme_of_one_s_own_learns_from_its_name_and_terms() -> None:
    codebook = codebook_from_json(
        '[{"code": "A", "name": "Dogs", "terms": {"en": ["dog", "leash", "barking"]}},'
        ' {"code": "B", "name": "Trees", "terms": {"en": ["tree", "leaves", "forest"]}}]'
    )
    assigner = ThemeAssigner(codebook).fit()
    found = combine(features_of(assigner, ["Too many dogs barking", "Plant a tree"], ["en"] * 2))
    assert found[:, :2].argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[", "Expecting"),
        ("{}", "list of themes"),
        ('[{"code": "A"}]', "theme 1 needs"),
        ('[{"code": "", "name": "x"}]', "theme 1 needs"),
    ],
)
def test_a_faulty_codebook_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        codebook_from_json(text)


def test_every_shipped_sentence_has_a_known_theme_and_text() -> None:
    known = {*default_codebook().codes, "none"}
    assert all(code in known and text.strip() for _, code, _, _, text in shipped_sentences())


def test_neighbours_sway_a_doubtful_statement() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [1, -0.1], [0, 1]], np.float32)
    given = np.array([[0.26, 0.24], [0.1, 0.8], [0.1, 0.8], [0.9, 0.1]])
    voted = NeighbourVote(2).vote(vectors, given, np.ones(4, bool), {})
    assert voted[0].argmax() == 1
    assert np.allclose(voted.sum(axis=1), given.sum(axis=1))


def test_a_decision_is_heard_by_its_neighbours() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [0, 1]], np.float32)
    given = np.full((3, 2), 0.4)
    voted = NeighbourVote(1).vote(vectors, given, np.ones(3, bool), {0: np.array([0.0, 1.0])})
    assert voted[1].argmax() == 1


def test_one_statement_has_no_neighbours() -> None:
    given = np.array([[0.3, 0.2]])
    voted = NeighbourVote().vote(np.ones((1, 2), np.float32), given, np.ones(1, bool), {})
    assert (voted == given).all()
