"""The receipt: see, change, withdraw."""

from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.kernel.qr import qr_svg
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


@pytest.mark.parametrize("script", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "০১২৩৪৫৬৭৮৯", "०१२३४५६७८९",
                                    "０１２３４５６７８９"])  # fmt: skip
def test_digits_of_another_script_are_read(app: Flask, digits: str, script: str) -> None:
    typed = digits.translate(str.maketrans("0123456789", script)).replace(" ", " - ")
    assert "The rent" in act(app.test_client(), "look", typed).text


def test_the_thanks_page_shows_the_digits_for_a_camera_too(
    client: FlaskClient, digits: str
) -> None:
    plain = digits.replace(" ", "")
    page = client.get(f"{START}/thanks").text
    assert qr_svg(plain) in page
    assert plain not in page


@pytest.mark.parametrize(("kind", "head"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_the_picture_to_keep_comes_from_the_session_alone(
    app: Flask, client: FlaskClient, digits: str, kind: str, head: bytes
) -> None:
    address = f"{RECEIPT}/picture.{kind}"
    reply = client.get(address)
    assert reply.data.startswith(head)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "living" not in reply.headers["Content-Disposition"]
    assert app.test_client().get(address).location == f"{START}/thanks"
    assert client.get(f"{RECEIPT}/picture.gif").status_code == 404


def test_withdrawing_takes_no_more_steps_than_consenting(
    app: Flask, client: FlaskClient, digits: str, session: Session
) -> None:
    """Consenting: begin, say yes, send. Withdrawing: ask for the answers, withdraw."""
    page = client.get(f"{START}/thanks").text
    mine = client.post(RECEIPT, data={"csrf_token": csrf_token(page), "action": "mine"}).text
    assert "The rent" in mine
    data = {"csrf_token": csrf_token(mine), "action": "withdraw"}
    assert "deleted" in client.post(RECEIPT, data=data).text
    assert session.query(Answer).count() == 0


def test_changing_from_the_thanks_page_needs_no_digits(client: FlaskClient, digits: str) -> None:
    page = client.get(f"{START}/thanks").text
    data = {"csrf_token": csrf_token(page), "action": "change"}
    assert client.post(RECEIPT, data=data).location == f"{START}/review"
    page = client.get(f"{START}/review").text
    thanks = client.post(f"{START}/review", data={"csrf_token": csrf_token(page)},
                         follow_redirects=True).text  # fmt: skip
    assert "Your changes are saved" in thanks
    data = {"csrf_token": csrf_token(thanks), "action": "mine"}
    assert "The rent" in client.post(RECEIPT, data=data).text


def test_who_sent_nothing_is_asked_for_the_digits(app: Flask, digits: str) -> None:
    assert "The 24 digits" in act(app.test_client(), "mine").text


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
