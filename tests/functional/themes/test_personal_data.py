"""Personal data on the desk: offered by the job, decided by people, never outside."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.reports.queries import quotable
from consult.responses.models import AnswerTranslation
from consult.themes import jobs
from consult.themes.models import Quote, Redaction, Statement
from tests.factories import (
    csrf_token,
    make_consultation,
    make_response,
    make_staff,
    make_staffed_consultation,
    sign_in,
)

DESK = "/desk/valdora/living-together"
NUMBER = "+49 30 901820"
TEXT = f"The rent is high and nobody answers. Call me on {NUMBER} or write to a@example.org."


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_staffed_consultation(session)
    for text in (TEXT, "The rent is far too high for my family.", "I waited from 2019 to 2023."):
        make_response(session, made, {"hardest": text})
    analyse(session, made)
    return made


def analyse(session: Session, consultation: Consultation) -> None:
    jobs.analyse(session, consultation.slug, lambda _fraction, _message: None)
    session.commit()


def act(client: FlaskClient, path: str, **data: object):
    token = csrf_token(client.get(f"{DESK}/themes").text)
    return client.post(f"{DESK}/{path}", data={"csrf_token": token, **data})


def spans(session: Session) -> dict[str, str]:
    session.expire_all()
    return {row.kind: row.state for row in session.query(Redaction)}


def decide(client: FlaskClient, session: Session, kind: str, state: str):
    row = session.query(Redaction).filter_by(kind=kind).one()
    return act(client, "personal", redaction=row.id, state=state)


def speaker(session: Session) -> Statement:
    row = session.query(Redaction).first()
    return session.query(Statement).filter_by(answer_id=row.answer_id).one()


def test_the_analysis_offers_what_it_spots_once(session, consultation) -> None:
    assert spans(session) == {"phone": "offered", "email": "offered"}
    analyse(session, consultation)
    assert session.query(Redaction).count() == 2


def test_a_rerun_offers_nothing_again_that_was_decided(client, session, consultation) -> None:
    sign_in(client)
    decide(client, session, "phone", "kept")
    analyse(session, consultation)
    assert spans(session) == {"phone": "kept", "email": "offered"}


def test_the_overview_the_themes_and_a_page_tell_what_is_to_decide(
    client, session, consultation
) -> None:
    sign_in(client)
    assert "2 parts of the answers may be personal data." in client.get(DESK).text
    assert f'href="{DESK}/personal"' in client.get(f"{DESK}/themes").text
    page = client.get(f"{DESK}/personal").text
    assert f"<mark>{NUMBER}</mark>" in page
    assert "from 2019 to 2023" not in page


def test_a_viewer_never_sees_what_is_hidden_nor_finds_it(client, session, consultation) -> None:
    sign_in(client)
    decide(client, session, "phone", "hidden")
    make_staff(session, consultation.region, "viewer", "viewer@valdora.example")
    session.commit()
    other = client.application.test_client()
    sign_in(other, "viewer@valdora.example")
    addresses = [f"{DESK}/themes", f"{DESK}/themes/none"]
    addresses += [f"{DESK}/themes/{n}" for n in range(1, 19)]
    pages = [other.get(address).text for address in addresses]
    assert any("[phone number]" in page for page in pages)
    assert not any("901820" in page for page in pages)
    found = [other.get(f"{address}?q=901820").text for address in addresses[1:]]
    assert not any("Call me on" in page for page in found)
    assert other.get(f"{DESK}/personal").status_code == 403


def test_hiding_is_logged_and_undone(client, session, consultation) -> None:
    sign_in(client)
    ids = [row.id for row in session.query(Redaction)]
    act(client, "personal", redaction=ids, state="hidden")
    assert set(spans(session).values()) == {"hidden"}
    assert "Hid personal data: 2." in client.get(f"{DESK}/log").text
    act(client, f"log/{session.query(AuditEntry).one().id}/undo")
    assert set(spans(session).values()) == {"offered"}


def test_an_act_is_not_undone_under_a_later_one(client, session, consultation) -> None:
    sign_in(client)
    decide(client, session, "phone", "hidden")
    decide(client, session, "phone", "kept")
    first = session.query(AuditEntry).order_by(AuditEntry.id).first()
    act(client, f"log/{first.id}/undo")
    assert spans(session)["phone"] == "kept"


def test_words_typed_by_a_person_are_hidden_and_shown_again(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"statements/{speaker(session).id}/hide", words="nobody  answers")
    assert spans(session)["words"] == "hidden"
    assert "[left out]" in client.get(f"{DESK}/personal?state=hidden").text
    act(client, f"log/{session.query(AuditEntry).one().id}/undo")
    assert "words" not in spans(session)


def test_words_that_do_not_stand_there_are_refused(client, session, consultation) -> None:
    sign_in(client)
    reply = act(client, f"statements/{speaker(session).id}/hide", words="Somebody")
    assert "do not stand in the statement" in client.get(reply.location).text
    assert "words" not in spans(session)


def test_a_quote_waits_until_its_personal_data_is_decided(client, session, consultation) -> None:
    sign_in(client)
    quote = f"statements/{speaker(session).id}/quote"
    assert "may hold personal data" in client.get(act(client, quote).location).text
    assert session.query(Quote).count() == 0
    for kind in ("phone", "email"):
        decide(client, session, kind, "hidden")
    act(client, quote)
    assert session.query(Quote).count() == 1


def test_a_report_shows_marks_in_the_readers_language(session, consultation) -> None:
    statement = speaker(session)
    statement.answer.translations.append(AnswerTranslation(
        language="es", text=f"Llámeme al {NUMBER} o a@example.org.", made_by="A person",
        state="reviewed"))  # fmt: skip
    session.add(Quote(statement_id=statement.id))
    session.query(Redaction).filter_by(kind="email").update({"state": "kept"})
    session.commit()
    (quote,) = quotable(session, consultation.id, "es", {"phone number": "teléfono"}.get).values()
    assert "[teléfono]" in quote.text
    assert "a@example.org" in quote.text
    assert quote.translation == "Llámeme al [teléfono] o a@example.org."


def test_a_translation_that_may_tell_what_is_hidden_stays_out_of_reports(
    session, consultation
) -> None:
    statement = speaker(session)
    statement.answer.translations.append(AnswerTranslation(
        language="es", text="Llámeme al cuatro nueve tres.", made_by="A person", state="reviewed"
    ))  # fmt: skip
    session.add(Quote(statement_id=statement.id))
    session.commit()
    (quote,) = quotable(session, consultation.id, "es", str).values()
    assert quote.translation == ""


def test_a_translation_is_given_to_correct_only_to_those_who_may_see_what_is_hidden(
    client, session, consultation
) -> None:
    statement = speaker(session)
    statement.answer.translations.append(
        AnswerTranslation(language="es", text=f"Llámeme al {NUMBER}.", made_by="A person")
    )
    session.query(Redaction).update({"state": "hidden"})
    make_staff(session, consultation.region, "translator", "translator@valdora.example")
    session.commit()
    path = f"{DESK}/statements/{statement.id}"
    sign_in(client, "translator@valdora.example")
    page = client.get(path).text
    assert "[phone number]" in page
    assert "901820" not in page
    other = client.application.test_client()
    sign_in(other)
    assert "901820" in other.get(path).text


def test_on_the_page_of_a_statement_one_stays_there(client, session, consultation) -> None:
    sign_in(client)
    statement = speaker(session).id
    page = client.get(f"{DESK}/statements/{statement}").text
    assert "May be personal data:" in page
    row = session.query(Redaction).first().id
    reply = act(client, f"personal?of={statement}", redaction=row, state="hidden")
    assert reply.location.endswith(f"/statements/{statement}")


def test_a_withdrawn_answer_loses_its_spans(session, consultation) -> None:
    response = speaker(session).answer.response
    response.answers.clear()
    session.commit()
    assert session.query(Redaction).count() == 0


def test_spans_of_another_consultation_cannot_be_decided(client, session, consultation) -> None:
    other = make_consultation(session, consultation.region, "other")
    make_response(session, other, {"hardest": TEXT})
    analyse(session, other)
    ids = [row.id for row in session.query(Redaction)]
    sign_in(client)
    act(client, "personal", redaction=ids, state="hidden")
    states = [row.state for row in session.query(Redaction).order_by(Redaction.id)]
    assert states == ["hidden", "hidden", "offered", "offered"]


def test_the_page_takes_few_queries_however_many_statements_there_are(
    client, session, consultation
) -> None:
    for _ in range(30):
        make_response(session, consultation, {"hardest": TEXT})
    analyse(session, consultation)
    sign_in(client)
    seen: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert "Page 1 of 2" in client.get(f"{DESK}/personal").text
    assert len(seen) <= 20
