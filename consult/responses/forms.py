"""Reading a posted screen: every value that is good, every fault, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_wtf import FlaskForm

from consult.kernel.messages import N_
from consult.responses.flow import Values, visible_questions
from consult.surveys.models import Question, QuestionnaireVersion, Section
from consult.surveys.types import InvalidAnswer, read_answer, show_answer

Posted = Mapping[str, Sequence[str]]
MISSING = InvalidAnswer(N_("Please answer this question before you go on."))


class SurveyForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests; the fields come from the questionnaire."""


@dataclass(frozen=True)
class Asked:
    """A question as a screen shows it: what stands in its fields and what is wrong."""

    question: Question
    given: Sequence[str]
    error: InvalidAnswer | None = None

    @property
    def text(self) -> str:
        return self.given[0] if self.given else ""


@dataclass(frozen=True)
class ReadScreen:
    """A posted screen: values by code (None: skipped) and faults by code."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, InvalidAnswer] = field(default_factory=dict)


def read_screen(section: Section, values: Values, posted: Posted, is_leaving: bool) -> ReadScreen:
    """Read the questions the person was shown; `is_leaving` forward asks for required ones."""
    read = ReadScreen()
    for question in shown_questions(section, values, posted):
        try:
            value = read_answer(question, posted)
        except InvalidAnswer as error:
            read.faults[question.code] = error
            continue
        read.values[question.code] = value
        if value is None and question.required and is_leaving:
            read.faults[question.code] = MISSING
    return read


def shown_questions(section: Section, values: Values, posted: Posted) -> list[Question]:
    """The questions that stood on the page when it was sent."""
    shown = set(posted.get("shown", ()))
    return [question for question in visible_questions(section, values) if question.code in shown]


def ask(section: Section, values: Values) -> list[Asked]:
    """A screen with the answers so far."""
    return [
        Asked(question, show_answer(question, values.get(question.code)))
        for question in visible_questions(section, values)
    ]


def ask_again(section: Section, values: Values, posted: Posted, read: ReadScreen) -> list[Asked]:
    """A screen with exactly what was typed and what is wrong with it."""
    return [
        Asked(question, posted.get(question.code, ()), read.faults.get(question.code))
        for question in visible_questions(section, values)
    ]


def read_all(version: QuestionnaireVersion, values: Values, posted: Posted) -> ReadScreen:
    """Read every screen of one page. A condition may hang on an answer of the same screen."""
    whole = ReadScreen()
    for section in version.sections:
        read = ReadScreen()
        for _ in range(2):
            so_far = {**values, **whole.values, **read.values}
            read = read_screen(section, so_far, posted, is_leaving=True)
        whole.values.update(read.values)
        whole.faults.update(read.faults)
    return whole


def ask_all(section: Section, values: Values, posted: Posted, read: ReadScreen) -> list[Asked]:
    """Every question of a screen whatever its condition, with what was typed or answered."""
    shown = set(posted.get("shown", ()))
    return [
        Asked(question, posted.get(question.code, ()), read.faults.get(question.code))
        if question.code in shown
        else Asked(question, show_answer(question, values.get(question.code)))
        for question in section.questions
    ]
