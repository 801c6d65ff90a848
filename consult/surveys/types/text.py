"""Free text: kept as typed."""

from collections.abc import Sequence
from typing import Any

from consult.kernel.messages import N_
from consult.surveys.types.base import MAX_TEXT, InvalidAnswer, QuestionLike, QuestionType, clean


def voice_field(code: str) -> str:
    """The name of the field of a spoken answer; no question can have it, as codes hold no colon."""
    return f"{code}:voice"


def longest(question: QuestionLike) -> int:
    """How many characters an answer may have."""
    return min(int(question.parameters.get("longest", MAX_TEXT)), MAX_TEXT)


class Text(QuestionType):
    kind = "text"
    is_text = True

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        text, limit = clean(given[0]) if given else "", longest(question)
        if len(text) > limit:
            raise InvalidAnswer(
                N_("Your text has %(count)s characters. Please shorten it to %(limit)s."),
                count=len(text), limit=limit,
            )  # fmt: skip
        return text if text.strip() else None


class Note(QuestionType):
    """Something to read; never an answer."""

    kind = "note"
    is_asked = False

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        return None
