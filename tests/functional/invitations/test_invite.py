"""The ways into a consultation that the desk hands out."""

import io

import pytest
import segno
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from tests.factories import csrf_token, make_consultation, make_region, make_staff, sign_in
from tests.factories.offered import offer

INVITE = "/desk/valdora/living-together/invite"
LINK = "http://localhost/s/living-together"


@pytest.fixture(autouse=True)
def every_language_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is handed out is tested in three languages, whatever catalogs are complete."""
    offer(monkeypatch, "en", "es", "ar")


@pytest.fixture(autouse=True)
def consultation(session: Session) -> Consultation:
    region = make_region(session)
    made = make_consultation(session, region)
    for role in ("viewer", "facilitator"):
        make_staff(session, region, role, f"{role}@valdora.example")
    session.commit()
    return made


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


def test_the_page_offers_every_language_with_its_ways(staff: FlaskClient) -> None:
    page = staff.get(INVITE).text
    for tag in ("en", "es", "ar"):
        for way in (f"code/{tag}.svg", f"code/{tag}.png", f"poster/{tag}.pdf", f"paper/{tag}"):
            assert f"{INVITE}/{way}" in page
    assert LINK.removeprefix("http://") in page


def test_a_viewer_sees_the_ways_but_does_not_help(client: FlaskClient) -> None:
    sign_in(client, "viewer@valdora.example")
    page = client.get(INVITE).text
    assert "Facilitators of the region can start this" in page
    assert f"{INVITE}/help" not in page
    data = {"csrf_token": csrf_token(page), "channel": "interview"}
    assert client.post(f"{INVITE}/help", data=data).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get(INVITE).status_code == 302


def test_a_consultation_that_is_not_open_says_so(
    staff: FlaskClient, session: Session, consultation: Consultation
) -> None:
    consultation.state = "closed"
    session.commit()
    page = staff.get(INVITE).text
    assert "is not open now" in page
    assert "Interview people" not in page


@pytest.mark.parametrize(("language", "query"), [("any", ""), ("ar", "?lang=ar")])
def test_a_code_holds_the_link_in_its_language(
    staff: FlaskClient, language: str, query: str
) -> None:
    expected = io.BytesIO()
    segno.make_qr(LINK + query, error="m").save(expected, kind="png", scale=20, border=4)
    reply = staff.get(f"{INVITE}/code/{language}.png")
    assert reply.data == expected.getvalue()
    assert f"living-together-{language}.png" in reply.headers["Content-Disposition"]
    picture = staff.get(f"{INVITE}/code/{language}.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.data.startswith(b"<?xml")


@pytest.mark.parametrize("way", ["code/tlh.svg", "code/en.gif", "poster/tlh.pdf", "paper/tlh",
                                 "paper/any"])  # fmt: skip
def test_a_way_that_does_not_exist_is_not_found(staff: FlaskClient, way: str) -> None:
    assert staff.get(f"{INVITE}/{way}").status_code == 404


@pytest.mark.parametrize("language", ["any", "en", "ar"])
def test_a_poster_is_an_accessible_pdf(staff: FlaskClient, language: str) -> None:
    reply = staff.get(f"{INVITE}/poster/{language}.pdf")
    assert reply.mimetype == "application/pdf"
    assert reply.data.startswith(b"%PDF-")
    assert b"/MarkInfo" in reply.data


def test_a_poster_never_drops_a_letter_it_cannot_set(
    staff: FlaskClient, session: Session, consultation: Consultation
) -> None:
    consultation.title = LocalizedText(en="Living \U000f1234 together")
    session.commit()
    reply = staff.get(f"{INVITE}/poster/en.pdf")
    assert reply.status_code == 409
    assert "f1234" in reply.text


def test_typst_marks_in_a_title_are_only_text(
    staff: FlaskClient, session: Session, consultation: Consultation
) -> None:
    consultation.title = LocalizedText(en='#panic("no") $ * _ [ ] \\ "')
    session.commit()
    assert staff.get(f"{INVITE}/poster/en.pdf").status_code == 200


def test_a_paper_form_is_in_its_own_language_and_direction(staff: FlaskClient) -> None:
    page = staff.get(f"{INVITE}/paper/ar").text
    assert '<html lang="ar" dir="rtl"' in page
    assert "العيش معا" in page
    assert "نعم" in page
    assert "{region}" not in page


def test_a_paper_form_has_consent_first_then_every_question_with_its_number(
    staff: FlaskClient,
) -> None:
    page = staff.get(f"{INVITE}/paper/en").text
    order = ["Form number", "You may stop.", "Do you want to take part?", "Who are you?",
             "What kind?", "What is going well?", "May we quote you?"]  # fmt: skip
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert page.count('class="box"') == 6
    assert page.count('class="number"') == 6


def test_a_paper_form_says_in_words_what_to_skip(staff: FlaskClient) -> None:
    page = staff.get(f"{INVITE}/paper/en").text.replace("\u2068", "").replace("\u2069", "")
    assert "Answer questions 2 to 6 only if you ticked “Yes” at question 1." in page
    assert (
        "Answer the next question only if you ticked “I answer for an organisation” at question 2."
        in page
    )


def test_a_paper_form_asks_no_other_host_and_needs_no_script(staff: FlaskClient) -> None:
    page = staff.get(f"{INVITE}/paper/en").text
    assert "<script" not in page
    assert "paper.css" in page
