"""Rows of a file as people's answers, and what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from consult.kernel.errors import ConsultError
from consult.kernel.language_names import language_tag
from consult.kernel.messages import N_
from consult.kernel.tables import Row
from consult.responses.models import CHANNELS
from consult.surveys.models import Question
from consult.workshops.cells import ChoiceNames, read_cell, read_yes_no
from consult.workshops.keys import Keys
from consult.workshops.mapping import Plan, fold

CONSENT, QUOTE = "consent", "quote"  # questions with a meaning of their own; "yes" is their yes
LONGEST_ID = 500


class RowProblem(ConsultError):
    """A fault in one cell of a file, or in a row as a whole (`column` is blank then)."""

    def __init__(self, line: int, column: str, message: str, **params: object) -> None:
        self.line, self.column = line, column
        super().__init__(message, **params)

    def __str__(self) -> str:
        place = f", column {self.column}" if self.column else ""
        return f"Line {self.line}{place}: {super().__str__()}"


@dataclass
class Entry:
    """One person's answers, not stored yet; `lines` are the rows they come from."""

    lines: list[int]
    key: str
    language: str
    channel: str
    may_quote: bool
    answers: dict[str, Any]


@dataclass
class Reading:
    """What a file holds: answers, rows with none, rows of people who declined, and faults."""

    entries: list[Entry] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    declined: list[int] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)


