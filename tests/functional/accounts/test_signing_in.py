"""Staff sign in; nobody learns which half was wrong; no address leaves the site."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import csrf_token, make_region, make_staff, sign_in


def attempt(client: FlaskClient, email: str, password: str):
    token = csrf_token(client.get("/desk/login").text)
    data = {"email": email, "password": password, "csrf_token": token}
    return client.post("/desk/login", data=data)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, session: Session
) -> None:
    make_staff(session)
    session.commit()
    wrong = attempt(client, "facilitator@valdora.example", "wrong password")
    unknown = attempt(client, "nobody@valdora.example", "wrong password")
    assert wrong.status_code == unknown.status_code == 200
    assert 'role="alert"' in wrong.text
    assert 'role="alert"' in unknown.text


def test_the_desk_asks_a_stranger_to_sign_in(client: FlaskClient) -> None:
    reply = client.get("/desk/")
    assert reply.status_code == 302
    assert "/desk/login" in reply.location


def test_staff_reach_the_desk_and_sign_out(client: FlaskClient, session: Session) -> None:
    make_staff(session, make_region(session))
    session.commit()
    sign_in(client)
    page = client.get("/desk/", follow_redirects=True)
    assert page.status_code == 200
    client.post("/desk/logout", data={"csrf_token": csrf_token(page.text)})
    assert client.get("/desk/").status_code == 302


def test_an_inactive_account_cannot_sign_in(client: FlaskClient, session: Session) -> None:
    make_staff(session).active = False
    session.commit()
    reply = attempt(client, "facilitator@valdora.example", "a long enough password")
    assert reply.status_code == 200
    assert client.get("/desk/").status_code == 302
