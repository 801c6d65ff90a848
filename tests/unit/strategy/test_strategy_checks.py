"""The checks before adoption."""

import pytest

from consult.kernel.localized import LocalizedText
from consult.strategy.checks import RULES, find_missing
from consult.strategy.models import Action, Indicator, Objective, Strategy, ThemeDecision
from consult.strategy.queries import SizedTheme
from consult.themes.models import Theme


def theme(number: int = 1, state: str = "accepted") -> Theme:
    return Theme(id=number, code=f"T{number:02d}", state=state, name=LocalizedText(en="Housing"))


def whole(one: Theme) -> Strategy:
    """A strategy of one objective and one action that lacks nothing."""
    action = Action(
        id=1, title="A desk", lead="Agency", ends_on="2028-01-01", resources="none yet",
        served_values=["equality", "diversity", "participation", "interaction"],
        indicators=[Indicator(name="People advised")], themes=[one],
    )  # fmt: skip
    objective = Objective(id=1, title="Homes", served_values=[], themes=[one], actions=[action])
    return Strategy(title="Plan", vision="A home for all.", starts=2027, ends=2029,
                    objectives=[objective])  # fmt: skip


def rules_broken(strategy: Strategy, *themes: SizedTheme, threshold: int = 10) -> list[str]:
    return [found.rule for found in find_missing(strategy, themes, threshold)]


def test_a_whole_strategy_lacks_nothing() -> None:
    one = theme()
    assert rules_broken(whole(one), SizedTheme(one, 40)) == []


def test_an_empty_strategy_lacks_vision_objectives_actions_and_all_four_values() -> None:
    empty = Strategy(title="Plan", vision=" ", starts=2027, ends=2029)
    assert rules_broken(empty) == ["vision", "objectives", "actions", *["values"] * 4]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("lead", "  ", "lead"),
        ("lead", "Agency; City of Valdora", "lead"),
        ("ends_on", None, "date"),
        ("resources", "\n", "resources"),
        ("indicators", [], "indicator"),
    ],
)
def test_an_action_lacks_what_it_lacks(field: str, value: object, rule: str) -> None:
    strategy = whole(theme())
    setattr(strategy.actions[0], field, value)
    found = find_missing(strategy, [], 10)
    assert [(one.rule, one.params, one.subject) for one in found] == [
        (rule, {"title": "A desk"}, strategy.actions[0])
    ]


def test_a_lead_with_a_comma_and_an_and_in_its_name_is_one_lead() -> None:
    strategy = whole(theme())
    strategy.actions[0].lead = "Ministry of Health, Family and Sport"
    assert rules_broken(strategy) == []


@pytest.mark.parametrize("state", ["rejected", "proposed"])
def test_an_objective_needs_an_accepted_theme(state: str) -> None:
    assert "evidence" in rules_broken(whole(theme(state=state)))


def test_a_theme_merged_into_an_accepted_one_is_evidence() -> None:
    merged = theme(2, "merged")
    merged.merged_into = theme(1)
    assert rules_broken(whole(merged), SizedTheme(theme(1), 40)) == []


def test_a_value_that_nothing_serves_is_named() -> None:
    strategy = whole(theme())
    strategy.actions[0].served_values = ["equality", "diversity", "interaction"]
    (found,) = find_missing(strategy, [], 10)
    assert "participation" in found.message


def test_a_value_of_an_objective_counts() -> None:
    strategy = whole(theme())
    strategy.actions[0].served_values = ["equality", "diversity", "interaction"]
    strategy.objectives[0].served_values = ["participation"]
    assert rules_broken(strategy) == []


def test_a_top_theme_needs_an_action_or_a_reason() -> None:
    other = theme(2)
    strategy = whole(theme(1))
    assert rules_broken(strategy, SizedTheme(other, 3)) == ["themes"]
    strategy.decisions = [ThemeDecision(theme=other, verdict="later", reason="No money in 2027.")]
    assert rules_broken(strategy, SizedTheme(other, 3)) == []


def test_a_decision_without_a_reason_or_an_action_is_not_enough() -> None:
    other = theme(2)
    strategy = whole(theme(1))
    strategy.decisions = [ThemeDecision(theme=other, verdict="taken", reason=" ")]
    assert rules_broken(strategy, SizedTheme(other, 3)) == ["themes"]


def test_an_objective_without_actions_does_not_answer_its_theme() -> None:
    other = theme(2)
    strategy = whole(theme(1))
    strategy.objectives.append(Objective(title="Later", served_values=[], themes=[other]))
    assert rules_broken(strategy, SizedTheme(other, 3)) == ["themes"]


def test_the_ten_largest_and_all_at_the_threshold_are_top_themes() -> None:
    sized = [SizedTheme(theme(number), 14 - number) for number in range(2, 15)]
    broken = find_missing(whole(theme(1)), sized, 100)
    assert [found.subject.id for found in broken] == list(range(2, 12))
    assert len(find_missing(whole(theme(1)), sized, 2)) == 11


def test_a_theme_nobody_spoke_of_is_no_top_theme() -> None:
    assert rules_broken(whole(theme(1)), SizedTheme(theme(2), 0)) == []


def test_every_finding_has_its_rule_in_the_checklist() -> None:
    empty = Strategy(title="", vision="", starts=0, ends=0,
                     objectives=[Objective(title="x", served_values=[], actions=[
                         Action(title="y", lead="", resources="", served_values=[])])])  # fmt: skip
    found = {one.rule for one in find_missing(empty, [SizedTheme(theme(9), 99)], 10)}
    found |= {one.rule for one in find_missing(Strategy(vision="", starts=1, ends=1), [], 10)}
    assert found == set(RULES)
