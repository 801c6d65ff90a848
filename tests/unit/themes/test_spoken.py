"""Words with what is personal cut out."""

import pytest

from consult.responses.models import Answer
from consult.themes.models import Redaction, Statement
from consult.themes.spoken import blanked, is_safe, pieces, places, spoken, translation_pieces

TEXT = "Call Anna on +49 30 901820, please."
PHONE = (13, 26)


def statement(*rows: Redaction, start: int = 0, end: int = len(TEXT)) -> Statement:
    made = Statement(answer=Answer(text=TEXT), start=start, end=end, language="en")
    made.redactions = list(rows)
    return made


def phone(state: str = "hidden") -> Redaction:
    return Redaction(start=PHONE[0], end=PHONE[1], words="", kind="phone", state=state)


def name(word: str = "Anna", start: int = 5) -> Redaction:
    return Redaction(start=start, end=start + len(word) if start else 0, kind="words",
                     state="hidden", words="" if start else word)  # fmt: skip


def read(found) -> str:
    return spoken(found, str.upper)


def test_a_mark_stands_where_something_is_hidden() -> None:
    assert read(pieces(statement(phone(), name()))) == "Call [LEFT OUT] on [PHONE NUMBER], please."


@pytest.mark.parametrize(
    ("state", "outside", "is_shown"),
    [("offered", False, True), ("offered", True, False), ("kept", True, True)],
)
def test_outside_the_desk_nothing_undecided_is_shown(state, outside, is_shown) -> None:
    said = read(pieces(statement(phone(state)), outside))
    assert ("+49 30 901820" in said) is is_shown


def test_a_part_of_an_answer_is_cut_at_its_own_places() -> None:
    said = read(pieces(statement(phone(), name(), start=10, end=20)))
    assert said == "on [PHONE NUMBER]"


def test_what_is_hidden_wins_over_what_is_offered_around_it() -> None:
    wide = Redaction(start=0, end=30, words="", kind="address", state="offered")
    assert "901820" not in read(pieces(statement(wide, phone())))


def test_a_translation_loses_the_same_number_however_it_is_written() -> None:
    said = read(translation_pieces(statement(phone()), "اتصل على ‎+٤٩-٣٠-٩٠١٨٢٠ رجاء"))
    assert "٩٠" not in said
    assert "[PHONE NUMBER]" in said


def test_words_hidden_in_a_translation_alone_are_cut_there() -> None:
    said = read(translation_pieces(statement(name("Ana", 0)), "Llama a Ana, no a Anabel."))
    assert said == "Llama a [LEFT OUT], no a Anabel."


def test_a_translation_that_does_not_hold_what_is_hidden_is_not_safe() -> None:
    hidden = statement(phone(), name())
    assert not is_safe(hidden, "Llama a Anna al noventa.")
    assert not is_safe(hidden, "Llama al +49 30 901820.")
    assert is_safe(hidden, "Llama a Anna al +49 30 901820.")
    assert is_safe(hidden, "Llama a [nombre] al [teléfono].")


def test_words_within_a_word_are_found_where_they_stand_alone_nowhere() -> None:
    assert places("أحمد", "قال لأحمد أمس") == [(5, 9)]
    assert places("Ali", "The quality Ali likes") == [(12, 15)]
    assert places("", "anything") == []


def test_what_is_hidden_cannot_be_sought() -> None:
    original, other = blanked(TEXT, "Tel. +49 30 901820", [phone()])
    assert "901820" not in original + other
    assert len(original) == len(TEXT)
