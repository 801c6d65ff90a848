"""Strings and blocks of the public results page: the short way back to participants."""

from collections.abc import Mapping
from typing import Any

from consult.kernel.messages import N_
from consult.reports.document import Document, Heading, Paragraph, Writer
from consult.reports.numbers import ROUNDED
from consult.reports.summary import CAVEAT, Quotes, build_decisions

QUOTES_SHOWN = 2


def build_results(content: Mapping[str, Any], quotes: Quotes, writer: Writer) -> Document:
    """What you said, what was decided, why: for participants, in their language."""
    writer.paragraph(
        N_("About %(people)s people answered, in %(languages)s languages."),
        style="lead",
        people=writer.count(content["who"]["total"]),
        languages=writer.formats["number"](len(content["languages"])),
    )
    writer.heading(N_("What you said"))
    for theme in content["themes"]:
        writer.add(Heading(writer.local(theme["name"]).text, level=3))
        definition = writer.local(theme["definition"])
        if definition.text:
            writer.add(Paragraph(definition.text, lang=definition.lang))
        writer.paragraph(N_("People: %(people)s."), people=writer.count(theme["people"]))
        shown = [quotes[key] for key in theme["quotes"] if key in quotes]
        writer.add(*shown[:QUOTES_SHOWN])
    build_decisions(content["decisions"], writer)
    writer.heading(N_("How to read this"))
    writer.paragraph(CAVEAT)
    writer.paragraph(ROUNDED, threshold=content["threshold"])
    return Document(writer.local(content["front"]["title"]).text, writer.lang,
                    tuple(writer.blocks))  # fmt: skip
