"""A report's tables as CSV: one line a number, for spreadsheets and statistics programs."""

import csv
import io

from consult.kernel.table_files import safe_cell
from consult.reports.document import Document, Heading, Table


def render_csv(document: Document) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets need it); hidden numbers stay a dot.

    Columns: section, table, row, column, value. The caveat stands in the last line.
    """
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["section", "table", "row", "column", "value"])
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.text
        if isinstance(block, Table):
            for row in block.rows:
                for head, value in zip(block.head[1:], row[1:], strict=True):
                    cells = [section, block.caption, row[0], head, value]
                    writer.writerow([safe_cell(cell) for cell in cells])
    writer.writerow([safe_cell(document.title), safe_cell(document.foot), "", "", ""])
    return target.getvalue().encode("utf-8-sig")
