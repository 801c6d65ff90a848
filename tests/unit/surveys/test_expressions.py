"""Conditions of XLSForm."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.surveys.expressions import BadExpression, check_expression, is_relevant

ANSWERS = {"consent": "yes", "who": ["moved_here", "organisation"], "age": 17}


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "${consent} = 'yes'",
        "${consent} != \"no\" and selected(${who}, 'organisation')",
        "not(${consent} = 'no') or ${nothing} = 'x'",
        "${age} >= 16 and ${age} < 18",
        "(${age} > 20 or ${age} = 17) and ${nothing} = ''",
        "${consent} = 'no' or ${consent} = 'maybe' or ${consent} = 'yes'",
    ],
)
def test_a_condition_that_holds(expression: str) -> None:
    assert is_relevant(expression, ANSWERS)


@pytest.mark.parametrize(
    "expression",
    ["${consent} = 'no'", "selected(${who}, 'lived_here')", "${nothing} > 3", "${age} != 17"],
)
def test_a_condition_that_does_not_hold(expression: str) -> None:
    assert not is_relevant(expression, ANSWERS)


@pytest.mark.parametrize(
    "expression",
    ["${consent} =", "consent = 'yes'", "${a} == 'b'", "doc('x')", "'a", "(" * 60, "${a} 'b'"],
)
def test_what_cannot_be_read_is_refused(expression: str) -> None:
    with pytest.raises(BadExpression):
        is_relevant(expression, ANSWERS)


def test_an_unknown_question_is_named() -> None:
    with pytest.raises(BadExpression, match="nobody"):
        check_expression("${nobody} = '1'", {"consent"})


@given(st.text(alphabet="${}()'=<>!and or not selected,1a ", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(expression: str) -> None:
    with suppress(BadExpression):
        is_relevant(expression, ANSWERS)
