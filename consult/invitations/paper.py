"""The questionnaire as a sheet of paper: numbers, and skips in the reader's words."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.invitations.skips import Stretch, stretches
from consult.kernel.messages import N_
from consult.surveys.models import Question, QuestionnaireVersion, Section
from consult.web.text import shown

ONLY_NEXT = N_("Answer the next question only if you ticked %(choices)s at question %(number)s.")
NOT_NEXT = N_("Leave the next question empty if you ticked %(choices)s at question %(number)s.")
ONLY_MANY = N_(
    "Answer questions %(first)s to %(last)s only if you ticked %(choices)s at question %(number)s."
)
NOT_MANY = N_(
    "Leave questions %(first)s to %(last)s empty if you ticked %(choices)s at question %(number)s."
)
UNSURE = N_(
    "Look at your answer to question %(number)s. If the next question does not fit you, leave it "
    "empty."
)


@dataclass(frozen=True)
class PaperQuestion:
    """A question with its number (0: only to be read) and what is said before it."""

    question: Question
    number: int
    skips: tuple[str, ...]


def paper_sections(version: QuestionnaireVersion) -> list[tuple[Section, list[PaperQuestion]]]:
    """The screens of a questionnaire as parts of a sheet, in the page's language."""
    numbers = _numbers(version)
    said = stretches(version)
    default = version.default_language
    return [
        (section, [
            PaperQuestion(question, numbers.get(question.code, 0), tuple(
                skip_sentence(stretch, numbers, default)
                for stretch in said.get(numbers.get(question.code, 0), ())
            ))
            for question in section.questions
        ])
        for section in version.sections
    ]  # fmt: skip


def skip_sentence(stretch: Stretch, numbers: dict[str, int], default: str) -> str:
    """Which questions to answer or to leave empty after which ticks."""
    skip = stretch.skip
    choices = " / ".join(f"“\u2068{shown(option.label, default)}\u2069”" for option in skip.ticks)
    text: str = gettext(_sentence(stretch))
    return text % {
        "first": stretch.first, "last": stretch.last, "choices": choices,
        "number": numbers[skip.question.code],
    }  # fmt: skip


def _sentence(stretch: Stretch) -> str:
    if not stretch.skip.ticks:
        return UNSURE
    if stretch.first == stretch.last:
        return ONLY_NEXT if stretch.skip.only else NOT_NEXT
    return ONLY_MANY if stretch.skip.only else NOT_MANY


def _numbers(version: QuestionnaireVersion) -> dict[str, int]:
    asked = [question.code for question in version.questions if question.kind != "note"]
    return {code: number for number, code in enumerate(asked, 1)}
