"""A person's words with what is personal in them cut out; pure, over rows read before."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from consult.kernel.digits import to_ascii_number
from consult.kernel.messages import N_
from consult.themes.models import Redaction, Statement

MARKS = {
    "phone": N_("phone number"),
    "email": N_("e-mail address"),
    "iban": N_("bank account"),
    "identity": N_("identity number"),
    "address": N_("address"),
    "words": N_("left out"),
}
NUMBERS = ("phone", "iban", "identity")
BETWEEN_DIGITS = r"[\s./()+-]*"
Say = Callable[[str], str]
Span = tuple[int, int]
Cut = tuple[int, int, Redaction]


@dataclass(frozen=True)
class Piece:
    """A part of a text; `kind` is what was spotted in it, `is_hidden` whether it is cut out."""

    text: str
    kind: str = ""
    is_hidden: bool = False


def is_cut(row: Redaction, outside: bool) -> bool:
    """Whether a reader is not to see it; `outside` the desk neither what is undecided."""
    return row.state == "hidden" or (outside and row.state == "offered")


def pieces(statement: Statement, outside: bool = False) -> list[Piece]:
    """The statement's own words, cut where something personal was spotted and not kept."""
    spans = [
        (row.start - statement.start, row.end - statement.start, row)
        for row in statement.redactions if row.state != "kept"
    ]  # fmt: skip
    return _cut(statement.text, spans, outside)


def answer_pieces(statement: Statement) -> list[Piece]:
    """The whole answer the statement is a part of, cut likewise."""
    spans = [(row.start, row.end, row) for row in statement.redactions if row.state != "kept"]
    return _cut(statement.answer.text or "", spans, outside=False)


def translation_pieces(statement: Statement, text: str, outside: bool = False) -> list[Piece]:
    """A translation of the answer, cut where it repeats what was spotted in the original."""
    rows = [row for row in statement.redactions if row.state != "kept"]
    spans = [
        (start, end, row)
        for row in rows for start, end in places(sought(statement, row), text, row.kind)
    ]  # fmt: skip
    return _cut(text, spans, outside)


def spoken(found: Iterable[Piece], say: Say) -> str:
    """Plain text with a mark such as [phone number] for what is hidden."""
    return "".join(f"[{say(MARKS[one.kind])}]" if one.is_hidden else one.text for one in found)


def is_safe(statement: Statement, text: str) -> bool:
    """Whether a translation holds, or marks, all that is hidden in the original."""
    cut = [row for row in statement.redactions if is_cut(row, outside=True)]
    hidden = sum(not row.words for row in cut)
    found = sum(bool(places(sought(statement, row), text, row.kind)) for row in cut)
    return hidden <= found + text.count("[")


def blanked(text: str, translation: str, hidden: Sequence[Redaction]) -> tuple[str, str]:
    """An answer's text, as long as it was, and a translation with blanks for what is hidden."""
    for row in hidden:
        words = row.words or text[row.start : row.end]
        for start, end in places(words, translation, row.kind):
            translation = translation[:start] + " " * (end - start) + translation[end:]
    for row in hidden:
        text = text[: row.start] + " " * (row.end - row.start) + text[row.end :]
    return text, translation


def sought(statement: Statement, row: Redaction) -> str:
    """The words a redaction is about."""
    return row.words or (statement.answer.text or "")[row.start : row.end]


def places(words: str, text: str, kind: str = "words") -> list[Span]:
    """Where `words` stand in `text`, as words of their own or else within others.

    Case, spaces and, in numbers, the script of digits and what stands between them do not matter.
    """
    wanted, plain = _plain(words), _plain(text)
    if kind in NUMBERS:
        signs = "".join(filter(str.isalnum, wanted))
        pattern = rf"[+(]*{BETWEEN_DIGITS.join(signs)}" if signs else ""
    else:
        pattern = r"\s+".join(map(re.escape, wanted.split()))
    if not pattern:
        return []
    alone = rf"(?<!\w){pattern}(?!\w)"
    return _spans(alone, plain) or _spans(pattern, plain)


def _spans(pattern: str, text: str) -> list[Span]:
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _plain(text: str) -> str:
    """The text with digits as 0-9, letter for letter."""
    return "".join(to_ascii_number(sign) if sign.isdecimal() else sign for sign in text)


def _cut(text: str, spans: Sequence[Cut], outside: bool) -> list[Piece]:
    """Pieces in order; where spans overlap, the one that is hidden counts."""
    edges = {min(max(edge, 0), len(text)) for start, end, _ in spans for edge in (start, end)}
    found = []
    for start, end in pairwise(sorted({0, len(text), *edges})):
        rows = [row for first, last, row in spans if first <= start and end <= last]
        row = min(rows, key=lambda one: not is_cut(one, outside), default=None)
        found.append((row, text[start:end]))
    return [
        _piece(row, "".join(text for _, text in parts), outside)
        for row, parts in groupby(found, key=lambda part: part[0])
    ]


def _piece(row: Redaction | None, text: str, outside: bool) -> Piece:
    return Piece(text, row.kind, is_cut(row, outside)) if row else Piece(text)
