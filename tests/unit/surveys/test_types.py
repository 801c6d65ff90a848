"""What each question type takes and refuses."""

from types import SimpleNamespace
from typing import Any

import pytest

from consult.surveys.types import InvalidAnswer, read_answer, show_answer


def ask(kind: str, *given: str, **parameters: Any) -> Any:
    options = [SimpleNamespace(code=code) for code in ("1", "2", "dk")]
    question = SimpleNamespace(code="q", kind=kind, parameters=parameters, options=options)
    return read_answer(question, {"q": given})


def test_nothing_given_is_no_answer() -> None:
    assert [ask(kind) for kind in ("text", "choice", "choices", "integer", "date")] == [None] * 5


def test_text_is_kept_as_typed() -> None:
    assert ask("text", "  Zwei\r\nZeilen  ") == "  Zwei\nZeilen  "


def test_a_broken_character_costs_nothing_else() -> None:
    assert ask("text", "a\0b\ud800c") == "a\ufffdb?c"


def test_a_text_of_20001_characters_is_refused() -> None:
    assert len(ask("text", "x" * 20_000)) == 20_000
    with pytest.raises(InvalidAnswer, match="20001"):
        ask("text", "x" * 20_001)


def test_choices_come_in_the_order_of_the_questionnaire() -> None:
    assert ask("choices", "dk", "1", "1") == ["1", "dk"]


@pytest.mark.parametrize("kind", ["choice", "choices", "rating"])
def test_a_code_that_does_not_exist_is_refused(kind: str) -> None:
    with pytest.raises(InvalidAnswer):
        ask(kind, "7")


def test_numbers_are_read_in_any_script() -> None:
    assert [ask("integer", text) for text in ("١٢", "۱۲", "12")] == [12, 12, 12]


@pytest.mark.parametrize("text", ["x", "1.5", "nan", "inf", "1e99", "11"])
def test_a_number_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(InvalidAnswer):
        ask("integer", text, start="0", end="10")


def test_the_limits_of_a_number_are_said_one_by_one() -> None:
    with pytest.raises(InvalidAnswer, match="0 or a larger number"):
        ask("integer", "-1", start=0)
    with pytest.raises(InvalidAnswer, match="9 or a smaller number"):
        ask("integer", "10", end=9)


def test_a_range_is_counted_in_its_steps() -> None:
    assert [ask("range", text, start=0, end=1, step=0.1) for text in ("0.3", "٠٫٧")] == [0.3, 0.7]
    with pytest.raises(InvalidAnswer, match="steps of 5"):
        ask("range", "7", start=0, end=10, step=5)


def test_a_text_has_the_length_its_author_allows() -> None:
    assert ask("text", "four", longest=4) == "four"
    with pytest.raises(InvalidAnswer, match="5 characters"):
        ask("text", "fiver", longest=4)


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert ask("date", "2026-02-28") == "2026-02-28"
    with pytest.raises(InvalidAnswer):
        ask("date", "2026-02-30")


def ask_day(day: str, month: str, year: str) -> Any:
    question = SimpleNamespace(code="q", kind="date", parameters={}, options=[])
    return read_answer(question, {"q:day": [day], "q:month": [month], "q:year": [year]})


@pytest.mark.parametrize("day", ["5", "05", "٥", "৫", " ५ "])
def test_a_day_in_three_parts_is_read_in_any_script(day: str) -> None:
    assert ask_day(day, "3", "1985") == "1985-03-05"


def test_a_day_of_three_empty_parts_is_no_answer() -> None:
    assert ask_day("", "", " ") is None


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("5", "", "1985"), "not whole"),
        (("5", "3", ""), "not whole"),
        (("5", "3", "85"), "four digits"),
        (("5", "3", "0000"), "does not exist"),
        (("30", "2", "1985"), "does not exist"),
        (("five", "2", "1985"), "does not exist"),
        (("9" * 5000, "2", "1985"), "does not exist"),
    ],
)
def test_a_part_that_is_missing_or_wrong_is_named(parts: Any, sentence: str) -> None:
    with pytest.raises(InvalidAnswer, match=sentence):
        ask_day(*parts)


def rank(*codes: str) -> Any:
    options = [SimpleNamespace(code=code) for code in "abcdefg"]
    question = SimpleNamespace(code="q", kind="rank", parameters={}, options=options)
    return read_answer(question, {f"q:{n}": [code] for n, code in enumerate(codes, 1)})


def test_an_order_closes_its_gaps() -> None:
    assert rank("c", "", "a", "", "") == ["c", "a"]
    assert rank("", "", "") is None


def test_an_order_gives_no_choice_two_places() -> None:
    with pytest.raises(InvalidAnswer, match="two places"):
        rank("c", "a", "c")
    with pytest.raises(InvalidAnswer, match="not in the list"):
        rank("z")


def test_a_day_and_an_order_are_shown_again_as_they_were_given() -> None:
    day = SimpleNamespace(code="q", kind="date", parameters={}, options=[])
    order = SimpleNamespace(code="q", kind="rank", parameters={}, options=[])
    assert show_answer(day, "1985-03-05") == ["5", "3", "1985"]
    assert show_answer(order, ["b", "a"]) == ["b", "a"]


def test_a_value_is_shown_again_as_it_was_given() -> None:
    question = SimpleNamespace(code="q", kind="choices", parameters={}, options=[])
    assert show_answer(question, ["1", "dk"]) == ["1", "dk"]
