"""Machine translations: looked at, confirmed, carried out, cancelled, repeated."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.config import TranslatorSettings
from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.jobs.services import JobCancelled
from consult.kernel.errors import RuleBroken
from consult.responses.models import Answer, AnswerTranslation
from consult.responses.services import withdraw
from consult.themes import jobs
from consult.themes.models import Redaction, Statement, TranslationOrder
from consult.translators.base import BatchRefused, ServiceDown
from tests.factories import csrf_token, make_staff, make_staffed_consultation, sign_in
from tests.factories.services import FakeService, running_service
from tests.factories.strategy import make_statement, make_theme

DESK = "/desk/valdora/living-together"
TEXTS = [
    ("es", "El alquiler es caro."),
    ("es", "El alquiler es caro."),
    ("es", "Mi correo es ana@valdora.example y busco piso."),
    ("fr", "Le bus ne passe jamais."),
    ("ti", "ገዛ የለን።"),
    ("en", "The rent is high."),
]


class Upper:
    """A translator in this process: capitals, and what a test makes of it."""

    name, host, most_texts, most_letters = "Upper", "", 2, 1_000

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.before = lambda texts: None

    def sources(self, target: str) -> frozenset[str]:
        return frozenset({"es", "fr"})

    def translate(self, texts, source, target) -> list[str]:
        self.before(texts)
        self.sent += texts
        return [text.upper() for text in texts]


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_staffed_consultation(session)
    theme = make_theme(session, made)
    for language, text in TEXTS:
        make_statement(session, made, theme, text, language=language)
    session.commit()
    return made


@pytest.fixture
def service() -> Iterator[FakeService]:
    with running_service() as server:
        yield server


@pytest.fixture
def use(app):
    """Set the application's translator for a test."""
    before = app.config["SETTINGS"]

    def change(kind: str, url: str = "", **values) -> None:
        app.config["SETTINGS"] = replace(before, translator=TranslatorSettings(kind, url, **values))

    yield change
    app.config["SETTINGS"] = before


def make_order(session: Session, consultation: Consultation, **values) -> TranslationOrder:
    order = TranslationOrder(**{
        "consultation_id": consultation.id, "service": "Upper", "target": "en",
        "languages": ["es", "fr"], "last_answer_id": 2**31 - 1, "answers": 4, "letters": 90,
        **values,
    })  # fmt: skip
    session.add(order)
    session.commit()
    return order


def carry_out(session, order, translator, report=lambda *_: None) -> TranslationOrder:
    spot = jobs._spotter(session.get(Consultation, order.consultation_id))
    jobs.carry_out(session, order, report, translator, spot)
    session.refresh(order)
    return order


def order_shown(client, **values):
    """Confirm what the page shows."""
    page = client.get(f"{DESK}/machine")
    fields = {name: page.text.split(f'name="{name}" value="')[1].split('"')[0]
              for name in ("target", "service", "last_answer")}  # fmt: skip
    ticked = [part.split('"')[0] for part in page.text.split('name="language" value="')[1:]]
    data = {"csrf_token": csrf_token(page.text), "language": ticked, **fields, **values}
    return client.post(f"{DESK}/machine", data=data, follow_redirects=True)


def translations(session: Session) -> list[str]:
    session.expire_all()
    return sorted(row.text for row in session.query(AnswerTranslation))


def test_without_a_service_nothing_can_be_sent(client, session, consultation) -> None:
    sign_in(client)
    assert "Translate by machine" not in client.get(DESK).text
    page = client.get(f"{DESK}/machine").text
    assert "nothing leaves this server" in page
    assert 'name="last_answer"' not in page


def test_the_page_shows_what_would_go_where_and_sends_nothing(
    client, session, consultation, service, use
) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    assert f'href="{DESK}/machine"' in client.get(DESK).text
    page = client.get(f"{DESK}/machine").text
    assert "4 answers can be translated" in page
    assert f"LibreTranslate ({service.url.removeprefix('http://')})" in page
    assert "They leave this server." in page
    assert "89 letters." in page  # the campaign's text counts once
    assert "Left to people" in page
    assert service.batches == []


