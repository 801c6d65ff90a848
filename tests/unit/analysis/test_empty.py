"""Answers that say nothing."""

import pytest

from consult.analysis.empty import is_empty


@pytest.mark.parametrize(
    "text", ["", " ", "-", "...", "🙂🙂", "no", "N/A", "nichts", "нет", "لا", "123", "x y", "没有"]
)
def test_signs_numbers_and_known_phrases_say_nothing(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["buses", "no work", "nichts als Ärger", "医生", "بيت"])
def test_a_short_answer_with_a_meaning_is_kept(text: str) -> None:
    assert not is_empty(text)
