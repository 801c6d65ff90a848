"""A device that many people use: nothing of one is there for the next."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.responses.models import Draft
from tests.factories import make_consultation, make_region, make_staff, sign_in
from tests.factories.journey import START, answer_all, begin, send, send_screen

KIOSK = f"{START}?kiosk=1"
TIMER = re.compile(r'http-equiv="refresh" content="(\d+);url=([^"]+)"')


@pytest.fixture(autouse=True)
def consultation(session: Session) -> None:
    make_consultation(session, make_region(session))
    session.commit()


def test_a_kiosk_is_remembered_on_every_page(client: FlaskClient) -> None:
    client.get(KIOSK)
    begin(client)
    for address in (START, f"{START}/q/1"):
        assert 'class="participant kiosk"' in client.get(address).text


def test_other_visitors_have_no_kiosk(client: FlaskClient) -> None:
    page = client.get(START).text
    assert "kiosk" not in page
    assert not TIMER.search(page)


def test_only_pages_without_fields_go_back_by_themselves(client: FlaskClient) -> None:
    start = client.get(KIOSK).text
    answer_all(client)
    typed = [client.get(f"{START}/q/3").text, client.get(f"{START}/review").text]
    send(client)
    thanks = client.get(f"{START}/thanks").text
    assert [bool(TIMER.search(page)) for page in (start, *typed, thanks)] == [
        True, False, False, True,
    ]  # fmt: skip
    found = TIMER.search(thanks)
    assert found
    assert (int(found[1]) >= 120, found[2]) == (True, KIOSK)


def test_a_refusal_goes_back_by_itself(client: FlaskClient) -> None:
    client.get(KIOSK)
    begin(client)
    assert TIMER.search(send_screen(client, 1, consent="no").text)


def test_the_next_person_finds_nothing(client: FlaskClient, session: Session) -> None:
    client.get(f"{KIOSK}&lang=es")
    answer_all(client, hardest="Something secret")
    send(client)
    reply = client.post("/leave")
    assert reply.location == KIOSK
    assert reply.headers["Clear-Site-Data"]
    page = client.get(reply.location).text
    assert '<html lang="en"' in page
    assert client.get(f"{START}/thanks").status_code == 410
    assert 'class="participant kiosk"' in client.get(START).text


def test_the_timer_throws_a_form_away_that_was_left_open(
    client: FlaskClient, session: Session
) -> None:
    client.get(KIOSK)
    answer_all(client, hardest="Something secret")
    assert "Begin anew" in client.get(f"{START}/q/3").text
    client.get(KIOSK)
    session.expire_all()
    assert session.query(Draft).count() == 0
    assert client.get(f"{START}/q/3").status_code == 410


def test_sending_the_form_of_the_kiosks_own_address_begins(client: FlaskClient) -> None:
    client.get(KIOSK)
    assert "Do you want to take part?" in begin(client, "?kiosk=1").text


def test_no_way_to_the_answers_stays_on_the_device(client: FlaskClient) -> None:
    assert "receipt" not in client.get(KIOSK).text
    answer_all(client)
    send(client)
    page = client.get(f"{START}/thanks").text
    assert "/receipt" not in page
    assert "next person" in page
    assert client.get(f"{START}/receipt/picture.png").location == f"{START}/thanks"


def test_a_kiosk_signs_staff_out(client: FlaskClient, session: Session) -> None:
    make_staff(session, email="officer@valdora.example")
    session.commit()
    sign_in(client, "officer@valdora.example")
    assert client.get("/desk/").status_code == 200
    client.get(KIOSK)
    assert client.get("/desk/").status_code == 302


def test_a_kiosk_can_be_ended(client: FlaskClient) -> None:
    client.get(KIOSK)
    assert "kiosk" not in client.get(f"{START}?kiosk=0").text
