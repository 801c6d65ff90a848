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
    "es.dni", "es.nie", "it.codicefiscale", "pl.pesel", "ro.cnp", "de.idnr", "fr.nir", "bg.egn",
    "hr.oib", "ie.pps", "be.nn", "ee.ik", "fi.hetu", "se.personnummer", "lt.asmens", "dk.cpr",
    "no.fodselsnummer", "cz.rc", "si.emso", "tr.tckimlik", "gr.amka", "ch.ssn", "is_.kennitala",
    "in_.aadhaar", "at.vnr", "md.idno", "pk.cnic", "ua.rntrc",
)  # fmt: skip
FEWEST_DIGITS = 7  # of a phone number; shorter ones are prices, years and emergency calls
_MAYBE = re.compile(r"[\d@]|[(\[]at[)\]]", re.IGNORECASE)
_MAIL = re.compile(
    r"(?![\u3400-\u9fff])[\w.+%-]+ ?(?:@|[(\[]at[)\]]) ?[\w-]+(?:\.[\w-]*[^\W\u3400-\u9fff])+",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_RUN = re.compile(
    r"(?<![A-Za-z0-9+])(?:\d+(?: \d+)+"
    r"|[A-Za-z]{3} [A-Za-z]{3} \d\d[A-Za-z]\d\d [A-Za-z]\d{3}[A-Za-z]"
    r"|[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*)(?: [A-Za-z](?![./-]\w))?(?![A-Za-z0-9])"
)
# What has as many digits as a telephone number: a day, and an amount of round thousands.
_NO_PHONE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|\d{1,3}(?:[ .]\d{3})*[ .]000")
_STREET = re.compile(
    r"\b(?:[^\W\d_]+(?:straße|strasse|str\.|gasse|allee|platz|weg|straat|utca|gatan)"
    r"|(?:calle|c/|carrer|avenida|avda\.|plaza|plaça|via|viale|piazza|rue|avenue|boulevard|rua"
    r"|ul\.|ulica|вул\.|вулиця|улица|ул\.|str\.|strada|bulevardul|rruga|kalea|شارع)"
    r" (?:[^\W\d_]+[ ,.]+){1,4})[ ,]*(?:n[.ºo°r]* ?)?\d{1,4}(?: ?[a-z])?\b"
    r"|\b\d{1,4}[a-z]? (?:[^\W\d_]+ ){1,3}(?:street|road|avenue|lane|close|drive|terrace|park)\b",
    re.IGNORECASE,
)
# What before a number makes it an hour: somebody stands in the street at four in the morning.
_AT_AN_HOUR = re.compile(
    r" (?:las?|les|às|as|alle|ore|à|at|um)[ ,]+\d+(?: ?[a-z])?$", re.IGNORECASE
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
    if not _MAYBE.search(text):
        return []
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
    """Check digits alone: what banks of a country add to them is no concern here."""
    from stdnum import iban

    for match in _IBAN.finditer(text):
        parts = re.split("([ -])", match[0])
        for kept in range(len(parts), 0, -2):
            tried = "".join(parts[:kept])
            if iban.is_valid(tried, check_country=False):
                yield Personal(match.start(), match.start() + len(tried), "iban")
                break


def _identities(text: str) -> Iterator[Personal]:
    checks = [import_module(f"stdnum.{name}").is_valid for name in IDENTITIES]
    for match in _RUN.finditer(text):
        for tried in dict.fromkeys((match[0], re.sub(" [A-Za-z]$", "", match[0]))):
            if _is_long(tried) and any(check(tried) for check in checks):
                yield Personal(match.start(), match.start() + len(tried), "identity")
                break


def _is_long(number: str) -> bool:
    """Whether a number is too long for a price and does not look like a telephone's."""
    if any(map(str.isalpha, number)):
        return sum(map(str.isdigit, number)) >= 6
    looks_dialled = re.match(r"0.* |\d{3} \d{3} \d{4}$", number)
    return sum(map(str.isdigit, number)) >= 10 and not looks_dialled


def _addresses(text: str) -> Iterator[Personal]:
    for match in _STREET.finditer(text):
        if not _AT_AN_HOUR.search(match[0]):
            yield Personal(match.start(), match.end(), "address")


def _phones(text: str, country: str | None = None) -> Iterator[Personal]:
    from phonenumbers import Leniency, PhoneNumberMatcher

    if sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return
    for match in PhoneNumberMatcher(text, country, Leniency.VALID):
        digits = sum(map(str.isdigit, match.raw_string))
        if digits >= FEWEST_DIGITS and not _NO_PHONE.fullmatch(match.raw_string):
            yield Personal(match.start, match.end, "phone")
