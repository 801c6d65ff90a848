"""Two tabs, two people on one device, and a consultation that changes meanwhile."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.responses.drafts import load_draft, open_draft, save_values
from consult.responses.models import Draft, Response
from consult.surveys.models import Question
from consult.surveys.queries import current_version
from tests.factories import csrf_token, make_consultation, make_questionnaire, make_region
from tests.factories.journey import START, answer_all, begin, send, send_screen

SUBJECT = re.compile("living|together|vivir|valdora", re.I)


@pytest.fixture(autouse=True)
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_region(session))
    session.commit()
    return made


def fields_of(page: str, **more: str) -> dict[str, object]:
    """What a tab that is open would post."""
    handle = re.search(r'name="form" value="(\w+)"', page)
    assert handle
    shown = re.findall(r'name="shown" value="(\w+)"', page)
    return {"csrf_token": csrf_token(page), "form": handle[1], "shown": shown, "next": "1", **more}


def test_a_form_begun_in_a_second_tab_leaves_the_first_whole(client, session) -> None:
    answer_all(client, good="First person")
    first = client.get(f"{START}/q/3").text
    begin(client)
    send_screen(client, 1, consent="yes")
    second = client.get(f"{START}/q/2").text
    client.post(f"{START}/q/3", data=fields_of(first, hardest="First person"))
    send(client)
    client.post(f"{START}/q/2", data=fields_of(second, who="moved_here"))
    send(client)
    answers = [{a.question_code: a.text or a.value for a in r.answers}
               for r in session.query(Response).order_by(Response.id)]  # fmt: skip
    assert answers[0]["hardest"] == "First person"
    assert answers[1] == {"consent": "yes", "who": ["moved_here"]}


def test_a_handle_of_another_browser_opens_nothing(app, client) -> None:
    page = begin(client).text
    stranger = app.test_client()
    stranger.get(START)
    assert stranger.post(f"{START}/q/1", data=fields_of(page)).status_code == 410


def test_screens_of_two_tabs_saved_at_once_lose_nothing(session, consultation) -> None:
    version = current_version(session, consultation.id)
    form = open_draft(session, consultation.id, version.id)
    here = load_draft(session, consultation.id, form.key)
    there = load_draft(session, consultation.id, form.key)
    save_values(session, here, {"good": "here"})
    save_values(session, there, {"hardest": "there"})
    stored = load_draft(session, consultation.id, form.key)
    assert stored.values == {"good": "here", "hardest": "there"}


def test_a_tab_left_behind_after_sending_gets_the_thanks(client, session) -> None:
    answer_all(client)
    page = client.get(f"{START}/q/3").text
    send(client)
    reply = client.post(f"{START}/q/3", data=fields_of(page, good="Too late"))
    assert reply.location == f"{START}/thanks"
    assert "Too late" not in str([a.text for a in session.query(Response).one().answers])


def test_a_language_taken_away_meanwhile_is_said_once_and_nothing_is_lost(
    client, session, consultation
) -> None:
    begin(client)
    with client.session_transaction() as cookie:
        cookie["lang"] = "es"
    consultation.languages = ["en", "ar"]
    session.commit()
    send_screen_unread(client, good="Escrito antes")
    page = client.get(f"{START}/q/1").text
    assert "not available in the language" in page
    assert "not available in the language" not in client.get(f"{START}/q/1").text
    assert session.query(Draft).count() == 1


def send_screen_unread(client: FlaskClient, **fields: str) -> None:
    """Post a page that was opened before."""
    with client.session_transaction() as cookie:
        lang = cookie["lang"]
    page = client.get("/").text
    data = {"csrf_token": csrf_token(page), "shown": ["consent"], "consent": "yes", "next": "1"}
    assert client.post(f"{START}/q/1", data={**data, **fields}).status_code == 303
    with client.session_transaction() as cookie:
        assert cookie["lang"] == lang


def test_questions_changed_meanwhile_do_not_change_a_form_begun(
    client, session, consultation
) -> None:
    answer_all(client, good="To the old question")
    newer = make_questionnaire_again(session, consultation)
    session.commit()
    assert "What is going well?" in client.get(f"{START}/q/3").text
    send(client)
    assert session.query(Response).one().version_id != newer
    begin(client)
    send_screen(client, 1, consent="yes")
    assert "A new wording" in client.get(f"{START}/q/3").text


def make_questionnaire_again(session: Session, consultation: Consultation) -> int:
    current_version(session, consultation.id).number = 0  # the factory always writes number 1
    session.flush()
    version = make_questionnaire(session, consultation)
    question = session.query(Question).filter(
        Question.code == "good", Question.section.has(version_id=version.id))  # fmt: skip
    question.one().label = LocalizedText(en="A new wording")
    return version.id


def test_without_cookies_the_page_says_what_to_do(app) -> None:
    client = app.test_client(use_cookies=False)
    token = csrf_token(client.get(START).text)
    assert "allow cookies" in client.post(START, data={"csrf_token": token}).text


def test_no_title_names_the_subject(client, session, consultation) -> None:
    answer_all(client)
    paths = ["", "/q/1", "/q/2", "/q/3", "/whole", "/review", "/later", "/resume", "/receipt",
             "/results", "/nothing"]  # fmt: skip
    pages = [client.get(START + path).text for path in paths]
    send(client)
    pages += [client.get(f"{START}/thanks").text, client.get("/").text]
    consultation.state = "closed"
    session.commit()
    pages += [client.get(START + path).text for path in ("", "/results")]
    titles = [re.search(r"<title>(.*?)</title>", page)[1] for page in pages]
    assert [title for title in titles if SUBJECT.search(title)] == []
