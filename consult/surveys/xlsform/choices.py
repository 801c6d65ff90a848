"""The sheet of choices."""

import re

from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.surveys.xlsform.columns import Columns
from consult.surveys.xlsform.form import LONGEST_NAME, FormOption
from consult.surveys.xlsform.problems import Problems
from consult.surveys.xlsform.workbook import Sheet, SheetRow

FILE_NAME = re.compile(r"\w[\w .()-]*\.\w{2,4}")
LONGEST_FILE_NAME = 120
Lists = dict[str, tuple[FormOption, ...]]


def read_choices(sheet: Sheet | None, columns: Columns, problems: Problems) -> Lists:
    """The lists of choices by name; faulty rows are noted in `problems`."""
    lists: Lists = {}
    for row in sheet.rows if sheet else ():
        name, code = columns.value(row, "list_name"), columns.value(row, "name")
        if not name and not code and not columns.text(row, "label"):
            continue
        if _is_sound(row, name, code, lists.get(name, ()), problems):
            label = read_label(row, columns, problems, needed=True)
            image, audio = columns.value(row, "image"), read_files(row, columns, problems)
            check_file_name(image, row, "image", columns, problems)
            lists[name] = (*lists.get(name, ()), FormOption(code, label, image, audio))
    return lists


def read_files(row: SheetRow, columns: Columns, problems: Problems) -> LocalizedText:
    """The names of a row's sounds by language."""
    audio = columns.text(row, "audio")
    for name in audio.values():
        check_file_name(name, row, "audio", columns, problems)
    return audio


def check_file_name(
    name: str, row: SheetRow, column: str, columns: Columns, problems: Problems
) -> None:
    """Note a name that is no plain name of a file: nothing outside the folder is ever opened."""
    if name and (FILE_NAME.fullmatch(name) is None or len(name) > LONGEST_FILE_NAME):
        problems.error(
            columns.sheet, row.number, column,
            N_("“%(name)s” is no name of a file in the folder of pictures and sounds."),
            name=name[:80],
        )  # fmt: skip


def read_label(row: SheetRow, columns: Columns, problems: Problems, needed: bool) -> LocalizedText:
    """A row's label; one blank in every language is a fault if `needed`, in some a warning."""
    label = columns.text(row, "label")
    if needed and not label:
        problems.error(columns.sheet, row.number, "label", N_("The label is missing."))
    for column in columns.blanks(row, "label") if label else ():
        problems.warn(
            columns.sheet, row.number, column.header,
            N_("There is no text in this language; people will see a marked fallback."),
        )  # fmt: skip
    if any("${" in text for text in label.values()):
        problems.warn(
            columns.sheet, row.number, "label",
            N_("Answers are not filled into texts; people will see “${…}”."),
        )  # fmt: skip
    return label


def _is_sound(
    row: SheetRow, name: str, code: str, earlier: tuple[FormOption, ...], problems: Problems
) -> bool:
    count = len(problems.errors)
    if not name:
        problems.error("choices", row.number, "list_name", N_("The name of the list is missing."))
    elif len(name) > LONGEST_NAME:
        problems.error(
            "choices", row.number, "list_name", N_("At most %(limit)s signs, please."),
            limit=LONGEST_NAME,
        )  # fmt: skip
    if not code:
        problems.error("choices", row.number, "name", N_("The name of the choice is missing."))
    elif any(c.isspace() or c in "'\"" for c in code) or len(code) > LONGEST_NAME:
        problems.error(
            "choices", row.number, "name",
            N_("“%(name)s” cannot name a choice: no spaces or quotes, at most %(limit)s signs."),
            name=code[:80], limit=LONGEST_NAME,
        )  # fmt: skip
    elif any(option.code == code for option in earlier):
        problems.error(
            "choices", row.number, "name", N_("The list “%(list)s” already has “%(name)s”."),
            list=name, name=code,
        )  # fmt: skip
    return len(problems.errors) == count
