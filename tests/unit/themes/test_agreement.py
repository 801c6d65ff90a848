"""Agreement of proposals with people: nothing from little, an interval from enough."""

import pytest

from consult.themes.agreement import LEAST, Compared, agreement_of
from consult.themes.quality import verdict


def rows(right: int, wrong: int = 0) -> list[Compared]:
    """Statements of one theme: the machine's is the people's, or another."""
    return [Compared("en", 1, True, at < right, 2) for at in range(right + wrong)]


def test_below_thirty_statements_nothing_is_told() -> None:
    found = agreement_of(rows(LEAST - 1))
    assert (found.f1, found.statements, found.missing) == (None, 29, 1)


def test_from_thirty_on_f1_lies_within_its_interval() -> None:
    found = agreement_of(rows(24, 8))
    assert found.f1 == pytest.approx(0.75)
    assert 0.5 < found.low < 0.75 < found.high < 0.95


def test_more_statements_make_the_interval_narrower() -> None:
    some, many = agreement_of(rows(24, 8)), agreement_of(rows(2400, 800))
    assert many.high - many.low < (some.high - some.low) / 5


def test_the_interval_is_that_of_a_sample_of_shares() -> None:
    many = agreement_of(rows(300, 100))
    half = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert many.low == pytest.approx(0.75 - half, abs=0.01)
    assert many.high == pytest.approx(0.75 + half, abs=0.01)


def test_the_same_statements_give_the_same_interval() -> None:
    assert agreement_of(rows(24, 8)) == agreement_of(rows(24, 8))


def test_where_neither_gave_a_theme_they_agree() -> None:
    found = agreement_of([Compared("en", 1, True, 0, 0)] * LEAST)
    assert (found.f1, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [("without_theme", 0.1, "good"), ("without_theme", 0.3, "weak"), ("leakage", 0.07, "fair"),
     ("stability", 0.9, "good"), ("agreement", 0.5, "weak"), ("agreement", None, "")],
)  # fmt: skip
def test_a_figure_has_its_word(name: str, value: float | None, word: str) -> None:
    assert verdict(name, value) == word
