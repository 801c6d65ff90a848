"""`consult translations`: extract, update, compile, status."""

import io
import re
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from consult.config import PROJECT
from consult.kernel.languages import is_easy
from consult.web.catalogs import DOMAINS, catalog_locale, catalog_paths, compile_catalogs

TRANSLATIONS = PROJECT / "translations"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
# Files whose strings a participant meets; the rest is the desk's.
PARTICIPANT = re.compile(
    r"web/(?!templates/(web/desk|security))|responses/|surveys/(types|expressions|queries)"
    r"|consultations/(queries|models)|kernel/(?!table|language_names)"
    r"|invitations/(paper|poster|templates/invitations/paper)"
    r"|reports/(public|summary|templates/reports/(results|blocks))"
)
NOISE = re.compile(
    r'"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    r"|Last-Translator|Language-Team|Generated-By)"
)
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


@translations.command()
@click.argument("tag")
def add(tag: str) -> None:
    """Begin the catalogs of a new language; it is offered once they are complete.

    An easy variant, such as de-x-easy, is for participants: staff read its plain language.
    """
    folder = TRANSLATIONS / tag.replace("-", "_") / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for domain, template in extract_catalogs().items():
        if domain == "desk" and is_easy(tag):
            continue
        path = folder / f"{domain}.po"
        catalog = Catalog(locale=catalog_locale(path), project="Consult", fuzzy=False)
        catalog.header_comment = f"# Consult, {domain}, {tag}\n# State: machine draft"
        if not path.exists():
            _save(path, catalog)
        _update(path, template)


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
            click.echo(f"{domain:12} {tag:10} {share:>10}  {state}")


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
    for shared in list(found["participant"]):
        if shared.id:
            found["desk"].delete(shared.id, shared.context)
    return found


def _domain(name: str) -> str:
    return "participant" if PARTICIPANT.match(name) else "desk"


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
        catalog = read_po(source, locale=catalog_locale(path))
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    _save(path, catalog)


def _save(path: Path, catalog: Catalog) -> None:
    """Write a catalog without the header lines that name tools, dates and people."""
    target = io.BytesIO()
    write_po(target, catalog, no_location=True, sort_output=True, width=100)
    lines = target.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not NOISE.match(line)]
    path.write_text("".join(kept), encoding="utf-8")


def _state(path: Path) -> str:
    found = re.search(r"^# State: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "unknown"
