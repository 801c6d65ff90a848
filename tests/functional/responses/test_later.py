"""Going on with a form on another device by a code of twelve digits."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.extensions import limiter
from consult.kernel.clock import today
from consult.responses.models import Draft, Handover, Response
from tests.factories import csrf_token, make_consultation, make_region
from tests.factories.journey import START, answer_all, begin, send, send_screen

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(autouse=True)
def consultation(session: Session) -> None:
    make_consultation(session, make_region(session))
    session.commit()


@pytest.fixture
def other(app: Flask) -> FlaskClient:
    """Another device."""
    return app.test_client()


def get_code(client: FlaskClient) -> str:
    page = client.get(f"{START}/later").text
    reply = client.post(f"{START}/later", data={"csrf_token": csrf_token(page)})
    found = re.search(r'class="receipt">([\d ]+)<', reply.text)
    assert found, reply.text
    return found[1]


def type_code(client: FlaskClient, code: str, **more: str):
    page = client.get(f"{START}/resume").text
    return client.post(f"{START}/resume", data={"csrf_token": csrf_token(page), "code": code})


@pytest.mark.parametrize("spell", [str, lambda code: code.translate(ARABIC).replace(" ", "-")])
def test_a_code_opens_the_form_on_another_device(client, other, spell) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    assert send_screen(client, 3, "later", good="Half a thought").location == f"{START}/later"
    reply = type_code(other, spell(get_code(client)))
    assert reply.location == f"{START}/q/3"
    assert "Half a thought" in other.get(reply.location).text


def test_a_code_is_four_groups_of_three_digits(client) -> None:
    begin(client)
    assert re.fullmatch(r"\d{3} \d{3} \d{3} \d{3}", get_code(client))


@pytest.mark.parametrize("typed", ["", "123", "000 000 000 000", "hello", "٣" * 12, "9" * 500])
def test_a_wrong_code_is_said_and_kept_in_the_field(client, typed: str) -> None:
    reply = type_code(client, typed)
    assert reply.status_code == 400
    assert "no answers with this code" in reply.text
    assert typed[:200] in reply.text


def test_neither_code_nor_key_nor_answer_is_in_the_database(client, session) -> None:
    answer_all(client, good="Something secret")
    code = get_code(client).replace(" ", "")
    with client.session_transaction() as cookie:
        key = cookie["forms"]["living-together"][0]
    row, draft = session.query(Handover).one(), session.query(Draft).one()
    stored = row.sealed + draft.sealed + row.code_hash.encode() + row.draft_hash.encode()
    assert not [word for word in (code, key, "secret") if word.encode() in stored]


def test_a_code_is_gone_after_seven_days(client, other, session) -> None:
    begin(client)
    code = get_code(client)
    assert session.query(Draft).one().last_day == today() + timedelta(days=7)
    session.query(Draft).update({"last_day": today() - timedelta(days=1)})
    session.commit()
    assert type_code(other, code).status_code == 400
    begin(other)
    assert session.query(Handover).count() == 0


def test_leaving_quickly_keeps_only_what_a_code_leads_to(client, other, session) -> None:
    answer_all(client, good="Carried")
    code = get_code(client)
    client.post("/leave")
    assert client.get(f"{START}/q/3").status_code == 410
    assert "Carried" in other.get(f"{type_code(other, code).location}").text


def test_a_new_code_ends_the_older_one(client, other) -> None:
    begin(client)
    older, newer = get_code(client), get_code(client)
    assert type_code(other, older).status_code == 400
    assert type_code(other, newer).status_code == 303


def test_both_devices_send_and_one_answer_is_stored(client, other, session) -> None:
    answer_all(client)
    type_code(other, get_code(client))
    assert send(other) == send_again(client)
    assert session.query(Response).count() == 1
    assert session.query(Handover).count() == 0


def send_again(client: FlaskClient) -> str:
    """What the first device gets when it presses “Send” too late."""
    page = client.get(f"{START}/resume").text
    data = {"csrf_token": csrf_token(page)}
    reply = client.post(f"{START}/review", data=data, follow_redirects=True)
    found = re.search(r'class="receipt">([\d ]+)<', reply.text)
    assert found, reply.text
    return found[1]


def test_guessing_is_slowed_down(client) -> None:
    limiter.enabled = True
    limiter.reset()
    try:
        token = csrf_token(client.get(f"{START}/resume").text)
        data = {"csrf_token": token, "code": "1"}
        codes = [client.post(f"{START}/resume", data=data).status_code for _ in range(12)]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert codes == [400] * 10 + [429] * 2


def test_phones_that_share_an_address_all_go_on(client) -> None:
    limiter.enabled = True
    limiter.reset()
    try:
        token = csrf_token(client.get(f"{START}/resume").text)
        data, ask = {"csrf_token": token, "key": "k" * 43}, {"Accept": "application/json"}
        codes = [client.post(f"{START}/resume", data=data, headers=ask).status_code
                 for _ in range(12)]  # fmt: skip
    finally:
        limiter.reset()
        limiter.enabled = False
    assert codes == [200] * 12


def test_without_a_form_no_code_is_made(client) -> None:
    assert client.get(f"{START}/later").status_code == 410


def test_a_code_of_another_consultation_opens_nothing(client, other, session) -> None:
    make_consultation(session, make_region(session, "other"), "elsewhere")
    session.commit()
    begin(client)
    code = get_code(client)
    page = other.get("/s/elsewhere/resume").text
    data = {"csrf_token": csrf_token(page), "code": code}
    assert other.post("/s/elsewhere/resume", data=data).status_code == 400
