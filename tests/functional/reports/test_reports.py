"""The review gate, the files and what participants see."""

import csv
import io
import re

import docx
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.reports.numbers import SMALLEST_CHECK
from consult.themes.models import Decision, Proposal, Quote, Run, Statement, Theme
from tests.factories import (
    csrf_token,
    make_consultation,
    make_region,
    make_response,
    make_staff,
    sign_in,
)
from tests.factories.strategy import make_ready_strategy, make_statement

PEOPLE = 12


@pytest.fixture
def closed(session: Session) -> Consultation:
    """A closed consultation whose one theme twelve people spoke of, one of them quotable."""
    region = make_region(session)
    make_staff(session, region, "admin")
    consultation = make_consultation(session, region, state="closed")
    theme = Theme(consultation_id=consultation.id, code="T05", state="accepted",
                  name=LocalizedText(en="Housing", es="Vivienda", ar="السكن"))  # fmt: skip
    session.add(theme)
    session.flush()
    for number in range(PEOPLE):
        text = f"The rent is too high, {number} times."
        response = make_response(
            session, consultation, {"hardest": text}, {"who": ["moved_here"]},
            channel="web" if number else "paper",
        )  # fmt: skip
        answer = next(a for a in response.answers if a.text)
        statement = Statement(consultation_id=consultation.id, answer_id=answer.id, start=0,
                              end=len(text), language="en")  # fmt: skip
        session.add(statement)
        session.flush()
        session.add(Decision(statement_id=statement.id, theme_id=theme.id, belongs=True))
        if number == 1:
            session.add(Quote(statement_id=statement.id))
    session.commit()
    return consultation


def release(client: FlaskClient, kind: str = "summary") -> None:
    page = client.get("/desk/valdora/living-together/reports").text
    client.post(f"/desk/valdora/living-together/reports/{kind}",
                data={"csrf_token": csrf_token(page)})  # fmt: skip


def download(client: FlaskClient, extension: str, lang: str = "en") -> bytes:
    address = f"/desk/valdora/living-together/reports/summary.{extension}?lang={lang}"
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.data


def test_nothing_can_be_downloaded_before_release(client, closed) -> None:
    sign_in(client)
    assert client.get("/desk/valdora/living-together/reports/summary.csv").status_code == 404


def test_a_theme_awaiting_review_keeps_the_gate_shut(client, session, closed) -> None:
    session.query(Theme).update({"state": "proposed"})
    session.commit()
    sign_in(client)
    release(client)
    assert client.get("/desk/valdora/living-together/reports/summary.csv").status_code == 404


def test_the_released_summary_counts_people_rounded(client, closed) -> None:
    sign_in(client)
    release(client)
    page = download(client, "html").decode()
    assert "Housing" in page
    assert "People: 10." in page
    assert "not a sample" in page


def test_a_single_person_is_never_shown(client, closed) -> None:
    """One answer came on paper: neither it nor its complement may be in any file."""
    sign_in(client)
    release(client)
    rows = download(client, "csv").decode("utf-8-sig").splitlines()
    channels = [row for row in rows if ",Paper," in row or ",Online," in row]
    assert channels
    assert all(row.endswith(",·") for row in channels)


def test_word_file_has_the_same_headings(client, closed) -> None:
    sign_in(client)
    release(client)
    word = docx.Document(io.BytesIO(download(client, "docx")))
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert "What people said" in headings
    assert "Housing" in headings


def test_participants_see_results_only_after_release(client, closed) -> None:
    assert "Housing" not in client.get("/s/living-together/results").text
    sign_in(client)
    release(client)
    page = client.get("/s/living-together/results").text
    assert "Housing" in page
    assert "The rent is too high, 1 times." in page


def test_a_withdrawn_answer_takes_its_quote_out_of_a_released_report(
    client, session, closed
) -> None:
    sign_in(client)
    release(client)
    for quote in session.query(Quote):
        quote.statement.answer.response.withdrawn = True
    session.commit()
    assert "1 times." not in client.get("/s/living-together/results").text


def test_a_quote_without_consent_stays_in(client, session, closed) -> None:
    for quote in session.query(Quote):
        quote.statement.answer.response.may_quote = False
    session.commit()
    sign_in(client)
    release(client)
    assert "1 times." not in download(client, "html").decode()


