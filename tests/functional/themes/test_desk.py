"""The desk: who may do what, each act and its undo."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.kernel.localized import LocalizedText
from consult.responses.models import AnswerTranslation
from consult.themes.models import Proposal, Quote, Run, Statement, Theme
from consult.themes.queries import memberships
from tests.factories import (
    csrf_token,
    make_consultation,
    make_region,
    make_response,
    make_staff,
    sign_in,
)

DESK = "/desk/valdora/living-together"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    region = make_region(session)
    make_staff(session, region)
    made = make_consultation(session, region)
    themes = [Theme(consultation_id=made.id, code=code, name=LocalizedText(en=name))
              for code, name in (("T05", "Housing"), ("T09", "Money"))]  # fmt: skip
    run = Run(consultation_id=made.id)
    session.add_all([*themes, run])
    session.flush()
    for number, text in enumerate(("The rent is high.", "El alquiler es caro.")):
        response = make_response(session, made, {"hardest": text}, language=("en", "es")[number],
                                 may_quote=number == 0)  # fmt: skip
        statement = Statement(consultation_id=made.id, answer_id=response.answers[0].id, start=0,
                              end=len(text), language=response.language)  # fmt: skip
        session.add(statement)
        session.flush()
        session.add(Proposal(run_id=run.id, statement_id=statement.id, theme_id=themes[0].id,
                             score=0.9))  # fmt: skip
    session.commit()
    return made


def ids(session: Session, code: str) -> int:
    return session.query(Theme.id).filter_by(code=code).scalar()


def act(client: FlaskClient, path: str, **data: object):
    token = csrf_token(client.get(f"{DESK}/themes").text)
    return client.post(f"{DESK}/{path}", data={"csrf_token": token, **data})


def undo_last(client: FlaskClient) -> None:
    page = client.get(f"{DESK}/log").text
    client.post(
        re.findall(r'action="([^"]+/undo)"', page)[0], data={"csrf_token": csrf_token(page)}
    )


def housing(session: Session) -> Theme:
    session.expire_all()
    return session.query(Theme).filter_by(code="T05").one()


def test_themes_are_listed_with_people_languages_and_voices(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(f"{DESK}/themes").text
    assert "2 people" in page
    assert "2 languages" in page
    assert "El alquiler es caro." in page


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_state_is_changed_and_undone(client, session, consultation, verb) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/{verb}")
    assert housing(session).state == f"{verb}ed"
    undo_last(client)
    assert housing(session).state == "proposed"


def test_a_theme_is_renamed_and_the_old_name_comes_back(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/rename", name="Homes")
    assert housing(session).name["en"] == "Homes"
    undo_last(client)
    assert housing(session).name["en"] == "Housing"


def test_a_merged_theme_gives_its_statements_and_gets_them_back(
    client, session, consultation
) -> None:
    sign_in(client)
    money = ids(session, "T09")
    act(client, f"themes/{ids(session, 'T05')}/merge", target=money)
    assert len(memberships(session, consultation.id)[money]) == 2
    undo_last(client)
    session.expire_all()
    assert len(memberships(session, consultation.id)[ids(session, "T05")]) == 2


def test_a_statement_is_moved_and_put_back(client, session, consultation) -> None:
    sign_in(client)
    source, target = ids(session, "T05"), ids(session, "T09")
    statement = session.query(Statement.id).order_by(Statement.id).first()[0]
    act(client, f"statements/{statement}/move", source=source, target=target)
    assert set(memberships(session, consultation.id)[target]) == {statement}
    undo_last(client)
    session.expire_all()
    assert statement in memberships(session, consultation.id)[source]
    assert not memberships(session, consultation.id).get(target)


def test_a_quote_needs_consent(client, session, consultation) -> None:
    sign_in(client)
    allowed, refused = [s.id for s in session.query(Statement).order_by(Statement.id)]
    act(client, f"statements/{allowed}/quote")
    act(client, f"statements/{refused}/quote")
    assert [quote.statement_id for quote in session.query(Quote)] == [allowed]


def test_a_translation_stands_beside_the_original_and_says_who_made_it(
    client, session, consultation
) -> None:
    sign_in(client)
    statement = session.query(Statement.id).order_by(Statement.id.desc()).first()[0]
    act(client, f"statements/{statement}/translation", text="The rent is expensive.")
    row = session.query(AnswerTranslation).one()
    assert (row.language, row.made_by, row.state) == ("en", "Facilitator", "reviewed")
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}").text
    assert "El alquiler es caro." in page
    assert "The rent is expensive." in page


def test_an_earlier_act_is_not_undone_under_a_later_one(client, session, consultation) -> None:
    sign_in(client)
    theme = ids(session, "T05")
    act(client, f"themes/{theme}/rename", name="Homes")
    act(client, f"themes/{theme}/accept")
    first = session.query(AuditEntry).order_by(AuditEntry.id).first()
    act(client, f"log/{first.id}/undo")
    assert housing(session).name["en"] == "Homes"


def test_every_act_names_who_did_it(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/accept")
    entry = session.query(AuditEntry).one()
    assert entry.staff.name == "Facilitator"
    assert (entry.before["state"], entry.after["state"]) == ("proposed", "accepted")


def test_analysis_is_queued_and_its_progress_shown(client, session, consultation) -> None:
    sign_in(client)
    reply = act(client, "analyse")
    assert session.query(Job).one().name == "themes.refresh"
    assert 'http-equiv="refresh"' in client.get(reply.location).text


def test_a_viewer_may_look_but_not_act(client, session, consultation) -> None:
    make_staff(session, consultation.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    assert client.get(f"{DESK}/themes").status_code == 200
    token = csrf_token(client.get(f"{DESK}/log").text)
    path = f"{DESK}/themes/{ids(session, 'T05')}/accept"
    assert client.post(path, data={"csrf_token": token}).status_code == 403


def test_another_region_is_closed_and_its_themes_cannot_be_named(
    client, session, consultation
) -> None:
    other = make_region(session, "elsewhere")
    make_consultation(session, other, "other")
    make_staff(session, other, email="facilitator@elsewhere.example")
    session.commit()
    sign_in(client, "facilitator@elsewhere.example")
    assert client.get(f"{DESK}/themes").status_code == 403
    theme = ids(session, "T05")
    assert client.get(f"/desk/elsewhere/other/themes/{theme}").status_code == 404


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "²", "0"])
def test_a_theme_that_cannot_be_is_not_found(client, consultation, key) -> None:
    sign_in(client)
    assert client.get(f"{DESK}/themes/{key}").status_code == 404


def test_statements_can_be_filtered(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}?language=es&q=ALQUILER").text
    assert "El alquiler" in page
    assert "The rent" not in page
