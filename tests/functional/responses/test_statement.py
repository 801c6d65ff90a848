"""The statement on accessibility."""

from pathlib import Path

from babel.dates import format_date
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.kernel.localized import LocalizedText
from consult.responses.statement_views import STATEMENT_DAY
from tests.factories import make_consultation, make_region
from tests.factories.journey import START, begin

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "accessibility.md"


def test_the_statement_names_standard_gaps_date_and_contact(
    client: FlaskClient, session: Session
) -> None:
    make_region(session, contact=LocalizedText(en="Call 555 0101."))
    session.commit()
    page = client.get("/accessibility").text
    assert "2.2, level AA" in page
    assert "{}" not in page
    assert "have not tested these pages" in page
    assert "Call 555 0101." in page
    assert "November 26, 2026" in page


def test_the_statement_has_the_date_of_the_document() -> None:
    written = format_date(STATEMENT_DAY, "d MMMM y", "en")
    assert f"Date of this statement: {written}." in DOCUMENT.read_text(encoding="utf-8")


def test_every_page_of_a_participant_leads_to_the_statement(
    client: FlaskClient, session: Session
) -> None:
    make_consultation(session)
    session.commit()
    pages = [client.get(path) for path in ("/", START, f"{START}/receipt", f"{START}/q/1")]
    for page in (*pages, begin(client), client.get(f"{START}/review")):
        assert 'href="/accessibility"' in page.text or page.status_code == 303
