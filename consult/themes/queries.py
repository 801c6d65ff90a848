"""Questions about themes, for the desk and for reports."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.accounts.models import AuditEntry
from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.responses.models import Answer, Response
from consult.themes.models import Decision, Proposal, Quote, Run, Statement, Theme
from consult.themes.statements import STANDING

REPRESENTATIVES = 2


@dataclass(frozen=True)
class ThemeCard:
    """A theme as the list shows it; `people` counts persons, `campaign` those of a copied text."""

    theme: Theme
    people: int
    campaign: int
    statements: int
    languages: tuple[tuple[str, int], ...]
    voices: tuple[Statement, ...]


@dataclass(frozen=True)
class Member:
    """A statement in a theme, and whether a person or the analysis put it there."""

    statement: Statement
    decided_by: str
    score: float
    is_quote: bool


def theme_in(session: Session, consultation_id: int, theme_id: int) -> Theme:
    """A theme of this consultation; one of another raises NotFound."""
    theme = session.get(Theme, theme_id)
    if theme is None or theme.consultation_id != consultation_id:
        raise NotFound(N_("There is no such theme here."))
    return theme


def statement_in(session: Session, consultation_id: int, statement_id: int) -> Statement:
    """A statement of this consultation; one of another raises NotFound."""
    statement = session.get(Statement, statement_id)
    if statement is None or statement.consultation_id != consultation_id:
        raise NotFound(N_("There is no such statement here."))
    return statement


def memberships(session: Session, consultation_id: int) -> dict[int, dict[int, float]]:
    """By theme, its statements with the score of the analysis (1 where a person decided).

    People's decisions come first, then proposals nobody decided against; members of a merged
    theme are those of the theme it was merged into.
    """
    of_theme = Theme.consultation_id == consultation_id
    decided = {
        (statement, theme): belongs
        for statement, theme, belongs in session.execute(
            select(Decision.statement_id, Decision.theme_id, Decision.belongs)
            .join(Theme, Theme.id == Decision.theme_id).where(of_theme)
        )
    }  # fmt: skip
    proposed = session.execute(
        select(Proposal.statement_id, Proposal.theme_id, Proposal.score)
        .join(Theme, Theme.id == Proposal.theme_id).where(of_theme)
    )  # fmt: skip
    scores = {(s, t): score for s, t, score in proposed if decided.get((s, t), True)}
    scores |= {pair: 1.0 for pair, belongs in decided.items() if belongs}
    target = _merge_targets(session, consultation_id)
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for (statement, theme), score in scores.items():
        end = target.get(theme, theme)
        if decided.get((statement, end), True):
            found[end][statement] = max(score, found[end].get(statement, 0.0))
    return found


def people_by_theme(session: Session, consultation_id: int) -> dict[int, set[int]]:
    """Response ids by theme, without withdrawn or excluded ones."""
    person = _person_of(session, consultation_id)
    return {
        theme: {person[s] for s in statements if s in person}
        for theme, statements in memberships(session, consultation_id).items()
    }


def theme_cards(session: Session, consultation_id: int) -> list[ThemeCard]:
    """All themes that are not merged away, the largest first, each with two typical voices."""
    members = memberships(session, consultation_id)
    facts = _statement_facts(session, consultation_id)
    voices = _voices(session, members, facts)
    themes = session.scalars(
        select(Theme).where(Theme.consultation_id == consultation_id, Theme.state != "merged")
    )
    cards = [_card(theme, members.get(theme.id, {}), facts, voices) for theme in themes]
    return sorted(cards, key=lambda card: (-card.people, card.theme.code))


def theme_members(
    session: Session, consultation_id: int, theme_id: int | None, language: str = "", text: str = ""
) -> list[Member]:
    """The statements of a theme (None: of no theme), people's choices first, then by score."""
    members = memberships(session, consultation_id)
    scores = members.get(theme_id or 0, {})
    wanted = set(scores)
    if theme_id is None:
        live = set(
            session.scalars(
                select(Theme.id).where(
                    Theme.consultation_id == consultation_id,
                    Theme.state.in_(("proposed", "accepted")),
                )
            )
        )
        taken = {s for theme, found in members.items() if theme in live for s in found}
        wanted = set(_person_of(session, consultation_id)) - taken
    decided = _deciders(session, theme_id)
    quotes = set(session.scalars(select(Quote.statement_id)))
    found = [
        Member(s, decided.get(s.id, ""), scores.get(s.id, 0.0), s.id in quotes)
        for s in _statements(session, consultation_id, language)
        if s.id in wanted and text.casefold() in s.text.casefold()
    ]
    return sorted(found, key=lambda m: (not m.decided_by, -m.score, m.statement.id))


