"""One pure class per question type."""

from typing import Any

from consult.surveys.types.base import InvalidAnswer, QuestionLike, QuestionType, Raw
from consult.surveys.types.choice import Choice, Choices, Rating
from consult.surveys.types.numbers import Date, Integer, Range
from consult.surveys.types.text import Note, Text

TYPES: dict[str, QuestionType] = {
    cls.kind: cls() for cls in (Note, Text, Choice, Choices, Rating, Integer, Range, Date)
}
__all__ = ["TYPES", "InvalidAnswer", "is_asked", "is_open_text", "read_answer", "show_answer"]


def read_answer(question: QuestionLike, raw: Raw) -> Any:
    """The value a form gives for a question, None when skipped; raises InvalidAnswer."""
    return TYPES[question.kind].read(question, raw.get(question.code, ()))


def show_answer(question: QuestionLike, value: Any) -> list[str]:
    """A stored value as the strings of a form."""
    return TYPES[question.kind].show(value)


def is_open_text(question: QuestionLike) -> bool:
    """Whether people answer in their own words."""
    return TYPES[question.kind].is_text


def is_asked(question: QuestionLike) -> bool:
    """Whether the question takes an answer at all."""
    return TYPES[question.kind].is_asked
