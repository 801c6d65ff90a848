"""Questions about what is personal in the answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.responses.models import Answer, Response
from consult.themes.models import Redaction, Statement
from consult.themes.statements import STANDING

MOST_AT_ONCE = 500
PAGE = 20


@dataclass(frozen=True)
class PersonalPage:
    """A page of statements in which something was spotted, and how many there are in all."""

    statements: tuple[Statement, ...]
    found: int
    number: int
    pages: int


def undecided(session: Session, statement: Statement) -> int:
    """How many spans of a statement nobody decided about."""
    query = select(func.count()).select_from(Redaction).where(
        Redaction.answer_id == statement.answer_id, Redaction.state == "offered",
        Redaction.start < statement.end, Redaction.end > statement.start,
    )  # fmt: skip
    return session.scalar(query) or 0


def redactions_here(session: Session, consultation_id: int, ids: Iterable[int]) -> list[Redaction]:
    """Those of `ids` that are of this consultation."""
    known = [key for key in dict.fromkeys(ids) if 0 < key < 2**31][:MOST_AT_ONCE]
    query = (
        select(Redaction).join(Answer).join(Response)
        .where(Response.consultation_id == consultation_id, Redaction.id.in_(known))
        .order_by(Redaction.id)
    )  # fmt: skip
    return list(session.scalars(query))


def personal_counts(session: Session, consultation_id: int) -> dict[str, int]:
    """How many spans there are of each state, in answers that stand."""
    rows = session.execute(
        select(Redaction.state, func.count()).join(Answer).join(Response)
        .where(Response.consultation_id == consultation_id, *STANDING)
        .group_by(Redaction.state)
    )  # fmt: skip
    return dict(rows.all())


def with_personal(session: Session, consultation_id: int, state: str) -> set[int]:
    """Statements with a span of this state in them, or in a translation of their answer."""
    inside = (Redaction.start < Statement.end) & (Redaction.end > Statement.start)
    found = (
        select(Statement.id)
        .join(Redaction, Redaction.answer_id == Statement.answer_id)
        .join(Answer, Answer.id == Statement.answer_id).join(Response)
        .where(Statement.consultation_id == consultation_id, *STANDING,
               Redaction.state == state, inside | (Redaction.words != ""))
    )  # fmt: skip
    return set(session.scalars(found))


def personal_page(session: Session, consultation_id: int, state: str, number: int) -> PersonalPage:
    """A page of those statements, oldest first, with all that is needed to show them."""
    ids = sorted(with_personal(session, consultation_id, state))
    pages = max(-(-len(ids) // PAGE), 1)
    number = min(max(number, 1), pages)
    query = (
        select(Statement).where(Statement.id.in_(ids[(number - 1) * PAGE : number * PAGE]))
        .options(
            joinedload(Statement.answer).selectinload(Answer.translations),
            selectinload(Statement.redactions).joinedload(Redaction.staff),
        )
        .order_by(Statement.id)
    )  # fmt: skip
    return PersonalPage(tuple(session.scalars(query)), len(ids), number, pages)


def hidden_by_answer(session: Session, consultation_id: int) -> dict[int, list[Redaction]]:
    """What is hidden in each answer."""
    found: dict[int, list[Redaction]] = defaultdict(list)
    query = select(Redaction).join(Answer).join(Response).where(
        Response.consultation_id == consultation_id, Redaction.state == "hidden"
    )  # fmt: skip
    for row in session.scalars(query):
        found[row.answer_id].append(row)
    return found
