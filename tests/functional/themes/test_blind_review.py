"""Blind review: themes are given without a sight of the machine's, and can be told apart."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry, Staff
from consult.consultations.models import Consultation
from consult.kernel.errors import RuleBroken
from consult.kernel.localized import LocalizedText
from consult.responses.models import AnswerTranslation
from consult.themes import blind, services
from consult.themes.agreement import compared
from consult.themes.members import load_shelf
from consult.themes.models import Decision, Original, Redaction, Statement, Theme
from tests.factories import csrf_token, sign_in
from tests.factories.reviewed import make_analysed, place

BLIND = "/desk/valdora/living-together/quality/blind"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    return make_analysed(session)


def theme(session: Session, code: str) -> Theme:
    return session.query(Theme).filter_by(code=code).one()


def shown(text: str) -> int:
    """The id of the statement a page asks about."""
    found = re.search(r'name="statement" value="(\d+)"', text)
    assert found, "no statement on this page"
    return int(found[1])


def answer(client: FlaskClient, act: str = "save", address: str = BLIND, **data: object):
    text = client.get(address).text
    values = {"csrf_token": csrf_token(text), "statement": shown(text), "act": act, **data}
    return client.post(address, data=values)


def decided(session: Session) -> dict[str, bool]:
    session.expire_all()
    codes = {row.id: row.code for row in session.query(Theme)}
    return {codes[row.theme_id]: row.belongs for row in session.query(Decision)}


def test_the_page_tells_nothing_of_what_the_machine_proposed(client, session, consultation) -> None:
    sign_in(client)
    first = client.get(BLIND).text
    place(session, consultation, ("T01", "T09"))
    second = client.get(BLIND).text
    assert "The rent is too high" in first
    assert "checked>" not in first
    assert cleaned(first) == cleaned(second)


def cleaned(text: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


def test_the_themes_chosen_are_decisions_and_the_machines_others_are_refused(
    client, session, consultation
) -> None:
    sign_in(client)
    answer(client, theme=[theme(session, "T01").id, theme(session, "T09").id])
    assert decided(session) == {"T01": True, "T09": True, "T05": False}
    kept = session.query(Original).one()
    assert kept.themes == [theme(session, "T05").id]
    assert kept.reviewer_id == session.query(Staff).one().id


def test_what_the_machine_had_right_is_confirmed(client, session, consultation) -> None:
    sign_in(client)
    answer(client, theme=theme(session, "T05").id)
    assert decided(session) == {"T05": True}
    assert [row[2:] for row in compared(session, consultation.id)] == [(True, 1, 2)]


def test_none_of_these_leaves_the_statement_without_a_theme(client, session, consultation) -> None:
    sign_in(client)
    reply = answer(client, "none")
    assert reply.status_code == 303
    assert decided(session) == {"T05": False}
    assert len(load_shelf(session, consultation.id).unplaced) == 1
    assert [row[2:] for row in compared(session, consultation.id)] == [(True, 0, 1)]


def test_none_where_the_machine_had_none_counts_as_reviewed(client, session, consultation) -> None:
    place(session, consultation, ())
    sign_in(client)
    reply = answer(client, "none")
    assert "1 of 30 reviewed" in client.get(reply.location).text
    entry = session.query(AuditEntry).filter_by(verb="review_blind").one()
    services.undo(session, None, entry)
    assert blind.reviewed_by_language(session, consultation.id).total() == 0


def test_codes_can_be_typed(client, session, consultation) -> None:
    sign_in(client)
    answer(client, typed="t01, T09")
    assert decided(session) == {"T01": True, "T09": True, "T05": False}


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Choose a theme"), ({"typed": "T01 T99"}, "no theme with the code “T99”"),
     ({"typed": "T01 T05 T09 N01"}, "Choose at most three themes.")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_and_stays_typed(
    client, session, consultation, data, words
) -> None:
    session.add(Theme(consultation_id=consultation.id, code="N01", origin="cluster",
                      state="accepted", name=LocalizedText(en="Gardens")))  # fmt: skip
    session.commit()
    sign_in(client)
    reply = answer(client, **data)
    assert reply.status_code == 200
    assert words in reply.text
    assert f'value="{data.get("typed", "")}"' in reply.text
    assert session.query(Decision).count() == 0


def test_ticks_stay_when_something_is_wrong(client, session, consultation) -> None:
    sign_in(client)
    reply = answer(client, theme=theme(session, "T01").id, typed="T99")
    assert f'value="{theme(session, "T01").id}" checked' in reply.text


def test_a_skipped_statement_comes_last(client, session, consultation) -> None:
    sign_in(client)
    seen, address = [], BLIND
    for _ in range(4):
        seen.append(shown(client.get(address).text))
        address = answer(client, "skip", address).location
    assert len(set(seen)) == 4
    assert shown(client.get(address).text) in seen
    assert session.query(Original).count() == 0


def test_a_page_loaded_again_shows_the_same_statement(client, consultation) -> None:
    sign_in(client)
    assert len({shown(client.get(BLIND).text) for _ in range(3)}) == 1


def test_languages_come_in_equal_numbers_and_can_be_chosen(client, session, consultation) -> None:
    sign_in(client)
    answer(client, "none")
    answer(client, "none")
    assert blind.reviewed_by_language(session, consultation.id) == {"en": 1, "es": 1}
    one = session.get(Statement, shown(client.get(f"{BLIND}?language=es").text))
    assert one.language == "es"
    assert "language=es" in answer(client, "none", f"{BLIND}?language=es").location
    assert "No statement of these languages is left" in client.get(f"{BLIND}?language=es").text


def test_what_people_decided_empty_and_copied_texts_are_not_asked(session, consultation) -> None:
    rows = session.query(Statement).order_by(Statement.id).all()
    services.move_statements(session, None, [rows[0]], None, theme(session, "T05"))
    rows[1].is_empty = True
    rows[2].duplicate_of_id = rows[0].id
    session.flush()
    staff = session.query(Staff).one()
    assert blind.next_statement(session, consultation.id, staff.id, (), ()) == rows[3]
    assert blind.open_by_language(session, consultation.id) == {"es": 1}


def test_a_statement_somebody_decided_about_meanwhile_is_refused(session, consultation) -> None:
    row, staff = session.query(Statement).first(), session.query(Staff).one()
    services.move_statements(session, None, [row], None, theme(session, "T05"))
    with pytest.raises(RuleBroken):
        blind.review_blind(session, staff.id, row, [theme(session, "T01")])


def test_a_review_is_undone_from_the_page_and_from_the_log(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(answer(client, theme=theme(session, "T01").id).location).text
    address = re.search(r'action="([^"]+/undo\?[^"]+)"', page)
    assert address
    reply = client.post(address[1].replace("&amp;", "&"), data={"csrf_token": csrf_token(page)})
    assert reply.location.endswith("/quality/blind")
    assert decided(session) == {}
    kept = session.query(Original).one()
    assert (kept.chosen, kept.reviewer_id) == (None, None)
    log = client.get("/desk/valdora/living-together/log").text
    assert "Gave a statement its themes in a blind review." in log


def test_a_later_decision_keeps_a_review_from_being_undone(session, consultation) -> None:
    row, staff = session.query(Statement).first(), session.query(Staff).one()
    entry = blind.review_blind(session, staff.id, row, [theme(session, "T01")])
    services.move_statements(session, staff.id, [row], theme(session, "T01"), None)
    with pytest.raises(RuleBroken):
        services.undo(session, staff.id, entry)


def test_a_later_decision_does_not_change_what_was_said_blind(session, consultation) -> None:
    row, staff = session.query(Statement).first(), session.query(Staff).one()
    blind.review_blind(session, staff.id, row, [theme(session, "T01")])
    services.move_statements(session, staff.id, [row], theme(session, "T01"), theme(session, "T05"))
    assert [one[2:] for one in compared(session, consultation.id)] == [(True, 0, 2)]


def test_groups_the_machine_found_are_offered_once_accepted(session, consultation) -> None:
    new = Theme(consultation_id=consultation.id, code="N01", origin="cluster",
                name=LocalizedText(en="rent, high"))  # fmt: skip
    session.add(new)
    session.flush()
    assert new not in blind.themes_to_choose(session, consultation.id)
    services.accept_theme(session, None, new)
    assert new in blind.themes_to_choose(session, consultation.id)


def test_agreement_is_shown_from_thirty_on_and_apart_from_the_rest(client, session) -> None:
    made = make_analysed(session, 32)
    staff, housing = session.query(Staff).one(), theme(session, "T05")
    rows = session.query(Statement).order_by(Statement.id).all()
    for row in rows[:29]:
        blind.review_blind(session, staff.id, row, [housing])
    session.commit()
    sign_in(client)
    assert "After 1 more statement you see" in client.get(BLIND).text
    blind.review_blind(session, staff.id, rows[29], [])
    session.commit()
    assert "Agreement of the machine with you:" in client.get(BLIND).text
    page = client.get(BLIND.removesuffix("/blind")).text
    assert "Not enough yet: 0 of 30 statements." in page
    assert "From 30 statements." in page
    assert len(compared(session, made.id)) == 30


def test_translations_and_redactions_stand_as_elsewhere(client, session, consultation) -> None:
    for row in session.query(Statement):
        of = row.answer_id
        session.add(Redaction(answer_id=of, start=4, end=8, kind="words", state="hidden"))
        session.add(
            AnswerTranslation(
                answer_id=of, language="fr", text="Le loyer rent", made_by="A person",
                origin="person", state="reviewed",
            )
        )  # fmt: skip
    session.commit()
    sign_in(client)
    page = client.get(BLIND).text
    assert "Le loyer" in page
    assert ">rent" not in page
    assert " rent" not in page
