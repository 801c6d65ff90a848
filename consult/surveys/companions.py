"""“Other” and the text beside it: one question on the page, two in the questionnaire."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from consult.surveys.types.base import QuestionLike
from consult.surveys.types.choice import OTHER

WITH_OTHER = ("choice", "choices", "rating")
TICKED = re.compile(
    rf"""selected\(\s*\$\{{(?P<a>[^}}]+)\}}\s*,\s*(['"]){OTHER}\2\s*\)"""
    rf"""|\$\{{(?P<b>[^}}]+)\}}\s*=\s*(['"]){OTHER}\4"""
)


class Conditional(QuestionLike, Protocol):
    """A question with the condition it is shown on."""

    @property
    def relevant(self) -> str: ...


Asked = TypeVar("Asked", bound=Conditional)


def companion_name(code: str) -> str:
    """The code of the text that belongs to a question's choice “other”."""
    return f"{code}_{OTHER}"


def companions(questions: Iterable[Asked]) -> dict[str, Asked]:
    """By the code of a question with a choice `other`, the text asked only when it is ticked."""
    listed = {question.code: question for question in questions}
    found = {code: listed.get(companion_name(code)) for code in listed}
    return {
        code: text
        for code, text in found.items()
        if text is not None and is_companion(text, listed[code])
    }


def is_companion(text: Conditional, question: QuestionLike) -> bool:
    """Whether `text` is the field beside the choice `other` of `question`."""
    ticked = TICKED.fullmatch(text.relevant.strip())
    return (
        text.kind == "text"
        and text.code == companion_name(question.code)
        and question.kind in WITH_OTHER
        and any(option.code == OTHER for option in question.options)
        and ticked is not None
        and (ticked["a"] or ticked["b"]).strip() == question.code
    )
