"""Languages by tag or by name, as spreadsheets name them."""

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from consult.kernel.languages import OWN_NAMES, base_language

TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
NAME_AND_TAG = re.compile(r".*[(\[]\s*([A-Za-z0-9_-]{2,})\s*[)\]]")

# English names that CLDR, as Babel ships it, does not have or gives to another tag.
ENGLISH_NAMES = {
    "dari": "prs",
    "farsi": "fa",
    "persian": "fa",
    "kurmanji": "kmr",
    "northern kurdish": "kmr",
    "sorani": "ckb",
    "mandarin": "zh",
    "castilian": "es",
}


def language_tag(text: str) -> str | None:
    """The tag `text` stands for: a tag, a name in English or in the language itself, or both.

    >>> language_tag("Spanish (es)"), language_tag("shqip"), language_tag("DE_at")
    ('es', 'sq', 'de-AT')
    """
    text = text.strip()
    both = NAME_AND_TAG.fullmatch(text)
    if both and is_language(both[1]):
        return _written(both[1])
    if is_language(text):
        return _written(text)
    return _named(_folded(text)) or _named(_folded(re.sub(r"[(\[].*", "", text)))


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag and names a language that is known."""
    known = base_language(tag) in OWN_NAMES or base_language(tag) in Locale("en").languages
    return bool(TAG.fullmatch(tag)) and known


def _written(tag: str) -> str:
    """A tag as it is usually written: `de-AT`, `sr-Latn`, `de-x-easy`."""
    base, *rest = tag.replace("_", "-").split("-")
    private = [part.lower() for part in rest].index("x") if "x" in map(str.lower, rest) else None
    parts = [
        part.lower()
        if private is not None and place >= private
        else {2: part.upper(), 4: part.title()}.get(len(part), part.lower())
        for place, part in enumerate(rest)
    ]
    return "-".join([base.lower(), *parts])


def _named(name: str) -> str | None:
    return ENGLISH_NAMES.get(name) or _english_names().get(name) or _own_names().get(name)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    names = Locale("en").languages
    return {_folded(name): tag.replace("_", "-") for tag, name in reversed(list(names.items()))}


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """Every language's name in itself; half a second once, so the last thing looked at."""
    found: dict[str, str] = {}
    for tag in sorted(locale_identifiers()):
        if "_" not in tag:
            try:
                name = Locale.parse(tag).languages.get(tag)
            except (UnknownLocaleError, ValueError):
                continue
            if name:
                found.setdefault(_folded(name), tag)
    return {**found, **{_folded(name): tag for tag, name in OWN_NAMES.items()}}
