"""Opens a workbook without trusting it and gives its sheets as text."""

import io
import unicodedata
from dataclasses import dataclass
from typing import Any

from consult.kernel.messages import N_
from consult.kernel.tables import TableError, cell_text, refuse_bomb
from consult.surveys.xlsform.problems import FormError

MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000  # of all parts of the archive together
MAX_ROWS = 5_000
MAX_COLUMNS = 300
MAX_CELL_LENGTH = 10_000
LAST_ROW = 1_048_576  # of any spreadsheet; a file may state a larger one to keep us counting
SHEETS = ("survey", "choices", "settings")


@dataclass(frozen=True)
class SheetRow:
    """A row that is not blank: its number in the sheet and its cells by place."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet: the cells of row 1 and the rows below that are not blank."""

    name: str
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def open_workbook(data: bytes) -> dict[str, Sheet]:
    """The sheets survey, choices and settings, those that are there, by name in small letters.

    Raises FormError (or TableError, its sibling) for what is no workbook or larger than the
    limits of this module; nothing is unpacked before the sizes stated in the archive are checked.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TableError(
            N_("The file is larger than %(limit)s MB."), limit=MAX_FILE_BYTES // 1_000_000
        )
    refuse_bomb(data, MAX_UNPACKED_BYTES)
    try:
        sheets = _sheets(data)
    except FormError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part leads to
        raise FormError(
            N_("The file cannot be read as an XLSX workbook: %(reason)s."),
            reason=str(error) or type(error).__name__,
        ) from None
    if "survey" not in sheets:
        raise FormError(N_("The workbook has no sheet “survey”, so it is not an XLSForm."))
    return sheets


def _sheets(data: bytes) -> dict[str, Sheet]:
    from openpyxl import load_workbook  # slow to import, needed by few commands

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        return {
            sheet.title.strip().lower(): _sheet(sheet)
            for sheet in book.worksheets
            if sheet.title.strip().lower() in SHEETS
        }
    finally:
        book.close()


def _sheet(sheet: Any) -> Sheet:
    name = sheet.title.strip().lower()
    sheet.reset_dimensions()  # the stated size may be a lie
    rows = []
    area = {"max_row": LAST_ROW, "max_col": MAX_COLUMNS + 1}
    for number, values in enumerate(sheet.iter_rows(values_only=True, **area), 1):
        if number > 1 and not any(values):
            continue
        cells = tuple(clean(cell_text(value)) for value in values)
        if any(cells) or number == 1:
            rows.append(SheetRow(number, cells))
            _check_size(name, number, cells)
    header = rows[0].cells if rows else ()
    return Sheet(name, header, tuple(rows[1:]))


def _check_size(name: str, number: int, cells: tuple[str, ...]) -> None:
    if number > MAX_ROWS + 1:
        raise FormError(
            N_("The sheet “%(sheet)s” has more than %(limit)s rows."), sheet=name, limit=MAX_ROWS
        )
    if any(cells[MAX_COLUMNS:]):
        raise FormError(
            N_("The sheet “%(sheet)s” has more than %(limit)s columns."),
            sheet=name,
            limit=MAX_COLUMNS,
        )
    if max(map(len, cells), default=0) > MAX_CELL_LENGTH:
        raise FormError(
            N_("Sheet “%(sheet)s”, row %(row)s: a cell holds more than %(limit)s characters."),
            sheet=name,
            row=number,
            limit=MAX_CELL_LENGTH,
        )


def clean(text: str) -> str:
    """`text` without control characters (line breaks and tabs stay), trimmed."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()
