"""The desk: who may do what, each act and its undo."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.kernel.localized import LocalizedText
from consult.responses.models import AnswerTranslation
from consult.themes import decisions
from consult.themes.members import memberships
from consult.themes.models import Decision, Proposal, Quote, Run, Statement, Theme
from tests.factories import (
    csrf_token,
    make_consultation,
    make_region,
    make_response,
    make_staff,
    make_staffed_consultation,
    sign_in,
)
from tests.factories.strategy import make_statement, make_theme

DESK = "/desk/valdora/living-together"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_staffed_consultation(session)
    themes = [Theme(consultation_id=made.id, code=code, name=LocalizedText(en=name))
              for code, name in (("T05", "Housing"), ("T09", "Money"))]  # fmt: skip
    run = Run(consultation_id=made.id)
    session.add_all([*themes, run])
    session.flush()
    for number, text in enumerate(("The rent is high.", "El alquiler es caro.")):
        response = make_response(session, made, {"hardest": text}, language=("en", "es")[number],
                                 may_quote=number == 0)  # fmt: skip
        statement = Statement(consultation_id=made.id, answer_id=response.answers[0].id, start=0,
                              end=len(text), language=response.language)  # fmt: skip
        session.add(statement)
        session.flush()
        session.add(Proposal(run_id=run.id, statement_id=statement.id, theme_id=themes[0].id,
                             score=0.9))  # fmt: skip
    session.commit()
    return made


def ids(session: Session, code: str) -> int:
    return session.query(Theme.id).filter_by(code=code).scalar()


def act(client: FlaskClient, path: str, **data: object):
    token = csrf_token(client.get(f"{DESK}/themes").text)
    return client.post(f"{DESK}/{path}", data={"csrf_token": token, **data})


def undo_last(client: FlaskClient) -> None:
    page = client.get(f"{DESK}/log").text
    client.post(
        re.findall(r'action="([^"]+/undo)"', page)[0], data={"csrf_token": csrf_token(page)}
    )


def housing(session: Session) -> Theme:
    session.expire_all()
    return session.query(Theme).filter_by(code="T05").one()


def test_themes_are_listed_with_people_languages_and_voices(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(f"{DESK}/themes").text
    assert "2 people" in page
    assert "2 languages" in page
    assert "El alquiler es caro." in page


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_state_is_changed_and_undone(client, session, consultation, verb) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/{verb}")
    assert housing(session).state == f"{verb}ed"
    undo_last(client)
    assert housing(session).state == "proposed"


def test_a_theme_is_renamed_and_the_old_name_comes_back(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/rename", name="Homes")
    assert housing(session).name["en"] == "Homes"
    undo_last(client)
    assert housing(session).name["en"] == "Housing"


def test_a_merged_theme_gives_its_statements_and_gets_them_back(
    client, session, consultation
) -> None:
    sign_in(client)
    money = ids(session, "T09")
    act(client, f"themes/{ids(session, 'T05')}/merge", target=money)
    assert len(memberships(session, consultation.id)[money]) == 2
    undo_last(client)
    session.expire_all()
    assert len(memberships(session, consultation.id)[ids(session, "T05")]) == 2


def statement_ids(session: Session) -> list[int]:
    return [row.id for row in session.query(Statement.id).order_by(Statement.id)]


def held(session: Session, code: str) -> set[int]:
    session.expire_all()
    theme = session.query(Theme).filter_by(code=code).one()
    return set(memberships(session, theme.consultation_id).get(theme.id, {}))


def say(client: FlaskClient, session: Session, code: str, verb: str, **data: object):
    """What a facilitator says of statements on a theme's page."""
    return act(client, f"themes/{ids(session, code)}/statements", act=verb, **data)


def test_a_statement_is_moved_and_put_back(client, session, consultation) -> None:
    sign_in(client)
    first, second = statement_ids(session)
    say(client, session, "T05", "move", statement=first, target=ids(session, "T09"))
    assert (held(session, "T09"), held(session, "T05")) == ({first}, {second})
    undo_last(client)
    assert (held(session, "T09"), held(session, "T05")) == (set(), {first, second})


