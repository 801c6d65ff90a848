"""Days, asked as day, month and year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from consult.kernel.digits import to_ascii_number
from consult.kernel.messages import N_
from consult.surveys.types.base import InvalidAnswer, QuestionLike, QuestionType, Raw, first

PARTS = ("day", "month", "year")


def part_field(code: str, part: str) -> str:
    """The name of a part's field; no question can have it, as codes hold no colon."""
    return f"{code}:{part}"


class Date(QuestionType):
    """A day, stored as YYYY-MM-DD; a form gives its three parts, a file one text."""

    kind = "date"

    def collect(self, question: QuestionLike, raw: Raw) -> Sequence[str]:
        fields = [part_field(question.code, part) for part in PARTS]
        if not any(name in raw for name in fields):
            return raw.get(question.code, ())
        return [first(raw.get(name, ())) for name in fields]

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        parts = [to_ascii_number(first([text])) for text in given]
        if not any(parts):
            return None
        return _whole_text(parts[0]) if len(parts) == 1 else _three_parts(parts)

    def show(self, value: Any) -> list[str]:
        if value is None:
            return []
        year, month, day = str(value).split("-")
        return [str(int(day)), str(int(month)), year]


def _whole_text(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidAnswer(
            N_("This day does not exist. Write it as year-month-day, for example 2026-03-15.")
        ) from None


def _three_parts(parts: Sequence[str]) -> str:
    if not all(parts):
        raise InvalidAnswer(
            N_("The date is not whole. Please give day, month and year, or leave all three empty.")
        )
    day, month, year = parts
    if not (year.isdecimal() and len(year) == 4):
        raise InvalidAnswer(N_("Please write the year with four digits, for example 1985."))
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        raise InvalidAnswer(
            N_("This day does not exist. Please look at day, month and year again.")
        ) from None
