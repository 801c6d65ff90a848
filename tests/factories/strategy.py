"""Makers of themes with people behind them, and of a strategy that lacks nothing."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.strategy import services
from consult.strategy.models import VALUES, Strategy
from consult.themes.models import Decision, Quote, Statement, Theme
from tests.factories import make_response

FRONT = {"title": "Living together well", "starts": 2027, "ends": 2029}


def make_theme(
    session: Session,
    consultation: Consultation,
    code: str = "T05",
    name: str = "Housing and neighbourhood",
    people: int = 0,
    state: str = "accepted",
) -> Theme:
    """A theme, and as many people who spoke of it in a statement each."""
    theme = Theme(consultation_id=consultation.id, code=code, state=state,
                  name=LocalizedText(en=name, es=f"{name} (es)"))  # fmt: skip
    session.add(theme)
    session.flush()
    for number in range(people):
        make_statement(session, consultation, theme, f"{name} matters to me, number {number}.")
    return theme


def make_statement(
    session: Session, consultation: Consultation, theme: Theme, text: str, **response: Any
) -> Statement:
    """What one person said about a theme, put there by a person of the desk."""
    made = make_response(session, consultation, {"hardest": text}, **response)
    statement = Statement(consultation_id=consultation.id, answer_id=made.answers[0].id, start=0,
                          end=len(text), language=made.language)  # fmt: skip
    session.add(statement)
    session.flush()
    session.add(Decision(statement_id=statement.id, theme_id=theme.id, belongs=True))
    session.flush()
    return statement


def make_quote(session: Session, consultation: Consultation, theme: Theme, text: str,
               **response: Any) -> Statement:  # fmt: skip
    """An approved quote."""
    statement = make_statement(session, consultation, theme, text, **response)
    session.add(Quote(statement_id=statement.id))
    session.flush()
    return statement


def make_strategy(session: Session, consultation: Consultation, **values: Any) -> Strategy:
    """A strategy begun a moment ago."""
    return services.create_strategy(session, None, consultation, {**FRONT, **values})


def make_ready_strategy(session: Session, consultation: Consultation, theme: Theme) -> Strategy:
    """A strategy that passes every check: one objective, one action, one indicator."""
    strategy = make_strategy(session, consultation, vision="Everyone finds a home here.")
    objective = services.create_objective(
        session, None, strategy, {"title": "Homes for all", "theme_ids": [theme.id]}
    )
    action = services.create_action(session, None, objective, {
        "title": "Open a housing desk", "lead": "Housing Agency", "partners": ["Tenants' Union"],
        "starts_on": date(2027, 3, 1), "ends_on": date(2028, 12, 31), "resources": "none yet",
        "cost": 12000, "funding": "planned", "served_values": list(VALUES),
        "theme_ids": [theme.id],
    })  # fmt: skip
    services.create_indicator(session, None, action, {"name": "People advised", "target": "400"})
    return strategy
