"""Whole numbers, ranges and dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from consult.kernel.digits import to_ascii_number
from consult.kernel.messages import N_
from consult.surveys.types.base import (
    InvalidAnswer,
    QuestionLike,
    QuestionType,
    check_limits,
    first,
    number,
)


class Integer(QuestionType):
    kind = "integer"

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        text = first(given)
        if not text:
            return None
        value = number(text)
        if value != int(value):
            raise InvalidAnswer(N_("Please write a whole number, for example 3."))
        check_limits(value, question.parameters)
        return int(value)


class Range(QuestionType):
    """A number between two ends, in steps."""

    kind = "range"

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        text = first(given)
        if not text:
            return None
        value = number(text)
        check_limits(value, question.parameters)
        return int(value) if value == int(value) else value


class Date(QuestionType):
    """A day, stored as YYYY-MM-DD."""

    kind = "date"

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        text = to_ascii_number(first(given))
        if not text:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise InvalidAnswer(
                N_("This day does not exist. Write it as year-month-day, for example 2026-03-15.")
            ) from None
