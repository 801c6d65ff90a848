"""The checks before adoption: pure, from a loaded strategy and the sizes of its themes.

Source: the strategy template of the EU-Belong Model work, “checks before adopt”.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.strategy.models import VALUES, Action, Objective, Strategy
from consult.strategy.queries import SizedTheme, standing
from consult.themes.models import Theme

TOP_THEMES = 10
RULES = {
    "vision": N_("The vision is written."),
    "period": N_("The period is set."),
    "objectives": N_("There are objectives."),
    "evidence": N_("Every objective answers to a theme."),
    "actions": N_("There are actions."),
    "lead": N_("Every action has exactly one lead."),
    "date": N_("Every action has a date."),
    "resources": N_("Every action has a line on resources."),
    "indicator": N_("Every action has an indicator."),
    "values": N_("Each of the four values is served."),
    "themes": N_("Every large theme has an action or a written reason."),
}
MISSING_VALUES = {
    "equality": N_("Nothing serves the value “equality” yet."),
    "diversity": N_("Nothing serves the value “diversity” yet."),
    "participation": N_("Nothing serves the value “participation” yet."),
    "interaction": N_("Nothing serves the value “meaningful interaction” yet."),
}


@dataclass(frozen=True)
class Finding:
    """What is missing by a rule of `RULES`: a sentence, what fills it, and what it is about."""

    rule: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    subject: Strategy | Objective | Action | Theme | None = None


class NotReady(RuleBroken):
    """The strategy cannot be adopted yet; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            N_("The strategy cannot be adopted yet. Still missing: %(count)s."),
            count=len(findings),
        )
        self.findings = tuple(findings)


def find_missing(strategy: Strategy, themes: Sequence[SizedTheme], threshold: int) -> list[Finding]:
    """Everything that stands between a strategy and its adoption; empty when nothing does.

    `themes` are the accepted ones, the largest first, with counts of people. Top themes are the
    ten largest and all with `threshold` people or more.
    """
    return [
        *_front(strategy),
        *(found for objective in strategy.objectives for found in _objective(objective)),
        *(found for action in strategy.actions for found in _action(action)),
        *_values(strategy),
        *_themes(strategy, themes, threshold),
    ]


def _front(strategy: Strategy) -> Iterator[Finding]:
    if not strategy.vision.strip():
        yield Finding("vision", N_("The vision is still empty."), subject=strategy)
    if not 0 < strategy.starts <= strategy.ends:
        yield Finding("period", N_("The first and the last year are missing."), subject=strategy)
    if not strategy.objectives:
        yield Finding("objectives", N_("There is no objective yet."))
    if not strategy.actions:
        yield Finding("actions", N_("There is no action yet."))


def _objective(objective: Objective) -> Iterator[Finding]:
    if not any(standing(theme).state == "accepted" for theme in objective.themes):
        message = N_("The objective “%(title)s” answers to no accepted theme.")
        yield Finding("evidence", message, {"title": objective.title}, objective)


def _action(action: Action) -> Iterator[Finding]:
    gaps = [
        ("lead", not action.lead.strip(), N_("The action “%(title)s” has no lead.")),
        ("lead", _names_several(action.lead),
         N_("The action “%(title)s” names several leads. Keep one; the others are partners.")),
        ("date", not (action.starts_on or action.ends_on),
         N_("The action “%(title)s” has no date.")),
        ("resources", not action.resources.strip(),
         N_("The action “%(title)s” has no line on resources. “None yet” is enough.")),
        ("indicator", not action.indicators, N_("The action “%(title)s” has no indicator.")),
    ]  # fmt: skip
    for rule, is_missing, message in gaps:
        if is_missing:
            yield Finding(rule, message, {"title": action.title}, action)


def _names_several(lead: str) -> bool:
    """Commas and “and” stand in names of single bodies; these signs only between several."""
    return any(sign in lead.strip() for sign in (";", "\n", " / ", "؛"))


def _values(strategy: Strategy) -> Iterator[Finding]:
    served = {value for objective in strategy.objectives for value in objective.served_values}
    served |= {value for action in strategy.actions for value in action.served_values}
    for value in VALUES:
        if value not in served:
            yield Finding("values", MISSING_VALUES[value])


def _themes(strategy: Strategy, themes: Sequence[SizedTheme], threshold: int) -> Iterator[Finding]:
    answered = _answered(strategy)
    for rank, one in enumerate(themes):
        is_top = one.people > 0 and (rank < TOP_THEMES or one.people >= threshold)
        if is_top and one.theme.id not in answered:
            message = N_("The theme “%(title)s” has neither an action nor a reason.")
            yield Finding("themes", message, {"title": one.theme.name}, one.theme)


def _answered(strategy: Strategy) -> set[int]:
    """Themes with an action, their own or their objective's, or with a written reason."""
    linked = [theme for action in strategy.actions for theme in action.themes]
    linked += [theme for objective in strategy.objectives if objective.actions
               for theme in objective.themes]  # fmt: skip
    linked += [decision.theme for decision in strategy.decisions if decision.reason.strip()]
    return {standing(theme).id for theme in linked}
