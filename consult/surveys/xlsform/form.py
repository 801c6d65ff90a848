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


@dataclass(frozen=True)
class FormSection:
    """One screen; `relevant` already holds the conditions of the groups around it."""

    code: str
    title: LocalizedText
    relevant: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True)
class Form:
    """A whole questionnaire; two are equal when people would see and skip the same."""

    title: LocalizedText
    form_id: str
    form_version: str
    default_language: str
    languages: tuple[str, ...]
    sections: tuple[FormSection, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        return tuple(question for section in self.sections for question in section.questions)


def is_name(text: str) -> bool:
    """Whether `text` can be the code of a question or a group."""
    return len(text) <= LONGEST_NAME and NAME.fullmatch(text) is not None
