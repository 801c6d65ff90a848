"""What `consult import answers` makes of its options, and what it says at the end."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from consult.kernel.language_names import language_tag
from consult.responses.models import CHANNELS
from consult.workshops.mapping import AnswerMapping, read_mapping
from consult.workshops.services import ImportReport

MOST_LINES = 20


def mapping_of(file: Path | None, stated: Mapping[str, Any]) -> AnswerMapping:
    """The mapping in the file, if there is one, with what the options say put over it."""
    values = read_mapping(file.read_text(encoding="utf-8", errors="replace")) if file else {}
    for name in ("columns", "questions"):
        values[name] = {**values.get(name, {}), **_pairs(stated[name])}
    plain = {k: v for k, v in stated.items() if v and k not in ("columns", "questions")}
    mapping = AnswerMapping(**{**values, **plain})
    if mapping.language and language_tag(mapping.language) is None:
        raise click.UsageError(f"“{mapping.language}” is no language that is known.")
    if mapping.channel not in CHANNELS:
        raise click.UsageError(
            f"“{mapping.channel}” is no channel; the channels are: {', '.join(CHANNELS)}."
        )
    return mapping


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for word in words:
        name, equals, code = word.rpartition("=")
        if not (name.strip() and equals and code.strip()):
            raise click.UsageError(f"Write “{word}” as NAME=CODE.")
        pairs[name.strip()] = code.strip()
    return pairs


def show_report(report: ImportReport) -> None:
    """The numbers by language and channel, then the lines that were left out."""
    imported, known = report.imported.total(), report.already_there.total()
    if imported or known:
        click.echo(f"{'language':<12}{'channel':<12}{'imported':>10}{'already there':>15}")
    for language, channel in sorted({*report.imported, *report.already_there}):
        new, old = report.imported[language, channel], report.already_there[language, channel]
        click.echo(f"{language:<12}{channel:<12}{new:>10}{old:>15}")
    click.echo(
        f"Imported: {imported}. Already there: {known}. Blank rows: {len(report.blank)}. "
        f"Declined to take part: {len(report.declined)}. Refused rows: {len(report.refused)}."
    )
    _show_lines("Blank, not imported", report.blank)
    _show_lines("Declined, not imported", report.declined)
    if report.unused_columns:
        click.echo(f"Columns not used: {', '.join(report.unused_columns)}.")


def _show_lines(label: str, lines: tuple[int, ...]) -> None:
    if lines:
        shown = ", ".join(map(str, lines[:MOST_LINES]))
        more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
        click.echo(f"{label}: line {shown}{more}.")
