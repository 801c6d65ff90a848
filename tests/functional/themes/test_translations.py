"""Translations of answers by people: who made them, who checked them, and what goes with them."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.responses.models import AnswerTranslation, TranslationVersion
from consult.responses.services import withdraw
from consult.themes import jobs
from consult.themes.models import Statement
from tests.factories import csrf_token, make_staff, make_staffed_consultation, sign_in
from tests.factories.strategy import make_statement, make_theme

DESK = "/desk/valdora/living-together"
SPANISH = "El alquiler es caro."


@pytest.fixture
def statement(session: Session) -> Statement:
    consultation = make_staffed_consultation(session)
    theme = make_theme(session, consultation)
    made = make_statement(session, consultation, theme, SPANISH, language="es")
    session.commit()
    return made


def add(session: Session, statement: Statement, **values: str) -> AnswerTranslation:
    row = AnswerTranslation(**{"language": "en", "text": "The rent is dear.", "made_by": "Apertium",
                               "origin": "machine", **values})  # fmt: skip
    statement.answer.translations.append(row)
    session.commit()
    return row


def send(client, statement, **values):
    address = f"{DESK}/statements/{statement.id}"
    token = csrf_token(client.get(address).text)
    return client.post(f"{address}/translation", data={"csrf_token": token, **values})


def test_a_person_translates_on_the_statements_page(client, session, statement) -> None:
    sign_in(client)
    reply = send(client, statement, language="ar", text="الإيجار مرتفع.", state="draft")
    assert reply.location == f"{DESK}/statements/{statement.id}"
    row = session.query(AnswerTranslation).one()
    assert (row.language, row.made_by, row.origin, row.state) == (
        "ar", "Facilitator", "person", "draft")  # fmt: skip
    page = client.get(reply.location).text
    assert "Translated by Facilitator" in page
    assert "not reviewed" in page


def test_a_translation_that_lacks_words_is_asked_for_again(client, session, statement) -> None:
    sign_in(client)
    reply = send(client, statement, language="ar", text="", state="reviewed")
    assert reply.status_code == 200
    assert session.query(AnswerTranslation).count() == 0


@pytest.mark.parametrize("language", ["es", "xx-unknown", ""])
def test_only_another_known_language_is_translated_into(
    client, session, statement, language
) -> None:
    sign_in(client)
    send(client, statement, language=language, text="Words", state="reviewed")
    assert session.query(AnswerTranslation).count() == 0


def test_machine_text_says_so_until_a_person_rewrites_it(client, session, statement) -> None:
    sign_in(client)
    add(session, statement)
    page = client.get(f"{DESK}/statements/{statement.id}").text
    assert "machine translation</span> Apertium" in page
    send(client, statement, language="en", text="The rent is dear.", state="reviewed")
    row = session.query(AnswerTranslation).one()
    assert (row.origin, row.made_by, row.state) == ("machine", "Apertium", "reviewed")
    send(client, statement, language="en", text="Rents are high.", state="reviewed")
    session.refresh(row)
    assert (row.origin, row.made_by) == ("person", "Facilitator")


def test_every_change_of_a_translation_can_be_undone(client, session, statement) -> None:
    sign_in(client)
    add(session, statement)
    send(client, statement, language="en", text="Rents are high.", state="reviewed")
    send(client, statement, language="en", remove="1")
    assert session.query(AnswerTranslation).count() == 0
    for expected in ("Rents are high.", "The rent is dear."):
        log = client.get(f"{DESK}/log").text
        newest = (
            session.query(AuditEntry)
            .filter(AuditEntry.undone_by_id.is_(None), AuditEntry.verb.not_like("undo_%"))
            .order_by(AuditEntry.id.desc())
            .first()
        )
        client.post(f"{DESK}/log/{newest.id}/undo", data={"csrf_token": csrf_token(log)})
        session.expire_all()
        assert session.query(AnswerTranslation).one().text == expected
    assert session.query(AnswerTranslation).one().origin == "machine"


def test_a_withdrawn_answer_takes_its_translations_along(
    client, session, statement, tmp_path
) -> None:
    sign_in(client)
    send(client, statement, language="en", text="A secret of mine.", state="reviewed")
    withdraw(session, statement.answer.response, tmp_path / "ledger")
    session.commit()
    assert session.query(AnswerTranslation).count() == 0
    assert session.query(TranslationVersion).count() == 0
    logged = [str((entry.before, entry.after)) for entry in session.query(AuditEntry)]
    assert logged
    assert not any("secret" in text for text in logged)


def test_a_viewer_reads_translations_but_makes_none(client, session, statement) -> None:
    make_staff(session, statement.answer.response.consultation.region, "viewer",
               "viewer@valdora.example")  # fmt: skip
    add(session, statement)
    sign_in(client, "viewer@valdora.example")
    page = client.get(f"{DESK}/statements/{statement.id}").text
    assert "The rent is dear." in page
    assert "Add a translation" not in page
    reply = send(client, statement, language="en", text="Mine.", state="reviewed")
    assert reply.status_code == 403


def test_the_analysis_hears_a_person_before_a_machine(session, statement) -> None:
    add(session, statement, language="en-GB", text="By a person.", origin="person")
    add(session, statement, language="en", text="By a machine.", state="reviewed")
    given = jobs._given(statement)
    assert given.translation == "By a person."


def test_parts_of_an_answer_are_heard_with_their_parts_of_the_translation(
    session, statement
) -> None:
    text = "El alquiler es muy caro. El autobús no pasa nunca."
    statement.answer.text = text
    statement.start, statement.end = text.index("El autobús"), len(text)
    add(session, statement, text="The rent is very dear. The bus never comes.")
    assert jobs._given(statement).translation == "The bus never comes."
    statement.answer.translations[0].text = "Only one sentence in all of it."
    assert jobs._given(statement).translation is None
