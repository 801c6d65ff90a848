"""Spots personal data in a text, so that a person can decide to black it out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

MOST_LETTERS = 20_000
COUNTRIES = ("DE", "AT", "IT", "ES", "FR", "IE", "PL", "RO", "PT", "HU", "BG", "GB")
# Numbers with check digits that people are known by, as modules of python-stdnum. Left out are
# those of nine digits and fewer without a letter, which too many other numbers pass for.
IDENTITIES = (
    "es.dni",
    "es.nie",
    "it.codicefiscale",
    "pl.pesel",
    "ro.cnp",
    "de.idnr",
    "fr.nir",
    "bg.egn",
    "hr.oib",
    "ie.pps",
    "be.nn",
    "ee.ik",
    "fi.hetu",
    "se.personnummer",
)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}")
_RUN = re.compile(r"(?<![\w+])(?:\d+(?: \d+)+ ?[A-Za-z]?|[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*)(?!\w)")
_STREET = re.compile(
    r"\b(?:[^\W\d_]+(?:straße|strasse|str\.|gasse|allee|platz|weg|straat|utca|gatan)"
    r"|(?:calle|c/|carrer|avenida|avda\.|plaza|plaça|via|viale|piazza|rue|avenue|boulevard|rua"
    r"|ul\.|ulica|вул\.|вулиця|улица|ул\.|str\.|strada|bulevardul|rruga|kalea|شارع)"
    r" (?:[^\W\d_]+[ ,.]+){1,4})[ ,]*(?:n[.ºo°r]* ?)?\d{1,4}(?: ?[a-z])?\b"
    r"|\b\d{1,4}[a-z]? (?:[^\W\d_]+ ){1,3}(?:street|road|avenue|lane|close|drive|terrace|park)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True)
class Personal:
    """Letters `start` to `end` of a text; `kind` is email, iban, phone, identity or address."""

    start: int
    end: int
    kind: str


def find_personal(text: str, countries: Sequence[str] = COUNTRIES) -> list[Personal]:
    """Where personal data may stand in `text`, in order, not overlapping.

    `countries` are those whose phone numbers may stand without a country code. Digits of any
    script are understood. Nothing is changed: the spans are an offer to the person who reviews.
    """
    plain = "".join(map(_plain_digit, text[:MOST_LETTERS]))
    found: list[Personal] = []
    for finder in (_mails, _ibans, _phones, _identities, _addresses):
        found.extend(span for span in finder(plain) if _is_free(span, found))
    for country in countries:
        found.extend(span for span in _phones(plain, country) if _is_free(span, found))
    return sorted(found)


def _plain_digit(sign: str) -> str:
    digit = unicodedata.digit(sign, None) if not sign.isascii() and sign.isdigit() else None
    return sign if digit is None else str(digit)


def _is_free(span: Personal, found: Sequence[Personal]) -> bool:
    return all(span.end <= other.start or other.end <= span.start for other in found)


def _mails(text: str) -> Iterator[Personal]:
    for match in _MAIL.finditer(text):
        yield Personal(match.start(), match.end(), "email")


def _ibans(text: str) -> Iterator[Personal]:
    from stdnum import iban

    for match in _IBAN.finditer(text):
        parts = match[0].split(" ")
        for kept in range(len(parts), 0, -1):
            tried = " ".join(parts[:kept])
            if iban.is_valid(tried):
                yield Personal(match.start(), match.start() + len(tried), "iban")
                break


def _identities(text: str) -> Iterator[Personal]:
    checks = [import_module(f"stdnum.{name}").is_valid for name in IDENTITIES]
    for match in _RUN.finditer(text):
        if sum(map(str.isdigit, match[0])) >= 6 and any(check(match[0]) for check in checks):
            yield Personal(match.start(), match.end(), "identity")


def _addresses(text: str) -> Iterator[Personal]:
    for match in _STREET.finditer(text):
        yield Personal(match.start(), match.end(), "address")


def _phones(text: str, country: str | None = None) -> Iterator[Personal]:
    from phonenumbers import Leniency, PhoneNumberMatcher

    if sum(map(str.isdigit, text)) < 7:
        return
    for match in PhoneNumberMatcher(text, country, Leniency.VALID):
        yield Personal(match.start, match.end, "phone")
