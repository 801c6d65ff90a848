"""Writes of the strategy. Each is logged with before and after; an adopted one is read only.

`values` are plain values by column name; objectives and actions also take `theme_ids`, actions
`quote_ids`. What is not named stays as it is.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.clock import today
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.strategy import rules
from consult.strategy.checks import NotReady, find_missing
from consult.strategy.journal import change, fields_of, log, log_new, snapshot
from consult.strategy.models import Action, Indicator, Objective, Strategy, ThemeDecision
from consult.strategy.queries import accepted_themes, approved_quotes, standing, strategy_of
from consult.strategy.rules import Values
from consult.themes.models import Statement, Theme


def create_strategy(
    session: Session, staff_id: int | None, consultation: Consultation, values: Values
) -> Strategy:
    """Begin the strategy of a consultation; RuleBroken when there is one.

    Needs `title` and the years `starts` and `ends`; may have `vision`, `steering`, `review_on`.
    """
    if strategy_of(session, consultation.id) is not None:
        raise RuleBroken(N_("The strategy of this consultation is begun already."))
    values = _tidy(values)
    rules.check_strategy(values)
    strategy = Strategy(consultation=consultation, state="draft", **values)
    session.add(strategy)
    return log_new(session, staff_id, strategy, "create_strategy", strategy)


def edit_strategy(
    session: Session, staff_id: int | None, strategy: Strategy, values: Values
) -> None:
    """Change title, vision, period, who watches over it and the next review."""
    require_draft(strategy)
    values = _tidy(values)
    rules.check_strategy({**fields_of(strategy), **values})
    change(session, staff_id, strategy, "edit_strategy", strategy, values)


def draft_objectives(session: Session, staff_id: int | None, strategy: Strategy) -> list[Objective]:
    """One new objective for every accepted theme that has none, named after the theme.

    Themes decided as “not” or “later” get none. What people wrote is never touched, and a second
    run adds nothing.
    """
    require_draft(strategy)
    _lock(session, strategy)
    covered = {standing(t).id for objective in strategy.objectives for t in objective.themes}
    covered |= {d.theme_id for d in strategy.decisions if d.verdict in ("not", "later")}
    language = strategy.consultation.default_language
    return [
        create_objective(session, staff_id, strategy, {
            "title": one.theme.name.best(language).text or one.theme.code,
            "theme_ids": [one.theme.id],
        })
        for one in accepted_themes(session, strategy.consultation_id)
        if one.theme.id not in covered
    ]  # fmt: skip


def create_objective(
    session: Session, staff_id: int | None, strategy: Strategy, values: Values
) -> Objective:
    """A new objective at the end; needs `title`."""
    values = _ready(session, strategy, values)
    rules.check_objective(values)
    objective = Objective(position=len(strategy.objectives), **values)
    strategy.objectives.append(objective)
    return log_new(session, staff_id, strategy, "create_objective", objective)


def edit_objective(
    session: Session, staff_id: int | None, objective: Objective, values: Values
) -> None:
    """Change an objective's texts, values and themes."""
    values = _ready(session, objective.strategy, values)
    rules.check_objective({**fields_of(objective), **values})
    change(session, staff_id, objective.strategy, "edit_objective", objective, values)


def delete_objective(session: Session, staff_id: int | None, objective: Objective) -> None:
    """Remove an objective with its actions and their indicators."""
    strategy = objective.strategy
    require_draft(strategy)
    for action in list(objective.actions):
        delete_action(session, staff_id, action)
    log(session, staff_id, strategy, "delete_objective", objective, snapshot(objective), {})
    strategy.objectives.remove(objective)
    _number(session, strategy.objectives)


def create_action(
    session: Session, staff_id: int | None, objective: Objective, values: Values
) -> Action:
    """A new action at the end of an objective; needs `title`.

    `partners` is a list of names, `cost` whole euros or None while unknown, `funding` one of
    FUNDING, `served_values` among VALUES. Quotes that are not approved ones of this consultation
    and themes that are not its accepted ones raise RuleBroken.
    """
    values = _ready(session, objective.strategy, values)
    rules.check_action(values)
    action = Action(position=len(objective.actions), **values)
    objective.actions.append(action)
    return log_new(session, staff_id, objective.strategy, "create_action", action)


def edit_action(session: Session, staff_id: int | None, action: Action, values: Values) -> None:
    """Change an action; the same rules as for a new one."""
    strategy = action.objective.strategy
    values = _ready(session, strategy, values)
    rules.check_action({**fields_of(action), **values})
    change(session, staff_id, strategy, "edit_action", action, values)


def delete_action(session: Session, staff_id: int | None, action: Action) -> None:
    """Remove an action with its indicators."""
    objective = action.objective
    require_draft(objective.strategy)
    for indicator in list(action.indicators):
        delete_indicator(session, staff_id, indicator)
    log(session, staff_id, objective.strategy, "delete_action", action, snapshot(action), {})
    objective.actions.remove(action)
    _number(session, objective.actions)


