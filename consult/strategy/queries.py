"""Questions about the strategy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.responses.models import Answer, Response
from consult.strategy.models import Action, Indicator, Objective, Strategy, ThemeDecision
from consult.themes.members import memberships, people_by_theme
from consult.themes.models import Quote, Statement, Theme
from consult.themes.statements import STANDING

Row = TypeVar("Row", Objective, Action, Indicator)


@dataclass(frozen=True)
class SizedTheme:
    """An accepted theme with the number of people who spoke of it."""

    theme: Theme
    people: int


def strategy_of(session: Session, consultation_id: int) -> Strategy | None:
    """The strategy a consultation feeds, read whole in a few queries, or None."""
    actions = selectinload(Strategy.objectives).selectinload(Objective.actions)
    return session.scalar(
        select(Strategy)
        .where(Strategy.consultation_id == consultation_id)
        .options(
            selectinload(Strategy.objectives).selectinload(Objective.themes),
            actions.selectinload(Action.themes),
            actions.selectinload(Action.quotes)
            .joinedload(Statement.answer)
            .selectinload(Answer.translations),
            actions.selectinload(Action.indicators),
            selectinload(Strategy.decisions).joinedload(ThemeDecision.theme),
        )
    )


def accepted_themes(session: Session, consultation_id: int) -> list[SizedTheme]:
    """The accepted themes, the largest first."""
    people = people_by_theme(session, consultation_id)
    themes = session.scalars(
        select(Theme).where(Theme.consultation_id == consultation_id, Theme.state == "accepted")
    )
    sized = [SizedTheme(theme, len(people.get(theme.id, ()))) for theme in themes]
    return sorted(sized, key=lambda one: (-one.people, one.theme.code))


def standing(theme: Theme) -> Theme:
    """The theme itself, or the one it was merged into, through any number of merges."""
    seen = {theme.id}
    while theme.merged_into is not None and theme.merged_into.id not in seen:
        theme = theme.merged_into
        seen.add(theme.id)
    return theme


def approved_quotes(session: Session, consultation_id: int) -> list[Statement]:
    """Statements approved as quotes whose people allow it and did not withdraw."""
    found = session.scalars(
        select(Statement)
        .join(Quote, Quote.statement_id == Statement.id)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id, Response.may_quote.is_(True), *STANDING
        )
        .options(joinedload(Statement.answer).selectinload(Answer.translations),
                 selectinload(Statement.redactions))
        .order_by(Statement.id)
    )  # fmt: skip
    return list(found)


def quotes_by_theme(
    session: Session, consultation_id: int, themes: Sequence[Theme]
) -> list[tuple[Theme | None, list[Statement]]]:
    """Approved quotes under the first of `themes` they speak of; under None those of no theme.

    Every quote comes once; themes without quotes are left out.
    """
    left = {statement.id: statement for statement in approved_quotes(session, consultation_id)}
    members = memberships(session, consultation_id)
    groups: list[tuple[Theme | None, list[Statement]]] = []
    for theme in themes:
        mine = [key for key in left if key in members.get(theme.id, ())]
        groups.append((theme, [left.pop(key) for key in mine]))
    groups.append((None, list(left.values())))
    return [(theme, found) for theme, found in groups if found]


def objective_in(strategy: Strategy, objective_id: int) -> Objective:
    """An objective of this strategy, or NotFound."""
    return _one(strategy.objectives, objective_id)


def action_in(strategy: Strategy, action_id: int) -> Action:
    """An action of this strategy, or NotFound."""
    return _one(strategy.actions, action_id)


def indicator_in(strategy: Strategy, indicator_id: int) -> Indicator:
    """An indicator of this strategy, or NotFound."""
    found = [indicator for action in strategy.actions for indicator in action.indicators]
    return _one(found, indicator_id)


def _one(rows: Sequence[Row], row_id: int) -> Row:
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound(N_("There is no such part of the strategy."))
