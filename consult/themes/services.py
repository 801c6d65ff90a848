"""What facilitators do to themes. Every act is logged with before and after, and can be undone."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry, Staff
from consult.accounts.services import record
from consult.kernel.errors import RuleBroken
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.responses.models import AnswerTranslation
from consult.themes.models import Decision, Quote, Statement, Theme


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


def move_statement(
    session: Session, staff_id: int | None, statement: Statement,
    source: Theme | None, target: Theme | None,
) -> AuditEntry:  # fmt: skip
    """Take a statement out of one theme and put it into another; either may be None."""
    if source is None and target is None:
        raise RuleBroken(N_("Choose a theme to move the statement to."))
    if target is not None and target.state == "merged":
        raise RuleBroken(N_("Choose another theme that is not merged itself."))
    before, after = {}, {}
    for theme, belongs in ((source, False), (target, True)):
        if theme is not None:
            before[str(theme.id)] = _decided(session, statement.id, theme.id)
            after[str(theme.id)] = belongs
            _decide(session, staff_id, statement.id, theme.id, belongs)
    return record(session, staff_id, "move_statement", statement, before, after)


def approve_quote(session: Session, staff_id: int | None, statement: Statement) -> AuditEntry:
    """Let a statement be quoted; RuleBroken where the person did not allow it."""
    if not statement.answer.response.may_quote:
        raise RuleBroken(N_("This person did not allow to be quoted."))
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


def translate_statement(
    session: Session, staff: Staff, statement: Statement, text: str, lang: str
) -> AuditEntry:
    """Put a person's translation of the whole answer beside the original; it is a reviewed one."""
    if not text.strip():
        raise RuleBroken(N_("Please write the translation."))
    answer = statement.answer
    old = next((t for t in answer.translations if t.language == lang), None)
    before = {"lang": lang, "text": old.text if old else ""}
    row = old or AnswerTranslation(language=lang)
    row.text, row.made_by, row.state = text.strip(), staff.name, "reviewed"
    if old is None:
        answer.translations.append(row)
    return record(session, staff.id, "translate_statement", statement, before,
                  {"lang": lang, "text": row.text})  # fmt: skip


def undo(session: Session, staff_id: int | None, entry: AuditEntry) -> AuditEntry:
    """Put back what an act changed; RuleBroken when it was undone or a later act stands on it."""
    if entry.verb not in UNDO or entry.undone_by_id is not None:
        raise RuleBroken(N_("This cannot be undone, or it was undone already."))
    later = session.scalar(
        select(AuditEntry.id).where(
            AuditEntry.subject == entry.subject, AuditEntry.subject_id == entry.subject_id,
            AuditEntry.id > entry.id, AuditEntry.undone_by_id.is_(None),
            AuditEntry.verb.not_like("undo_%"),
        )
    )  # fmt: skip
    if later is not None:
        raise RuleBroken(N_("Something was changed here later. Undo that first."))
    row: Any = session.get(Theme if entry.subject == "theme" else Statement, entry.subject_id)
    if row is None:
        raise RuleBroken(N_("What this act changed is not there any more."))
    UNDO[entry.verb](session, staff_id, row, entry)
    undone = record(session, staff_id, f"undo_{entry.verb}", row, entry.after, entry.before)
    entry.undone_by_id = undone.id
    session.flush()
    return undone


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


def _decided(session: Session, statement_id: int, theme_id: int) -> bool | None:
    return session.scalar(
        select(Decision.belongs).where(
            Decision.statement_id == statement_id, Decision.theme_id == theme_id
        )
    )


def _decide(
    session: Session, staff_id: int | None, statement_id: int, theme_id: int, belongs: bool | None
) -> None:
    """Write, change or (None) take back what a person decided."""
    row = session.scalar(
        select(Decision).where(Decision.statement_id == statement_id, Decision.theme_id == theme_id)
    )
    if belongs is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or Decision(statement_id=statement_id, theme_id=theme_id)
        row.belongs, row.staff_id = belongs, staff_id
        session.add(row)
    session.flush()


def _undo_theme(_session: Session, _staff: int | None, theme: Theme, entry: AuditEntry) -> None:
    theme.name = LocalizedText(entry.before["name"])
    theme.definition = LocalizedText(entry.before["definition"])
    theme.state, theme.merged_into_id = entry.before["state"], entry.before["merged_into_id"]


def _undo_move(session: Session, staff: int | None, row: Statement, entry: AuditEntry) -> None:
    for theme_id, belongs in entry.before.items():
        _decide(session, staff, row.id, int(theme_id), belongs)


def _undo_quote(session: Session, staff: int | None, row: Statement, entry: AuditEntry) -> None:
    quote = session.get(Quote, row.id)
    if entry.before["quote"] and quote is None:
        session.add(Quote(statement_id=row.id, staff_id=staff))
    elif quote is not None and not entry.before["quote"]:
        session.delete(quote)


def _undo_translation(_s: Session, _staff: int | None, row: Statement, entry: AuditEntry) -> None:
    for translation in list(row.answer.translations):
        if translation.language == entry.before["lang"]:
            if entry.before["text"]:
                translation.text = entry.before["text"]
            else:
                row.answer.translations.remove(translation)


UNDO: dict[str, Callable[[Session, int | None, Any, AuditEntry], None]] = {
    "rename_theme": _undo_theme,
    "accept_theme": _undo_theme,
    "reject_theme": _undo_theme,
    "merge_theme": _undo_theme,
    "move_statement": _undo_move,
    "approve_quote": _undo_quote,
    "withdraw_quote": _undo_quote,
    "translate_statement": _undo_translation,
}
