"""The way through a questionnaire: pure, from the questionnaire and the values so far."""

from collections.abc import Mapping
from typing import Any

from consult.surveys.expressions import is_relevant
from consult.surveys.models import Question, QuestionnaireVersion, Section
from consult.surveys.types import is_asked
from consult.surveys.types.text import voice_field

Values = Mapping[str, Any]


def visible_questions(section: Section, values: Values) -> list[Question]:
    """The questions of a screen that its conditions let through; none for a hidden screen."""
    if not is_relevant(section.relevant, values):
        return []
    return [question for question in section.questions if is_relevant(question.relevant, values)]


def visible_screens(version: QuestionnaireVersion, values: Values) -> list[int]:
    """Numbers (from 1) of the screens that have something to show."""
    return [
        number
        for number, section in enumerate(version.sections, 1)
        if visible_questions(section, values)
    ]


def next_screen(version: QuestionnaireVersion, values: Values, number: int) -> int | None:
    """The next screen to show after `number`; None when the end is reached."""
    return next((n for n in visible_screens(version, values) if n > number), None)


def previous_screen(version: QuestionnaireVersion, values: Values, number: int) -> int | None:
    """The screen before `number`; None at the start."""
    return next((n for n in reversed(visible_screens(version, values)) if n < number), None)


def progress(version: QuestionnaireVersion, values: Values, number: int) -> tuple[int, int]:
    """Which one of how many visible screens this is, if what is still required gets a first yes."""
    screens = visible_screens(version, {**_first_choices(version), **values})
    return sum(1 for n in screens if n <= number), len(screens)


def _first_choices(version: QuestionnaireVersion) -> dict[str, Any]:
    required = (question for question in version.questions if question.required)
    return {question.code: question.options[0].code for question in required if question.options}


def first_unanswered(version: QuestionnaireVersion, values: Values) -> int | None:
    """The first screen with a required question nobody answered."""
    for number, section in enumerate(version.sections, 1):
        for question in visible_questions(section, values):
            if question.required and not is_answered(question, values):
                return number
    return None


def is_answered(question: Question, values: Values) -> bool:
    """Whether there is an answer, written or spoken."""
    return values.get(question.code) is not None or bool(values.get(voice_field(question.code)))


def relevant_voices(version: QuestionnaireVersion, values: Values) -> list[str]:
    """The codes of the questions that are still shown and have a spoken answer."""
    return [
        question.code
        for section in version.sections
        for question in visible_questions(section, values)
        if question.takes_voice and values.get(voice_field(question.code))
    ]


def relevant_answers(version: QuestionnaireVersion, values: Values) -> dict[str, Any]:
    """The answers to questions that are still shown; the rest was asked no longer."""
    kept: dict[str, Any] = {}
    for section in version.sections:
        for question in visible_questions(section, {**values}):
            if is_asked(question) and values.get(question.code) is not None:
                kept[question.code] = values[question.code]
    return kept


def refused(values: Values) -> str:
    """Why the way ends early: `consent`, `adult` or nothing."""
    if values.get("consent") == "no":
        return "consent"
    return "adult" if values.get("adult") == "no" else ""
