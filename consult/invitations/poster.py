"""The poster: a code to scan and one invitation in each language."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_babel import format_date, gettext

from consult.consultations.models import Consultation
from consult.kernel.languages import direction, own_name
from consult.kernel.qr import qr_svg_file
from consult.kernel.typeset import typeset_pdf
from consult.web.locale import page_tag, speaking
from consult.web.text import shown

TEMPLATE = Path(__file__).parent / "poster.typ"


def poster(consultation: Consultation, languages: Sequence[str], address: str) -> bytes:
    """An A4 poster (PDF/UA) in `languages`, the first of them largest, leading to `address`.

    RuleBroken when no font of this server has some letters: none is ever left out.
    """
    return typeset_pdf(TEMPLATE, poster_data(consultation, languages, address))


def poster_data(
    consultation: Consultation, languages: Sequence[str], address: str
) -> dict[str, Any]:
    """What the template needs to know."""
    default = consultation.default_language
    with speaking(languages[0]):
        head = {
            "region": str(shown(consultation.region.name, default)),
            "title": str(shown(consultation.title, default)),
            "alt": gettext("A code to scan with a phone. It opens %(address)s", address=address),
            "lang": base_of(page_tag()),
            "rtl": direction(page_tag()) == "rtl",
        }
    return {
        **head,
        "code": qr_svg_file(address).decode(),
        "address": address.split("://", 1)[-1],
        "blocks": [_block(consultation, tag) for tag in languages],
    }


def base_of(tag: str) -> str:
    """The part of a tag that hyphenation and fonts go by."""
    return tag.split("-")[0]


def _block(consultation: Consultation, tag: str) -> dict[str, Any]:
    """One language's invitation."""
    with speaking(tag):
        return {
            "lang": base_of(tag),
            "rtl": direction(tag) == "rtl",
            "name": own_name(tag),
            "title": str(shown(consultation.title, consultation.default_language)),
            "call": gettext(
                "Here you can say what helps and what is hard, in your own language. "
                "You need no account and no name."
            ),
            "until": gettext(
                "Open until %(day)s.", day=format_date(consultation.closes_on, "long")
            ),
        }
