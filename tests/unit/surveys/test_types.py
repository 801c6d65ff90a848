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


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert ask("date", "2026-02-28") == "2026-02-28"
    with pytest.raises(InvalidAnswer):
        ask("date", "2026-02-30")


def test_a_value_is_shown_again_as_it_was_given() -> None:
    question = SimpleNamespace(code="q", kind="choices", parameters={}, options=[])
    assert show_answer(question, ["1", "dk"]) == ["1", "dk"]