def create_indicator(
    session: Session, staff_id: int | None, action: Action, values: Values
) -> Indicator:
    """How one will know that an action works; needs `name`."""
    values = _ready(session, action.objective.strategy, values)
    rules.check_indicator(values)
    indicator = Indicator(**values)
    action.indicators.append(indicator)
    return log_new(session, staff_id, action.objective.strategy, "create_indicator", indicator)


def edit_indicator(
    session: Session, staff_id: int | None, indicator: Indicator, values: Values
) -> None:
    """Change an indicator."""
    strategy = indicator.action.objective.strategy
    values = _ready(session, strategy, values)
    rules.check_indicator({**fields_of(indicator), **values})
    change(session, staff_id, strategy, "edit_indicator", indicator, values)


def delete_indicator(session: Session, staff_id: int | None, indicator: Indicator) -> None:
    """Remove an indicator."""
    strategy = indicator.action.objective.strategy
    require_draft(strategy)
    log(session, staff_id, strategy, "delete_indicator", indicator, snapshot(indicator), {})
    indicator.action.indicators.remove(indicator)
    session.flush()


def decide_theme(
    session: Session,
    staff_id: int | None,
    strategy: Strategy,
    theme_id: int,
    verdict: str,
    reason: str = "",
) -> ThemeDecision:
    """“You said, we did”: what becomes of a theme; all but “taken” needs a reason."""
    require_draft(strategy)
    theme = _themes(session, strategy, [theme_id])[0]
    reason = reason.strip()
    rules.check_decision(verdict, reason)
    row = next((d for d in strategy.decisions if d.theme_id == theme.id), None)
    before = snapshot(row) if row else {}
    if row is None:
        row = ThemeDecision(theme=theme)
        strategy.decisions.append(row)
    row.verdict, row.reason, row.day = verdict, reason, today()
    session.flush()
    log(session, staff_id, strategy, "decide_theme", row, before, snapshot(row))
    return row


def adopt(
    session: Session, staff_id: int | None, strategy: Strategy, body: str, act: str, day: date
) -> None:
    """Make the strategy final.

    NotReady lists every check that fails; RuleBroken for a missing body or a day to come.
    """
    require_draft(strategy)
    themes = accepted_themes(session, strategy.consultation_id)
    missing = find_missing(strategy, themes, strategy.consultation.region.public_threshold)
    if missing:
        raise NotReady(missing)
    if not body.strip():
        raise RuleBroken(N_("Name the body that adopts the strategy."))
    if day > today():
        raise RuleBroken(N_("The day of adoption is still to come. Please check it."))
    before = snapshot(strategy)
    strategy.adopting_body, strategy.act = body.strip(), act.strip()
    strategy.adopted_on, strategy.state = day, "adopted"
    session.flush()
    log(session, staff_id, strategy, "adopt_strategy", strategy, before, snapshot(strategy))


def require_draft(strategy: Strategy) -> None:
    """RuleBroken once the strategy is adopted."""
    if strategy.state == "adopted":
        raise RuleBroken(N_("The strategy is adopted. It can be read, but not changed any more."))


def _ready(session: Session, strategy: Strategy, values: Values) -> dict[str, Any]:
    """The values of a part of a draft, tidied, with the rows its links name."""
    require_draft(strategy)
    ready = _tidy(values)
    if "theme_ids" in ready:
        ready["themes"] = _themes(session, strategy, ready.pop("theme_ids") or ())
    if "quote_ids" in ready:
        ready["quotes"] = _quotes(session, strategy, ready.pop("quote_ids") or ())
    return ready


def _themes(session: Session, strategy: Strategy, theme_ids: Any) -> list[Theme]:
    accepted = {one.theme.id: one.theme
                for one in accepted_themes(session, strategy.consultation_id)}  # fmt: skip
    if not set(theme_ids) <= set(accepted):
        raise RuleBroken(N_("Only accepted themes of this consultation can be linked."))
    return [theme for key, theme in accepted.items() if key in set(theme_ids)]


def _quotes(session: Session, strategy: Strategy, quote_ids: Any) -> list[Statement]:
    approved = approved_quotes(session, strategy.consultation_id) if quote_ids else []
    if not set(quote_ids) <= {statement.id for statement in approved}:
        raise RuleBroken(N_("Only approved quotes of this consultation can be linked."))
    return [statement for statement in approved if statement.id in set(quote_ids)]


def _tidy(values: Values) -> dict[str, Any]:
    return {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}


def _number(session: Session, rows: list[Any]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    session.flush()


def _lock(session: Session, strategy: Strategy) -> None:
    """Let two people who press the same button one after the other not add things twice."""
    session.execute(select(Strategy.id).where(Strategy.id == strategy.id).with_for_update())
    session.expire(strategy, ["objectives"])
