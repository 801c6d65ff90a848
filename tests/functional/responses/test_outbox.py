"""What the server tells a script that sends a form by itself, and what a phone has kept."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.kernel.clock import today
from consult.responses.models import Draft, Response
from tests.factories import csrf_token, make_consultation, make_region
from tests.factories.journey import START, answer_all, begin, send, send_screen

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def consultation(session: Session) -> None:
    make_consultation(session, make_region(session))
    session.commit()


def post(client: FlaskClient, path: str, **fields: object):
    data = {"csrf_token": csrf_token(client.get(START).text), **fields}
    return client.post(f"{START}{path}", data=data, headers=JSON)


def key_of(client: FlaskClient) -> str:
    with client.session_transaction() as cookie:
        return str(cookie["forms"]["living-together"][0])


def begin_kept(client: FlaskClient) -> str:
    """Begin with “keep on this phone”; the key the phone keeps."""
    data = {"csrf_token": csrf_token(client.get(START).text), "keep": "1"}
    page = client.post(START, data=data, follow_redirects=True).text
    key = key_of(client)
    assert f'data-key="{key}"' in page
    return key


def test_by_default_a_page_gives_no_key_away(client) -> None:
    page = begin(client).text
    assert "data-form=" in page
    assert "data-key" not in page
    assert key_of(client) not in page


def test_a_stored_screen_is_answered_with_the_next_address(client) -> None:
    begin(client)
    reply = post(client, "/q/1", shown="consent", consent="yes", next="1")
    assert reply.json == {"next": f"{START}/q/2", "sent": False}
    assert post(client, "/q/1", shown="consent", consent="perhaps", next="1").status_code == 400


def test_refusing_makes_the_phone_forget_before_the_page_says_so(client, session) -> None:
    begin(client)
    reply = post(client, "/q/1", shown="consent", consent="no", next="1")
    assert reply.json == {"forget": True}
    assert "Nothing was stored" in send_screen(client, 1, consent="no").text
    assert session.query(Draft).count() == 0


def test_an_answer_is_called_sent_only_when_it_is_stored(client, session) -> None:
    answer_all(client)
    assert post(client, "/review", csrf_token="forged").status_code == 403
    assert session.query(Response).count() == 0
    for _ in range(2):
        assert post(client, "/review").json == {"next": f"{START}/thanks", "sent": True}
    assert session.query(Response).count() == 1


def test_a_missing_answer_leads_back_and_is_not_called_sent(client) -> None:
    begin(client)
    assert post(client, "/review").json == {"next": f"{START}/q/1", "sent": False}


def test_a_kept_form_opens_again_in_its_language_after_a_kill(app, client) -> None:
    key = begin_kept(client)
    send_screen(client, 1, consent="yes")
    reborn = app.test_client()  # the cookies are gone
    found = post(reborn, "/resume", key=key, lang="en").json
    assert (found["key"], found["next"]) == (key, f"{START}/q/1")
    assert found["token"]
    assert f'data-key="{key}"' in reborn.get(f"{START}/q/2").text


def test_a_kept_form_that_was_sent_gets_its_thanks(app, client, session) -> None:
    key = begin_kept(client)
    send_screen(client, 1, consent="yes")
    send(client)
    found = post(app.test_client(), "/resume", key=key).json
    assert found == {"next": f"{START}/thanks", "sent": True}
    assert session.query(Response).count() == 1


def test_a_kept_form_older_than_the_server_remembers_is_begun_anew(app, client, session) -> None:
    key = begin_kept(client)
    session.query(Draft).delete()
    session.commit()
    found = post(app.test_client(), "/resume", key=key).json
    assert found["key"] != key
    assert session.query(Draft).one().last_day > today()


def test_a_key_opens_nothing_without_a_token_of_the_page(app, client) -> None:
    key = begin_kept(client)
    stranger = app.test_client()
    reply = stranger.post(f"{START}/resume", data={"key": key}, headers=JSON)
    assert reply.mimetype == "text/html"
    assert stranger.get(f"{START}/q/1").status_code == 410


def test_all_questions_on_one_page_are_sent_at_once(client, session) -> None:
    begin(client)
    shown = ["consent", "who", "organisation", "good"]
    reply = post(client, "/whole", shown=shown, consent="yes", who="organisation",
                 organisation="A club", good="Neighbours", send="1")  # fmt: skip
    assert reply.json == {"next": f"{START}/thanks", "sent": True}
    stored = {a.question_code: a.text or a.value for a in session.query(Response).one().answers}
    assert stored == {"consent": "yes", "who": ["organisation"], "organisation": "A club",
                      "good": "Neighbours"}  # fmt: skip


def test_one_page_keeps_what_is_typed_beside_a_fault(client, session) -> None:
    begin(client)
    page = client.get(f"{START}/whole").text
    assert "What kind?" in page
    assert "What is hardest?" in page
    reply = client.post(f"{START}/whole", data={
        "csrf_token": csrf_token(page), "shown": ["consent", "good", "quote"],
        "good": "Kept text", "quote": "perhaps", "send": "1",
    })  # fmt: skip
    assert reply.status_code == 400
    assert "Kept text" in reply.text
    assert "answer this question" in reply.text
    assert session.query(Response).count() == 0


def test_one_page_leaves_alone_what_it_did_not_show(client, session) -> None:
    answer_all(client, good="From a screen")
    post(client, "/whole", shown="hardest", hardest="From the page", send="1")
    stored = {a.question_code: a.text for a in session.query(Response).one().answers if a.text}
    assert stored == {"good": "From a screen", "hardest": "From the page"}


def test_the_worker_may_serve_the_survey_and_nothing_is_fetched_elsewhere(client) -> None:
    with client.get("/static/any/sw.js") as reply:
        assert reply.headers["Service-Worker-Allowed"] == "/s/"
        assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    with client.get("/static/any/outbox.js") as reply:
        assert "Service-Worker-Allowed" not in reply.headers
