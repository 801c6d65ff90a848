"""The demo's review: what a facilitator has done so far, through the services of the desk."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Staff
from consult.cli.demo.answers import read_rows
from consult.consultations.models import Consultation
from consult.kernel.clock import today
from consult.strategy import services as strategy_services
from consult.strategy.models import Strategy
from consult.strategy.queries import quotes_by_theme
from consult.themes import services
from consult.themes.members import load_shelf
from consult.themes.models import Statement, Theme
from consult.themes.queries import statements_of
from consult.themes.translations import translate_statement

DATA = Path(__file__).parent
ACCEPTED = ("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T11", "T13")
QUOTES = 4  # approved a theme, each in another language


def review_themes(session: Session, consultation: Consultation, staff: Staff) -> None:
    """Accept the larger part of the code-book, translate some answers, approve quotes."""
    themes = _themes(session, consultation)
    for code in ACCEPTED:
        services.accept_theme(session, staff.id, themes[code])
    _translate(session, consultation, staff)
    for code in ACCEPTED:
        for statement in _voices(session, themes[code]):
            services.approve_quote(session, staff.id, statement)


def begin_strategy(session: Session, consultation: Consultation, staff_id: int) -> None:
    """A draft with an objective for every accepted theme and some actions, still with gaps."""
    plan = json.loads((DATA / "strategy.json").read_text(encoding="utf-8"))
    year = today().year
    values = {**plan["front"], "starts": year + 1, "ends": year + 3}
    strategy = strategy_services.create_strategy(session, staff_id, consultation, values)
    strategy_services.draft_objectives(session, staff_id, strategy)
    themes = _themes(session, consultation)
    for row in plan["objectives"]:
        _objective(session, staff_id, strategy, themes[row.pop("theme")], row)
    for row in plan["decisions"]:
        strategy_services.decide_theme(
            session, staff_id, strategy, themes[row["theme"]].id, row["verdict"], row["reason"]
        )


def _objective(
    session: Session,
    staff_id: int,
    strategy: Strategy,
    theme: Theme,
    row: dict[str, Any],
) -> None:
    objective = next(o for o in strategy.objectives if theme in o.themes)
    actions = row.pop("actions")
    strategy_services.edit_objective(session, staff_id, objective, row)
    quotes = [s.id for _, found in quotes_by_theme(session, strategy.consultation_id, [theme])[:1]
              for s in found[:2]]  # fmt: skip
    for action in actions:
        indicators = action.pop("indicators")
        dates = {
            "starts_on": date(today().year + action.pop("starts_on_year"), 3, 1),
            "ends_on": date(today().year + action.pop("ends_on_year"), 11, 30),
        }
        values = {**action, **dates, "theme_ids": [theme.id], "quote_ids": quotes}
        made = strategy_services.create_action(session, staff_id, objective, values)
        for indicator in indicators:
            strategy_services.create_indicator(session, staff_id, made, indicator)


def _themes(session: Session, consultation: Consultation) -> dict[str, Theme]:
    found = session.scalars(select(Theme).where(Theme.consultation_id == consultation.id))
    return {theme.code: theme for theme in found}


def _translate(session: Session, consultation: Consultation, staff: Staff) -> None:
    """Put the English translations the demo brings beside their originals."""
    english = {row["text"]: row["english"] for row in read_rows("translations.tsv")}
    statements = session.scalars(
        select(Statement).where(Statement.consultation_id == consultation.id)
    )
    for statement in statements:
        text = english.get(statement.answer.text or "")
        if text and not statement.answer.translations:
            translate_statement(session, staff, statement, text, "en")


def _voices(session: Session, theme: Theme) -> list[Statement]:
    """Typical statements of people who may be quoted, translated ones first."""
    facts = load_shelf(session, theme.consultation_id).in_theme(theme.id)
    members = statements_of(session, [fact.statement for fact in facts])
    allowed = [
        statement for statement in members
        if statement.answer.response.may_quote and not statement.own_redactions
    ]  # fmt: skip
    allowed.sort(key=lambda statement: not statement.answer.translations)
    by_language = {statement.language: statement for statement in reversed(allowed)}
    return [s for s in allowed if by_language[s.language] is s][:QUOTES]
