"""The page that says how far the analysis can be trusted, and what stands behind it."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.app import HANDLERS
from consult.jobs.models import Job
from consult.jobs.worker import load_handler
from consult.themes import services
from consult.themes.agreement import compared
from consult.themes.jobs import analyse
from consult.themes.models import Decision, Original, Run, Statement, Theme
from tests.factories import csrf_token, make_staff, make_staffed_consultation, sign_in
from tests.factories.reviewed import make_analysed, place

DESK = "/desk/valdora/living-together"
QUALITY = f"{DESK}/quality"
LANGUAGES = {
    "en": {"statements": 36.0, "empty": 1.0, "without_theme": 7.0, "unclustered": 1.0,
           "leakage": 0.031},
    "so": {"statements": 4.0, "empty": 0.0, "without_theme": 3.0, "unclustered": 3.0,
           "leakage": None},
}  # fmt: skip


def theme(session: Session, code: str) -> Theme:
    return session.query(Theme).filter_by(code=code).one()


def confirm(session: Session, number: int, code: str = "T05", source: str = "") -> None:
    """Say of the first statements that they belong to a theme, perhaps not to another."""
    rows = session.query(Statement).order_by(Statement.id).limit(number).all()
    leaves = theme(session, source) if source else None
    services.move_statements(session, None, rows, leaves, theme(session, code))
    session.commit()


def page(client: FlaskClient) -> str:
    """The text of the page, without tags and repeated spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(QUALITY).text))


def order(client: FlaskClient) -> None:
    token = csrf_token(client.get(QUALITY).text)
    assert client.post(f"{QUALITY}/stability", data={"csrf_token": token}).status_code == 303


def test_before_the_first_analysis_the_page_says_so(client, session) -> None:
    make_staffed_consultation(session)
    session.commit()
    sign_in(client)
    assert "have not been analysed yet" in page(client)


def test_figures_of_the_run_and_of_each_language_are_shown(client, session) -> None:
    made = make_analysed(session)
    place(session, made, ("T05",), languages=LANGUAGES)
    sign_in(client)
    found = page(client)
    assert "Without a theme good 10%" in found
    assert "Languages kept apart good 0.02" in found
    assert "English 36 1 20% 3% 0.03 – – –" in found


def test_of_fewer_than_five_statements_no_share_is_shown(client, session) -> None:
    made = make_analysed(session)
    place(session, made, ("T05",), languages=LANGUAGES)
    sign_in(client)
    assert "Somali 4 0 – – – – – –" in page(client)


def test_a_run_from_before_there_were_figures_by_language_is_shown_too(client, session) -> None:
    make_analysed(session)
    sign_in(client)
    assert "This analysis kept no figures by language." in page(client)


def test_a_real_analysis_keeps_its_figures_by_language(session) -> None:
    made = make_analysed(session)
    analyse(session, made.slug, lambda _fraction, _message: None)
    figures = session.query(Run).order_by(Run.id.desc()).first().figures
    assert figures["languages"]["en"]["statements"] == 4


def test_words_of_the_place_are_shown_under_their_theme(client, session) -> None:
    made = make_analysed(session)
    run = place(session, made, ("T05",))
    sign_in(client)
    assert "None so far" in page(client)
    learnt = {"hollerhof": {"code": "T05", "lift": 3.2}, "bamf": {"code": "T09", "lift": 2.0}}
    run.figures = {**run.figures, "local_words": learnt}
    session.commit()
    assert re.search("Housing hollerhof .*Money bamf", page(client))


def test_below_thirty_decided_statements_no_agreement_is_shown(client, session) -> None:
    make_analysed(session, 40)
    confirm(session, 29)
    sign_in(client)
    assert "Not enough yet: 29 of 30 statements." in page(client)


def test_from_thirty_on_agreement_has_its_interval(client, session) -> None:
    make_analysed(session, 40)
    confirm(session, 30)
    sign_in(client)
    assert "Agreement with people good 1.00 1.00 to 1.00" in page(client)


def test_what_the_machine_had_proposed_is_kept_though_a_rerun_obeys(session) -> None:
    made = make_analysed(session)
    confirm(session, 1, "T01", source="T05")
    place(session, made, ("T01",))
    services.move_statements(session, None, [session.query(Statement).first()], None,
                             theme(session, "T09"))  # fmt: skip
    kept = session.query(Original).one()
    assert kept.themes == [theme(session, "T05").id]
    assert kept.chosen is None


