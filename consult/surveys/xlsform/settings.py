"""The sheet of settings."""

from dataclasses import dataclass

from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.surveys.xlsform.columns import TITLES, Columns, language_code, read_columns
from consult.surveys.xlsform.problems import Problems
from consult.surveys.xlsform.workbook import Sheet, SheetRow

LONGEST = {"form_id": 100, "version": 60}


@dataclass(frozen=True)
class FormSettings:
    """What the sheet of settings says of the whole form."""

    title: LocalizedText
    form_id: str
    version: str
    default_language: str
    language_stated: bool = False


def read_settings(sheet: Sheet | None, language: str, problems: Problems) -> FormSettings:
    """The settings; without a default language, texts with no language are in `language`."""
    if sheet is None or not sheet.rows:
        return FormSettings(LocalizedText(), "questionnaire", "", language)
    row = sheet.rows[0]
    columns = read_columns(sheet, language, Problems())
    default = _default_language(columns, row, language, problems)
    columns = read_columns(sheet, default, problems)
    return FormSettings(
        columns.text(row, TITLES).with_text(default, columns.value(row, "form_title")),
        _short(columns, row, "form_id", problems) or "questionnaire",
        _short(columns, row, "version", problems),
        default,
        bool(columns.value(row, "default_language")),
    )


def _default_language(columns: Columns, row: SheetRow, language: str, problems: Problems) -> str:
    written = columns.value(row, "default_language")
    tag = language_code(written) if written else language
    if tag is None:
        problems.error(
            "settings", row.number, "default_language",
            N_("“%(text)s” names no language; write it like “English (en)”."), text=written[:80],
        )  # fmt: skip
    return tag or language


def _short(columns: Columns, row: SheetRow, name: str, problems: Problems) -> str:
    text = columns.value(row, name)
    if len(text) > LONGEST[name]:
        problems.error(
            "settings", row.number, name, N_("At most %(limit)s signs, please."),
            limit=LONGEST[name],
        )  # fmt: skip
    return text[: LONGEST[name]]
