"""The receipt: see, change, withdraw."""

from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.responses.models import Answer, Response
from consult.responses.services import LEDGER, apply_withdrawals
from tests.factories import csrf_token, make_consultation, make_region
from tests.factories.journey import START, answer_all, send, send_screen

RECEIPT = f"{START}/receipt"


@pytest.fixture
def digits(session: Session, client: FlaskClient) -> str:
    make_consultation(session, make_region(session))
    session.commit()
    answer_all(client, hardest="The rent")
    return send(client)


def act(client: FlaskClient, action: str, digits: str = ""):
    token = csrf_token(client.get(RECEIPT).text)
    return client.post(RECEIPT, data={"csrf_token": token, "action": action, "digits": digits})


def test_the_receipt_shows_the_answers(app: Flask, digits: str) -> None:
    assert "The rent" in act(app.test_client(), "look", digits).text


def test_digits_of_another_script_are_read(app: Flask, digits: str) -> None:
    arabic = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert "The rent" in act(app.test_client(), "look", arabic).text


def test_one_wrong_digit_shows_nothing_and_keeps_what_was_typed(app: Flask, digits: str) -> None:
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    reply = act(app.test_client(), "look", wrong)
    assert reply.status_code == 400
    assert "The rent" not in reply.text
    assert wrong in reply.text


def test_the_secret_digits_are_not_stored(digits: str, session: Session) -> None:
    response = session.query(Response).one()
    plain = digits.replace(" ", "")
    assert response.receipt_select == plain[:8]
    assert plain[8:] not in (response.receipt_hash or "")
    assert (response.receipt_hash or "").startswith("$argon2id$")


def test_a_changed_answer_replaces_the_old_one(app: Flask, digits: str, session: Session) -> None:
    client = app.test_client()
    act(client, "look", digits)
    act(client, "change")
    send_screen(client, 3, hardest="The rent and the damp")
    page = client.get(f"{START}/review").text
    client.post(f"{START}/review", data={"csrf_token": csrf_token(page)})
    assert [a.text for a in session.query(Answer) if a.text] == ["The rent and the damp"]
    assert session.query(Response).count() == 1
    assert "The rent and the damp" in act(app.test_client(), "look", digits).text


def test_a_withdrawal_removes_the_text_and_a_retry_does_not_bring_it_back(
    app: Flask, client: FlaskClient, digits: str, session: Session
) -> None:
    other = app.test_client()
    act(other, "look", digits)
    assert "deleted" in act(other, "withdraw").text
    client.post(f"{START}/review", data={"csrf_token": csrf_token(client.get(START).text)})
    assert session.query(Answer).count() == 0
    assert act(app.test_client(), "look", digits).status_code == 400


def test_a_restored_backup_is_cleaned_by_the_ledger(
    app: Flask, digits: str, session: Session
) -> None:
    ledger = Path(current_app.instance_path) / LEDGER
    ledger.unlink(missing_ok=True)
    other = app.test_client()
    act(other, "look", digits)
    act(other, "withdraw")
    session.expire_all()
    response = session.query(Response).one()
    response.withdrawn = False
    response.answers.append(Answer(question_code="hardest", text="The rent"))
    session.flush()
    assert apply_withdrawals(session, ledger.read_text().splitlines()) == 1
    assert session.query(Answer).count() == 0


def test_a_correction_of_a_withdrawn_answer_stores_nothing(
    app: Flask, digits: str, session: Session
) -> None:
    client, other = app.test_client(), app.test_client()
    act(client, "look", digits)
    act(client, "change")
    act(other, "look", digits)
    act(other, "withdraw")
    page = client.get(f"{START}/review").text
    reply = client.post(f"{START}/review", data={"csrf_token": csrf_token(page)})
    assert reply.status_code == 409
    assert session.query(Answer).count() == 0
