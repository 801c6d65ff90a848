"""Writes of the strategy, their rules and their trail."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.kernel.clock import today
from consult.kernel.errors import RuleBroken
from consult.strategy import services
from consult.strategy.checks import NotReady
from consult.strategy.models import Action, Indicator, Objective, Strategy
from consult.strategy.queries import quotes_by_theme, strategy_of
from consult.themes.models import Quote
from consult.themes.services import merge_theme
from tests.factories import make_consultation
from tests.factories.strategy import (
    FRONT,
    make_quote,
    make_ready_strategy,
    make_statement,
    make_strategy,
    make_theme,
)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    return make_consultation(session)


@pytest.fixture
def strategy(session: Session, consultation: Consultation) -> Strategy:
    return make_strategy(session, consultation)


@pytest.fixture
def objective(session: Session, strategy: Strategy) -> Objective:
    return services.create_objective(session, None, strategy, {"title": "Homes"})


def add_action(session: Session, objective: Objective, **values: Any) -> Action:
    return services.create_action(session, None, objective, {"title": "A desk", **values})


def last_entry(session: Session) -> AuditEntry:
    return session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()


def test_a_consultation_has_one_strategy(session, consultation, strategy) -> None:
    with pytest.raises(RuleBroken):
        services.create_strategy(session, None, consultation, FRONT)


@pytest.mark.parametrize("period", [(2029, 2027), (2027, 2037)])
def test_a_period_goes_forward_and_is_at_most_ten_years(session, strategy, period) -> None:
    with pytest.raises(RuleBroken):
        services.edit_strategy(session, None, strategy, {"starts": period[0], "ends": period[1]})
    assert (strategy.starts, strategy.ends) == (2027, 2029)


def test_an_edit_logs_only_what_changed(session, strategy) -> None:
    services.edit_strategy(session, None, strategy, {**FRONT, "vision": " Home for all. "})
    entry = last_entry(session)
    assert (entry.verb, entry.subject, entry.subject_id) == (
        "edit_strategy", "strategy", strategy.id,
    )  # fmt: skip
    assert (entry.before, entry.after) == ({"vision": ""}, {"vision": "Home for all."})


def test_an_edit_that_changes_nothing_is_not_logged(session, strategy) -> None:
    before = session.query(AuditEntry).count()
    services.edit_strategy(session, None, strategy, FRONT)
    assert session.query(AuditEntry).count() == before


def test_accepted_themes_become_objectives_named_after_them(
    session, consultation, strategy
) -> None:
    housing = make_theme(session, consultation, people=1)
    work = make_theme(session, consultation, "T02", "Work and fair pay", people=2)
    make_theme(session, consultation, "T09", "Money", state="proposed")
    made = services.draft_objectives(session, None, strategy)
    assert [(o.title, o.themes) for o in made] == [
        ("Work and fair pay", [work]),
        ("Housing and neighbourhood", [housing]),
    ]


def test_drafting_twice_adds_nothing_and_keeps_what_people_wrote(
    session, consultation, strategy
) -> None:
    make_theme(session, consultation)
    (objective,) = services.draft_objectives(session, None, strategy)
    services.edit_objective(session, None, objective, {"title": "A home within three months"})
    assert services.draft_objectives(session, None, strategy) == []
    assert [o.title for o in strategy.objectives] == ["A home within three months"]


def test_a_theme_that_was_merged_into_another_covers_it(session, consultation, strategy) -> None:
    old = make_theme(session, consultation)
    services.draft_objectives(session, None, strategy)
    new = make_theme(session, consultation, "P01", "Homes")
    merge_theme(session, None, old, new)
    assert services.draft_objectives(session, None, strategy) == []


def test_a_theme_decided_as_not_taken_gets_no_objective(session, consultation, strategy) -> None:
    theme = make_theme(session, consultation)
    services.decide_theme(session, None, strategy, theme.id, "not", "It is a matter of the state.")
    assert services.draft_objectives(session, None, strategy) == []


def test_an_action_keeps_all_it_is_given(session, consultation, objective) -> None:
    theme = make_theme(session, consultation)
    quote = make_quote(session, consultation, theme, "The rent is too high.")
    action = add_action(session, objective, lead=" Agency ", partners=["Union"], cost=0,
                        theme_ids=[theme.id], quote_ids=[quote.id])  # fmt: skip
    assert (action.lead, action.cost, action.themes, action.quotes) == (
        "Agency", 0, [theme], [quote],
    )  # fmt: skip
    entry = last_entry(session)
    assert (entry.subject, entry.consultation_id) == ("action", consultation.id)
    assert (entry.after["themes"], entry.after["quotes"]) == (["T05"], [quote.id])
    assert "rent" not in str(entry.after)


@pytest.mark.parametrize(
    "values",
    [
        {"title": " "},
        {"cost": -1},
        {"starts_on": date(2028, 1, 2), "ends_on": date(2028, 1, 1)},
        {"funding": "wishful"},
        {"served_values": ["equality", "profit"]},
        {"theme_ids": [999]},
        {"quote_ids": [999]},
    ],
)
def test_an_action_with_a_fault_is_refused_and_leaves_nothing(session, objective, values) -> None:
    with pytest.raises(RuleBroken):
        add_action(session, objective, **values)
    session.flush()
    assert session.query(Action).count() == 0


def test_an_edit_is_checked_against_what_stays(session, objective) -> None:
    action = add_action(session, objective, starts_on=date(2028, 1, 2))
    with pytest.raises(RuleBroken):
        services.edit_action(session, None, action, {"ends_on": date(2028, 1, 1)})
    assert action.ends_on is None


def test_a_theme_of_another_consultation_cannot_be_linked(session, consultation, objective) -> None:
    other = make_consultation(session, consultation.region, "another")
    with pytest.raises(RuleBroken):
        add_action(session, objective, theme_ids=[make_theme(session, other).id])


def test_a_statement_is_linked_only_while_it_may_be_quoted(
    session, consultation, objective
) -> None:
    theme = make_theme(session, consultation)
    plain = make_statement(session, consultation, theme, "I never agreed.")
    silent = make_quote(session, consultation, theme, "Not outside.", may_quote=False)
    gone = make_quote(session, consultation, theme, "Take it back.", withdrawn=True)
    for statement in (plain, silent, gone):
        with pytest.raises(RuleBroken):
            add_action(session, objective, quote_ids=[statement.id])


def test_quotes_come_once_under_their_largest_theme(session, consultation) -> None:
    housing = make_theme(session, consultation)
    work = make_theme(session, consultation, "T02", "Work")
    quote = make_quote(session, consultation, housing, "Rent eats my pay.")
    loose = make_quote(session, consultation, work, "Pay is low.")
    groups = quotes_by_theme(session, consultation.id, [housing])
    assert groups == [(housing, [quote]), (None, [loose])]


def test_an_objective_goes_with_its_actions_and_the_trail_keeps_them(session, consultation) -> None:
    strategy = make_ready_strategy(session, consultation, make_theme(session, consultation))
    services.create_objective(session, None, strategy, {"title": "Second"})
    services.delete_objective(session, None, strategy.objectives[0])
    assert [(o.title, o.position) for o in strategy.objectives] == [("Second", 0)]
    assert session.query(Action).count() == session.query(Indicator).count() == 0
    verbs = [e.verb for e in session.query(AuditEntry).order_by(AuditEntry.id)][-3:]
    assert verbs == ["delete_indicator", "delete_action", "delete_objective"]
    kept = session.query(AuditEntry).filter_by(verb="delete_action").one().before
    assert (kept["title"], kept["cost"]) == ("Open a housing desk", 12000)


@pytest.mark.parametrize("verdict", ["partly", "not", "later"])
def test_all_but_a_plain_yes_needs_a_reason(session, consultation, strategy, verdict) -> None:
    theme = make_theme(session, consultation)
    with pytest.raises(RuleBroken):
        services.decide_theme(session, None, strategy, theme.id, verdict, "  ")
    assert strategy.decisions == []


def test_a_decision_can_be_changed_and_both_stand_in_the_trail(
    session, consultation, strategy
) -> None:
    theme = make_theme(session, consultation)
    services.decide_theme(session, None, strategy, theme.id, "taken")
    services.decide_theme(session, None, strategy, theme.id, "later", "No money before 2028.")
    assert [d.verdict for d in strategy.decisions] == ["later"]
    entry = last_entry(session)
    assert (entry.before["verdict"], entry.after["verdict"]) == ("taken", "later")


def test_an_unknown_verdict_is_refused(session, consultation, strategy) -> None:
    theme = make_theme(session, consultation)
    with pytest.raises(RuleBroken):
        services.decide_theme(session, None, strategy, theme.id, "maybe", "Because.")


def test_a_strategy_that_lacks_something_is_not_adopted_and_says_what(session, strategy) -> None:
    with pytest.raises(NotReady) as caught:
        services.adopt(session, None, strategy, "Council", "12/2027", today())
    assert "objectives" in [found.rule for found in caught.value.findings]
    assert strategy.state == "draft"


@pytest.mark.parametrize(("body", "days"), [("  ", 0), ("Council", 1)])
def test_adoption_needs_a_body_and_a_day_that_came(session, consultation, body, days) -> None:
    strategy = make_ready_strategy(session, consultation, make_theme(session, consultation))
    with pytest.raises(RuleBroken):
        services.adopt(session, None, strategy, body, "", today() + timedelta(days))
    assert strategy.state == "draft"


def test_an_adopted_strategy_is_read_only(session, consultation) -> None:
    theme = make_theme(session, consultation)
    strategy = make_ready_strategy(session, consultation, theme)
    services.adopt(session, None, strategy, "Council", "12/2027", today())
    objective, action = strategy.objectives[0], strategy.actions[0]
    writes = [
        lambda: services.edit_strategy(session, None, strategy, {"title": "Other"}),
        lambda: services.draft_objectives(session, None, strategy),
        lambda: services.create_objective(session, None, strategy, {"title": "New"}),
        lambda: services.edit_objective(session, None, objective, {"title": "Other"}),
        lambda: services.delete_objective(session, None, objective),
        lambda: services.create_action(session, None, objective, {"title": "New"}),
        lambda: services.edit_action(session, None, action, {"title": "Other"}),
        lambda: services.delete_action(session, None, action),
        lambda: services.create_indicator(session, None, action, {"name": "New"}),
        lambda: services.edit_indicator(session, None, action.indicators[0], {"name": "Other"}),
        lambda: services.delete_indicator(session, None, action.indicators[0]),
        lambda: services.decide_theme(session, None, strategy, theme.id, "taken"),
        lambda: services.adopt(session, None, strategy, "Council", "", today()),
    ]
    entries = session.query(AuditEntry).count()
    for write in writes:
        with pytest.raises(RuleBroken):
            write()
    assert session.query(AuditEntry).count() == entries


def test_a_strategy_is_read_whole_in_a_few_queries(session, consultation) -> None:
    from sqlalchemy import event

    make_ready_strategy(session, consultation, make_theme(session, consultation))
    session.commit()
    session.expire_all()
    seen: list[str] = []

    def count(*args: Any) -> None:
        seen.append(args[2])

    event.listen(session.get_bind(), "before_cursor_execute", count)
    try:
        strategy = strategy_of(session, consultation.id)
        assert [i.name for a in strategy.actions for i in a.indicators] == ["People advised"]
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", count)
    assert len(seen) <= 9


def test_a_quote_no_longer_approved_is_left_out_of_the_offer(session, consultation) -> None:
    theme = make_theme(session, consultation)
    quote = make_quote(session, consultation, theme, "The rent is high.")
    session.delete(session.get(Quote, quote.id))
    session.flush()
    assert quotes_by_theme(session, consultation.id, [theme]) == []
