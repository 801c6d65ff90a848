"""The job that groups answers, beside what people decided."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from consult.analysis.encoder import default_encoder
from consult.analysis.own.folder import EncoderUnusable, read_folder
from consult.cli.analyse import analyse as analyse_command
from consult.consultations.models import Consultation
from consult.extensions import current_settings
from consult.responses.models import Answer
from consult.themes import jobs, services
from consult.themes.jobs import analyse
from consult.themes.members import load_shelf, memberships, people_by_theme
from consult.themes.models import Decision, Proposal, Run, Statement, Theme
from consult.themes.queries import theme_cards
from tests.factories import make_consultation, make_response
from tests.factories.journey import answer_all, send
from tests.factories.tiny_model import make_model

TEXTS = [
    ("en", "The rent is so high that I cannot find a flat for my family."),
    ("es", "No encuentro piso, los alquileres son muy caros y piden nómina."),
    ("de", "Ich suche seit einem Jahr eine Wohnung, die Miete ist zu teuer."),
    ("en", "I need a German course, the waiting list is nine months."),
    ("es", "Quiero aprender el idioma pero el curso está lleno."),
    ("en", "My diploma as a nurse is not recognised here."),
    ("en", "-"),
]


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session)
    for language, text in TEXTS:
        make_response(session, made, {"hardest": text}, language=language)
    session.commit()
    return made


def run(session: Session, consultation: Consultation) -> None:
    analyse(session, consultation.slug, lambda _fraction, _message: None)
    session.commit()


def theme(session: Session, code: str) -> Theme:
    return session.query(Theme).filter_by(code=code).one()


def languages_of(session: Session, consultation: Consultation, code: str) -> set[str]:
    ids = memberships(session, consultation.id)[theme(session, code).id]
    return {s.language for s in session.query(Statement).filter(Statement.id.in_(ids))}


def test_answers_about_housing_meet_in_one_theme_whatever_their_language(
    session, consultation
) -> None:
    run(session, consultation)
    assert languages_of(session, consultation, "T05") >= {"en", "es", "de"}


def test_an_empty_answer_is_marked_and_has_no_theme(session, consultation) -> None:
    run(session, consultation)
    empty = session.query(Statement).filter_by(is_empty=True).one()
    assert empty.text == "-"
    assert session.query(Proposal).filter_by(statement_id=empty.id).count() == 0


def test_a_rerun_makes_nothing_twice(session, consultation) -> None:
    run(session, consultation)
    first = (session.query(Statement).count(), session.query(Theme).count())
    proposals = session.query(Proposal).count()
    run(session, consultation)
    assert (session.query(Statement).count(), session.query(Theme).count()) == first
    assert session.query(Proposal).count() == proposals
    assert session.query(Run).count() == 2


def test_a_rerun_never_changes_what_people_decided(session, consultation) -> None:
    run(session, consultation)
    housing, language = theme(session, "T05"), theme(session, "T01")
    statement = session.get(Statement, min(memberships(session, consultation.id)[housing.id]))
    services.move_statements(session, None, [statement], housing, language)
    services.accept_theme(session, None, language)
    services.rename_theme(session, None, housing, "Homes", "en")
    run(session, consultation)
    members = memberships(session, consultation.id)
    assert statement.id in members[language.id]
    assert statement.id not in members[housing.id]
    assert (language.state, housing.name["en"]) == ("accepted", "Homes")
    assert session.query(Decision).count() == 2


def test_a_withdrawn_answer_vanishes_from_its_theme(session, consultation) -> None:
    run(session, consultation)
    housing = theme(session, "T05").id
    before = people_by_theme(session, consultation.id)[housing]
    statement = session.get(Statement, min(memberships(session, consultation.id)[housing]))
    response, gone = statement.answer.response, statement.id
    response.withdrawn = True
    response.answers.clear()
    session.commit()
    assert people_by_theme(session, consultation.id)[housing] == before - {response.id}
    assert session.query(Statement).filter_by(id=gone).count() == 0


def test_no_answers_at_all_is_no_error(session) -> None:
    run(session, make_consultation(session))
    assert session.query(Run).count() == 1


def test_a_list_of_themes_takes_few_queries(session, consultation) -> None:
    from sqlalchemy import event

    run(session, consultation)
    seen: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    theme_cards(session, consultation.id, load_shelf(session, consultation.id), "en")
    assert len(seen) <= 9


def test_answers_are_taken_while_an_analysis_works(
    client, session, consultation, monkeypatch
) -> None:
    """A run that held its transaction open would keep SQLite from storing anything."""
    fit = jobs.ThemeFinder.fit

    def send_meanwhile(finder, *args, **kwargs):
        answer_all(client, hardest="Sent while the analysis worked")
        assert send(client)
        return fit(finder, *args, **kwargs)

    monkeypatch.setattr(jobs.ThemeFinder, "fit", send_meanwhile)
    run(session, consultation)
    assert session.query(Answer).filter_by(text="Sent while the analysis worked").count() == 1


def test_a_run_with_a_model_of_the_operators_own_says_so(
    app, session, consultation, monkeypatch, tmp_path
) -> None:
    folder = make_model(tmp_path / "mine", {"rent": (1, 0), "alquileres": (1, 0)})
    settings = replace(current_settings(), encoder=folder, instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    run(session, consultation)
    recorded = session.query(Run).one().encoder
    assert recorded == f"{default_encoder().name}+{read_folder(folder).name}"
    assert languages_of(session, consultation, "T05") >= {"en", "es", "de"}


def test_a_model_that_is_gone_ends_the_run_in_plain_words(
    app, session, consultation, monkeypatch, tmp_path
) -> None:
    settings = replace(current_settings(), encoder=tmp_path / "gone")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with pytest.raises(EncoderUnusable, match="There is no folder"):
        run(session, consultation)
    assert session.query(Run).count() == 0


def test_a_worker_takes_no_model_from_the_command(tmp_path: Path) -> None:
    done = CliRunner().invoke(analyse_command, ["any", "--queue", "--encoder", str(tmp_path)])
    assert done.exit_code == 2
    assert "CONSULT_ENCODER" in done.output