def test_a_confirmed_order_is_carried_out_and_every_text_marked(
    client, session, consultation, service, use
) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    page = order_shown(client, agreed="y").text
    assert "Waiting for a worker" in page
    job = session.query(Job).filter_by(name="themes.translate").one()
    jobs.translate(session, job.subject, lambda *_: None)
    session.commit()
    assert [sorted(batch) for batch in service.batches] == [
        ["El alquiler es caro.", "Mi correo es […] y busco piso."],
        ["Le bus ne passe jamais."],
    ]
    rows = session.query(AnswerTranslation).all()
    assert len(rows) == 4
    assert {(row.origin, row.state, row.made_by.split(" (")[0]) for row in rows} == {
        ("machine", "draft", "LibreTranslate")}  # fmt: skip
    assert "Had answers translated by LibreTranslate" in client.get(f"{DESK}/log").text
    assert session.query(Job).filter_by(name="themes.analyse").count() == 1


def test_answers_leave_only_when_a_person_says_they_may(
    client, session, consultation, service, use
) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    assert "Please confirm that the answers may be sent" in order_shown(client).text
    assert session.query(TranslationOrder).count() == 0


def test_only_the_ticked_languages_are_ordered(client, session, consultation, service, use) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    order_shown(client, agreed="y", language=["fr"])
    order = session.query(TranslationOrder).one()
    assert (order.languages, order.answers) == (["fr"], 1)


def test_what_came_after_the_page_was_shown_is_not_sent(
    client, session, consultation, service, use
) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    first = session.query(Answer.id).order_by(Answer.id).first()[0]
    order_shown(client, agreed="y", last_answer=first)
    assert session.query(TranslationOrder).one().answers == 1


def test_two_orders_are_not_at_work_at_once(client, session, consultation, service, use) -> None:
    use("libretranslate", service.url)
    sign_in(client)
    fields = {"target": "en", "service": f"LibreTranslate ({service.url.removeprefix('http://')})",
              "last_answer": 99, "language": ["fr"], "agreed": "y"}  # fmt: skip
    token = csrf_token(client.get(f"{DESK}/machine").text)
    for _ in range(2):
        client.post(f"{DESK}/machine", data={"csrf_token": token, **fields})
    assert session.query(TranslationOrder).count() == 1


def test_an_order_keeps_to_its_limit(client, session, consultation, service, use) -> None:
    use("libretranslate", service.url, limit=30)
    sign_in(client)
    page = client.get(f"{DESK}/machine").text
    assert "2 answers can be translated" in page
    assert "2 more answers are over the limit" in page


def test_a_service_that_is_down_is_said_before_anything_is_ordered(
    client, session, consultation, use
) -> None:
    use("libretranslate", "http://127.0.0.1:9")
    sign_in(client)
    assert "The translation service does not answer." in client.get(f"{DESK}/machine").text


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("translator", 403), ("admin", 200)])
def test_only_facilitators_and_admins_order(client, session, consultation, role, status) -> None:
    make_staff(session, consultation.region, role, "other@valdora.example")
    session.commit()
    sign_in(client, "other@valdora.example")
    assert client.get(f"{DESK}/machine").status_code == status


def test_what_a_person_translated_is_not_sent(session, consultation) -> None:
    first = session.query(Answer).order_by(Answer.id).first()
    first.translations.append(
        AnswerTranslation(language="en-GB", text="By hand.", made_by="A person")
    )
    session.commit()
    done = carry_out(session, make_order(session, consultation), Upper())
    assert done.translated == 3
    assert "By hand." in translations(session)


