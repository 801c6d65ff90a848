"""Months and the order of a date's parts."""

import pytest

from consult.kernel.calendar import date_order, month_names


@pytest.mark.parametrize(
    ("tag", "first"),
    [("en", "January"), ("ar", "يناير"), ("prs", "ژانویه"), ("kmr", "rêbendan"),
     ("ka", "იანვარი"), ("de-x-easy", "Januar"), ("zh-Hans", "一月"), ("xx", "January")],
)  # fmt: skip
def test_months_have_the_names_of_the_language(tag: str, first: str) -> None:
    assert len(month_names(tag)) == 12
    assert month_names(tag)[0] == first


def test_the_parts_of_a_date_stand_as_the_language_writes_them() -> None:
    assert date_order("de") == ("day", "month", "year")
    assert date_order("hu") == ("year", "month", "day")
    assert date_order("en") == ("day", "month", "year")
