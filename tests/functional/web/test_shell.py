"""What holds for every page: headers, hosts, languages, errors."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import ngettext

from consult.web.locale import speaking


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


@pytest.mark.parametrize(
    ("lang", "form_of"),
    [
        ("ar", {0: 0, 1: 1, 2: 2, 5: 3, 11: 4, 100: 5}),
        ("uk", {1: 0, 2: 1, 5: 2, 21: 0, 22: 1}),
        ("pl", {1: 0, 2: 1, 5: 2, 21: 2, 22: 1}),
        ("ro", {1: 0, 2: 1, 19: 1, 20: 2}),
        ("fr", {0: 0, 1: 0, 2: 1}),
    ],
)
def test_a_number_takes_its_languages_form(app: Flask, lang: str, form_of: dict[int, int]) -> None:
    one, many = (
        "%(num)s statement would lose its theme.",
        "%(num)s statements would lose their theme.",
    )
    path = Path(app.config["SETTINGS"].translations) / lang / "LC_MESSAGES" / "desk.po"
    forms = read_po(BytesIO(path.read_bytes()), locale=lang).get(one).string
    with app.test_request_context("/desk/login"), speaking(lang):
        for number, form in form_of.items():
            assert ngettext(one, many, number) == forms[form] % {"num": number}
