"""The strategy's pages: who may do what, each form good and faulty."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult.consultations.models import Consultation
from consult.kernel.clock import today
from consult.kernel.localized import LocalizedText
from consult.responses.models import AnswerTranslation
from consult.strategy.models import Action, Indicator, Objective, Strategy
from consult.strategy.services import adopt, create_objective
from consult.themes.models import Theme
from tests.factories import csrf_token, make_consultation, make_region, make_staff, sign_in
from tests.factories.strategy import (
    make_quote,
    make_ready_strategy,
    make_statement,
    make_strategy,
    make_theme,
)

HOME = "/desk/valdora/living-together/strategy"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    region = make_region(session)
    for role in ("viewer", "facilitator", "admin"):
        make_staff(session, region, role, f"{role}@valdora.example")
    made = make_consultation(session, region)
    session.commit()
    return made


@pytest.fixture
def theme(session: Session, consultation: Consultation) -> Theme:
    made = make_theme(session, consultation, people=2)
    session.commit()
    return made


@pytest.fixture
def strategy(session: Session, consultation: Consultation, theme: Theme) -> Strategy:
    made = make_ready_strategy(session, consultation, theme)
    session.commit()
    return made


@pytest.fixture
def desk(client: FlaskClient, consultation: Consultation) -> FlaskClient:
    sign_in(client)
    return client


def send(client: FlaskClient, path: str = "", **data: Any) -> TestResponse:
    token = csrf_token(client.get(HOME).text)  # every desk page carries one, to sign out
    return client.post(HOME + path, data={"csrf_token": token, **data})


def test_a_strategy_is_begun(desk, session) -> None:
    assert "Begin the strategy" in desk.get(HOME).text
    assert desk.get(f"{HOME}/new").status_code == 200
    reply = send(desk, "/new", title="Together", starts="2027", ends="٢٠٢٩")
    assert (reply.status_code, reply.location) == (303, HOME)
    assert session.query(Strategy).one().ends == 2029
    assert "Together" in desk.get(HOME).text
    assert desk.get(f"{HOME}/new").status_code == 303


@pytest.mark.parametrize(
    ("years", "says"),
    [
        (("2029", "2027"), "The last year comes before the first year."),
        (("soon", "2027"), "Please write a year, for example 2027."),
        (("", "2027"), "Please write a year, for example 2027."),
        (("2027", "2060"), "at most 10 years"),
    ],
)
def test_a_faulty_period_is_told_and_the_form_stays_filled(desk, session, years, says) -> None:
    reply = send(desk, "/new", title="Together", vision="A home", starts=years[0], ends=years[1])
    assert reply.status_code == 400
    assert says in reply.text
    assert 'value="Together"' in reply.text
    assert "A home" in reply.text
    assert session.query(Strategy).count() == 0


def test_before_it_is_begun_its_parts_are_not_found(desk) -> None:
    assert desk.get(f"{HOME}/objectives").status_code == 404
    assert send(desk, "/draft").status_code == 404


def test_title_and_vision_are_edited(desk, session, strategy) -> None:
    assert "Living together well" in desk.get(f"{HOME}/edit").text
    reply = send(desk, "/edit", title="New", vision="Line\x00one", starts="2027", ends="2028")
    assert reply.status_code == 303
    session.expire_all()
    assert (strategy.title, strategy.vision) == ("New", "Line\ufffdone")


def test_objectives_are_drafted_once(desk, session, consultation, theme) -> None:
    make_strategy(session, consultation)
    session.commit()
    assert send(desk, "/draft").status_code == 303
    assert "1 objective was added." in desk.get(HOME).text
    send(desk, "/draft")
    assert "has an objective already" in desk.get(HOME).text
    assert session.query(Objective).one().title == "Housing and neighbourhood"


def test_an_objective_is_added_edited_and_deleted(desk, session, strategy, theme) -> None:
    assert desk.get(f"{HOME}/objectives").status_code == 200
    assert send(desk, "/objectives", title="Second", theme_ids=[theme.id]).status_code == 303
    second = session.query(Objective).filter_by(title="Second").one()
    page = f"/objectives/{second.id}"
    assert re.search(r"<input checked [^>]*theme_ids", desk.get(HOME + page).text)
    reply = send(desk, page, title="Renamed", served_values=["equality"])
    assert reply.location == f"{HOME}#o{second.id}"
    session.expire_all()
    assert (second.title, second.themes, second.served_values) == ("Renamed", [], ["equality"])
    assert send(desk, f"{page}/delete").status_code == 303
    assert "Renamed" not in desk.get(HOME).text


def test_an_action_is_made_with_all_its_fields(
    desk, session, consultation, strategy, theme
) -> None:
    quote = make_quote(session, consultation, theme, "El alquiler es caro.", language="es")
    session.commit()
    objective = strategy.objectives[0]
    page = desk.get(f"{HOME}/objectives/{objective.id}/actions").text
    assert '<bdi lang="es" dir="ltr">El alquiler es caro.</bdi>' in page
    reply = send(
        desk, f"/objectives/{objective.id}/actions", title="Guarantee fund", lead="Housing Agency",
        partners="City\r\n\r\nTenants' Union\r\n", starts_on="2027-03-01", ends_on="2027-12-31",
        resources="none yet", cost="12 000 €", funding="secured", funding_source="Budget",
        served_values=["equality", "interaction"], theme_ids=[theme.id], quote_ids=[quote.id],
    )  # fmt: skip
    assert reply.status_code == 303
    action = session.query(Action).filter_by(title="Guarantee fund").one()
    assert (action.partners, action.cost) == (["City", "Tenants' Union"], 12000)
    assert (action.themes, action.quotes) == ([theme], [quote])
    page = desk.get(HOME).text
    for text in ("€12,000", "Mar 1, 2027 to Dec 31, 2027", "El alquiler es caro.", "secured"):
        assert text in page


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        ({"cost": "-5"}, "whole euros"),
        ({"cost": "12.50"}, "whole euros"),
        ({"cost": "9" * 13}, "whole euros"),
        ({"ends_on": "2020-01-01"}, "The action ends before it starts."),
        ({"starts_on": "31.3.2027"}, "Please give a day"),
        ({"theme_ids": ["999"]}, "is not offered any more"),
        ({"theme_ids": ["x"]}, "is not offered any more"),
        ({"quote_ids": ["999"]}, "is not offered any more"),
        ({"served_values": ["profit"]}, "is not offered any more"),
        ({"funding": "wishful"}, "Please choose one of the offered answers."),
        ({"title": "  "}, "Please give it a title."),
        ({"title": "x" * 301}, "At most 300 signs"),
    ],
)
def test_a_faulty_action_is_told_and_loses_nothing(desk, session, strategy, faulty, says) -> None:
    action = strategy.actions[0]
    good = {"title": "Kept title", "lead": "Kept lead", "description": "Kept words",
            "partners": "Kept one\nKept two", "starts_on": "2027-01-01",
            "funding": "planned"}  # fmt: skip
    reply = send(desk, f"/actions/{action.id}", **{**good, **faulty})
    assert reply.status_code == 400
    assert says in reply.text
    assert "Kept lead" in reply.text
    assert "Kept words" in reply.text
    assert "Kept one\nKept two" in reply.text
    session.expire_all()
    assert (action.title, action.cost) == ("Open a housing desk", 12000)


def test_what_may_not_be_quoted_and_what_is_of_elsewhere_is_not_offered(
    desk, session, consultation, strategy, theme
) -> None:
    plain = make_statement(session, consultation, theme, "Nobody approved this.")
    elsewhere = make_consultation(session, consultation.region, "elsewhere")
    foreign = make_theme(session, elsewhere, "T09", "Money elsewhere")
    session.commit()
    page = f"/actions/{strategy.actions[0].id}"
    text = desk.get(HOME + page).text
    assert "Nobody approved this." not in text
    assert "Money elsewhere" not in text
    for link in ({"quote_ids": [plain.id]}, {"theme_ids": [foreign.id]}):
        reply = send(desk, page, title="A desk", funding="none", **link)
        assert reply.status_code == 400
    session.expire_all()
    assert strategy.actions[0].quotes == []


def test_an_action_is_deleted_with_its_indicators(desk, session, strategy) -> None:
    action = strategy.actions[0]
    reply = send(desk, f"/actions/{action.id}/delete")
    assert reply.location == f"{HOME}#o{strategy.objectives[0].id}"
    assert session.query(Indicator).count() == session.query(Action).count() == 0


def test_an_indicator_is_added_edited_and_deleted(desk, session, strategy) -> None:
    action = strategy.actions[0]
    assert desk.get(f"{HOME}/actions/{action.id}/indicators").status_code == 200
    reply = send(desk, f"/actions/{action.id}/indicators", name="Waiting time", unit="months",
                 baseline="14", target="6", kind="result")  # fmt: skip
    assert reply.location == f"{HOME}#a{action.id}"
    row = session.query(Indicator).filter_by(name="Waiting time").one()
    assert "today: 14 · target: 6" in desk.get(HOME).text
    assert 'value="14"' in desk.get(f"{HOME}/indicators/{row.id}").text
    assert send(desk, f"/indicators/{row.id}", name="Wait", kind="result").status_code == 303
    session.expire_all()
    assert (row.name, row.target) == ("Wait", "")
    assert send(desk, f"/indicators/{row.id}", name="", kind="mood").status_code == 400
    assert send(desk, f"/indicators/{row.id}/delete").status_code == 303
    assert session.query(Indicator).filter_by(name="Wait").count() == 0


def test_a_theme_is_decided(desk, session, strategy, theme) -> None:
    reply = send(desk, f"/themes/{theme.id}", verdict="not", reason="The state decides this.")
    assert reply.location == f"{HOME}#t{theme.id}"
    page = desk.get(HOME).text
    assert "The state decides this." in page
    assert "2 people" in page


def test_a_no_without_a_reason_comes_back_open_with_what_was_chosen(desk, strategy, theme) -> None:
    reply = send(desk, f"/themes/{theme.id}", verdict="later", reason=" ")
    assert reply.status_code == 400
    assert "Please write the reason" in reply.text
    assert '<option value="later" selected>' in reply.text
    assert "<details open>" in reply.text


def test_a_theme_of_another_consultation_cannot_be_decided(
    desk, session, consultation, strategy
) -> None:
    elsewhere = make_consultation(session, consultation.region, "elsewhere")
    foreign = make_theme(session, elsewhere)
    session.commit()
    reply = send(desk, f"/themes/{foreign.id}", verdict="taken")
    assert reply.status_code == 400
    assert "Only accepted themes of this consultation can be linked." in reply.text


def test_the_page_lists_what_is_missing_with_where_to_mend_it(
    desk, session, consultation, strategy, theme
) -> None:
    objective = create_objective(session, None, strategy, {"title": "No theme"})
    other = make_theme(session, consultation, "T02", "Work", people=1)
    other.name = LocalizedText(es="Trabajo")
    session.commit()
    page = desk.get(HOME).text
    assert "2 things are still missing." in page
    assert f'href="{HOME}/objectives/{objective.id}"' in page
    assert f'href="#t{other.id}"' in page
    assert '<bdi lang="es" dir="ltr">Trabajo</bdi>' in page


def test_an_administrator_adopts_and_then_nothing_changes(client, session, strategy) -> None:
    sign_in(client, "admin@valdora.example")
    assert f'href="{HOME}/adopt"' in client.get(HOME).text
    reply = send(client, "/adopt", body="", day="")
    assert reply.status_code == 400
    assert "Please name the adopting body." in reply.text
    reply = send(client, "/adopt", body="Council", act="12", day=today().isoformat())
    assert reply.status_code == 303
    page = client.get(HOME).text
    assert "adopted" in page
    assert "Council (12)" in page
    assert f"{HOME}/edit" not in page
    assert client.get(f"{HOME}/edit").location == HOME
    reply = send(client, "/edit", title="Changed later", starts="2027", ends="2028")
    assert reply.status_code == 400
    assert 'value="Changed later"' in reply.text
    assert "but not changed any more" in reply.text


def test_adoption_waits_while_something_is_missing(client, session, consultation, theme) -> None:
    make_strategy(session, consultation)
    session.commit()
    sign_in(client, "admin@valdora.example")
    assert "The vision is still empty." in client.get(f"{HOME}/adopt").text
    reply = send(client, "/adopt", body="Council", day=today().isoformat())
    assert reply.status_code == 400
    assert "The strategy cannot be adopted yet." in reply.text
    assert session.query(Strategy).one().state == "draft"


def test_a_facilitator_does_not_adopt(desk, session, strategy) -> None:
    assert "An administrator of the region can adopt it." in desk.get(HOME).text
    reply = send(desk, "/adopt", body="Council", day=today().isoformat())
    assert reply.status_code == 403
    session.expire_all()
    assert strategy.state == "draft"


def writes(strategy: Strategy, theme: Theme) -> list[str]:
    objective, action = strategy.objectives[0].id, strategy.actions[0].id
    indicator = strategy.actions[0].indicators[0].id
    return [
        "/new", "/edit", "/draft", "/objectives", f"/objectives/{objective}",
        f"/objectives/{objective}/delete", f"/objectives/{objective}/actions",
        f"/actions/{action}", f"/actions/{action}/delete", f"/actions/{action}/indicators",
        f"/indicators/{indicator}", f"/indicators/{indicator}/delete", f"/themes/{theme.id}",
        "/adopt",
    ]  # fmt: skip


def test_a_viewer_looks_and_writes_nothing(client, session, strategy, theme) -> None:
    sign_in(client, "viewer@valdora.example")
    page = client.get(HOME).text
    assert "Open a housing desk" in page
    assert "Edit" not in page
    for path in writes(strategy, theme):
        assert send(client, path, title="x").status_code == 403, path


def test_another_region_sees_and_writes_nothing(client, session, strategy, theme) -> None:
    other = make_region(session, "otherland")
    make_staff(session, other, "admin", "admin@otherland.example")
    session.commit()
    sign_in(client, "admin@otherland.example")
    assert client.get(HOME).status_code == 403
    assert client.get(HOME.replace("valdora", "otherland")).status_code == 404
    token = csrf_token(client.get("/desk/otherland").text)
    for path in writes(strategy, theme):
        reply = client.post(HOME + path, data={"csrf_token": token})
        assert reply.status_code == 403, path


def test_a_stranger_is_sent_to_sign_in(client, strategy) -> None:
    assert "/desk/login" in client.get(HOME).location


@pytest.mark.parametrize("path", ["/objectives/999", "/actions/999", "/indicators/999"])
def test_an_unknown_part_is_not_found(desk, strategy, path) -> None:
    assert desk.get(HOME + path).status_code == 404


def test_a_forged_form_changes_nothing(app, desk, session, strategy) -> None:
    reply = desk.post(f"{HOME}/edit", data={"csrf_token": "forged", "title": "x"})
    assert reply.status_code == 400
    session.expire_all()
    assert strategy.title == "Living together well"


def test_an_adopted_strategy_of_the_service_shows_no_forms(desk, session, strategy) -> None:
    adopt(session, None, strategy, "Council", "", today())
    session.commit()
    page = desk.get(HOME).text
    assert "Before adoption" not in page
    assert f'action="{HOME}' not in page


def test_an_objective_leads_to_the_people_behind_it(desk, strategy, theme) -> None:
    page = desk.get(HOME).text
    address = f"/desk/valdora/living-together/themes/{theme.id}"
    assert re.search(rf'href="{address}">Housing and neighbourhood · 2 people<', page)


def test_a_quote_stands_beside_its_translation(
    desk, session, consultation, strategy, theme
) -> None:
    quote = make_quote(session, consultation, theme, "El alquiler es caro.", language="es")
    quote.answer.translations.append(
        AnswerTranslation(language="en", text="The rent is high.", made_by="A person")
    )
    strategy.actions[0].quotes.append(quote)
    session.commit()
    page = desk.get(HOME).text
    assert page.index("El alquiler es caro.") < page.index("The rent is high.")
    assert "The rent is high." in desk.get(f"{HOME}/actions/{strategy.actions[0].id}").text


def test_a_long_strategy_begins_with_its_contents(desk, session, strategy) -> None:
    assert "Contents" not in desk.get(HOME).text
    for number in range(3):
        create_objective(session, None, strategy, {"title": f"Another, {number}"})
    session.commit()
    assert "Contents" in desk.get(HOME).text
