"""Reads an XLSForm into a questionnaire; every fault is named with sheet, row and column."""

from dataclasses import dataclass

from consult.kernel.messages import N_
from consult.surveys.xlsform.check import (
    check_conditions,
    check_joined_conditions,
    check_with_pyxform,
)
from consult.surveys.xlsform.choices import Lists, read_choices, read_files, read_label
from consult.surveys.xlsform.columns import Columns, read_columns
from consult.surveys.xlsform.form import LONGEST_NAME, Form, FormQuestion, is_name
from consult.surveys.xlsform.limits import read_limits
from consult.surveys.xlsform.other import with_other
from consult.surveys.xlsform.problems import Problem, Problems
from consult.surveys.xlsform.screens import Group, Screens, is_crowded
from consult.surveys.xlsform.settings import FormSettings, read_settings
from consult.surveys.xlsform.types import (
    IDENTIFYING,
    RowType,
    group_step,
    read_parameters,
    read_type,
)
from consult.surveys.xlsform.workbook import Sheet, SheetRow, open_workbook

LONGEST_APPEARANCE = 60
TABLE = "table-list"
YES_NO = {
    "": False,
    **dict.fromkeys(("yes", "true", "true()", "1"), True),
    **dict.fromkeys(("no", "false", "false()", "0"), False),
}


@dataclass(frozen=True)
class ReadForm:
    """A questionnaire that was read, with what its author should know."""

    form: Form
    warnings: tuple[Problem, ...]


def read_xlsform(data: bytes, language: str = "en") -> ReadForm:
    """The questionnaire in an XLSX file.

    `language` is that of texts whose column and settings name none. Raises FormError with all
    faults as `problems`, or TableError for a file that is too large or no workbook.
    """
    sheets, problems = open_workbook(data), Problems()
    settings = read_settings(sheets.get("settings"), language, problems)
    survey = read_columns(sheets["survey"], settings.default_language, problems)
    default = _default_language(settings, survey, problems)
    listed = _columns(sheets.get("choices"), "choices", settings, problems)
    lists = read_choices(sheets.get("choices"), listed, problems)
    reading = _Reading(survey, lists, problems, Screens(_names(sheets["survey"], survey)), default)
    reading.read(sheets["survey"])
    check_conditions(reading.rows, reading.conditions, problems)
    check_joined_conditions(reading.screens.sections, reading.rows, problems)
    problems.raise_errors()
    check_with_pyxform(data, problems)
    problems.raise_errors()
    form = Form(
        settings.title, settings.form_id, settings.version, default,
        tuple(dict.fromkeys([default, *survey.languages, *listed.languages])),
        tuple(reading.screens.sections),
    )  # fmt: skip
    return ReadForm(form, tuple(problems.warnings))


def _columns(sheet: Sheet | None, name: str, settings: FormSettings, problems: Problems) -> Columns:
    if sheet is None:
        return Columns(name)
    return read_columns(sheet, settings.default_language, problems)


def _default_language(settings: FormSettings, survey: Columns, problems: Problems) -> str:
    """The stated language; where none is stated and the guess has no text, the first column's."""
    default, languages = settings.default_language, survey.languages
    if default in languages or not languages:
        return default
    if settings.language_stated:
        problems.error(
            "settings", 2, "default_language",
            N_("The sheet “survey” has no label in the default language “%(language)s”."),
            language=default,
        )  # fmt: skip
    return languages[0]


def _names(sheet: Sheet, columns: Columns) -> frozenset[str]:
    return frozenset(columns.value(row, "name") for row in sheet.rows)


