"""Reads CSV, XLSX and JSON Lines files into rows that know their line."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_

DELIMITERS = (",", ";", "\t", "|")
FORMATS = (".csv", ".tsv", ".xlsx", ".jsonl")
MAX_FILE_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 300_000_000  # of an XLSX file, which is a compressed archive
MAX_ROWS = 200_000
MAX_COLUMNS = 500
LAST_ROW = 1_048_576  # of any spreadsheet; a file may state a larger one to keep us counting


class TableError(ConsultError, ValueError):
    """A file cannot be read as a table; `line` is the faulty line, or None for the whole file."""

    def __init__(self, message: str, line: int | None = None, **params: object) -> None:
        self.line = line
        super().__init__(message, **({"line": line} if line is not None else {}), **params)


@dataclass(frozen=True)
class Row:
    """One row: its line in the file (the header is line 1) and its values by column name."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The columns in the order of the file, and the rows that are not blank."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_table(source: Path | IO[bytes], name: str | None = None) -> Table:
    """The table in a file; its form is told by the extension of `name` (or of the path).

    CSV may use comma, semicolon, tab or bar and must be UTF-8 or UTF-16 with a mark. Of XLSX the
    first sheet is read. Values are text: whole numbers without a point, dates in ISO form,
    nested JSON as JSON. Raises TableError, with the line where there is one.
    """
    suffix = Path(name if name is not None else str(source)).suffix.lower()
    if suffix not in FORMATS:
        raise TableError(
            N_("The file must end in .csv, .xlsx or .jsonl, not in %(suffix)s."),
            suffix=suffix or "-",
        )
    data = _load(source)
    if suffix == ".xlsx":
        return _table(_xlsx_lines(data))
    text = _decode(data)
    return _json_table(text) if suffix == ".jsonl" else _table(_csv_lines(text))


def _load(source: Path | IO[bytes]) -> bytes:
    if isinstance(source, Path):
        try:
            with source.open("rb") as opened:
                data = opened.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise TableError(
                N_("The file cannot be opened: %(reason)s."), reason=error.strerror
            ) from None
    else:
        data = source.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise TableError(
            N_("The file is larger than %(limit)s MB."), limit=MAX_FILE_BYTES // 1_000_000
        )
    return data


def _decode(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(
            N_("Line %(line)s is not in UTF-8. Save the file as CSV UTF-8 and try again."),
            line=data[: error.start].count(b"\n") + 1,
        ) from None


def _csv_lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Lines of a CSV text as (line the row begins on, cells)."""
    stated = text[:4].lower() == "sep=" and text[4:5] in DELIMITERS
    delimiter = text[4] if stated else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if not (stated and begins == 1):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            N_("Line %(line)s cannot be read as CSV: %(reason)s."), line=begins, reason=str(error)
        ) from None


def _delimiter(text: str) -> str:
    """The delimiter that splits the header into most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")[:10_000]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign))))


def _xlsx_lines(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook  # slow to import, needed for this form only

    refuse_bomb(data, MAX_UNPACKED_BYTES)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the stated size may be a lie
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_row=LAST_ROW), 1):
            yield line, [cell_text(cell) for cell in cells]
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part leads to
        raise TableError(
            N_("The file cannot be read as an XLSX workbook: %(reason)s."),
            reason=str(error) or type(error).__name__,
        ) from None


def refuse_bomb(data: bytes, limit: int) -> None:
    """Raises TableError for what is no XLSX archive or would unpack to more than `limit` bytes.

    Python unpacks no more of a member than its stated size, so that size can be trusted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise TableError(N_("The file is not an XLSX workbook.")) from None
    if unpacked > limit:
        raise TableError(
            N_("The workbook would unpack to more than %(limit)s MB."), limit=limit // 1_000_000
        )


def _table(lines: Iterator[tuple[int, Sequence[str]]]) -> Table:
    """A table from lines of cells, the first line that is not blank being the header."""
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = _header(line, cells)
        else:
            rows.append(_row(line, columns, cells))
            _check_count(len(rows), line)
    if not columns:
        raise TableError(N_("The file is empty: it has no line with column names."))
    return Table(tuple(filter(None, columns)), tuple(rows))


def _header(line: int, cells: Sequence[str]) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise TableError(N_("The table has more than %(limit)s columns."), limit=MAX_COLUMNS)
    twice = next((name for i, name in enumerate(names) if name and name in names[:i]), None)
    if twice is not None:
        raise TableError(
            N_("Line %(line)s: the column %(column)s stands there twice."), line=line, column=twice
        )
    return tuple(names)


def _row(line: int, columns: tuple[str, ...], cells: Sequence[str]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise TableError(
            N_("Line %(line)s has more cells than the %(columns)s columns of the header."),
            line=line,
            columns=len(columns),
        )
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    return Row(line, {name: cell for name, cell in zip(columns, filled, strict=False) if name})


def _check_count(count: int, line: int) -> None:
    if count > MAX_ROWS:
        raise TableError(
            N_("Line %(line)s: a file may hold at most %(limit)s rows."), line=line, limit=MAX_ROWS
        )


def _json_table(text: str) -> Table:
    columns: dict[str, None] = {}
    rows: list[Row] = []
    for line, source in enumerate(text.split("\n"), 1):
        if source.strip():
            rows.append(Row(line, _json_values(line, source)))
            columns.update(dict.fromkeys(rows[-1].values))
            _check_count(len(rows), line)
    if not rows:
        raise TableError(N_("The file is empty: it has no line with an object."))
    return Table(tuple(columns), tuple(rows))


def _json_values(line: int, source: str) -> dict[str, str]:
    try:
        found = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise TableError(
            N_("Line %(line)s is not valid JSON: %(reason)s."), line=line, reason=str(error)
        ) from None
    if not isinstance(found, dict):
        raise TableError(N_("Line %(line)s is not a JSON object."), line=line)
    return {name: cell_text(value) for name, value in found.items()}


def cell_text(value: Any) -> str:
    """A cell's value as text: whole numbers without a point, dates in ISO form, nested as JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
