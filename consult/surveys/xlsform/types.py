"""Which question types of XLSForm are known, and what they become here."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

KINDS = {
    "text": "text",
    "string": "text",
    "note": "note",
    "integer": "integer",
    "int": "integer",
    "range": "range",
    "date": "date",
}
SELECTS = {
    "select_one": "choice",
    "select one": "choice",
    "select one from": "choice",
    "select1": "choice",
    "select_multiple": "choices",
    "select multiple": "choices",
    "select all that apply": "choices",
    "select all that apply from": "choices",
    "rank": "rank",
}
RATING_APPEARANCES = frozenset({"likert", "rating", "faces"})
# Rows that record who, where, when or with what; Consult keeps none of it.
IDENTIFYING = frozenset(
    {"start", "end", "today", "deviceid", "device_id", "subscriberid", "simserial", "phonenumber"}
    | {"username", "email", "start-geopoint", "background-geopoint", "background-audio", "audit"}
)
SELECT = re.compile(
    rf"({'|'.join(sorted(SELECTS, key=len, reverse=True))})\s+(\S+)"
    r"(\s+(?:or_other|or other|or specify other))?"
)
PAIR = re.compile(r"([A-Za-z_]+)\s*=\s*([^\s,;=]+)")
RANGE = {"start": "1", "end": "10", "step": "1"}


@dataclass(frozen=True)
class RowType:
    """What a row's type says: the kind of question and, for choices, the list.

    `adds_other` asks for a choice “other” with a text beside it.
    """

    kind: str
    list_name: str = ""
    adds_other: bool = False


def read_type(text: str, appearance: str) -> RowType | None:
    """The kind behind a type and an appearance; None for a type that is not supported."""
    words = " ".join(text.split())
    if words.lower() in KINDS:
        return RowType(KINDS[words.lower()])
    select = SELECT.fullmatch(words) or SELECT.fullmatch(words.lower())
    if select is None:
        return None
    kind = SELECTS[select[1]]
    is_rating = kind == "choice" and RATING_APPEARANCES & set(appearance.lower().split())
    name = words.split()[len(select[1].split())]
    return RowType("rating" if is_rating else kind, name, bool(select[3]) and kind != "rank")


def group_step(text: str) -> str:
    """`begin`, `end` or an empty text, for a row that opens or closes a group."""
    found = re.fullmatch(r"(begin|end)[ _]group", " ".join(text.lower().split()))
    return found[1] if found else ""


def read_parameters(kind: str, text: str) -> dict[str, Any] | None:
    """The parameters by name, those of a range as numbers; None when they cannot be read."""
    pairs = dict(PAIR.findall(text))
    if re.sub(r"[\s,;]", "", PAIR.sub("", text)):
        return None
    if kind == "integer":
        return {name: _number(value) or 0 for name, value in pairs.items()}
    return _range(pairs) if kind == "range" else pairs


def _range(pairs: dict[str, str]) -> dict[str, Any] | None:
    values = {name: _number(value) for name, value in (RANGE | pairs).items()}
    start, end, step = (values[name] for name in RANGE)
    if set(pairs) - set(RANGE) or start is None or end is None or step is None:
        return None
    return values if start < end and 0 < step <= end - start else None


def _number(text: str) -> int | float | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > 1_000_000_000:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