def test_what_was_decided_before_originals_were_kept_has_none(session) -> None:
    make_analysed(session)
    row = session.query(Statement).first()
    session.add(Decision(statement_id=row.id, theme_id=theme(session, "T01").id, belongs=True))
    session.flush()
    services.move_statements(session, None, [row], None, theme(session, "T05"))
    assert session.query(Original).count() == 0


def test_a_proposal_nobody_spoke_about_is_left_out(session) -> None:
    made = make_analysed(session, proposed=("T05", "T01"))
    confirm(session, 1)
    assert [(row.both, row.total) for row in compared(session, made.id)] == [(1, 2)]


def test_a_refused_and_a_missing_proposal_both_count(session) -> None:
    made = make_analysed(session)
    confirm(session, 1, "T01", source="T05")
    assert [(row.both, row.total) for row in compared(session, made.id)] == [(0, 2)]


def test_a_merged_theme_counts_as_the_one_it_was_merged_into(session) -> None:
    made = make_analysed(session)
    confirm(session, 1, "T09")
    services.move_statements(session, None, [session.query(Statement).first()], None,
                             theme(session, "T05"))  # fmt: skip
    services.merge_theme(session, None, theme(session, "T05"), theme(session, "T09"))
    assert [(row.both, row.total) for row in compared(session, made.id)] == [(1, 2)]


def test_copies_of_a_text_count_once(session) -> None:
    made = make_analysed(session)
    first, second = session.query(Statement).order_by(Statement.id).limit(2)
    second.duplicate_of_id = first.id
    confirm(session, 3)
    assert len(compared(session, made.id)) == 2


def test_an_undone_decision_counts_no_more(session) -> None:
    made = make_analysed(session)
    entry = services.move_statements(session, None, [session.query(Statement).first()], None,
                                     theme(session, "T05"))  # fmt: skip
    services.undo(session, None, entry)
    assert compared(session, made.id) == []


def test_stability_is_ordered_measured_and_shown(client, session) -> None:
    made = make_analysed(session)
    sign_in(client)
    order(client)
    assert "Waiting for a worker" in page(client)
    job = session.query(Job).filter_by(name="themes.stability").one()
    told: list[float] = []
    load_handler(HANDLERS, job.name)(session, job.subject, lambda done, _said: told.append(done))
    job.state = "done"
    session.commit()
    assert len(told) == 21
    assert session.query(Run).one().figures["stability"]["statements"] == 4
    assert "Measure again" in page(client)
    assert session.query(Run).one().figures["leakage"] == 0.0234
    assert made.slug in job.subject


def test_the_page_of_the_work_leads_back_and_it_can_be_cancelled(client, session) -> None:
    make_analysed(session)
    sign_in(client)
    order(client)
    job = session.query(Job).filter_by(name="themes.stability").one()
    assert client.get(f"{DESK}/jobs/{job.public_id}").location.endswith("/quality")
    token = csrf_token(client.get(QUALITY).text)
    client.post(f"{DESK}/jobs/{job.public_id}/cancel", data={"csrf_token": token})
    session.expire_all()
    assert job.state == "cancelled"


def test_only_a_sample_of_very_many_statements_is_measured(session, monkeypatch) -> None:
    made = make_analysed(session, 12)
    monkeypatch.setattr("consult.themes.jobs.MOST_MEASURED", 5)
    run = session.query(Run).one()
    load_handler(HANDLERS, "themes.stability")(
        session, f"{made.slug}/{run.id}", lambda _done, _said: None
    )
    assert run.figures["stability"]["statements"] == 5


def test_a_viewer_reads_the_figures_but_orders_and_reviews_nothing(client, session) -> None:
    made = make_analysed(session)
    make_staff(session, made.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    text = client.get(QUALITY).text
    assert "Measure the stability" not in text
    assert "Review blind" not in text
    token = csrf_token(text)
    assert client.post(f"{QUALITY}/stability", data={"csrf_token": token}).status_code == 403
    assert client.get(f"{QUALITY}/blind").status_code == 403


def test_a_withdrawn_answer_takes_its_original_with_it(session) -> None:
    make_analysed(session)
    confirm(session, 1)
    row = session.query(Statement).first()
    session.delete(row)
    session.flush()
    session.expire_all()
    assert session.query(Original).count() == 0