def counts_of(session: Session, consultation_id: int) -> dict[str, list[tuple[str, int]]]:
    """How many responses stand, by language and by channel."""
    return {
        name: [(key, n) for key, n in session.execute(
            select(column, func.count()).where(
                Response.consultation_id == consultation_id, *STANDING)
            .group_by(column).order_by(func.count().desc(), column)
        )]
        for name, column in (("language", Response.language), ("channel", Response.channel))
    }  # fmt: skip


def latest_run(session: Session, consultation_id: int) -> Run | None:
    """The newest analysis."""
    return session.scalar(
        select(Run).where(Run.consultation_id == consultation_id).order_by(Run.id.desc()).limit(1)
    )


def log_entries(session: Session, consultation_id: int, limit: int = 200) -> list[AuditEntry]:
    """The newest acts, with who did them."""
    return list(
        session.scalars(
            select(AuditEntry)
            .where(AuditEntry.consultation_id == consultation_id)
            .options(joinedload(AuditEntry.staff))
            .order_by(AuditEntry.id.desc()).limit(limit)
        )
    )  # fmt: skip


def _person_of(session: Session, consultation_id: int) -> dict[int, int]:
    return {
        statement: person
        for statement, person, *_ in _statement_facts(session, consultation_id).values()
    }


def _statement_facts(
    session: Session, consultation_id: int
) -> dict[int, tuple[int, int, str, int | None]]:
    """Per statement that says something: id, person, language, the one it repeats."""
    rows = session.execute(
        select(Statement.id, Answer.response_id, Statement.language, Statement.duplicate_of_id)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id, Statement.is_empty.is_(False), *STANDING
        )
    )
    return {row[0]: tuple(row) for row in rows}  # type: ignore[misc]


def _voices(
    session: Session,
    members: dict[int, dict[int, float]],
    facts: dict[int, tuple[int, int, str, int | None]],
) -> dict[int, Statement]:
    """The statements that stand for their themes, one a language at first."""
    wanted = {s for scores in members.values() for s in _typical(scores, facts)}
    rows = session.scalars(
        select(Statement).where(Statement.id.in_(wanted))
        .options(joinedload(Statement.answer).selectinload(Answer.translations))
    )  # fmt: skip
    return {statement.id: statement for statement in rows}


def _typical(
    scores: dict[int, float], facts: dict[int, tuple[int, int, str, int | None]]
) -> list[int]:
    order = sorted((s for s in scores if s in facts), key=lambda s: (-scores[s], s))
    picked: list[int] = []
    for statement in order:
        if facts[statement][2] not in {facts[p][2] for p in picked}:
            picked.append(statement)
        if len(picked) == REPRESENTATIVES:
            break
    return picked


def _card(
    theme: Theme,
    scores: dict[int, float],
    facts: dict[int, tuple[int, int, str, int | None]],
    voices: dict[int, Statement],
) -> ThemeCard:
    mine = [facts[s] for s in scores if s in facts]
    languages = Counter(language for _, _, language, _ in mine)
    typical = [s for s in _typical(scores, facts) if s in voices]
    return ThemeCard(
        theme=theme,
        people=len({person for _, person, _, _ in mine}),
        campaign=len({person for _, person, _, first in mine if first is not None}),
        statements=len(mine),
        languages=tuple(languages.most_common()),
        voices=tuple(voices[s] for s in typical),
    )


def _statements(session: Session, consultation_id: int, language: str) -> list[Statement]:
    query = (
        select(Statement)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id, Statement.is_empty.is_(False), *STANDING
        )
        .options(
            joinedload(Statement.answer).joinedload(Answer.response),
            joinedload(Statement.answer).selectinload(Answer.translations),
        )
    )
    if language:
        query = query.where(Statement.language == language)
    return list(session.scalars(query))


def _deciders(session: Session, theme_id: int | None) -> dict[int, str]:
    rows = session.scalars(
        select(Decision).where(Decision.theme_id == (theme_id or 0), Decision.belongs.is_(True))
        .options(joinedload(Decision.staff))
    )  # fmt: skip
    return {row.statement_id: row.staff.name if row.staff else "–" for row in rows}


def _merge_targets(session: Session, consultation_id: int) -> dict[int, int]:
    """The theme a merged one ended in, through any number of merges."""
    into = {
        theme: target
        for theme, target in session.execute(
            select(Theme.id, Theme.merged_into_id).where(Theme.consultation_id == consultation_id)
        )
        if target is not None
    }
    ends: dict[int, int] = {}
    for theme, target in into.items():
        seen = {theme}
        while target in into and target not in seen:
            seen.add(target)
            target = into[target]
        ends[theme] = target
    return ends
