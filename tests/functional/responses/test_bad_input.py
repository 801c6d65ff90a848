"""Every bad input gets a clear page, and what was written is kept."""

from datetime import timedelta

import pytest
from babel.dates import format_date
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.clock import today
from tests.factories import csrf_token, make_consultation, make_region
from tests.factories.journey import START, answer_all, begin, send, send_screen


@pytest.fixture(autouse=True)
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_region(session))
    session.commit()
    return made


def test_an_unknown_address_says_so(client: FlaskClient) -> None:
    reply = client.get("/s/no-such-thing")
    assert reply.status_code == 404
    assert "check the link" in reply.text


def test_a_consultation_in_preparation_is_not_shown(client, session, consultation) -> None:
    consultation.state = "draft"
    session.commit()
    assert client.get(START).status_code == 404


def test_a_closed_consultation_says_when_it_was_open(client, session, consultation) -> None:
    consultation.closes_on = today() - timedelta(days=2)
    session.commit()
    reply = client.get(START)
    assert "does not take answers now" in reply.text
    assert client.post(START, data={"csrf_token": "x"}).status_code == 200


def test_what_was_begun_in_time_can_be_sent_within_the_grace_days(
    client, session, consultation
) -> None:
    answer_all(client)
    consultation.state, consultation.closes_on = "closed", today() - timedelta(days=1)
    session.commit()
    assert send(client)


def test_who_is_late_reads_until_when_to_send_and_that_nothing_is_lost(
    client, session, consultation
) -> None:
    answer_all(client, good="Kept text")
    consultation.state, consultation.closes_on = "closed", today() - timedelta(days=1)
    session.commit()
    for address in (f"{START}/q/3", f"{START}/review"):
        page = client.get(address).text
        assert "has closed. What you wrote is kept" in page
        assert format_date(today(), "long", locale="en") in page
        assert "Kept text" in page
    assert "does not take answers now" in client.get(START).text


def test_who_is_in_time_reads_nothing_of_it(client: FlaskClient) -> None:
    answer_all(client)
    assert "has closed" not in client.get(f"{START}/q/3").text


def test_who_is_too_late_reads_when_it_was_open(client, session, consultation) -> None:
    answer_all(client)
    consultation.closes_on = today() - timedelta(days=2)
    session.commit()
    for address in (f"{START}/q/3", f"{START}/review"):
        reply = client.get(address)
        assert reply.status_code == 410
        assert "It was open from" in reply.text


def test_after_the_grace_days_nothing_is_taken(client, session, consultation) -> None:
    answer_all(client)
    consultation.closes_on = today() - timedelta(days=2)
    session.commit()
    assert client.get(f"{START}/review").status_code == 410


def test_a_text_of_20001_characters_is_kept_on_the_screen(client: FlaskClient) -> None:
    answer_all(client)
    reply = send_screen(client, 3, good="x" * 20_001, hardest="short")
    assert reply.status_code == 400
    assert "x" * 20_001 in reply.text
    assert "20001" in reply.text
    assert "short" in client.get(f"{START}/q/3").text


def test_long_texts_in_a_script_of_three_bytes_a_letter_are_taken(client: FlaskClient) -> None:
    answer_all(client)
    long = "ሀ" * 20_000
    assert send_screen(client, 3, good=long, hardest=long).status_code == 303
    assert send(client)


def test_a_choice_that_does_not_exist_is_refused_and_the_rest_kept(client: FlaskClient) -> None:
    answer_all(client)
    reply = send_screen(client, 3, quote="perhaps", good="Kept text")
    assert reply.status_code == 400
    assert "Kept text" in reply.text


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_forged_token_stores_nothing_and_loses_nothing(client: FlaskClient, token: str) -> None:
    answer_all(client)
    reply = send_screen(client, 3, good="Typed just now", csrf_token=token)
    assert reply.status_code == 400
    assert "Typed just now" in reply.text
    assert "Typed just now" not in client.get(f"{START}/q/3").text


def test_sending_with_a_forged_token_asks_again(client: FlaskClient) -> None:
    answer_all(client)
    reply = client.post(f"{START}/review", data={"csrf_token": "forged"})
    assert "press the button again" in reply.text


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\u202eabc", "😀" * 50])
def test_strange_characters_do_no_harm(client: FlaskClient, text: str) -> None:
    answer_all(client)
    data = text.encode("utf-8", "surrogatepass")
    assert send_screen(client, 3, good=data).status_code == 303
    assert send(client)


def test_a_body_that_is_too_large_is_refused_with_a_page(client: FlaskClient) -> None:
    begin(client)
    body = b"good=" + b"x" * 1_100_000
    reply = client.post(f"{START}/q/1", data=body,
                        content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert reply.status_code == 413
    assert "too much at once" in reply.text


def test_5000_fields_are_refused_with_a_page(client: FlaskClient) -> None:
    begin(client)
    fields = {f"f{number}": "x" for number in range(5000)}
    assert client.post(f"{START}/q/1", data=fields).status_code in (400, 413)


def test_a_screen_that_does_not_exist_leads_to_the_first(client: FlaskClient) -> None:
    begin(client)
    assert client.get(f"{START}/q/99").location == f"{START}/q/1"


def test_without_a_draft_a_page_says_how_to_begin_again(client: FlaskClient) -> None:
    reply = client.get(f"{START}/q/2")
    assert reply.status_code == 410
    assert "Begin again" in reply.text


def test_an_unknown_language_leaves_the_page_usable(client: FlaskClient) -> None:
    reply = client.get(f"{START}?lang=tlh")
    assert reply.status_code == 200
    assert "tlh" in reply.text
    assert csrf_token(reply.text)
