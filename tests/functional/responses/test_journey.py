"""A participant's way, from the first page to the receipt."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.kernel.clock import today
from consult.kernel.localized import LocalizedText
from consult.responses.models import Answer, Draft, Response
from consult.surveys.models import Question
from tests.factories import csrf_token, make_consultation, make_region
from tests.factories.journey import START, answer_all, begin, receipt_of, send, send_screen

FIRST_ROUND_TRIP = 14 * 1024


@pytest.fixture(autouse=True)
def consultation(session: Session) -> None:
    make_consultation(session, make_region(session))
    session.commit()


def test_open_consultations_are_listed(client: FlaskClient) -> None:
    assert "Living together" in client.get("/").text


def test_who_asks_and_why_stands_before_the_first_question(client: FlaskClient) -> None:
    page = client.get(START).text
    order = ["We ask what helps.", "Who asks", "What it is for", "It feeds the strategy.",
             "Who reads it", "You decide", "You may stop.", "Begin</button>"]  # fmt: skip
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_help_stands_beside_a_sensitive_question_alone(
    client: FlaskClient, session: Session
) -> None:
    session.query(Consultation).one().contact = LocalizedText(en="Ask at the welcome desk.")
    session.query(Question).filter_by(code="who").one().appearance = "quick sensitive"
    session.commit()
    begin(client)
    assert "talk to someone" not in client.get(f"{START}/q/1").text
    send_screen(client, 1, consent="yes")
    page = client.get(f"{START}/q/2").text
    assert "talk to someone. Ask at the welcome desk." in page


def test_an_answer_is_stored_before_thanks(client: FlaskClient, session: Session) -> None:
    answer_all(client, good="The neighbours", hardest="The rent")
    send(client)
    response = session.query(Response).one()
    assert {a.question_code: a.text for a in response.answers if a.text} == {
        "good": "The neighbours", "hardest": "The rent",
    }  # fmt: skip
    assert (response.channel, response.language, response.may_quote) == ("web", "en", True)
    assert session.query(Job).one().name == "themes.refresh"
    assert session.query(Draft).count() == 0


def test_nothing_is_stored_that_says_who_where_or_when(session: Session) -> None:
    columns = {column.name for column in (*Response.__table__.c, *Answer.__table__.c)}
    assert not {c for c in columns if any(w in c for w in ("ip", "agent", "address", "_at"))} - {
        "receipt_select", "receipt_hash",
    }  # fmt: skip
    assert str(Response.__table__.c.day.type) == "DATE"


def test_a_draft_cannot_be_read_from_the_database(client: FlaskClient, session: Session) -> None:
    answer_all(client, hardest="Something secret")
    assert b"secret" not in session.query(Draft).one().sealed


def test_going_back_and_forward_loses_nothing(client: FlaskClient) -> None:
    answer_all(client, good="Kept")
    send_screen(client, 3, "back", good="Kept and longer")
    assert "Kept and longer" in client.get(f"{START}/q/3").text


def test_a_question_appears_when_its_condition_holds(client: FlaskClient) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    reply = send_screen(client, 2, who="organisation")
    assert reply.location == f"{START}/q/2"
    assert "What kind?" in client.get(reply.location).text


def test_an_answer_no_longer_asked_for_is_not_sent(client: FlaskClient, session: Session) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="organisation")
    send_screen(client, 2, who="organisation", organisation="A club")
    send_screen(client, 2, who="moved_here", organisation="A club")
    send(client)
    assert "organisation" not in {a.question_code for a in session.query(Answer)}


def test_every_question_but_consent_can_be_skipped(client: FlaskClient, session: Session) -> None:
    begin(client)
    assert send_screen(client, 1).status_code == 400
    for number in (1, 2, 3):
        send_screen(client, number, **({"consent": "yes"} if number == 1 else {}))
    send(client)
    assert [a.question_code for a in session.query(Answer)] == ["consent"]


def test_a_question_without_the_pages_language_says_which_it_is_in(
    client: FlaskClient, session: Session
) -> None:
    session.query(Question).filter_by(code="who").one().label = LocalizedText(en="Who are you?")
    session.commit()
    begin(client, "?lang=ar")
    send_screen(client, 1, consent="yes")
    page = client.get(f"{START}/q/2").text
    assert re.search(r'<bdi lang="en" dir="ltr">Who are you\?</bdi><small class="fallback"', page)


def test_refusing_stores_nothing(client: FlaskClient, session: Session) -> None:
    begin(client)
    assert "Nothing was stored" in send_screen(client, 1, consent="no").text
    assert session.query(Draft).count() == session.query(Response).count() == 0


def test_a_repeat_is_welcome_and_stored_once(client: FlaskClient, session: Session) -> None:
    answer_all(client)
    page = client.get(f"{START}/review").text
    token = {"csrf_token": csrf_token(page)}
    first, second = (
        client.post(f"{START}/review", data=token, follow_redirects=True).text for _ in range(2)
    )
    assert receipt_of(first) == receipt_of(second)
    assert len(first) == len(second)
    assert session.query(Response).count() == 1


def test_an_old_draft_is_cleared_away(client: FlaskClient, session: Session) -> None:
    begin(client)
    session.query(Draft).update({"last_day": today() - timedelta(days=1)})
    session.commit()
    assert client.get(f"{START}/q/1").status_code == 410
    begin(client)
    assert session.query(Draft).count() == 1


def test_leaving_forgets_everything(client: FlaskClient, session: Session) -> None:
    answer_all(client, hardest="Something secret")
    reply = client.post("/leave")
    assert reply.headers["Clear-Site-Data"]
    assert "Consult" not in client.get(reply.location).text
    assert client.get(f"{START}/q/3").status_code == 410
    assert session.query(Draft).count() == 0


def test_every_page_fits_into_the_first_round_trip(client: FlaskClient, app: Flask) -> None:
    sheet = Path(str(app.blueprints["web"].static_folder)) / "consult.css"
    style = len(gzip.compress(sheet.read_bytes()))
    answer_all(client)
    for address in ("/", START, *(f"{START}/q/{n}" for n in (1, 2, 3)), f"{START}/review"):
        page = len(gzip.compress(client.get(address).data))
        print(f"{address}: {page + style} bytes compressed with the style")
        assert page + style < FIRST_ROUND_TRIP
