"""The menu of languages: the likely ones first, each in its own script."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from tests.factories import make_consultation, make_region
from tests.factories.journey import START, begin, send_screen
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


def test_a_form_offers_the_likely_ones_and_a_page_of_all(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = ["ar", "de", "en", "es", "fa", "fr", "pl", "ro", "so", "uk"]
    offer(monkeypatch, *many)
    session.scalars(select(Consultation)).one().languages = many
    session.commit()
    short = buttons(begin(client, "?lang=ar").text)
    assert (short[:2], short[-1], len(short)) == (["ar", "de"], "mul", 6)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    page = send_screen(client, 3, step="lang", good="A half", lang="mul")
    assert sorted(buttons(page.text)) == many
    assert 'name="good" value="A half"' in page.text
    chosen = send_screen(client, 3, step="lang", good="A half", lang="so")
    assert 'lang="so"' in client.get(chosen.location).text


def buttons(page: str) -> list[str]:
    return re.findall(r'name="lang" value="([\w-]+)"', page)