@dataclass
class _Reading:
    """The walk over the rows of the sheet “survey”."""

    columns: Columns
    lists: Lists
    problems: Problems
    screens: Screens
    language: str

    def __post_init__(self) -> None:
        self.rows: dict[str, int] = {}  # questions by code, with their rows
        self.conditions: list[tuple[int, str]] = []
        self._seen: set[str] = set()

    def read(self, sheet: Sheet) -> None:
        if not self.columns.of("type"):
            self._error(1, "type", N_("The column “type” is missing."))
            return
        for row in sheet.rows:
            self._read_row(row)
        self.screens.close_screen()
        for group in self.screens.open_groups:
            self._error(
                group.row, "type", N_("The group “%(name)s” is never ended."), name=group.code
            )
        for section in self.screens.sections:
            if is_crowded(section):
                self.problems.warn(
                    "survey", self.rows[section.questions[0].code], "type",
                    N_("The screen “%(name)s” has more than three questions."), name=section.code,
                )  # fmt: skip
        if not self.rows and not self.problems.errors:
            self._error(2, "type", N_("The sheet has no questions."))

    def _read_row(self, row: SheetRow) -> None:
        kind = self.columns.value(row, "type")
        step = group_step(kind)
        if step == "begin":
            self._begin(row)
        elif step == "end":
            if not self.screens.end():
                self._error(row.number, "type", N_("This ends a group that was never begun."))
        elif kind.lower() in IDENTIFYING:
            self.problems.warn(
                "survey", row.number, "type",
                N_("“%(type)s” is left out: Consult keeps nothing that identifies a person."),
                type=kind,
            )  # fmt: skip
        elif kind:
            self._question(row, kind)
        elif any(self.columns.value(row, name) for name in ("name", "label")):
            self._error(row.number, "type", N_("The type is missing."))

    def _begin(self, row: SheetRow) -> None:
        title = read_label(row, self.columns, self.problems, needed=False)
        relevant = self._condition(row)
        words = self.columns.value(row, "appearance").split()
        table = TABLE if TABLE in words else ""
        self.screens.begin(Group(row.number, self._name(row, "group"), title, relevant, table))

    def _question(self, row: SheetRow, kind: str) -> None:
        appearance = self.columns.value(row, "appearance")
        found = read_type(kind, appearance)
        if len(appearance) > LONGEST_APPEARANCE:
            self._error(
                row.number, "appearance", N_("At most %(limit)s signs, please."),
                limit=LONGEST_APPEARANCE,
            )  # fmt: skip
        if found is None:
            self._error(row.number, "type", N_("The type “%(type)s” is not known."), type=kind[:80])
        elif found.list_name and found.list_name not in self.lists:
            self._error(
                row.number, "type", N_("The sheet “choices” has no list “%(list)s”."),
                list=found.list_name,
            )  # fmt: skip
        required = self._yes_or_no(row, "required")
        parameters = self._parameters(row, found.kind if found else "") | self._limits(row, found)
        code = self._name(row, found.kind if found else "")
        label = read_label(row, self.columns, self.problems, needed=True)
        relevant = self._condition(row)
        self.rows.setdefault(code, row.number)
        if found:
            question = FormQuestion(
                code, found.kind, label, self.columns.text(row, "hint"), required, relevant,
                appearance, found.list_name, parameters, self.lists.get(found.list_name, ()),
                read_files(row, self.columns, self.problems),
            )  # fmt: skip
            self._add(row, question, found)

    def _add(self, row: SheetRow, question: FormQuestion, found: RowType) -> None:
        if not found.adds_other:
            self.screens.add(question)
            return
        question, text = with_other(question, self.language)
        self.screens.add(question)
        if text.code not in self.screens.names:
            self.screens.add(text)
            self.rows.setdefault(text.code, row.number)
            self.problems.warn(
                "survey", row.number, "type",
                N_("“or_other” brings English words only. For every language, write a choice "
                   "“other” and a text question “%(name)s”."),
                name=text.code,
            )  # fmt: skip

    def _limits(self, row: SheetRow, found: RowType | None) -> dict[str, object]:
        limits = read_limits(found.kind if found else "", self.columns.value(row, "constraint"))
        if limits is None:
            self.problems.warn(
                "survey", row.number, "constraint",
                N_("Answers are not checked against this condition. Known are “. >= 0 and . <= "
                   "120” for whole numbers and “string-length(.) <= 500” for texts."),
            )  # fmt: skip
        return limits or {}

    def _name(self, row: SheetRow, kind: str) -> str:
        name = self.columns.value(row, "name")
        if not name and kind == "note":
            name = f"note_{row.number}"
        if not name:
            self._error(row.number, "name", N_("The name is missing."))
        elif not is_name(name):
            self._error(
                row.number, "name",
                N_("“%(name)s” cannot be a name: begin with a letter, then letters, digits, "
                   "“_”, “-” or “.”, at most %(limit)s of them."),
                name=name[:80], limit=LONGEST_NAME,
            )  # fmt: skip
        elif name in self._seen:
            self._error(
                row.number, "name", N_("The name “%(name)s” stands there twice."), name=name
            )
        self._seen.add(name)
        return name

    def _condition(self, row: SheetRow) -> str:
        condition = self.columns.value(row, "relevant")
        if condition:
            self.conditions.append((row.number, condition))
        return condition

    def _yes_or_no(self, row: SheetRow, column: str) -> bool:
        written = self.columns.value(row, column)
        if written.lower() not in YES_NO:
            self._error(
                row.number, column, N_("Write yes or no, not “%(text)s”."), text=written[:80]
            )
        return YES_NO.get(written.lower(), False)

    def _parameters(self, row: SheetRow, kind: str) -> dict[str, object]:
        written = self.columns.value(row, "parameters")
        found = read_parameters(kind, written)
        if found is None:
            self._error(
                row.number, "parameters",
                N_("“%(text)s” cannot be read; a range is written as “start=1 end=5 step=1”."),
                text=written[:80],
            )  # fmt: skip
        return found or {}

    def _error(self, row: int, column: str, message: str, **params: object) -> None:
        self.problems.error("survey", row, column, message, **params)
