"""What holds for every page: headers, hosts, languages, errors."""

from flask.testing import FlaskClient


def test_a_page_allows_nothing_from_elsewhere_and_is_not_kept(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_foreign_host_name_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_an_unknown_page_says_what_to_do(client: FlaskClient) -> None:
    reply = client.get("/no/such/page")
    assert reply.status_code == 404
    assert "We cannot find this page" in reply.text


def test_an_unknown_language_is_said_and_the_page_still_shown(client: FlaskClient) -> None:
    reply = client.get("/?lang=xx")
    assert reply.status_code == 200
    assert "xx" in reply.text


def test_only_a_session_cookie_is_set(client: FlaskClient) -> None:
    client.get("/?lang=en")
    assert {cookie.key for cookie in client._cookies.values()} <= {"session"}
