"""What every write of a strategy keeps: pure rules over plain values."""

from collections.abc import Mapping
from typing import Any

from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.strategy.models import FUNDING, KINDS, VALUES, VERDICTS

Values = Mapping[str, Any]
LONGEST_PERIOD = 10  # years; strategies of regions cover two to six


def check_strategy(values: Values) -> None:
    """RuleBroken unless it has a title and a period of one to ten years."""
    _check_name(values["title"])
    starts, ends = values["starts"], values["ends"]
    if ends < starts:
        raise RuleBroken(N_("The last year comes before the first year."))
    if ends - starts >= LONGEST_PERIOD:
        raise RuleBroken(
            N_("A strategy covers at most %(years)s years. Please choose a shorter period."),
            years=LONGEST_PERIOD,
        )


def check_objective(values: Values) -> None:
    """RuleBroken unless it has a title and only known values."""
    _check_name(values["title"])
    _check_served(values)


def check_action(values: Values) -> None:
    """RuleBroken for a blank title, dates in the wrong order, a cost below zero, unknown codes."""
    check_objective(values)
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end < start:
        raise RuleBroken(N_("The action ends before it starts. Please check both days."))
    cost = values.get("cost")
    if cost is not None and cost < 0:
        raise RuleBroken(N_("A cost cannot be below zero. Leave it empty while it is unknown."))
    if values.get("funding", "none") not in FUNDING:
        raise RuleBroken(N_("Choose whether the money is secured, planned or not found yet."))


def check_indicator(values: Values) -> None:
    """RuleBroken unless it has a name and a known kind."""
    _check_name(values["name"])
    if values.get("kind", "output") not in KINDS:
        raise RuleBroken(N_("Choose whether it measures what is done or what changes."))


def check_decision(verdict: str, reason: str) -> None:
    """RuleBroken unless the verdict is known and all but a plain yes gives its reason."""
    if verdict not in VERDICTS:
        raise RuleBroken(N_("Choose one of the four decisions."))
    if verdict != "taken" and not reason:
        raise RuleBroken(N_("Please write the reason: the people who took part will read it."))


def _check_name(text: str | None) -> None:
    if not (text or "").strip():
        raise RuleBroken(N_("Please give it a title."))


def _check_served(values: Values) -> None:
    if not set(values.get("served_values") or ()) <= set(VALUES):
        raise RuleBroken(N_("Choose among the four values."))
