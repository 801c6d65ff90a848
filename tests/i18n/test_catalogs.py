"""The committed catalogs: current, whole, and true to their sources."""

import re
from functools import lru_cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from consult.cli.translations import TRANSLATIONS, extract_catalogs
from consult.web.catalogs import DOMAINS, catalog_locale, catalog_paths

PARTICIPANT = ("ar", "de", "es", "fr", "it", "pl", "ro", "uk")
EASY = ("en-x-easy", "de-x-easy", "es-x-easy")
MOST_WORDS = 12  # of a sentence in easy language
CLAUSE = re.compile(r", (als|bis|damit|dass|ob|obwohl|was|weil|wenn|wer|wie|wo|wofür)\b")
PLACES = re.compile(r"%\((\w+)\)[sd]|(%%)|<(/?\w+)")
FILES = [(domain, tag) for domain in DOMAINS for tag in catalog_paths(TRANSLATIONS, domain)]


@lru_cache
def catalog(domain: str, tag: str) -> Catalog:
    path = catalog_paths(TRANSLATIONS, domain)[tag]
    with path.open("rb") as source:
        return read_po(source, locale=catalog_locale(path))


def strings(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [str(text) for text in texts]


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_template_has_every_string_of_the_code(domain: str) -> None:
    with (TRANSLATIONS / f"{domain}.pot").open("rb") as source:
        kept = {(m.id, m.context) for m in read_po(source) if m.id}
    assert {(m.id, m.context) for m in extract_catalogs()[domain] if m.id} == kept


@pytest.mark.parametrize("tag", PARTICIPANT)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_language_of_the_interface_is_whole(domain: str, tag: str) -> None:
    blank = [m.id for m in catalog(domain, tag) if m.id and not all(strings(m))]
    assert blank == []


@pytest.mark.parametrize("tag", EASY)
def test_an_easy_variant_is_whole_and_its_sentences_are_short(tag: str) -> None:
    texts = [text for m in catalog("participant", tag) if m.id for text in strings(m)]
    assert "" not in texts
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?:])\s+", text)]
    assert [part for part in sentences if len(part.split()) > MOST_WORDS] == []
    assert tag != "de-x-easy" or [text for text in texts if CLAUSE.search(text)] == []


@pytest.mark.parametrize(("domain", "tag"), FILES)
def test_places_and_marks_are_those_of_the_source(domain: str, tag: str) -> None:
    for message in catalog(domain, tag):
        sources = message.id if isinstance(message.id, tuple | list) else [message.id]
        wanted = {tuple(sorted(PLACES.findall(source))) for source in sources}
        for text in filter(None, strings(message) if message.id else []):
            assert tuple(sorted(PLACES.findall(text))) in wanted, text


@pytest.mark.parametrize(("domain", "tag"), FILES)
def test_a_catalog_states_who_looked_at_it_and_names_nobody(domain: str, tag: str) -> None:
    head = catalog_paths(TRANSLATIONS, domain)[tag].read_text(encoding="utf-8")[:600]
    assert re.search(r"^# State: (machine draft|second reader|reviewed by a speaker)$", head, re.M)
    assert "@" not in head