def test_two_people_may_decide_the_same_in_one_instant(
    client, session, consultation, monkeypatch
) -> None:
    sign_in(client)
    first, theme = statement_ids(session)[0], ids(session, "T09")
    session.commit()
    looked_up, others = decisions._decisions, []

    def overtaken(session_: Session, pairs: object) -> dict:
        """What stands, but somebody else decides right after it was looked up."""
        found = looked_up(session_, pairs)
        if not others:
            others.append(Decision(statement_id=first, theme_id=theme, belongs=False))
            with Session(session.get_bind()) as other:
                other.add(others[0])
                other.commit()
        return found

    monkeypatch.setattr(decisions, "_decisions", overtaken)
    assert say(client, session, "T05", "move", statement=first, target=theme).status_code == 303
    session.expire_all()
    assert session.query(Decision).filter_by(theme_id=theme).one().belongs is True
    assert session.query(AuditEntry).filter_by(verb="move_statements").count() == 1


def test_ticked_statements_move_together_with_one_entry_in_the_log(
    client, session, consultation
) -> None:
    sign_in(client)
    both = statement_ids(session)
    say(client, session, "T05", "move", statement=both, target=ids(session, "T09"))
    assert held(session, "T09") == set(both)
    assert session.query(AuditEntry).count() == 1
    undo_last(client)
    assert held(session, "T05") == set(both)
    assert session.query(Decision).count() == 0


def test_a_page_of_statements_is_confirmed_at_once_each_with_a_decision(
    client, session, consultation
) -> None:
    sign_in(client)
    say(client, session, "T05", "belongs", statement=statement_ids(session))
    rows = session.query(Decision).all()
    assert [(row.belongs, row.staff.name) for row in rows] == [(True, "Facilitator")] * 2
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}").text
    assert "2 of 2 statements checked by people" in page
    assert "Decided by Facilitator" in page


def test_a_statement_taken_out_stands_without_a_theme(client, session, consultation) -> None:
    sign_in(client)
    first = statement_ids(session)[0]
    say(client, session, "T05", "out", statement=first)
    assert "The rent is high." in client.get(f"{DESK}/themes/none").text


@pytest.mark.parametrize("typed", ["t09", "T09 Money", "money", "mon"])
def test_a_theme_can_be_typed_by_its_code_or_name(client, session, consultation, typed) -> None:
    sign_in(client)
    first = statement_ids(session)[0]
    say(client, session, "T05", "move", statement=first, typed=typed)
    assert held(session, "T09") == {first}


@pytest.mark.parametrize("typed", ["", "nothing like it", "o"])
def test_a_theme_that_is_not_clear_moves_nothing_and_says_so(
    client, session, consultation, typed
) -> None:
    sign_in(client)
    reply = say(client, session, "T05", "move", statement=statement_ids(session), typed=typed)
    assert 'class="notice error"' in client.get(reply.location).text
    assert session.query(Decision).count() == 0


def test_what_was_moved_again_is_not_put_back_by_the_first_undo(
    client, session, consultation
) -> None:
    sign_in(client)
    first = statement_ids(session)[0]
    say(client, session, "T05", "move", statement=first, target=ids(session, "T09"))
    say(client, session, "T09", "out", statement=first)
    entry = session.query(AuditEntry).order_by(AuditEntry.id).first()
    act(client, f"log/{entry.id}/undo")
    assert first not in held(session, "T05")


def test_statements_of_another_consultation_are_passed_over(client, session, consultation) -> None:
    other = make_consultation(session, consultation.region, "other")
    foreign = make_statement(session, other, make_theme(session, other, "T01"), "Elsewhere.")
    session.commit()
    sign_in(client)
    say(client, session, "T05", "belongs", statement=[foreign.id, 2**40, -1])
    assert session.query(AuditEntry).count() == 0


def test_after_an_act_the_filter_stays_and_undo_is_at_hand(client, session, consultation) -> None:
    sign_in(client)
    theme, first = ids(session, "T05"), statement_ids(session)[0]
    path = f"themes/{theme}/statements?language=en&checked=no"
    reply = act(client, path, act="belongs", statement=first)
    assert {"language=en", "checked=no"} <= set(reply.location.split("?")[1].split("&"))
    page = client.get(reply.location).text
    assert "No statement matches the filter." in page
    undo = re.findall(r'action="([^"]+/undo[^"]*)"', page)[0].replace("&amp;", "&")
    reply = client.post(undo, data={"csrf_token": csrf_token(page)})
    assert "The rent is high." in client.get(reply.location).text


