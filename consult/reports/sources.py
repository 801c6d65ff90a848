"""Where reports read from: members of themes and the strategy."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.models import Answer, Response
from consult.strategy.models import Strategy
from consult.themes.models import Decision, Proposal, Statement, Theme


def statements_by_theme(session: Session, consultation_id: int) -> dict[int, set[int]]:
    """Statement ids by theme: people's decisions, then proposals nobody decided against."""
    decided = {
        (statement, theme): belongs
        for statement, theme, belongs in session.execute(
            select(Decision.statement_id, Decision.theme_id, Decision.belongs)
            .join(Theme, Theme.id == Decision.theme_id)
            .where(Theme.consultation_id == consultation_id)
        )
    }
    proposed = session.execute(
        select(Proposal.statement_id, Proposal.theme_id)
        .join(Theme, Theme.id == Proposal.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    pairs = {key for key, belongs in decided.items() if belongs}
    pairs |= {(s, t) for s, t in proposed.tuples() if decided.get((s, t), True)}
    target = _merge_targets(session, consultation_id)
    members: dict[int, set[int]] = defaultdict(set)
    for statement, theme in pairs:
        members[target.get(theme, theme)].add(statement)
    return members


def people_by_theme(session: Session, consultation_id: int) -> dict[int, set[int]]:
    """Response ids by theme, without withdrawn ones."""
    person = dict(
        session.execute(
            select(Statement.id, Answer.response_id)
            .join(Answer, Answer.id == Statement.answer_id)
            .join(Response, Response.id == Answer.response_id)
            .where(Statement.consultation_id == consultation_id, Response.withdrawn.is_(False))
        ).tuples()
    )
    return {
        theme: {person[s] for s in statements if s in person}
        for theme, statements in statements_by_theme(session, consultation_id).items()
    }


def strategy_of(session: Session, consultation_id: int) -> Strategy | None:
    """The strategy a consultation feeds, if it is begun."""
    return session.scalar(select(Strategy).where(Strategy.consultation_id == consultation_id))


def _merge_targets(session: Session, consultation_id: int) -> dict[int, int]:
    """The theme a merged one ended in, through any number of merges."""
    into = dict(
        session.execute(
            select(Theme.id, Theme.merged_into_id).where(
                Theme.consultation_id == consultation_id, Theme.merged_into_id.is_not(None)
            )
        ).tuples()
    )
    ends: dict[int, int] = {}
    for theme in into:
        end = theme
        while end in into and into[end] != theme:
            end = into[end]  # type: ignore[assignment]
        ends[theme] = end
    return ends
