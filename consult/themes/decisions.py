"""What people decided about statements and themes: written, put back, told to the log."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.kernel.errors import RuleBroken
from consult.themes.models import Decision, Original, Proposal, Statement
from consult.themes.queries import latest_run
from consult.themes.redactions import CHANGED_LATER

Pair = tuple[int, int]  # statement id, theme id
Decided = Mapping[Pair, bool | None]
Nested = dict[str, dict[str, bool | None]]


def decide(session: Session, staff_id: int | None, wanted: Decided) -> dict[Pair, bool | None]:
    """Write, change or (None) take back what a person decided; what stood before comes back.

    At the first decision about a statement, what the machine had proposed for it is kept.
    """
    rows = _decisions(session, wanted)
    keep_originals(session, {pair[0] for pair, belongs in wanted.items() if belongs is not None})
    before = {pair: rows[pair].belongs if pair in rows else None for pair in wanted}
    for pair, belongs in wanted.items():
        row = rows.get(pair)
        if belongs is not None:
            row = row or Decision(statement_id=pair[0], theme_id=pair[1])
            row.belongs, row.staff_id = belongs, staff_id
            session.add(row)
        elif row is not None:
            session.delete(row)
    session.flush()
    return before


def keep_originals(session: Session, statements: Iterable[int]) -> None:
    """Keep the machine's themes of those that nobody has decided about, if a run knew them."""
    wanted = set(statements)
    for column in (Original.statement_id, Decision.statement_id):
        wanted -= set(session.scalars(select(column).where(column.in_(wanted))))
    rows = session.scalars(select(Statement).where(Statement.id.in_(wanted))).all()
    run = latest_run(session, rows[0].consultation_id) if rows else None
    if run is None:
        return
    known = [row.id for row in rows if row.id <= run.last_statement_id]
    themes = _proposed(session, known)
    session.add_all(
        Original(statement_id=key, run_id=run.id, themes=themes.get(key, [])) for key in known
    )
    session.flush()


def _proposed(session: Session, statements: Sequence[int]) -> dict[int, list[int]]:
    """The themes the machine proposes for statements, best first."""
    found: dict[int, list[int]] = {}
    query = select(Proposal.statement_id, Proposal.theme_id).order_by(Proposal.rank, Proposal.id)
    for statement, theme in session.execute(query.where(Proposal.statement_id.in_(statements))):
        found.setdefault(statement, []).append(theme)
    return found


def _decisions(session: Session, pairs: Collection[Pair]) -> dict[Pair, Decision]:
    statements, themes = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    rows = session.scalars(
        select(Decision).where(Decision.statement_id.in_(statements), Decision.theme_id.in_(themes))
    )
    return {(row.statement_id, row.theme_id): row for row in rows}


def nested(decided: Decided) -> Nested:
    """By statement and theme, with text keys, as the log keeps it."""
    found: Nested = {}
    for (statement, theme), belongs in decided.items():
        found.setdefault(str(statement), {})[str(theme)] = belongs
    return found


def _flat(kept: Mapping[str, Mapping[str, bool | None]]) -> dict[Pair, bool | None]:
    return {
        (int(statement), int(theme)): belongs
        for statement, themes in kept.items()
        for theme, belongs in themes.items()
    }


def undo_moves(session: Session, staff: int | None, _row: Any, entry: AuditEntry) -> None:
    """Put back what an act decided."""
    put_back(session, staff, entry.before, entry.after)


def put_back(session: Session, staff: int | None, before: Nested, after: Nested) -> None:
    """Let what was decided `before` stand again in place of what `after` says.

    Statements withdrawn meanwhile are passed over; RuleBroken where somebody decided otherwise.
    """
    then, now = _flat(before), _flat(after)
    ids = {statement for statement, _ in now}
    here = set(session.scalars(select(Statement.id).where(Statement.id.in_(ids))))
    rows = _decisions(session, now)
    for pair in now:
        stands = rows[pair].belongs if pair in rows else None
        if pair[0] in here and stands != now[pair]:
            raise RuleBroken(CHANGED_LATER)
    back = {pair: belongs for pair, belongs in then.items() if pair[0] in here}
    if back:
        decide(session, staff, back)
