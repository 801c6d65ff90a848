"""Offers personal data spotted in answers as redactions, and keeps what people decide of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.accounts.services import record
from consult.consultations.models import Consultation
from consult.kernel.clock import utcnow
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.responses.models import Answer, Response
from consult.themes.models import Redaction, Statement
from consult.themes.spoken import places

CHANGED_LATER = N_("Something was changed here later. Undo that first.")
VERBS = {"hidden": "hide_personal", "kept": "keep_personal"}
REDACTIONS = (*VERBS.values(), "hide_words")
Place = tuple[int, int, str]  # start, end, words of a translation
Spotted = tuple[int, int, str]  # start, end, kind


def offer_redactions(
    session: Session, consultation_id: int, spot: Callable[[str], Sequence[Spotted]],
    later_than: int = 0,
) -> None:  # fmt: skip
    """Offer what `spot` finds in the answers that have statements, but where people decided.

    Only in those with statements `later_than` that one's id.
    """
    taken = defaultdict(list)
    known = select(Redaction).join(Answer).join(Response)
    for row in session.scalars(known.where(Response.consultation_id == consultation_id)):
        taken[row.answer_id].append((row.start, row.end))
    with_statements = select(Statement.answer_id).where(
        Statement.consultation_id == consultation_id, Statement.id > later_than
    )
    answers = session.execute(select(Answer.id, Answer.text).where(Answer.id.in_(with_statements)))
    rows = [
        {"answer_id": answer, "start": start, "end": end, "kind": kind}
        for answer, text in answers for start, end, kind in spot(text or "")
        if all(end <= first or last <= start for first, last in taken[answer])
    ]  # fmt: skip
    if rows:
        session.execute(insert(Redaction), rows)


def decide_redactions(
    session: Session, staff_id: int | None, consultation: Consultation,
    rows: Sequence[Redaction], state: str,
) -> AuditEntry:  # fmt: skip
    """Hide or keep (`state` "hidden" or "kept") what was spotted, with one entry in the log."""
    if not rows or state not in VERBS:
        raise RuleBroken(N_("Choose what to hide or to keep."))
    before = {str(row.id): row.state for row in rows}
    for row in rows:
        _set(row, state, staff_id)
    after = dict.fromkeys(before, state)
    return _record(session, staff_id, VERBS[state], consultation, before, after)


def hide_words(
    session: Session, staff_id: int | None, statement: Statement, words: str
) -> AuditEntry:
    """Hide words a person typed, wherever they stand in the statement or else a translation of it.

    RuleBroken where they stand in neither.
    """
    made = _places(statement, " ".join(words.split())[:200])
    if not made:
        raise RuleBroken(
            N_("These words do not stand in the statement. Type them just as they stand there.")
        )
    known = {(row.start, row.end, row.words): row for row in statement.redactions}
    states = [known[place].state if place in known else None for place in made]
    rows = [known.get(place) or _new(session, statement.answer_id, place) for place in made]
    for row in rows:
        _set(row, "hidden", staff_id)
    session.flush()
    before = {str(row.id): state for row, state in zip(rows, states, strict=True)}
    of = session.get_one(Consultation, statement.consultation_id)
    return _record(session, staff_id, "hide_words", of, before, dict.fromkeys(before, "hidden"))


def undo_redactions(session: Session, staff_id: int | None, _row: Any, entry: AuditEntry) -> None:
    """Spans of answers withdrawn meanwhile are passed over."""
    before: Mapping[str, str | None] = entry.before["redactions"]
    for row in session.scalars(select(Redaction).where(Redaction.id.in_(map(int, before)))):
        if row.state != entry.after["redactions"][str(row.id)]:
            raise RuleBroken(CHANGED_LATER)
        state = before[str(row.id)]
        if state is None:
            session.delete(row)
        else:
            _set(row, state, staff_id)
    session.flush()


def _places(statement: Statement, typed: str) -> list[Place]:
    """Where the words stand in the answer; words of a translation alone are a place themselves."""
    spans = places(typed, statement.text) if typed else []
    if spans or not typed:
        return [(statement.start + start, statement.start + end, "") for start, end in spans]
    texts = [translation.text for translation in statement.answer.translations]
    return [(0, 0, typed)] if any(places(typed, text) for text in texts) else []


def _new(session: Session, answer_id: int, place: Place) -> Redaction:
    start, end, words = place
    row = Redaction(answer_id=answer_id, start=start, end=end, words=words, kind="words")
    session.add(row)
    return row


def _set(row: Redaction, state: str, staff_id: int | None) -> None:
    row.state, row.staff_id, row.at = state, staff_id, utcnow()


def _record(
    session: Session, staff_id: int | None, verb: str, subject: Consultation,
    before: Mapping[str, str | None], after: Mapping[str, str],
) -> AuditEntry:  # fmt: skip
    session.flush()
    return record(
        session, staff_id, verb, subject, {"redactions": dict(before)}, {"redactions": dict(after)}
    )
