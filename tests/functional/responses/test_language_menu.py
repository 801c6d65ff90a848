"""The menu of languages: the likely ones first, each in its own script."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_consultation, make_region
from tests.factories.journey import START
from tests.factories.offered import offer


@pytest.fixture(autouse=True)
def consultation(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, "en", "es", "ar", "uk", "de", "pl")
    make_consultation(
        session, make_region(session), languages=["ar", "de", "en", "es", "pl", "uk"],
        default_language="de",
    )  # fmt: skip
    session.commit()


def menu(client: FlaskClient, address: str = START, wishes: str = "") -> list[str]:
    page = client.get(address, headers={"Accept-Language": wishes}).text
    return re.findall(r'hreflang="([\w-]+)"', page)


def test_what_the_browser_asks_for_comes_first_then_the_default(client: FlaskClient) -> None:
    assert menu(client, wishes="uk-UA, fr;q=0.9, pl;q=0.5")[:3] == ["uk", "pl", "de"]


def test_the_language_of_the_link_comes_first_and_is_kept(client: FlaskClient) -> None:
    assert menu(client, f"{START}?lang=ar", wishes="uk")[:3] == ["ar", "uk", "de"]
    assert menu(client, wishes="uk")[:3] == ["ar", "uk", "de"]


def test_without_a_wish_the_default_comes_first(client: FlaskClient) -> None:
    assert menu(client)[0] == "de"


def test_every_language_is_there_once_by_its_own_name(client: FlaskClient) -> None:
    assert sorted(menu(client, wishes="es, es-MX")) == ["ar", "de", "en", "es", "pl", "uk"]
    page = client.get(START).text
    for tag, name in (("ar", "العربية"), ("uk", "Українська")):
        assert re.search(rf'lang="{tag}"[^>]*>{name}<', page)


def test_no_choice_is_forced_on_the_first_visit(client: FlaskClient) -> None:
    assert client.get(START).status_code == 200
