"""The columns of a sheet: their fields and, for texts, their languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.kernel.language_names import is_language, language_tag
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.surveys.xlsform.problems import Problems
from consult.surveys.xlsform.workbook import Sheet, SheetRow

ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "list name": "list_name",
    "form title": "form_title",
    "title": "form_title",
    "form id": "form_id",
    "id_string": "form_id",
    "value": "name",
    "default language": "default_language",
}
TITLES = "translated_title"  # our own: XLSForm has no form_title in several languages
USED = {
    "survey": {"type", "name", "label", "hint", "required", "relevant", "appearance"}
    | {"parameters", "constraint", "audio"},
    "choices": {"list_name", "name", "label", "image", "audio"},
    "settings": {"form_title", TITLES, "form_id", "version", "default_language"},
}
IN_BRACKETS = re.compile(r".*\(([^()]+)\)")
TEXTS = {"label", "hint", "audio", TITLES}


@dataclass(frozen=True)
class Column:
    """A column in use: its field, its language (texts only) and its header as written."""

    place: int
    field: str
    language: str
    header: str


@dataclass
class Columns:
    """The columns of one sheet that are read."""

    sheet: str
    found: list[Column] = field(default_factory=list)

    @property
    def languages(self) -> list[str]:
        return list(dict.fromkeys(column.language for column in self.found if column.language))

    def of(self, name: str) -> list[Column]:
        return [column for column in self.found if column.field == name]

    def value(self, row: SheetRow, name: str) -> str:
        """A row's text in a column without languages, or an empty text."""
        found = self.of(name)
        return _cell(row, found[0].place) if found else ""

    def text(self, row: SheetRow, name: str) -> LocalizedText:
        """A row's text in all languages."""
        return LocalizedText({c.language: _cell(row, c.place) for c in self.of(name)})

    def blanks(self, row: SheetRow, name: str) -> Iterator[Column]:
        """The language columns of a text that are blank in this row."""
        return (column for column in self.of(name) if not _cell(row, column.place))


def _cell(row: SheetRow, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def read_columns(sheet: Sheet, default_language: str, problems: Problems) -> Columns:
    """The columns of a sheet; a text column without a language is in `default_language`."""
    columns = Columns(sheet.name)
    for place, header in enumerate(sheet.header):
        if not header:
            continue
        plain = re.sub(r"^\s*media\s*::", "", header, flags=re.IGNORECASE)
        name, _, language = (part.strip() for part in plain.partition("::"))
        name = ALIASES.get(name.lower(), name.lower())
        if name not in USED[sheet.name]:
            _mention_unused(sheet, place, header, problems)
        elif language and name not in TEXTS:
            problems.error(sheet.name, 1, header, N_("This column cannot be in several languages."))
        else:
            _add(columns, Column(place, name, "", header), language, default_language, problems)
    return columns


def _add(
    columns: Columns, column: Column, language: str, default_language: str, problems: Problems
) -> None:
    tag = language_code(language) if language else default_language
    if tag is None:
        problems.error(
            columns.sheet, 1, column.header,
            N_("The language has no code that is known. Write it as “%(example)s”."),
            example=f"{column.field}::Spanish (es)",
        )  # fmt: skip
        return
    tag = tag if column.field in TEXTS else ""
    if any((old.field, old.language) == (column.field, tag) for old in columns.found):
        problems.error(
            columns.sheet,
            1,
            column.header,
            N_("There is already a column for this text and language."),
        )
        return
    columns.found.append(Column(column.place, column.field, tag, column.header))


def language_code(language: str) -> str | None:
    """The code in brackets, or a bare code: a name alone does not say which variant is meant."""
    bracketed = IN_BRACKETS.fullmatch(language)
    code = bracketed[1].strip() if bracketed else language
    return language_tag(code) if is_language(code) else None


def _mention_unused(sheet: Sheet, place: int, header: str, problems: Problems) -> None:
    if any(_cell(row, place) for row in sheet.rows):
        problems.warn(sheet.name, 1, header, N_("This column is not used."))
