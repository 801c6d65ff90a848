"""Cells of a spreadsheet as answers."""

import re
import unicodedata
from collections import defaultdict
from typing import Any

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_
from consult.surveys.models import Question
from consult.surveys.types import read_answer
from consult.workshops.mapping import fold

YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"", "no", "n", "false", "0"})
SEVERAL = ("choices", "rank")
SEPARATORS = (r"\s*[;|\n]\s*", r"\s*,\s*", r"\s+")


class CellError(ConsultError, ValueError):
    """A cell cannot be an answer to its question."""


class ChoiceNames:
    """Finds choices by code or by label in any language, for a whole file at once."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, str]] = {}

    def to_codes(self, question: Question, cell: str) -> str:
        """`cell` with labels replaced by codes; several choices are separated by spaces.

        Raises CellError for what is no choice of the question.
        """
        known = self._known(question)
        if fold(cell) in known:
            return known[fold(cell)]
        if question.kind in SEVERAL:
            for separator in SEPARATORS:
                parts = [fold(part) for part in re.split(separator, cell) if part.strip()]
                if parts and all(part in known for part in parts):
                    return " ".join(dict.fromkeys(known[part] for part in parts))
        raise CellError(
            N_("“%(cell)s” is no choice of this question; it has: %(codes)s."),
            cell=cell[:80], codes=", ".join(option.code for option in question.options)[:300],
        )  # fmt: skip

    def _known(self, question: Question) -> dict[str, str]:
        if question.code not in self._codes:
            named: dict[str, set[str]] = defaultdict(set)
            for option in question.options:
                for label in option.label.values():
                    named[fold(label)].add(option.code)
            sure = {label: codes.pop() for label, codes in named.items() if len(codes) == 1}
            codes = {fold(option.code): option.code for option in question.options}
            self._codes[question.code] = sure | codes
        return self._codes[question.code]


def read_yes_no(cell: str, question: Question | None, names: ChoiceNames) -> bool:
    """Whether a cell says yes, in plain words or as the questionnaire's own answer."""
    if fold(cell) in YES | NO:
        return fold(cell) in YES
    if question is not None and question.options:
        return names.to_codes(question, cell) == "yes"
    raise CellError(N_("“%(cell)s” is neither yes nor no."), cell=cell[:80])


def read_cell(question: Question, cell: str, names: ChoiceNames) -> Any:
    """The answer in a cell as it is stored: a text as typed, or a value by code.

    Raises CellError, or InvalidAnswer of the question's type.
    """
    if any(c == "\0" or unicodedata.category(c) == "Cs" for c in cell):
        raise CellError(N_("The text holds a broken character; it looks damaged."))
    given = [cell]
    if question.options:
        codes = names.to_codes(question, cell)
        given = codes.split() if question.kind in SEVERAL else [codes]
    return read_answer(question, {question.code: given})