def test_what_people_hid_is_not_sent_and_what_they_kept_is(session, consultation) -> None:
    text = "Mi correo es ana@valdora.example y busco piso."
    answer = session.query(Answer).filter_by(text=text).one()
    mail, home = text.index("ana@"), text.index("busco piso")
    for start, end, kind, state in ((mail, mail + 19, "email", "kept"),
                                    (home, home + 10, "words", "hidden")):  # fmt: skip
        session.add(Redaction(answer_id=answer.id, start=start, end=end, kind=kind, state=state))
    session.commit()
    translator = Upper()
    carry_out(session, make_order(session, consultation), translator)
    assert "Mi correo es ana@valdora.example y […]." in translator.sent


def test_a_cancelled_order_keeps_what_it_had_and_a_repeat_sends_only_the_rest(
    session, consultation
) -> None:
    translator = Upper()

    def cancel_at_second(fraction: float, _message: str) -> None:
        if fraction:
            raise JobCancelled

    order = make_order(session, consultation)
    with pytest.raises(JobCancelled):
        carry_out(session, order, translator, cancel_at_second)
    session.rollback()
    assert len(translations(session)) == 3
    carry_out(session, order, translator)
    assert len(translations(session)) == 4
    assert len(translator.sent) == len(set(translator.sent)) == 3
    session.refresh(order)
    assert order.translated == 4


def test_an_answer_withdrawn_while_the_service_works_gets_no_translation(
    session, consultation, tmp_path
) -> None:
    translator = Upper()

    def withdraw_meanwhile(_texts) -> None:
        answer = session.query(Answer).filter(Answer.text.like("Le bus%")).first()
        if answer:
            withdraw(session, answer.response, tmp_path / "ledger")
            session.commit()

    translator.before = withdraw_meanwhile
    carry_out(session, make_order(session, consultation), translator)
    assert len(translations(session)) == 3
    assert not any("LE BUS" in text for text in translations(session))


def test_somebody_quicker_than_the_machine_keeps_their_translation(session, consultation) -> None:
    translator = Upper()

    def translate_meanwhile(texts) -> None:
        answer = session.query(Answer).filter(Answer.text.in_(texts)).first()
        if answer and not answer.translations:
            answer.translations.append(
                AnswerTranslation(language="en", text="By hand.", made_by="A person")
            )
            session.commit()

    translator.before = translate_meanwhile
    carry_out(session, make_order(session, consultation), translator)
    found = translations(session)
    assert "By hand." in found
    assert len(found) == 4


def test_a_text_the_service_does_not_take_is_counted_and_the_rest_goes_on(
    session, consultation
) -> None:
    translator = Upper()

    def refuse(texts) -> None:
        if any(text.startswith("Mi correo") for text in texts):
            raise BatchRefused

    translator.before = refuse
    done = carry_out(session, make_order(session, consultation), translator)
    assert (done.translated, done.refused) == (3, 1)


def test_a_service_that_takes_nothing_is_given_up(session, consultation) -> None:
    translator = Upper()
    translator.most_texts = 1

    def refuse(_texts) -> None:
        raise BatchRefused

    translator.before = refuse
    with pytest.raises(ServiceDown):
        carry_out(session, make_order(session, consultation), translator)


def test_an_order_never_goes_to_another_service(session, consultation) -> None:
    order = make_order(session, consultation, service="DeepL (elsewhere)", host="elsewhere")
    with pytest.raises(RuleBroken):
        carry_out(session, order, Upper())


def test_the_analysis_hears_what_the_machine_translated(session, consultation) -> None:
    carry_out(session, make_order(session, consultation), Upper())
    statement = session.query(Statement).filter_by(language="fr").one()
    assert jobs._given(statement).translation == "LE BUS NE PASSE JAMAIS."


def test_the_log_of_an_order_holds_no_words_of_people(client, session, consultation, service,
                                                      use) -> None:  # fmt: skip
    use("libretranslate", service.url)
    sign_in(client)
    order_shown(client, agreed="y")
    entry = session.query(AuditEntry).filter_by(verb="order_translation").one()
    assert set(entry.after) == {"count", "service", "lang", "letters", "languages"}
