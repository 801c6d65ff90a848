"""Answers that come after a run."""

import pytest
from sqlalchemy.orm import Session

from consult.analysis.codebook import shipped_sentences
from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.responses.models import Answer
from consult.themes import jobs, services
from consult.themes.added import added_themes
from consult.themes.models import Proposal, Run, Statement, StatementVector, Theme
from consult.themes.waiting import apply_run
from tests.factories import make_consultation, make_response

RENT = "My landlord raised the rent again and I cannot find another flat."
SENTENCES = [
    (lang, text)
    for ident, code, _, lang, text in shipped_sentences()
    if lang in ("en", "de") and ident.startswith("E") and code != "none"
][::20]


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session)
    for language, text in SENTENCES:
        make_response(session, made, {"hardest": text}, language=language)
    session.commit()
    jobs.analyse(session, made.slug, silent)
    session.commit()
    return made


def silent(_fraction: float, _message: str) -> None:
    pass


def add(session: Session, consultation: Consultation, text: str) -> None:
    make_response(session, consultation, {"hardest": text}, language="en")
    session.commit()


def refresh(session: Session, consultation: Consultation) -> None:
    jobs.refresh(session, consultation.slug, silent)
    session.commit()


def last(session: Session) -> Statement:
    return session.query(Statement).order_by(Statement.id.desc()).first()


def codes(session: Session, statement: Statement) -> list[str]:
    rows = session.query(Theme.code).join(Proposal, Proposal.theme_id == Theme.id)
    return [code for (code,) in rows.filter(Proposal.statement_id == statement.id)]


def proposals(session: Session) -> list[tuple[int, int, float]]:
    rows = session.query(Proposal.statement_id, Proposal.theme_id, Proposal.score)
    return sorted(map(tuple, rows))


def test_a_few_answers_join_the_run_that_stands(session, consultation) -> None:
    before = proposals(session)
    add(session, consultation, RENT)
    refresh(session, consultation)
    assert session.query(Run).count() == 1
    assert codes(session, last(session)) == ["T05"]
    assert set(before) < set(proposals(session))
    assert session.get(StatementVector, last(session).id) is not None


def test_nothing_new_changes_nothing(session, consultation) -> None:
    before = proposals(session)
    refresh(session, consultation)
    assert session.query(Run).count() == 1
    assert proposals(session) == before


def test_many_answers_are_reason_for_a_whole_run(session, consultation) -> None:
    for number in range(len(SENTENCES) // 10 + 1):
        add(session, consultation, f"{RENT} {'again ' * number}")
    refresh(session, consultation)
    assert session.query(Run).count() == 2


def test_answers_that_joined_add_up(session, consultation) -> None:
    for number in range(len(SENTENCES) // 10 + 1):
        add(session, consultation, f"{RENT} {'again ' * number}")
        refresh(session, consultation)
    assert session.query(Run).count() == 2


def test_a_run_of_another_encoder_is_made_anew(session, consultation) -> None:
    session.query(Run).one().encoder = "another"
    add(session, consultation, RENT)
    refresh(session, consultation)
    assert session.query(Run).count() == 2


def test_a_copy_joins_its_text(session, consultation) -> None:
    language, text = max(SENTENCES, key=lambda row: len(row[1].split()))
    first = next(s for s in session.query(Statement) if s.text == text)
    make_response(session, consultation, {"hardest": text}, language=language)
    session.commit()
    refresh(session, consultation)
    assert last(session).duplicate_of_id == first.id
    assert codes(session, last(session)) == codes(session, first)


def test_a_run_that_waits_learns_of_later_answers(session, consultation) -> None:
    theme = session.query(Theme).filter_by(code="T05").one()
    services.accept_theme(session, None, theme)
    session.commit()
    jobs.analyse(session, consultation.slug, silent)
    session.commit()
    waiting = session.query(Run).filter_by(state="waiting").one()
    add(session, consultation, RENT)
    refresh(session, consultation)
    apply_run(session, None, consultation.id, waiting.id)
    session.commit()
    assert codes(session, last(session)) == ["T05"]


def test_a_withdrawn_answer_leaves_no_numbers(session, consultation) -> None:
    add(session, consultation, RENT)
    refresh(session, consultation)
    number = last(session).id
    session.delete(session.get(Answer, last(session).answer_id))
    session.commit()
    session.expire_all()
    assert session.get(StatementVector, number) is None


def test_personal_data_of_later_answers_is_offered(session, consultation) -> None:
    add(session, consultation, f"{RENT} Call me: +44 20 7946 0958")
    refresh(session, consultation)
    assert [row.kind for row in last(session).redactions] == ["phone"]


def test_a_theme_a_person_made_gets_answers_from_the_run_and_later_ones(
    session, consultation
) -> None:
    theme = services.create_theme(session, None, consultation.id, "Night buses", "en").id
    texts = (
        "The last bus leaves at eight, then I walk.",
        "There is no bus at night after work.",
        "In the evening no bus goes to our village.",
    )
    for text in texts:
        add(session, consultation, text)
    refresh(session, consultation)
    mine = session.query(Statement).order_by(Statement.id.desc()).limit(3).all()
    services.move_statements(session, None, mine, None, session.get(Theme, theme))
    session.commit()
    add(session, consultation, "Nach der Spätschicht fährt kein Bus mehr in mein Dorf.")
    refresh(session, consultation)
    assert codes(session, last(session)) == ["P01"]
    jobs.analyse(session, consultation.slug, silent)
    waiting = session.query(Run).filter_by(state="waiting").one()
    apply_run(session, None, consultation.id, waiting.id)
    session.commit()
    assert codes(session, last(session)) == ["P01"]


def test_an_accepted_group_keeps_its_statements_in_the_next_run(session, consultation) -> None:
    buses = session.query(Theme).filter_by(code="T17").one()
    group = Theme(consultation_id=consultation.id, code="N01", origin="cluster",
                  name=LocalizedText(en="bus, car"))  # fmt: skip
    session.add(group)
    session.flush()
    session.query(Proposal).filter_by(theme_id=buses.id).update({"theme_id": group.id})
    services.accept_theme(session, None, group)
    session.commit()
    before = {row.statement_id for row in session.query(Proposal).filter_by(theme_id=group.id)}
    jobs.analyse(session, consultation.slug, silent)
    waiting = session.query(Run).filter_by(state="waiting").one()
    apply_run(session, None, consultation.id, waiting.id)
    session.commit()
    after = {row.statement_id for row in session.query(Proposal).filter_by(theme_id=group.id)}
    assert len(before & after) >= len(before) / 2


def test_rejected_and_merged_themes_of_people_are_not_proposed(session, consultation) -> None:
    housing = session.query(Theme).filter_by(code="T05").one()
    rejected, merged, kept = (
        services.create_theme(session, None, consultation.id, name, "en") for name in "ABC"
    )
    services.reject_theme(session, None, rejected)
    services.merge_theme(session, None, merged, housing)
    assert [theme.code for theme in added_themes(session, consultation.id)] == [kept.code]
