"""Workbooks made of lists of rows."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def workbook(**sheets: Rows) -> bytes:
    """The bytes of an XLSX file with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsform(*questions: Sequence[Any], choices: Rows = (), settings: Rows = ()) -> bytes:
    """An XLSForm in English; each question is type, name, label, relevant, and so on."""
    header = ["type", "name", "label::English (en)", "relevant", "required", "appearance"]
    header += ["parameters", "hint::English (en)", "label::Spanish (es)", "constraint"]
    return workbook(
        survey=[header, *questions],
        choices=[["list_name", "name", "label::English (en)"], *choices],
        settings=settings or [["form_title", "default_language"], ["A form", "English (en)"]],
    )
