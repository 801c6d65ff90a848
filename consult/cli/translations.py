"""`consult translations`: extract, update, compile, status."""

import re
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from consult.config import PROJECT
from consult.web.catalogs import DOMAINS, catalog_paths, compile_catalogs

TRANSLATIONS = PROJECT / "translations"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
# Features a participant meets; the rest is the desk's. `reports/` has both, by file.
PARTICIPANT = ("kernel", "web", "consultations", "surveys", "responses")
PARTICIPANT_FILES = re.compile(r"reports/(templates/reports/results|public)")
SKIPPED = ("cli", "analysis")


@click.group()
def translations() -> None:
    """The interface catalogs."""


@translations.command()
def extract() -> None:
    """Write participant.pot and desk.pot from the code, and bring every catalog up to date."""
    for domain, catalog in extract_catalogs().items():
        _write(TRANSLATIONS / f"{domain}.pot", catalog)
        for path in catalog_paths(TRANSLATIONS, domain).values():
            _update(path, catalog)
        click.echo(f"{domain}: {len(catalog)} strings")


@translations.command(name="compile")
def compile_() -> None:
    """Compile the catalogs; a language with a missing string is not offered."""
    compile_catalogs(TRANSLATIONS)


@translations.command()
def status() -> None:
    """How complete each language is, and in which state of review."""
    counts = compile_catalogs(TRANSLATIONS)
    for domain in DOMAINS:
        for tag, count in counts[domain].items():
            path = catalog_paths(TRANSLATIONS, domain).get(tag)
            state = _state(path) if path else "source"
            share = f"{count['done']}/{count['total']}"
            click.echo(f"{domain:12} {tag:8} {share:>10}  {state}")


def extract_catalogs() -> dict[str, Catalog]:
    """The strings of the code by domain; a string of both belongs to the participant's."""
    found = {domain: _empty() for domain in DOMAINS}
    entries = sorted(
        extract_from_dir(
            str(PROJECT / "consult"), METHODS, keywords=KEYWORDS, comment_tags=("NOTE:",)
        ),
        key=lambda entry: (entry[0], entry[1]),
    )
    for name, _line, message, comments, context in entries:
        if name.split("/")[0] in SKIPPED:
            continue
        found[_domain(name)].add(message, auto_comments=comments, context=context)
    for message in list(found["participant"]):
        if message.id:
            found["desk"].delete(message.id, message.context)
    return found


def _domain(name: str) -> str:
    if name.split("/")[0] in PARTICIPANT or PARTICIPANT_FILES.match(name):
        return "desk" if name in ("web/templates/web/desk.html",) else "participant"
    return "desk"


def _empty() -> Catalog:
    catalog = Catalog(project="Consult", fuzzy=False, charset="utf-8")
    catalog.header_comment = "# Interface strings of Consult."
    catalog.mime_headers = [("Content-Type", "text/plain; charset=utf-8")]
    return catalog


def _write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as target:
        write_po(target, catalog, no_location=True, omit_header=True, sort_output=True, width=100)


def _update(path: Path, template: Catalog) -> None:
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parent.parent.name)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with path.open("wb") as target:
        write_po(target, catalog, no_location=True, sort_output=True, width=100)


def _state(path: Path) -> str:
    with path.open("rb") as source:
        headers = dict(read_po(source).mime_headers)
    return headers.get("X-Review-State", "machine draft")
