"""Sheets and pictures set by Typst from a template and plain data."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_

UNSETTABLE = re.compile(r"the text `\"(.+?)\"`")
LETTERS_NAMED = 20
Picture = Literal["png", "svg"]


def typeset_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """An accessible PDF (PDF/UA); RuleBroken names the letters that no installed font has."""
    try:
        return bytes(
            typst.compile(template.read_bytes(), format="pdf", pdf_standards="ua-1",
                          sys_inputs=_inputs(data))
        )  # fmt: skip
    except typst.TypstError as error:
        letters = dict.fromkeys(UNSETTABLE.findall(str(getattr(error, "diagnostic", error))))
        if not letters:
            raise
        raise RuleBroken(
            N_("No font on this server has these letters: %(letters)s. Its operator can add one."),
            letters=" ".join(list(letters)[:LETTERS_NAMED]),
        ) from error


def typeset_picture(template: Path, data: Mapping[str, Any], kind: Picture) -> bytes:
    """A `png` or `svg` picture of one page, set with the fonts that Typst brings along."""
    return bytes(
        typst.compile(template.read_bytes(), format=kind, ppi=160, sys_inputs=_inputs(data),
                      ignore_system_fonts=True)
    )  # fmt: skip


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}
