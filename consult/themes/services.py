"""What facilitators do to themes. Every act is logged with before and after, and can be undone."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.accounts.services import record
from consult.consultations.models import Consultation
from consult.kernel.errors import RuleBroken
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.themes.blind import undo_blind
from consult.themes.decisions import decide, nested, undo_moves
from consult.themes.models import Quote, Run, Statement, Theme
from consult.themes.redaction_queries import undecided
from consult.themes.redactions import CHANGED_LATER, REDACTIONS, undo_redactions
from consult.themes.translations import undo_translation
from consult.themes.waiting import undo_apply, undo_discard


def create_theme(
    session: Session, staff_id: int | None, consultation_id: int, name: str, lang: str
) -> Theme:
    """A theme of a person's own, accepted from the start."""
    count = len(session.scalars(select(Theme.id).where(
        Theme.consultation_id == consultation_id, Theme.origin == "person")).all())  # fmt: skip
    theme = Theme(consultation_id=consultation_id, code=f"P{count + 1:02d}", origin="person",
                  state="accepted", name=LocalizedText({lang: _name(name)}))  # fmt: skip
    session.add(theme)
    session.flush()
    record(session, staff_id, "create_theme", theme, {}, _state(theme))
    return theme


def rename_theme(
    session: Session, staff_id: int | None, theme: Theme, name: str, lang: str
) -> AuditEntry:
    """Give a theme another name in one language; the other languages' names go with the old one."""
    before = _state(theme)
    theme.name = LocalizedText({lang: _name(name)})
    return _log(session, staff_id, "rename_theme", theme, before)


def accept_theme(session: Session, staff_id: int | None, theme: Theme) -> AuditEntry:
    """Own a theme: it may stand in reports and feed the strategy."""
    return _set_state(session, staff_id, theme, "accept_theme", "accepted")


def reject_theme(session: Session, staff_id: int | None, theme: Theme) -> AuditEntry:
    """Leave a theme out of everything that follows."""
    return _set_state(session, staff_id, theme, "reject_theme", "rejected")


def merge_theme(session: Session, staff_id: int | None, theme: Theme, target: Theme) -> AuditEntry:
    """Let `target` hold everything of `theme`; RuleBroken when that makes a ring."""
    if theme.id == target.id or target.state == "merged":
        raise RuleBroken(N_("Choose another theme that is not merged itself."))
    before = _state(theme)
    theme.state, theme.merged_into_id = "merged", target.id
    return _log(session, staff_id, "merge_theme", theme, before)


def move_statements(
    session: Session, staff_id: int | None, statements: Sequence[Statement],
    source: Theme | None, target: Theme | None,
) -> AuditEntry:  # fmt: skip
    """Say of statements that they do not belong to `source` and do belong to `target`.

    Either may be None: with `source` alone they are taken out, with `target` alone they are put
    there or, where the analysis had proposed it, confirmed. One entry of the log holds them all.
    """
    if not statements:
        raise RuleBroken(N_("Tick at least one statement."))
    if source is target:
        raise RuleBroken(N_("Choose a theme to move the statements to."))
    if target is not None and target.state == "merged":
        raise RuleBroken(N_("Choose another theme that is not merged itself."))
    sides = {theme.id: belongs for theme, belongs in ((source, False), (target, True)) if theme}
    wanted = {(row.id, theme): sides[theme] for row in statements for theme in sides}
    before = decide(session, staff_id, wanted)
    return record(session, staff_id, "move_statements", _consultation(session, statements[0]),
                  nested(before), nested(wanted))  # fmt: skip


def approve_quote(session: Session, staff_id: int | None, statement: Statement) -> AuditEntry:
    """Let a statement be quoted.

    RuleBroken where the person did not allow it, or nobody decided about what may be personal.
    """
    if not statement.answer.response.may_quote:
        raise RuleBroken(N_("This person did not allow to be quoted."))
    if undecided(session, statement):
        raise RuleBroken(
            N_("This statement may hold personal data. Please hide it or keep it first.")
        )
    was = session.get(Quote, statement.id) is not None
    if not was:
        session.add(Quote(statement_id=statement.id, staff_id=staff_id))
    return record(session, staff_id, "approve_quote", statement, {"quote": was}, {"quote": True})


