"""Choices, stored by code."""

from collections.abc import Sequence
from typing import Any

from consult.kernel.messages import N_
from consult.surveys.types.base import (
    InvalidAnswer,
    OptionLike,
    QuestionLike,
    QuestionType,
    first,
)

UNKNOWN = N_("This choice is not in the list. Please choose again.")

# Codes of choices that are no point of a scale: set apart from it where people see them.
APART = frozenset(
    {"dk", "dont_know", "do_not_know", "rather_not", "rather_not_say", "prefer_not", "no_answer"}
    | {"na", "not_applicable"}
)
OTHER = "other"


def is_apart(option: OptionLike) -> bool:
    """Whether a choice says “I do not know”, “I would rather not say” or the like."""
    return option.code in APART


class Choice(QuestionType):
    """One of the options."""

    kind = "choice"

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        code = first(given)
        if code and code not in {option.code for option in question.options}:
            raise InvalidAnswer(UNKNOWN)
        return code or None


class Rating(Choice):
    """One point of a scale."""

    kind = "rating"


class Choices(QuestionType):
    """Any number of the options, in the order of the questionnaire."""

    kind = "choices"

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        codes = {code for code in given if code}
        known = [option.code for option in question.options]
        if not codes <= set(known):
            raise InvalidAnswer(UNKNOWN)
        return [code for code in known if code in codes] or None

    def show(self, value: Any) -> list[str]:
        return [str(code) for code in value or ()]
