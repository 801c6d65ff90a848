"""Blind review: a person gives statements their themes without seeing the machine's."""

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import blake2b

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.accounts.services import record
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.responses.models import Answer, Response
from consult.themes.agreement import countable_themes, may_choose
from consult.themes.decisions import decide, keep_originals, nested, put_back
from consult.themes.models import Decision, Original, Statement, Theme
from consult.themes.queries import latest_run, statements_of, themes_of
from consult.themes.redactions import CHANGED_LATER
from consult.themes.statements import STANDING

MOST_THEMES = 3


def themes_to_choose(session: Session, consultation_id: int) -> list[Theme]:
    """The themes a reviewer chooses among, by code: the same for every statement."""
    themes = themes_of(session, consultation_id)
    return [theme for theme in themes if may_choose(theme.state, theme.origin)]


def reviewed_by_language(session: Session, consultation_id: int) -> Counter[str]:
    """How many statements were reviewed blind."""
    rows = session.execute(
        select(Statement.language, func.count())
        .join(Original, Original.statement_id == Statement.id)
        .where(Statement.consultation_id == consultation_id, Original.chosen.is_not(None))
        .group_by(Statement.language)
    )
    return Counter(dict(rows.all()))


def open_by_language(session: Session, consultation_id: int) -> dict[str, int]:
    """How many statements nobody has decided about, the most frequent language first."""
    rows = session.execute(
        select(Statement.language, func.count())
        .join(Answer, Answer.id == Statement.answer_id).join(Response)
        .where(*_is_open(session, consultation_id))
        .group_by(Statement.language)
        .order_by(func.count().desc(), Statement.language)
    )  # fmt: skip
    return dict(rows.all())


def next_statement(
    session: Session, consultation_id: int, staff_id: int,
    languages: Collection[str], skipped: Collection[int],
) -> Statement | None:  # fmt: skip
    """A statement by chance, of the language fewest were reviewed of; None when none is left.

    `languages` empty means all. Those skipped come again when nothing else is left. The chance is
    each person's own and stays the same, so that a page loaded again shows the same statement.
    """
    waiting = open_by_language(session, consultation_id)
    wanted = [lang for lang in waiting if not languages or lang in languages]
    reviewed = reviewed_by_language(session, consultation_id)
    for without in (frozenset(skipped), frozenset[int]()):
        for lang in sorted(wanted, key=lambda one: (reviewed[one], _chance(staff_id, one))):
            found = _open_ids(session, consultation_id, lang, without)
            if found:
                chosen = min(found, key=lambda one: _chance(staff_id, one))
                return statements_of(session, [chosen])[0]
    return None


def is_open(session: Session, statement: Statement) -> bool:
    """Whether a statement can still be reviewed: it stands, and nobody has decided about it."""
    conditions = _is_open(session, statement.consultation_id)
    query = select(Statement.id).join(Answer, Answer.id == Statement.answer_id).join(Response)
    return session.scalar(query.where(Statement.id == statement.id, *conditions)) is not None


def review_blind(
    session: Session, staff_id: int, statement: Statement, themes: Sequence[Theme]
) -> AuditEntry:
    """Say which themes a statement has, at most three, or none, without knowing the machine's.

    What the machine had proposed besides is decided against. RuleBroken when the statement is not
    open any more.
    """
    chosen = sorted({theme.id for theme in themes})
    if len(chosen) > MOST_THEMES:
        raise RuleBroken(N_("Choose at most three themes."))
    if not is_open(session, statement):
        raise RuleBroken(N_("Somebody has decided about this statement meanwhile."))
    keep_originals(session, [statement.id])
    original = session.get_one(Original, statement.id)
    ends = countable_themes(session, statement.consultation_id)
    wanted = {
        (statement.id, theme): False
        for theme in original.themes if theme in ends and ends[theme] not in chosen
    } | {(statement.id, theme): True for theme in chosen}  # fmt: skip
    before = nested(decide(session, staff_id, wanted))
    original.chosen, original.reviewer_id = chosen, staff_id
    return record(session, staff_id, "review_blind", statement, {"decided": before},
                  {"decided": nested(wanted), "chosen": chosen})  # fmt: skip


def undo_blind(session: Session, staff: int | None, row: Statement, entry: AuditEntry) -> None:
    """Let the statement be as if it had not been reviewed."""
    original = session.get(Original, row.id)
    if original is None or original.chosen is None:
        raise RuleBroken(CHANGED_LATER)
    put_back(session, staff, entry.before["decided"], entry.after["decided"])
    original.chosen = original.reviewer_id = None


def _is_open(session: Session, consultation_id: int) -> list[ColumnElement[bool]]:
    """Of texts that say something and copy none, those a run knows and nobody decided about."""
    run = latest_run(session, consultation_id)
    chosen = select(Original.statement_id).where(Original.chosen.is_not(None))
    return [
        Statement.consultation_id == consultation_id, Statement.is_empty.is_(False),
        Statement.duplicate_of_id.is_(None), *STANDING,
        Statement.id <= (run.last_statement_id if run else 0),
        Statement.id.not_in(select(Decision.statement_id)), Statement.id.not_in(chosen),
    ]  # fmt: skip


def _open_ids(
    session: Session, consultation_id: int, lang: str, without: Collection[int]
) -> list[int]:
    rows = session.scalars(
        select(Statement.id)
        .join(Answer, Answer.id == Statement.answer_id).join(Response)
        .where(*_is_open(session, consultation_id), Statement.language == lang)
    )  # fmt: skip
    return [row for row in rows if row not in without]


def _chance(staff_id: int, of: object) -> bytes:
    return blake2b(f"{staff_id}:{of}".encode(), digest_size=8).digest()
