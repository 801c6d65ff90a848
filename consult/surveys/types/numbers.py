"""Whole numbers and ranges."""

from collections.abc import Mapping, Sequence
from typing import Any

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
        _check_step(value, question.parameters)
        return int(value) if value == int(value) else value


def _check_step(value: float, parameters: Mapping[str, Any]) -> None:
    step = float(parameters.get("step", 0))
    steps = (value - float(parameters.get("start", 0))) / step if step else 0
    if abs(steps - round(steps)) > 1e-6:
        raise InvalidAnswer(N_("Please count in steps of %(step)s."), step=parameters["step"])
