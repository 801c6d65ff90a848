"""What the columns of a file of answers mean."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_
from consult.surveys.models import Question
from consult.surveys.types import is_asked

ROLES = ("id", "respondent", "language", "channel", "quote", "question", "text")


class MappingError(ConsultError, ValueError):
    """The mapping cannot be read, or does not fit the file or the questionnaire."""


@dataclass(frozen=True)
class AnswerMapping:
    """Which column is what, as an officer states it; what is not stated is found by its header.

    `columns` maps headers to question codes. With `question_column` and `text_column` every row
    holds one answer, and `questions` maps values of the former to codes. `source` tells files
    apart whose ids begin anew.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    id_column: str = ""
    respondent_column: str = ""
    language_column: str = ""
    channel_column: str = ""
    quote_column: str = ""
    question_column: str = ""
    text_column: str = ""
    language: str = ""
    channel: str = "paper"
    source: str = ""

    @property
    def is_long(self) -> bool:
        return bool(self.question_column)


def read_mapping(text: str) -> dict[str, Any]:
    """The values of an AnswerMapping in a JSON object; MappingError names what is wrong."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingError(
            N_("The mapping is not valid JSON: %(reason)s."), reason=str(error)
        ) from None
    if not isinstance(values, dict):
        raise MappingError(N_("The mapping is not a JSON object."))
    kinds = {"columns": dict, "questions": dict}
    known = {name.name: kinds.get(name.name, str) for name in fields(AnswerMapping)}
    for name, value in values.items():
        if name not in known:
            raise MappingError(
                N_("The mapping says “%(name)s”; it may say: %(known)s."),
                name=name, known=", ".join(known),
            )  # fmt: skip
        parts = value.values() if isinstance(value, dict) else ()
        if not isinstance(value, known[name]) or not all(isinstance(part, str) for part in parts):
            raise MappingError(N_("“%(name)s” in the mapping has the wrong form."), name=name)
    return values


@dataclass(frozen=True)
class Plan:
    """A mapping fitted to a file: real headers, real questions."""

    mapping: AnswerMapping
    columns: Mapping[str, Question]
    questions: Mapping[str, Question]
    unused: tuple[str, ...]


def fit_mapping(
    mapping: AnswerMapping, headers: tuple[str, ...], questions: Iterable[Question]
) -> Plan:
    """The mapping with every header found in the file and every code in the questionnaire.

    Headers are compared without regard to case and spacing. Columns nobody named whose header is
    a question's code, or its label in any language, are that question's. Raises MappingError.
    """
    asked = {question.code: question for question in questions if is_asked(question)}
    roles: dict[str, Any] = {
        f"{role}_column": _header(getattr(mapping, f"{role}_column"), headers)
        for role in ROLES
        if getattr(mapping, f"{role}_column")
    }
    if bool(mapping.question_column) != bool(mapping.text_column):
        raise MappingError(N_("The columns of the question and of the text go together."))
    columns = {
        _header(header, headers): _question(code, asked) for header, code in mapping.columns.items()
    }
    names = _names(asked)
    for header in headers:
        if header not in columns and header not in roles.values():
            found = names.get(fold(header))
            if found and found not in columns.values():
                columns[header] = found
    _check_columns(columns, mapping.is_long, headers, asked)
    unused = [name for name in headers if name not in columns and name not in roles.values()]
    renamed = {fold(name): _question(code, asked) for name, code in mapping.questions.items()}
    return Plan(replace(mapping, **roles), columns, names | renamed, tuple(unused))


def _header(name: str, headers: tuple[str, ...]) -> str:
    if name in headers:
        return name
    found = [header for header in headers if fold(header) == fold(name)]
    if len(found) == 1:
        return found[0]
    near = get_close_matches(name, headers, 1)
    raise MappingError(
        N_("The file has no column “%(name)s”. It has: %(headers)s.")
        if not near
        else N_("The file has no column “%(name)s”. Is it “%(near)s”? It has: %(headers)s."),
        name=name, headers=", ".join(headers)[:500], near="".join(near),
    )  # fmt: skip


def _question(code: str, asked: Mapping[str, Question]) -> Question:
    if code not in asked:
        raise MappingError(
            N_("The questionnaire has no question “%(code)s”. It has: %(codes)s."),
            code=code, codes=", ".join(asked),
        )  # fmt: skip
    return asked[code]


def _names(asked: Mapping[str, Question]) -> dict[str, Question]:
    """Every question by its code and by its labels; a label of two questions names neither."""
    named: dict[str, Question] = {}
    doubtful = set()
    for question in asked.values():
        for label in {fold(text) for text in question.label.values()}:
            doubtful |= {label} & set(named)
            named[label] = question
    sure = {name: question for name, question in named.items() if name not in doubtful}
    return sure | {fold(code): question for code, question in asked.items()}


def _check_columns(
    columns: Mapping[str, Question], is_long: bool, headers: tuple[str, ...],
    asked: Mapping[str, Question],
) -> None:  # fmt: skip
    codes = [question.code for question in columns.values()]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise MappingError(N_("Two columns hold answers to “%(code)s”."), code=twice)
    if not columns and not is_long:
        raise MappingError(
            N_("No column of the file belongs to a question. Say which with “--column "
               "HEADER=CODE”. Columns: %(headers)s. Questions: %(codes)s."),
            headers=", ".join(headers)[:500], codes=", ".join(asked),
        )  # fmt: skip


def fold(text: str) -> str:
    """`text` as headers and labels are compared: case, spacing and width do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