def test_a_viewer_may_look_but_not_release(client, session, closed) -> None:
    make_staff(session, closed.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    page = client.get("/desk/valdora/living-together/reports")
    assert page.status_code == 200
    reply = client.post("/desk/valdora/living-together/reports/summary",
                        data={"csrf_token": csrf_token(page.text)})  # fmt: skip
    assert reply.status_code == 403


def test_the_desk_of_another_region_is_closed(client, session, closed) -> None:
    other = make_region(session, "elsewhere")
    make_staff(session, other, "admin", "admin@elsewhere.example")
    session.commit()
    sign_in(client, "admin@elsewhere.example")
    assert client.get("/desk/valdora/living-together/reports").status_code == 403
    assert client.get("/desk/elsewhere/living-together/reports").status_code == 404


def preview(client: FlaskClient, kind: str = "summary") -> str:
    return client.get(f"/desk/valdora/living-together/reports/{kind}").text


def test_the_gate_names_the_themes_that_wait(client, session, closed) -> None:
    session.query(Theme).update({"state": "proposed"})
    session.commit()
    sign_in(client)
    page = client.get("/desk/valdora/living-together/reports").text
    assert re.search(r'href="[^"]+/themes/\d+">Housing<', page)
    assert "It can be released when nothing is missing." in page


def test_the_caveat_stands_at_the_foot_of_every_page_and_in_the_table(client, closed) -> None:
    sign_in(client)
    release(client)
    word = docx.Document(io.BytesIO(download(client, "docx")))
    assert "not a sample" in word.sections[0].footer.paragraphs[0].text
    assert "not a sample" in download(client, "csv").decode("utf-8-sig").splitlines()[-1]
    assert "every-page" in download(client, "html").decode()


def test_the_table_opens_in_a_spreadsheet_and_runs_no_formula(client, session, closed) -> None:
    closed.title = LocalizedText(en="=1+1")
    session.query(Theme).update({"name": LocalizedText(en="=HYPERLINK(1)")})
    session.commit()
    sign_in(client)
    release(client)
    data = download(client, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_the_method_tells_what_people_checked_and_how_often_they_agreed(
    client, session, closed
) -> None:
    theme, run = session.query(Theme).one(), Run(consultation_id=closed.id)
    session.add(run)
    session.flush()
    for statement in session.query(Statement):
        session.add(Proposal(run_id=run.id, statement_id=statement.id, theme_id=theme.id, score=1))
    for number in range(SMALLEST_CHECK - PEOPLE):
        row = make_statement(session, closed, theme, f"Something else, {number}.")
        session.add(Proposal(run_id=run.id, statement_id=row.id, theme_id=theme.id, score=0.3))
        row_decision = session.query(Decision).filter_by(statement_id=row.id).one()
        row_decision.belongs = number >= 3
    session.commit()
    sign_in(client)
    page = preview(client)
    assert "a person looked at one by one: 100%" in page
    assert "was kept in 90% of cases" in page


def test_copied_texts_are_told_with_those_who_changed_the_words(client, session, closed) -> None:
    first, *others = session.query(Statement).order_by(Statement.id)
    for copy in others:
        copy.duplicate_of_id = first.id
    session.commit()
    sign_in(client)
    page = preview(client)
    assert "People who sent them: 10." in page
    assert "People who changed the copied words: 10." in page


def test_offered_languages_nobody_used_are_named_as_missing(client, closed) -> None:
    sign_in(client)
    page = preview(client)
    assert "so few that the number is hidden: Español, العربية." in page


def test_an_answer_without_content_is_counted_as_received_but_not_analysed(
    client, session, closed
) -> None:
    for _ in range(10):
        make_response(session, closed)
    session.commit()
    sign_in(client)
    release(client)
    rows = download(client, "csv").decode("utf-8-sig")
    assert "Received,Answers,20" in rows
    assert "Without any answer,Answers,10" in rows
    assert "Analysed,Answers,10" in rows


def test_groups_are_compared_where_enough_people_answered(client, session, closed) -> None:
    theme = session.query(Theme).one()
    for number in range(40):
        for who in ("moved_here", "lived_here"):
            said = make_response(session, closed, {"hardest": f"{who} {number}"}, {"who": [who]})
            if number % 2:
                answer = next(a for a in said.answers if a.text)
                row = Statement(consultation_id=closed.id, answer_id=answer.id, start=0, end=3,
                                language="en")  # fmt: skip
                session.add(row)
                session.flush()
                session.add(Decision(statement_id=row.id, theme_id=theme.id, belongs=True))
    session.commit()
    sign_in(client)
    release(client)
    rows = download(client, "csv").decode("utf-8-sig").splitlines()
    found = [row for row in rows if row.startswith("Differences between groups")]
    assert [row.rsplit(",", 1)[1] for row in found] == ["60%", "50%"]


def test_the_strategy_says_how_it_was_made(client, session, closed) -> None:
    make_ready_strategy(session, closed, session.query(Theme).one())
    session.commit()
    sign_in(client)
    page = preview(client, "strategy")
    assert "About 10 people answered, in 1 languages." in page
    assert "Housing (about 10 people)" in page
