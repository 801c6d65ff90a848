"""Which interface languages are complete, and compiling them."""

import json
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAINS = ("participant", "desk")
SOURCE = "en"


def catalog_paths(translations: Path, domain: str) -> dict[str, Path]:
    """Language tag to its catalog of `domain`."""
    return {
        path.parent.parent.name.replace("_", "-"): path
        for path in sorted(translations.glob(f"*/LC_MESSAGES/{domain}.po"))
    }


def catalog_locale(path: Path) -> str:
    """The locale Babel reads a catalog in: it refuses tags such as `de_x_easy`."""
    return path.parent.parent.name.split("_x_")[0]


def compile_catalogs(translations: Path) -> dict[str, dict[str, dict[str, int]]]:
    """Compile every catalog and note per language and domain how many strings are there.

    Writes the .mo files and `offered.json`; returns {domain: {tag: {"done", "total"}}}.
    """
    status: dict[str, dict[str, dict[str, int]]] = {}
    for domain in DOMAINS:
        status[domain] = {SOURCE: {"done": 1, "total": 1}}
        template = _message_ids(translations / f"{domain}.pot")
        for tag, path in catalog_paths(translations, domain).items():
            with path.open("rb") as source:
                catalog = read_po(source, locale=catalog_locale(path), domain=domain)
            done = sum(1 for key in template if _is_translated(catalog.get(*key)))
            status[domain][tag] = {"done": done, "total": len(template)}
            with path.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalog)
    (translations / "offered.json").write_text(json.dumps(status, indent=1, sort_keys=True))
    offered_languages.cache_clear()
    return status


@lru_cache(maxsize=8)
def offered_languages(translations: Path, domain: str) -> tuple[str, ...]:
    """Tags of the complete languages of a domain, by own alphabetical order of tag."""
    path = translations / "offered.json"
    if not path.exists():
        return (SOURCE,)
    status = json.loads(path.read_text())[domain]
    return tuple(tag for tag, count in status.items() if count["done"] == count["total"])


def _message_ids(template: Path) -> list[tuple[str, str | None]]:
    if not template.exists():
        return []
    with template.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    return [(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in messages]


def _is_translated(message: object) -> bool:
    if message is None or getattr(message, "fuzzy", False):
        return False
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, list | tuple) else bool(string)