def withdraw_quote(session: Session, staff_id: int | None, statement: Statement) -> AuditEntry:
    """Take an approval back."""
    quote = session.get(Quote, statement.id)
    if quote is not None:
        session.delete(quote)
    before = {"quote": quote is not None}
    return record(session, staff_id, "withdraw_quote", statement, before, {"quote": False})


def undo(session: Session, staff_id: int | None, entry: AuditEntry) -> AuditEntry:
    """Put back what an act changed; RuleBroken when it was undone or a later act stands on it."""
    if entry.verb not in UNDO or entry.undone_by_id is not None:
        raise RuleBroken(N_("This cannot be undone, or it was undone already."))
    if entry.verb not in CHECKED_ROW_BY_ROW and _later(session, entry) is not None:
        raise RuleBroken(CHANGED_LATER)
    row: Any = session.get(SUBJECTS[entry.subject], entry.subject_id)
    if row is None:
        raise RuleBroken(N_("What this act changed is not there any more."))
    UNDO[entry.verb](session, staff_id, row, entry)
    undone = record(session, staff_id, f"undo_{entry.verb}", row, entry.after, entry.before)
    entry.undone_by_id = undone.id
    session.flush()
    return undone


def _later(session: Session, entry: AuditEntry) -> int | None:
    """A later act on the same thing that still stands."""
    return session.scalar(
        select(AuditEntry.id).where(
            AuditEntry.subject == entry.subject, AuditEntry.subject_id == entry.subject_id,
            AuditEntry.id > entry.id, AuditEntry.undone_by_id.is_(None),
            AuditEntry.verb.not_like("undo_%"),
        ).limit(1)
    )  # fmt: skip


def _set_state(
    session: Session, staff_id: int | None, theme: Theme, verb: str, state: str
) -> AuditEntry:
    before = _state(theme)
    theme.state, theme.merged_into_id = state, None
    return _log(session, staff_id, verb, theme, before)


def _log(
    session: Session, staff_id: int | None, verb: str, theme: Theme, before: dict[str, Any]
) -> AuditEntry:
    session.flush()
    return record(session, staff_id, verb, theme, before, _state(theme))


def _state(theme: Theme) -> dict[str, Any]:
    return {"name": dict(theme.name), "definition": dict(theme.definition or {}),
            "state": theme.state, "merged_into_id": theme.merged_into_id}  # fmt: skip


def _name(name: str) -> str:
    if not name.strip():
        raise RuleBroken(N_("A theme needs a name."))
    return " ".join(name.split())[:200]


def _consultation(session: Session, statement: Statement) -> Consultation:
    return session.get_one(Consultation, statement.consultation_id)


def _undo_theme(_session: Session, _staff: int | None, theme: Theme, entry: AuditEntry) -> None:
    theme.name = LocalizedText(entry.before["name"])
    theme.definition = LocalizedText(entry.before["definition"])
    theme.state, theme.merged_into_id = entry.before["state"], entry.before["merged_into_id"]


def _undo_quote(session: Session, staff: int | None, row: Statement, entry: AuditEntry) -> None:
    quote = session.get(Quote, row.id)
    if entry.before["quote"] and quote is None:
        session.add(Quote(statement_id=row.id, staff_id=staff))
    elif quote is not None and not entry.before["quote"]:
        session.delete(quote)


SUBJECTS: dict[str, type[Any]] = {
    "theme": Theme, "statement": Statement, "consultation": Consultation, "run": Run
}  # fmt: skip
CHECKED_ROW_BY_ROW = ("move_statements", "review_blind", *REDACTIONS)
UNDO: dict[str, Callable[[Session, int | None, Any, AuditEntry], None]] = {
    "rename_theme": _undo_theme,
    "accept_theme": _undo_theme,
    "reject_theme": _undo_theme,
    "merge_theme": _undo_theme,
    "move_statements": undo_moves,
    "review_blind": undo_blind,
    "approve_quote": _undo_quote,
    "withdraw_quote": _undo_quote,
    "translate_statement": undo_translation,
    "remove_translation": undo_translation,
    "apply_run": undo_apply,
    "discard_run": undo_discard,
    **dict.fromkeys(REDACTIONS, undo_redactions),
}
