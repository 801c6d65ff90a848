"""Translations that people put beside answers; the answer's own words are never touched."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry, Staff
from consult.accounts.services import record
from consult.kernel.errors import RuleBroken
from consult.kernel.languages import base_language, known_locale
from consult.kernel.messages import N_
from consult.responses.models import Answer, AnswerTranslation, TranslationVersion
from consult.themes.models import Statement

STATES = ("reviewed", "draft")
MOST_LETTERS = 20_000


def translate_statement(
    session: Session, staff: Staff, statement: Statement, text: str, lang: str,
    state: str = "reviewed",
) -> AuditEntry:  # fmt: skip
    """Put a person's translation of the whole answer beside the original.

    Words that stay as a machine or a file gave them keep that mark, whoever reviews them.
    """
    text = text.replace("\r\n", "\n").strip()
    _check(statement, text, lang, state)
    row = translation_of(statement.answer, lang)
    before = _kept(session, row)
    if row is None:
        row = AnswerTranslation(language=lang, text="")
        statement.answer.translations.append(row)
    if row.text != text:
        row.text, row.made_by, row.origin = text, staff.name, "person"
    row.state = state
    session.flush()
    return _log(session, staff.id, "translate_statement", statement, lang, before)


def remove_translation(
    session: Session, staff: Staff, statement: Statement, lang: str
) -> AuditEntry:
    """Take a translation away; RuleBroken where there is none."""
    row = translation_of(statement.answer, lang)
    if row is None:
        raise RuleBroken(N_("There is no translation into this language."))
    before = _kept(session, row)
    statement.answer.translations.remove(row)
    session.flush()
    return _log(session, staff.id, "remove_translation", statement, lang, before)


def translation_of(answer: Answer, lang: str) -> AnswerTranslation | None:
    """The answer's translation into a language, whoever made it."""
    return next((row for row in answer.translations if row.language == lang), None)


def english_of(answer: Answer) -> str | None:
    """The English translation the analysis reads: a person's before a machine's."""
    found = [row for row in answer.translations if base_language(row.language) == "en"]
    best = min(found, key=lambda row: (row.origin == "machine", row.state != "reviewed"),
               default=None)  # fmt: skip
    return best.text if best else None


def undo_translation(
    session: Session, _staff: int | None, statement: Statement, entry: AuditEntry
) -> None:
    """Put the translation back as it was before an act."""
    if "version" not in entry.before:
        raise RuleBroken(N_("This cannot be undone, or it was undone already."))
    row = translation_of(statement.answer, entry.before["lang"])
    old = session.get(TranslationVersion, entry.before["version"] or 0)
    if old is None:
        if row is not None:
            statement.answer.translations.remove(row)
        return
    if row is None:
        row = AnswerTranslation(language=old.language)
        statement.answer.translations.append(row)
    row.text, row.made_by, row.origin, row.state = old.text, old.made_by, old.origin, old.state


def _check(statement: Statement, text: str, lang: str, state: str) -> None:
    if not text:
        raise RuleBroken(N_("Please write the translation."))
    if len(text) > MOST_LETTERS:
        raise RuleBroken(N_("A translation has at most %(most)s letters."), most=MOST_LETTERS)
    if state not in STATES or known_locale(lang) is None or len(lang) > 20:
        raise RuleBroken(N_("Choose the language you translate into."))
    if lang == statement.language:
        raise RuleBroken(N_("The answer is in this language already."))


def _kept(session: Session, row: AnswerTranslation | None) -> dict[str, Any]:
    """What the log notes of a translation; its text goes where a withdrawal finds it."""
    if row is None:
        return {"version": None}
    session.flush()
    same = {name: getattr(row, name) for name in ("language", "text", "made_by", "origin", "state")}
    known = select(TranslationVersion).filter_by(answer_id=row.answer_id, **same).limit(1)
    version = session.scalar(known) or TranslationVersion(answer_id=row.answer_id, **same)
    session.add(version)
    session.flush()
    return {"version": version.id, "made_by": row.made_by, "state": row.state}


def _log(
    session: Session, staff_id: int, verb: str, statement: Statement, lang: str,
    before: dict[str, Any],
) -> AuditEntry:  # fmt: skip
    after = _kept(session, translation_of(statement.answer, lang))
    return record(session, staff_id, verb, statement, {"lang": lang, **before},
                  {"lang": lang, **after})  # fmt: skip
