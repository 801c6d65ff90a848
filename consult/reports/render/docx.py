"""A report as a Word document, with real headings, table heads and direction of writing."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from consult.kernel.languages import direction, own_name
from consult.reports.document import Block, Bullets, Document, Heading, Paragraph, Quotation, Table

FONT = "Calibri"
TEXT_WIDTH = 166  # millimetres between the margins of A4


def render_docx(document: Document) -> bytes:
    """The document as bytes of a .docx file."""
    word = docx.Document()
    word.core_properties.title = document.title
    word.core_properties.author = ""
    word.core_properties.language = document.lang
    word.styles["Normal"].font.size, word.styles["Normal"].font.name = Pt(11), FONT
    _set_page(word.sections[0], document)
    _write(word.add_heading(level=0), document.title, document.lang)
    for block in document.blocks:
        _add(word, block, document.lang)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _set_page(section: Any, document: Document) -> None:
    """A4 with the caveat and the number of the page at every foot."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.style.font.size = Pt(8)
    _write(foot, f"{document.foot} ", document.lang)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)


def _add(word: Any, block: Block, lang: str) -> None:
    match block:
        case Heading():
            heading = word.add_heading(level=block.level - 1)
            heading.paragraph_format.page_break_before = block.page
            _write(heading, block.text, lang)
        case Paragraph():
            style = "IntenseQuote" if block.style == "caveat" else ""
            _write(_paragraph(word, style), block.text, block.lang or lang)
        case Bullets():
            for item in block.items:
                _write(_paragraph(word, "ListBullet"), item, lang)
        case Quotation():
            _add_quotation(word, block)
        case Table():
            _add_table(word, block, lang)


def _paragraph(word: Any, style: str) -> Any:
    """A paragraph with the style of this id; looking a style up by name takes long."""
    paragraph = word.add_paragraph()
    if style:
        paragraph._p.style = style
    return paragraph


def _add_quotation(word: Any, quote: Quotation) -> None:
    _write(_paragraph(word, "Quote"), quote.text, quote.lang)
    if quote.translation:
        text = f"{quote.translation} ({own_name(quote.lang)} → {quote.made_by})"
        _write(_paragraph(word, "Quote"), text, quote.translation_lang)


def _add_table(word: Any, table: Table, lang: str) -> None:
    caption = _paragraph(word, "Caption")
    caption.paragraph_format.keep_with_next = True
    _write(caption, table.caption, lang)
    grid = word.add_table(rows=0, cols=len(table.head), style="Light Grid Accent 1")
    grid.autofit = False
    if direction(lang) == "rtl":
        grid._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
    widths = _widths(len(table.head), table.numeric)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in (table.head, *table.rows):
        line = grid.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for index, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
            cell.width = Mm(widths[index])
            paragraph = cell.paragraphs[0]
            _write(paragraph, text, lang)
            if table.numeric and index:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(columns: int, numeric: bool) -> list[float]:
    """In millimetres; where numbers follow, the first column keeps room for words."""
    if not numeric:
        return [TEXT_WIDTH / columns] * columns
    first = TEXT_WIDTH * max(0.3, 1 - 0.2 * (columns - 1))
    return [first, *[(TEXT_WIDTH - first) / (columns - 1)] * (columns - 1)]


def _write(paragraph: Any, text: str, lang: str) -> None:
    """Add text in a language; right-to-left ones are marked so in paragraph and run."""
    run = paragraph.add_run(text)
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if direction(lang) == "rtl" else "w:val"), lang)
    if direction(lang) == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    run._r.get_or_add_rPr().append(language)