@pytest.mark.parametrize(("score", "word"), [(0.9, "sure"), (0.5, "likely"), (0.2, "unsure")])
def test_the_certainty_of_the_analysis_is_told_in_words(
    client, session, consultation, score, word
) -> None:
    session.query(Proposal).update({"score": score})
    session.commit()
    sign_in(client)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}").text
    assert f"Proposed by the analysis: {word}" in page


def test_keywords_begin_with_the_readers_language(client, session, consultation) -> None:
    words = {"am": ["አልጋ"], "en": ["rent"], "es": ["alquiler"]}
    session.query(Theme).filter_by(code="T05").update({"keywords": words})
    session.commit()
    sign_in(client)
    page = client.get(f"{DESK}/themes").text
    assert "አልጋ" not in page  # nobody spoke Amharic in it
    assert page.index(">rent<") < page.index(">alquiler<")


def test_a_theme_says_what_its_answers_are_often_about(client, session, consultation) -> None:
    names = {"en": "high rent", "de": "hohe Miete"}
    run = session.query(Run).one()
    run.figures = {**run.figures, "concepts": {"T05": [names]}}
    session.commit()
    sign_in(client)
    path = f"{DESK}/themes/{ids(session, 'T05')}"
    assert "high rent" in client.get(path).text
    assert "hohe Miete" in client.get(f"{path}?lang=de").text
    assert "Often about" not in client.get(f"{DESK}/themes/{ids(session, 'T09')}?lang=en").text


def test_a_theme_found_in_the_answers_is_marked_as_new(client, session, consultation) -> None:
    session.query(Theme).filter_by(code="T05").update({"origin": "cluster"})
    session.commit()
    sign_in(client)
    assert "new, found in the answers" in client.get(f"{DESK}/themes?state=new").text


def test_words_are_sought_in_translations_too(client, session, consultation) -> None:
    spanish = session.get(Statement, statement_ids(session)[1])
    spanish.answer.translations.append(
        AnswerTranslation(language="en", text="Too EXPENSIVE.", made_by="A person")
    )
    session.commit()
    sign_in(client)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}?q=expensive").text
    assert "El alquiler" in page
    assert "The rent" not in page


def test_a_page_past_the_end_shows_the_last_one(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}?page=99").text
    assert "The rent is high." in page


def test_accepting_in_the_list_comes_back_to_the_list(client, session, consultation) -> None:
    sign_in(client)
    reply = act(client, f"themes/{ids(session, 'T05')}/accept?list=proposed")
    assert reply.location.endswith("/themes?state=proposed")


def test_a_theme_leads_to_the_next_one_to_review(client, session, consultation) -> None:
    money = session.query(Theme).filter_by(code="T09").one()
    make_decision = Decision(
        statement_id=statement_ids(session)[0], theme_id=money.id, belongs=True
    )
    session.add(make_decision)
    session.commit()
    sign_in(client)
    page = client.get(f"{DESK}/themes/{money.id}").text
    assert re.search(r'Next to review: <a href="[^"]+">Housing<', page)


def test_a_cancelled_analysis_can_be_started_again(client, session, consultation) -> None:
    sign_in(client)
    job = act(client, "analyse").location
    token = csrf_token(client.get(job).text)
    client.post(f"{job}/cancel", data={"csrf_token": token})
    page = client.get(job).text
    assert "The analysis was cancelled. Nothing was changed." in page
    assert f'action="{DESK}/analyse"' in page


