"""Choices put in order, the first one first."""

from collections.abc import Sequence
from typing import Any

from consult.kernel.messages import N_
from consult.surveys.types.base import InvalidAnswer, QuestionLike, QuestionType, Raw, first
from consult.surveys.types.choice import UNKNOWN

MOST_PLACES = 5  # nobody compares more at once


def place_field(code: str, place: int) -> str:
    """The name of a place's list, from 1; no question can have it, as codes hold no colon."""
    return f"{code}:{place}"


def places(question: QuestionLike) -> int:
    """How many places are asked for."""
    return min(len(question.options), MOST_PLACES)


class Rank(QuestionType):
    """Some or all of the options, in the person's order; an empty place moves the rest up."""

    kind = "rank"

    def collect(self, question: QuestionLike, raw: Raw) -> Sequence[str]:
        fields = [place_field(question.code, n + 1) for n in range(places(question))]
        if not any(name in raw for name in fields):
            return raw.get(question.code, ())
        return [first(raw.get(name, ())) for name in fields]

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        codes = [code for code in given if code]
        if not set(codes) <= {option.code for option in question.options}:
            raise InvalidAnswer(UNKNOWN)
        if len(set(codes)) < len(codes):
            raise InvalidAnswer(
                N_("You gave one choice two places. Please give each choice one place only.")
            )
        return codes or None

    def show(self, value: Any) -> list[str]:
        return [str(code) for code in value or ()]
