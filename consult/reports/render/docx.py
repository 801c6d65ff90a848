"""A report as a Word document, with real headings, table heads and direction of writing."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from consult.kernel.languages import direction
from consult.reports.document import Block, Bullets, Document, Heading, Paragraph, Quotation, Table


def render_docx(document: Document) -> bytes:
    """The document as bytes of a .docx file."""
    word = docx.Document()
    word.core_properties.title = document.title
    word.core_properties.author = ""
    word.core_properties.language = document.lang
    word.styles["Normal"].font.size = Pt(11)
    _write(word.add_heading(level=0), document.title, document.lang)
    for block in document.blocks:
        _add(word, block, document.lang)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _add(word: Any, block: Block, lang: str) -> None:
    match block:
        case Heading():
            _write(word.add_heading(level=block.level - 1), block.text, lang)
        case Paragraph():
            style = "Intense Quote" if block.style == "caveat" else None
            _write(word.add_paragraph(style=style), block.text, block.lang or lang)
        case Bullets():
            for item in block.items:
                _write(word.add_paragraph(style="List Bullet"), item, lang)
        case Quotation():
            _add_quotation(word, block)
        case Table():
            _add_table(word, block, lang)


def _add_quotation(word: Any, quote: Quotation) -> None:
    _write(word.add_paragraph(style="Quote"), quote.text, quote.lang)
    if quote.translation:
        text = f"{quote.translation} ({quote.made_by})"
        _write(word.add_paragraph(style="Quote"), text, quote.translation_lang)


def _add_table(word: Any, table: Table, lang: str) -> None:
    _write(word.add_paragraph(style="Caption"), table.caption, lang)
    grid = word.add_table(rows=0, cols=len(table.head), style="Light Grid Accent 1")
    if direction(lang) == "rtl":
        grid._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
    for row in (table.head, *table.rows):
        cells = grid.add_row().cells
        for index, text in enumerate(row):
            paragraph = cells[index].paragraphs[0]
            _write(paragraph, text, lang)
            if table.numeric and index:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(header)


def _write(paragraph: Any, text: str, lang: str) -> None:
    """Add text in a language; right-to-left ones are marked so in paragraph and run."""
    run = paragraph.add_run(text)
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if direction(lang) == "rtl" else "w:val"), lang)
    if direction(lang) == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    run._r.get_or_add_rPr().append(language)
