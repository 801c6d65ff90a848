"""A rerun once people have begun to review: it shows what it would change and waits."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.analysis.types import StatementResult, ThemeScore
from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.themes import services
from consult.themes.changes import changes_of
from consult.themes.jobs import analyse
from consult.themes.members import load_shelf
from consult.themes.models import Run, Statement, Theme
from consult.themes.queries import latest_run, waiting_run
from consult.themes.runs import Found, unpacked
from consult.themes.waiting import place_run, review_has_begun
from tests.factories import (
    csrf_token,
    make_response,
    make_staff,
    make_staffed_consultation,
    sign_in,
)

DESK = "/desk/valdora/living-together"
TEXTS = [f"The rent is too high, number {number}." for number in range(6)]


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_staffed_consultation(session)
    for code, name in (("T01", "Language"), ("T05", "Housing")):
        session.add(Theme(consultation_id=made.id, code=code, name=LocalizedText(en=name)))
    for text in TEXTS:
        add_statement(session, made, text)
    place(session, made, {0: "T05", 1: "T05", 2: "T05", 3: "T01", 4: "T01"})
    return made


def add_statement(session: Session, consultation: Consultation, text: str) -> None:
    answer = make_response(session, consultation, {"hardest": text}).answers[0]
    session.add(Statement(consultation_id=consultation.id, answer_id=answer.id, start=0,
                          end=len(text), language="en"))  # fmt: skip
    session.flush()


def ids(session: Session) -> list[int]:
    return [row.id for row in session.query(Statement.id).order_by(Statement.id)]


def place(session: Session, consultation: Consultation, codes: dict[int, str],
          clusters: dict[int, str] | None = None) -> Run:  # fmt: skip
    """A run that proposes a theme for statements by their place, or groups some in a new one."""
    clusters = clusters or {}
    results = [
        StatementResult(str(key), "en", (ThemeScore(codes[at], 0.8),) if at in codes else (),
                        codes.get(at, clusters.get(at)))
        for at, key in enumerate(ids(session))
    ]  # fmt: skip
    run = Run(consultation_id=consultation.id)
    labels = {name: {"en": f"about {name}"} for name in clusters.values()}
    place_run(session, run, Found(results, labels, {}))
    session.commit()
    return run


def begin_review(session: Session) -> None:
    services.accept_theme(session, None, theme(session, "T05"))
    session.commit()


def theme(session: Session, code: str) -> Theme:
    return session.query(Theme).filter_by(code=code).one()


def places(session: Session, consultation: Consultation) -> list[list[str]]:
    """The codes of each statement's themes."""
    session.expire_all()
    codes = {row.id: row.code for row in session.query(Theme)}
    found = load_shelf(session, consultation.id).places
    return [[codes[key] for key in found.get(statement, ())] for statement in ids(session)]


def act(client: FlaskClient, path: str, **data: object):
    token = csrf_token(client.get(f"{DESK}/themes").text)
    return client.post(f"{DESK}/{path}", data={"csrf_token": token, **data})


FIRST = [["T05"], ["T05"], ["T05"], ["T01"], ["T01"], []]
OTHER = {0: "T05", 1: "T01", 5: "T05"}
NEW = {3: "N01", 4: "N01"}


def test_before_a_review_a_rerun_applies_at_once(session, consultation) -> None:
    place(session, consultation, {0: "T01"})
    assert places(session, consultation)[0] == ["T01"]
    assert waiting_run(session, consultation.id) is None


def test_once_a_review_has_begun_a_rerun_waits(session, consultation) -> None:
    begin_review(session)
    run = place(session, consultation, OTHER, NEW)
    assert places(session, consultation) == FIRST
    assert waiting_run(session, consultation.id) is run
    assert latest_run(session, consultation.id) is not run


def test_renaming_a_theme_begins_a_review(session, consultation) -> None:
    assert not review_has_begun(session, consultation.id)
    services.rename_theme(session, None, theme(session, "T05"), "Homes", "en")
    assert review_has_begun(session, consultation.id)


def test_what_would_change_is_told_kind_by_kind(session, consultation) -> None:
    begin_review(session)
    changes = changes_of(session, place(session, consultation, OTHER, NEW))
    assert {kind: len(rows) for kind, rows in changes.of.items()} == {
        "moved": 3, "lost": 1, "gained": 1,
    }  # fmt: skip
    assert list(changes.new.values()) == [(LocalizedText(en="about N01"), 2)]


