"""Easy variants: languages of their own, over their plain language."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_consultation, make_region
from tests.factories.journey import START
from tests.factories.offered import offer


@pytest.fixture(autouse=True)
def consultation(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, "en", "de", "de-x-easy")
    make_consultation(session, make_region(session), languages=["en", "de", "de-x-easy"])
    session.commit()


def test_a_page_speaks_easy_language_and_says_so_by_a_valid_tag(client: FlaskClient) -> None:
    page = client.get(f"{START}?lang=de-x-easy").text
    assert '<html lang="de-x-easy" dir="ltr">' in page
    assert "Einfache Sprache" in page
    assert "Schnell weg" in page


def test_the_browsers_plain_wish_finds_the_plain_language(client: FlaskClient) -> None:
    page = client.get(START, headers={"Accept-Language": "de-AT"}).text
    assert '<html lang="de"' in page


def test_where_there_is_no_easy_variant_the_plain_language_serves(client: FlaskClient) -> None:
    client.get(f"{START}?lang=de-x-easy")
    page = client.get("/desk/login").text
    assert '<html lang="de"' in page
    assert '<html lang="en"' in client.get("/desk/login?lang=en-x-easy").text
