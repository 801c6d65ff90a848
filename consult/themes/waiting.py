"""Runs that wait for a person: what a rerun found is applied or discarded, never just there."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.accounts.services import record
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.themes.models import Decision, Run, Theme
from consult.themes.queries import latest_run, waiting_run
from consult.themes.redactions import CHANGED_LATER
from consult.themes.runs import Found, add_to_run, store_run, unpacked

GONE = N_("This analysis is not waiting any more. Please look at the newest one.")


def place_run(session: Session, run: Run, found: Found) -> None:
    """Apply a run at once, or let it wait where people have begun to review the one before.

    A run that waits takes the place of one that waited. Statements that are new since the last
    one applied get their themes of the code-book in any case: that changes nothing reviewed.
    """
    standing = latest_run(session, run.consultation_id)
    if standing is None or not review_has_begun(session, run.consultation_id):
        drop_waiting(session, run.consultation_id)
        store_run(session, run, found)
        return
    add_to_run(session, standing, found)
    drop_waiting(session, run.consultation_id)
    run.state, run.held = "waiting", found.packed()
    session.add(run)
    session.flush()


def review_has_begun(session: Session, consultation_id: int) -> bool:
    """Whether a person decided anything about a theme or a statement in one."""
    of_this = Theme.consultation_id == consultation_id
    touched = (Theme.state != "proposed") | (Theme.origin == "person")
    decided = select(Decision.id).join(Theme, Theme.id == Decision.theme_id).where(of_this)
    renamed = select(AuditEntry.id).where(
        AuditEntry.consultation_id == consultation_id, AuditEntry.verb == "rename_theme"
    )
    queries = (select(Theme.id).where(of_this, touched), decided, renamed)
    return any(session.scalar(query.limit(1)) is not None for query in queries)


def drop_waiting(session: Session, consultation_id: int) -> None:
    """Forget the run that waits: a newer one knows more."""
    session.execute(
        delete(Run).where(Run.consultation_id == consultation_id, Run.state == "waiting")
    )


def apply_run(
    session: Session, staff_id: int | None, consultation_id: int, run_id: int
) -> AuditEntry:
    """Put what a waiting run found in the place of what stands; RuleBroken when it is not waiting.

    What people decided stays. The run before is kept so that this can be undone.
    """
    run = _waiting(session, consultation_id, run_id)
    before = latest_run(session, consultation_id)
    store_run(session, run, unpacked(run.held or b""))
    kept = [run.id, before.id if before else run.id]
    session.execute(
        update(Run).where(Run.consultation_id == consultation_id, Run.id.not_in(kept))
        .values(held=None)
    )  # fmt: skip
    return record(session, staff_id, "apply_run", run, {"run": before.id if before else None},
                  {"run": run.id})  # fmt: skip


def discard_run(
    session: Session, staff_id: int | None, consultation_id: int, run_id: int
) -> AuditEntry:
    """Leave everything as it stands; RuleBroken when the run is not waiting."""
    run = _waiting(session, consultation_id, run_id)
    run.state = "discarded"
    return record(session, staff_id, "discard_run", run, {"state": "waiting"},
                  {"state": "discarded"})  # fmt: skip


def undo_apply(session: Session, _staff: int | None, run: Run, entry: AuditEntry) -> None:
    """Put the proposals of the run before back; new statements keep their themes."""
    before = session.get(Run, entry.before["run"] or 0)
    standing = latest_run(session, run.consultation_id)
    if before is None or before.held is None or standing is not run or run.held is None:
        raise RuleBroken(CHANGED_LATER)
    found = unpacked(run.held)
    store_run(session, before, unpacked(before.held))
    add_to_run(session, before, found)
    drop_waiting(session, run.consultation_id)
    run.state, run.applied_at = "waiting", None
    session.flush()


def undo_discard(session: Session, _staff: int | None, run: Run, _entry: Any) -> None:
    """Let the run wait again, unless a newer one does or was applied."""
    standing = latest_run(session, run.consultation_id)
    is_old = standing is not None and standing.id > run.id
    if run.held is None or is_old or waiting_run(session, run.consultation_id) is not None:
        raise RuleBroken(CHANGED_LATER)
    run.state = "waiting"


def _waiting(session: Session, consultation_id: int, run_id: int) -> Run:
    run = waiting_run(session, consultation_id)
    if run is None or run.id != run_id or run.held is None:
        raise RuleBroken(GONE)
    return run
