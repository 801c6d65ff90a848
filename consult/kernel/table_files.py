"""Writes rows as CSV, XLSX or JSON Lines, safe to open in a spreadsheet."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from consult.kernel.messages import N_
from consult.kernel.tables import TableError

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767  # characters a spreadsheet's cell can hold


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes `rows` in the form the extension names, whole or not at all.

    Lists stay lists in JSON Lines and are joined by `;` elsewhere. In CSV and XLSX a text that a
    spreadsheet would run as a formula is kept from it. Raises TableError.
    """
    makers = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise TableError(
            N_("The file must end in .csv, .xlsx or .jsonl, not in %(suffix)s."),
            suffix=path.suffix or "-",
        )
    _replace(path, maker(columns, rows))


def safe_cell(text: str) -> str:
    """`text`, with an apostrophe before it where a spreadsheet would take it for a formula."""
    starts = text.lstrip(" \u00a0\ufeff").startswith(FORMULA_STARTS) or text.startswith("\n")
    return f"'{text}" if starts else text


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = ";".join(str(part) for part in value)
    return safe_cell(value) if isinstance(value, str) else value


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (_cell(row.get(name)) for name in columns)
        writer.writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _jsonl(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    lines = (
        json.dumps({name: row.get(name) for name in columns}, ensure_ascii=False) for row in rows
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace")


def _xlsx(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    from xlsxwriter import Workbook  # slow to import, needed for this form only

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(out, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for line, row in enumerate(rows, 1):
            for column, name in enumerate(columns):
                value = row.get(name)
                if isinstance(value, str | list | tuple):
                    sheet.write_string(line, column, _xlsx_text(str(_cell(value))))
                elif value is not None:
                    sheet.write(line, column, value)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _xlsx_text(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")[:CELL_LIMIT]


def _replace(path: Path, data: bytes) -> None:
    """The file appears complete, so a stopped run leaves no half of it."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise TableError(
            N_("The file cannot be written: %(reason)s."), reason=error.strerror
        ) from None
