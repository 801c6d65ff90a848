"""One pure class per question type."""

from collections.abc import Sequence
from typing import Any

from consult.surveys.types.base import InvalidAnswer, QuestionLike, QuestionType, Raw
from consult.surveys.types.choice import Choice, Choices, Rating
from consult.surveys.types.dates import Date
from consult.surveys.types.numbers import Integer, Range
from consult.surveys.types.rank import Rank
from consult.surveys.types.text import Note, Text

TYPES: dict[str, QuestionType] = {
    cls.kind: cls() for cls in (Note, Text, Choice, Choices, Rating, Rank, Integer, Range, Date)
}
__all__ = ["TYPES", "InvalidAnswer", "is_asked", "is_open_text", "posted_strings"]
__all__ += ["read_answer", "show_answer"]


def read_answer(question: QuestionLike, raw: Raw) -> Any:
    """The value a form gives for a question, None when skipped; raises InvalidAnswer."""
    return TYPES[question.kind].read(question, posted_strings(question, raw))


def posted_strings(question: QuestionLike, raw: Raw) -> Sequence[str]:
    """What stood in the question's fields, to show it again as it was typed."""
    return TYPES[question.kind].collect(question, raw)


def show_answer(question: QuestionLike, value: Any) -> list[str]:
    """A stored value as the strings of a form."""
    return TYPES[question.kind].show(value)


def is_open_text(question: QuestionLike) -> bool:
    """Whether people answer in their own words."""
    return TYPES[question.kind].is_text


def is_asked(question: QuestionLike) -> bool:
    """Whether the question takes an answer at all."""
    return TYPES[question.kind].is_asked
