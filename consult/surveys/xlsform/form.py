"""A questionnaire as plain values, between the workbook and the tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.kernel.localized import LocalizedText

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LONGEST_NAME = 64
MOST_ON_A_SCREEN = 3
NO_TEXT = LocalizedText()


@dataclass(frozen=True)
class FormOption:
    """A choice: its code and what people read."""

    code: str
    label: LocalizedText
    image: str = ""  # names of files, as everywhere here
    audio: LocalizedText = NO_TEXT


@dataclass(frozen=True)
class FormQuestion:
    """A question; `kind` names a class of `surveys.types`."""

    code: str
    kind: str
    label: LocalizedText
    hint: LocalizedText = NO_TEXT
    required: bool = False
    relevant: str = ""
    appearance: str = ""
    list_name: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[FormOption, ...] = ()
    audio: LocalizedText = NO_TEXT


@dataclass(frozen=True)
class FormSection:
    """One screen; `relevant` already holds the conditions of the groups around it."""

    code: str
    title: LocalizedText
    relevant: str
    questions: tuple[FormQuestion, ...]
    appearance: str = ""


@dataclass(frozen=True)
class Form:
    """A whole questionnaire; two are equal when people would see and skip the same."""

    title: LocalizedText
    form_id: str
    form_version: str
    default_language: str
    languages: tuple[str, ...]
    sections: tuple[FormSection, ...]
    files: Mapping[str, str] = field(default_factory=dict)  # what is in them, by name, as a digest

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        return tuple(question for section in self.sections for question in section.questions)


def files_named(form: Form) -> dict[str, str]:
    """The names of all pictures and sounds, each with `image` or `audio`."""
    options = [option for question in form.questions for option in question.options]
    named = {option.image: "image" for option in options if option.image}
    sounds = [question.audio for question in form.questions] + [o.audio for o in options]
    for audio in sounds:
        named |= dict.fromkeys(audio.values(), "audio")
    return named


def is_name(text: str) -> bool:
    """Whether `text` can be the code of a question or a group."""
    return len(text) <= LONGEST_NAME and NAME.fullmatch(text) is not None