def test_the_log_tells_every_act_as_a_sentence(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/rename", name="Homes")
    say(client, session, "T05", "move", statement=statement_ids(session),
        target=ids(session, "T09"))  # fmt: skip
    page = client.get(f"{DESK}/log").text
    assert "Renamed the theme “Housing” to “Homes”." in page
    assert "Moved statements from “Homes” to “Money”: 2." in page


def test_a_quote_needs_consent(client, session, consultation) -> None:
    sign_in(client)
    allowed, refused = [s.id for s in session.query(Statement).order_by(Statement.id)]
    act(client, f"statements/{allowed}/quote")
    act(client, f"statements/{refused}/quote")
    assert [quote.statement_id for quote in session.query(Quote)] == [allowed]


def test_a_translation_stands_beside_the_original_and_says_who_made_it(
    client, session, consultation
) -> None:
    sign_in(client)
    statement = session.query(Statement.id).order_by(Statement.id.desc()).first()[0]
    act(client, f"statements/{statement}/translation?theme={ids(session, 'T05')}",
        language="en", text="The rent is expensive.", state="reviewed")  # fmt: skip
    row = session.query(AnswerTranslation).one()
    assert (row.language, row.made_by, row.state) == ("en", "Facilitator", "reviewed")
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}").text
    assert "El alquiler es caro." in page
    assert "The rent is expensive." in page


def test_an_earlier_act_is_not_undone_under_a_later_one(client, session, consultation) -> None:
    sign_in(client)
    theme = ids(session, "T05")
    act(client, f"themes/{theme}/rename", name="Homes")
    act(client, f"themes/{theme}/accept")
    first = session.query(AuditEntry).order_by(AuditEntry.id).first()
    act(client, f"log/{first.id}/undo")
    assert housing(session).name["en"] == "Homes"


def test_every_act_names_who_did_it(client, session, consultation) -> None:
    sign_in(client)
    act(client, f"themes/{ids(session, 'T05')}/accept")
    entry = session.query(AuditEntry).one()
    assert entry.staff.name == "Facilitator"
    assert (entry.before["state"], entry.after["state"]) == ("proposed", "accepted")


def test_analysis_is_queued_and_its_progress_shown(client, session, consultation) -> None:
    sign_in(client)
    reply = act(client, "analyse")
    assert session.query(Job).one().name == "themes.analyse"
    assert 'http-equiv="refresh"' in client.get(reply.location).text


def test_a_viewer_may_look_but_not_act(client, session, consultation) -> None:
    make_staff(session, consultation.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    assert client.get(f"{DESK}/themes").status_code == 200
    token = csrf_token(client.get(f"{DESK}/log").text)
    path = f"{DESK}/themes/{ids(session, 'T05')}/accept"
    assert client.post(path, data={"csrf_token": token}).status_code == 403


def test_another_region_is_closed_and_its_themes_cannot_be_named(
    client, session, consultation
) -> None:
    other = make_region(session, "elsewhere")
    make_consultation(session, other, "other")
    make_staff(session, other, email="facilitator@elsewhere.example")
    session.commit()
    sign_in(client, "facilitator@elsewhere.example")
    assert client.get(f"{DESK}/themes").status_code == 403
    theme = ids(session, "T05")
    assert client.get(f"/desk/elsewhere/other/themes/{theme}").status_code == 404


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "²", "0"])
def test_a_theme_that_cannot_be_is_not_found(client, consultation, key) -> None:
    sign_in(client)
    assert client.get(f"{DESK}/themes/{key}").status_code == 404


def test_statements_can_be_filtered(client, session, consultation) -> None:
    sign_in(client)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}?language=es&q=ALQUILER").text
    assert "El alquiler" in page
    assert "The rent" not in page


def test_after_one_statement_the_next_one_is_in_view(client, session, consultation) -> None:
    """A browser keeps the anchor of the form's address through the redirect."""
    sign_in(client)
    first, second = statement_ids(session)
    page = client.get(f"{DESK}/themes/{ids(session, 'T05')}").text
    forms = re.findall(r'class="moving" action="[^"]+#s(\d+)"', page)
    assert [int(number) for number in forms] == [second, second]
    assert f'id="s{first}"' in page


@pytest.mark.parametrize("path", ["", "/themes", "/themes/{theme}", "/log"])
def test_a_page_takes_few_queries_however_many_statements_there_are(
    client, session, consultation, path
) -> None:
    theme = session.query(Theme).filter_by(code="T05").one()
    for number in range(50):
        make_statement(session, consultation, theme, f"Another one, {number}.")
    session.commit()
    sign_in(client)
    seen: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    client.get(DESK + path.format(theme=theme.id))
    assert len(seen) <= 20
