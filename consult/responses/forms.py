"""Reading a posted screen: every value that is good, every fault, and what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_wtf import FlaskForm

from consult.kernel.messages import N_
from consult.responses.flow import Values, visible_questions
from consult.responses.spoken import is_spoken
from consult.surveys.companions import companions
from consult.surveys.models import Question, QuestionnaireVersion, Section
from consult.surveys.types import InvalidAnswer, posted_strings, read_answer, show_answer
from consult.surveys.types.choice import OTHER
from consult.surveys.types.text import voice_field

Posted = Mapping[str, Sequence[str]]
MISSING = InvalidAnswer(N_("Please answer this question before you go on."))


class SurveyForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests; the fields come from the questionnaire."""


@dataclass(frozen=True)
class Asked:
    """A question as a screen shows it: what stands in its fields and what is wrong.

    `other` is the text beside its choice “other”, which stands there always; `voice` the length in
    seconds of a spoken answer.
    """

    question: Question
    given: Sequence[str]
    error: InvalidAnswer | None = None
    other: "Asked | None" = None
    voice: int = 0

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
    read, beside = ReadScreen(), companions(section.questions)
    texts = {text.code for text in beside.values()}
    for question in shown_questions(section, values, posted):
        if question.code in texts:
            continue
        _read(read, question, posted)
        other = beside.get(question.code)
        if other:
            _read_other(read, question, other, posted)
        for one in filter(None, (question, other)) if is_leaving else ():
            if not is_spoken(one, values, posted):
                _require(read, question, one)
    return read


def _read(read: ReadScreen, question: Question, posted: Posted) -> None:
    try:
        read.values[question.code] = read_answer(question, posted)
    except InvalidAnswer as error:
        read.faults[question.code] = error


def _read_other(read: ReadScreen, question: Question, other: Question, posted: Posted) -> None:
    """A text beside “other” counts when that is ticked, or nothing at all is."""
    _read(read, other, posted)
    if read.values.get(other.code) and read.values.get(question.code, "") is None:
        read.values[question.code] = [OTHER] if question.kind == "choices" else OTHER
    if not _has_other(read, question):
        read.faults.pop(other.code, None)
        read.values[other.code] = None


def _has_other(read: ReadScreen, question: Question) -> bool:
    value = read.values.get(question.code)
    return value == OTHER or (isinstance(value, list) and OTHER in value)


def _require(read: ReadScreen, question: Question, one: Question) -> None:
    """Note a required question left empty; the text beside “other” only where that is ticked."""
    is_asked = one is question or _has_other(read, question)
    if one.required and is_asked and read.values.get(one.code, "") is None:
        read.faults[one.code] = MISSING


def shown_questions(section: Section, values: Values, posted: Posted) -> list[Question]:
    """The questions that stood on the page when it was sent."""
    shown = set(posted.get("shown", ()))
    return [question for question in visible_questions(section, values) if question.code in shown]


def ask(section: Section, values: Values) -> list[Asked]:
    """A screen with the answers so far."""
    return _ask(visible_questions(section, values), section, lambda q: _asked(q, values))


def ask_again(section: Section, values: Values, posted: Posted, read: ReadScreen) -> list[Asked]:
    """A screen with exactly what was typed and what is wrong with it."""
    questions = visible_questions(section, values)
    return _ask(questions, section, lambda q: _asked_again(q, values, posted, read))


def _asked(question: Question, values: Values) -> Asked:
    given = show_answer(question, values.get(question.code))
    return Asked(question, given, voice=values.get(voice_field(question.code)) or 0)


def _asked_again(question: Question, values: Values, posted: Posted, read: ReadScreen) -> Asked:
    given, fault = posted_strings(question, posted), read.faults.get(question.code)
    return Asked(question, given, fault, voice=values.get(voice_field(question.code)) or 0)


def _ask(
    questions: Sequence[Question], section: Section, ask_one: Callable[[Question], Asked]
) -> list[Asked]:
    beside = companions(section.questions)
    texts = {text.code for text in beside.values()}
    return [
        replace(ask_one(question), other=ask_one(beside[question.code]))
        if question.code in beside
        else ask_one(question)
        for question in questions
        if question.code not in texts
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
    return _ask(
        section.questions,
        section,
        lambda q: _asked_again(q, values, posted, read) if q.code in shown else _asked(q, values),
    )
