"""Free text: kept as typed."""

from collections.abc import Sequence
from typing import Any

from consult.kernel.messages import N_
from consult.surveys.types.base import MAX_TEXT, InvalidAnswer, QuestionLike, QuestionType, clean


class Text(QuestionType):
    kind = "text"
    is_text = True

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        text = clean(given[0]) if given else ""
        if len(text) > MAX_TEXT:
            raise InvalidAnswer(
                N_("Your text has %(count)s characters. Please shorten it to %(limit)s."),
                count=len(text), limit=MAX_TEXT,
            )  # fmt: skip
        return text if text.strip() else None


class Note(QuestionType):
    """Something to read; never an answer."""

    kind = "note"
    is_asked = False

    def read(self, question: QuestionLike, given: Sequence[str]) -> Any:
        return None