def test_what_people_decided_is_no_change_and_stays(client, session, consultation) -> None:
    second = session.get(Statement, ids(session)[1])
    services.move_statements(session, None, [second], None, theme(session, "T05"))
    session.commit()
    run = place(session, consultation, {**OTHER, 2: "T05", 3: "T01", 4: "T01", 5: ""})
    moved = changes_of(session, run).of["moved"]
    assert [row.leaves for row in moved] == [()]  # it would stand in another theme as well
    sign_in(client)
    act(client, "analysis/apply", run=run.id)
    assert places(session, consultation)[1] == ["T01", "T05"]


def test_the_page_says_in_words_what_would_change(client, session, consultation) -> None:
    begin_review(session)
    place(session, consultation, OTHER, NEW)
    sign_in(client)
    assert "A new analysis is waiting." in client.get(f"{DESK}/themes").text
    assert "A new analysis is waiting." in client.get(DESK).text
    page = client.get(f"{DESK}/analysis").text
    assert "3 statements would stand in other themes." in page
    assert "1 statement would lose its theme." in page
    assert "1 theme would appear:" in page
    assert "about N01" in page


def test_applying_is_logged_and_undone(client, session, consultation) -> None:
    begin_review(session)
    run = place(session, consultation, OTHER, NEW)
    sign_in(client)
    act(client, "analysis/apply", run=run.id)
    after = [["T05"], ["T01"], [], ["N01"], ["N01"], ["T05"]]
    assert places(session, consultation) == after
    assert "Applied a new analysis." in client.get(f"{DESK}/log").text
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    act(client, f"log/{entry.id}/undo")
    assert places(session, consultation) == FIRST
    assert waiting_run(session, consultation.id).id == run.id


def test_discarding_changes_nothing_and_is_undone(client, session, consultation) -> None:
    begin_review(session)
    run = place(session, consultation, OTHER)
    sign_in(client)
    act(client, "analysis/discard", run=run.id)
    assert places(session, consultation) == FIRST
    assert "No analysis is waiting." in client.get(f"{DESK}/analysis").text
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    act(client, f"log/{entry.id}/undo")
    assert waiting_run(session, consultation.id).id == run.id


def test_a_run_that_was_replaced_meanwhile_is_not_applied(client, session, consultation) -> None:
    begin_review(session)
    looked_at = place(session, consultation, OTHER).id
    newer = place(session, consultation, {0: "T01"}).id
    sign_in(client)
    reply = act(client, "analysis/apply", run=looked_at + 1000)
    assert "not waiting any more" in client.get(reply.location).text
    assert waiting_run(session, consultation.id).id == newer


def test_new_statements_get_their_themes_while_a_run_waits(session, consultation) -> None:
    begin_review(session)
    add_statement(session, consultation, "The flat is damp.")
    place(session, consultation, {6: "T05"})
    assert places(session, consultation) == [*FIRST, ["T05"]]


def test_a_cluster_a_person_renamed_stays_after_a_rerun(session, consultation) -> None:
    place(session, consultation, {0: "T05"}, {3: "N01", 4: "N01"})
    services.rename_theme(session, None, theme(session, "N01"), "Parking", "en")
    run = place(session, consultation, {0: "T05"})
    assert changes_of(session, run).gone == []
    assert theme(session, "N01").name["en"] == "Parking"


def test_what_a_run_found_comes_back_as_it_was_packed(session, consultation) -> None:
    run = place(session, consultation, OTHER, NEW)
    found = unpacked(run.held)
    assert found.statements[0].themes == (ThemeScore("T05", 0.8),)
    assert found.labels == {"N01": {"en": "about N01"}}
    assert unpacked(found.packed()) == found


def test_the_job_waits_too_and_says_so(client, session, consultation) -> None:
    begin_review(session)
    analyse(session, consultation.slug, lambda _fraction, _message: None)
    session.commit()
    assert waiting_run(session, consultation.id) is not None
    assert places(session, consultation) == FIRST


def test_a_viewer_sees_what_would_change_but_cannot_apply(client, session, consultation) -> None:
    begin_review(session)
    run = place(session, consultation, OTHER)
    make_staff(session, consultation.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    page = client.get(f"{DESK}/analysis").text
    assert "Apply the new analysis" not in page
    token = csrf_token(client.get(f"{DESK}/log").text)
    data = {"csrf_token": token, "run": run.id}
    assert client.post(f"{DESK}/analysis/apply", data=data).status_code == 403