class RowReader:
    """Reads rows one by one; joins rows of one respondent."""

    def __init__(self, plan: Plan, keys: Keys, language: str) -> None:
        self.plan, self.keys, self.language = plan, keys, language
        self.names = ChoiceNames()
        self.reading = Reading()
        self._by_person: dict[str, Entry] = {}
        self._lines_of_person: dict[str, list[int]] = {}
        self._spoilt: set[str] = set()
        self._line_of_id: dict[str, int] = {}
        self._languages: dict[str, str | None] = {}

    def read(self, row: Row) -> None:
        """Take one row in."""
        faults: list[RowProblem] = []
        person = self._cell(row, "respondent_column").strip()
        entry = self._entry(row, person, faults)
        if person:
            self._lines_of_person.setdefault(person, []).append(row.line)
        if faults:
            self.reading.problems += faults
            self._spoilt |= {person} if person else set()
            self.reading.refused.add(row.line)
        elif not entry.answers or self._lacks_text(row):
            self.reading.blank.append(row.line)
        elif person:
            self._join(person, entry)
        else:
            self._keep(entry)

    def finish(self) -> Reading:
        """Everything read; a respondent with one faulty row is refused whole."""
        for person in self._spoilt:
            self._by_person.pop(person, None)
            self.reading.refused |= set(self._lines_of_person[person])
        for person, entry in self._by_person.items():
            entry.key = self.keys.of_id(person, entry.answers)
            self._keep(entry)
        return self.reading

    def _keep(self, entry: Entry) -> None:
        if entry.answers.get(CONSENT) == "no":
            self.reading.declined += entry.lines
            return
        if not self.plan.mapping.quote_column:
            entry.may_quote = entry.answers.get(QUOTE) == "yes"
        self.reading.entries.append(entry)

    def _entry(self, row: Row, person: str, faults: list[RowProblem]) -> Entry:
        answers = self._answers(row, faults)
        identity = self._cell(row, "id_column").strip()
        language = self._row_language(row, faults)
        channel = self._row_channel(row, faults)
        may_quote = self._may_quote(row, faults)
        if self.plan.mapping.id_column:
            self._check_identity(row, identity, faults)
        if self.plan.mapping.respondent_column and not person:
            self._fault(faults, row, "respondent_column", N_("The respondent is missing."))
        key = self.keys.of_id(identity, answers) if identity else self.keys.of_row(row.values)
        return Entry([row.line], key, language, channel, may_quote, answers)

    def _answers(self, row: Row, faults: list[RowProblem]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for header, question in self.plan.columns.items():
            self._answer(row, header, question, answers, faults)
        if self.plan.mapping.is_long and not self._lacks_text(row):
            name = self._cell(row, "question_column")
            asked = self.plan.questions.get(fold(name))
            if asked is None:
                self._fault(
                    faults, row, "question_column",
                    N_("“%(name)s” is no question; use a code or “--question NAME=CODE”."),
                    name=name[:80],
                )  # fmt: skip
            else:
                self._answer(row, self.plan.mapping.text_column, asked, answers, faults)
        return answers

    def _answer(
        self, row: Row, header: str, question: Question, answers: dict[str, Any],
        faults: list[RowProblem],
    ) -> None:  # fmt: skip
        cell = row.values.get(header, "")
        if not cell.strip():
            return
        try:
            answers[question.code] = read_cell(question, cell, self.names)
        except ConsultError as error:
            faults.append(RowProblem(row.line, header, error.message, **error.params))

    def _row_language(self, row: Row, faults: list[RowProblem]) -> str:
        written = self._cell(row, "language_column").strip()
        if not written:
            return self.language
        if written not in self._languages:
            self._languages[written] = language_tag(written)
        found = self._languages[written]
        if found is None:
            self._fault(
                faults, row, "language_column", N_("“%(name)s” is no language that is known."),
                name=written[:80],
            )  # fmt: skip
        return found or self.language

    def _row_channel(self, row: Row, faults: list[RowProblem]) -> str:
        channel = fold(self._cell(row, "channel_column")) or self.plan.mapping.channel
        if channel not in CHANNELS:
            self._fault(
                faults, row, "channel_column",
                N_("“%(name)s” is no channel; the channels are: %(known)s."),
                name=channel[:80], known=", ".join(CHANNELS),
            )  # fmt: skip
        return channel

    def _may_quote(self, row: Row, faults: list[RowProblem]) -> bool:
        if not self.plan.mapping.quote_column:
            return False
        try:
            question = self.plan.questions.get(QUOTE)
            return read_yes_no(self._cell(row, "quote_column"), question, self.names)
        except ConsultError as error:
            self._fault(faults, row, "quote_column", error.message, **error.params)
            return False

    def _check_identity(self, row: Row, identity: str, faults: list[RowProblem]) -> None:
        if not identity:
            self._fault(faults, row, "id_column", N_("The id is missing."))
        elif identity in self._line_of_id:
            self._fault(
                faults, row, "id_column", N_("The id “%(id)s” stands already on line %(other)s."),
                id=identity[:80], other=self._line_of_id[identity],
            )  # fmt: skip
        self._line_of_id.setdefault(identity, row.line)

    def _join(self, person: str, entry: Entry) -> None:
        first = self._by_person.setdefault(person, entry)
        if first is entry:
            return
        place = (self.plan.mapping.question_column or "", entry.lines[0])
        for code, answer in entry.answers.items():
            if first.answers.setdefault(code, answer) != answer:
                self._clash(person, place, N_("The respondent has another answer to “%(code)s” "
                                              "on an earlier line."), code=code)  # fmt: skip
        if (first.language, first.channel) != (entry.language, entry.channel):
            self._clash(person, place, N_("The respondent's rows differ in language or channel."))
        first.lines += entry.lines
        first.may_quote = first.may_quote and entry.may_quote

    def _clash(self, person: str, place: tuple[str, int], message: str, **params: object) -> None:
        self.reading.problems.append(RowProblem(place[1], place[0], message, **params))
        self._spoilt.add(person)

    def _lacks_text(self, row: Row) -> bool:
        mapping = self.plan.mapping
        return mapping.is_long and not self._cell(row, "text_column").strip()

    def _cell(self, row: Row, role: str) -> str:
        header = getattr(self.plan.mapping, role)
        return row.values.get(header, "") if header else ""

    def _fault(
        self, faults: list[RowProblem], row: Row, role: str, message: str, **params: object
    ) -> None:
        column = getattr(self.plan.mapping, role) or f"--{role.removesuffix('_column')}"
        faults.append(RowProblem(row.line, column, message, **params))


def read_rows(
    rows: Iterable[Row], reader: RowReader, tick: Callable[[], None] = lambda: None
) -> Reading:
    """Everything in `rows`; `tick` is called after each."""
    for row in rows:
        reader.read(row)
        tick()
    return reader.finish()
