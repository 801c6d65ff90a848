"""Answers by voice: recorded, kept, sent once, corrected, withdrawn; off unless asked for."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.responses.models import Answer, Draft, DraftVoice, Response, Voice
from consult.responses.services import apply_withdrawals
from consult.surveys.models import Question
from tests.factories import csrf_token, make_consultation
from tests.factories.journey import START, begin, send, send_screen
from tests.factories.recordings import TELLS, letters, mp4, ogg, webm

SPOKEN = {"good:voice": letters(webm(42))}


@pytest.fixture(autouse=True)
def consultation(session: Session) -> None:
    make_consultation(session)
    spoken = update(Question).where(Question.code == "good")
    session.execute(spoken.values(appearance="multiline voice"))
    session.commit()


def speak(client: FlaskClient, **fields: object) -> None:
    """Up to the open questions, then these fields."""
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    assert send_screen(client, 3, quote="yes", **fields).status_code == 303


def press(client: FlaskClient, action: str) -> str:
    page = client.get(f"{START}/receipt").text
    data = {"csrf_token": csrf_token(page), "action": action}
    return client.post(f"{START}/receipt", data=data, follow_redirects=True).text


def voices(session: Session) -> list[Voice]:
    session.expire_all()
    return list(session.scalars(select(Voice)))


def test_only_a_page_with_such_a_question_may_hear(client: FlaskClient) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    silent = client.get(f"{START}/q/2")
    assert "microphone=()" in silent.headers["Permissions-Policy"]
    assert "voice.js" not in silent.text
    send_screen(client, 2, who="moved_here")
    hearing = client.get(f"{START}/q/3")
    assert "microphone=(self)" in hearing.headers["Permissions-Policy"]
    assert "media-src 'self' blob:" in hearing.headers["Content-Security-Policy"]
    assert hearing.text.count('<template class="speak">') == 1
    assert "recognise your voice" in hearing.text


@pytest.mark.parametrize("made", [webm, ogg, mp4])
def test_a_spoken_answer_is_stored_once_without_what_tells_of_the_device(
    client: FlaskClient, session: Session, made: object
) -> None:
    speak(client, **{"good:voice": letters(made(42))})  # type: ignore[operator]
    assert "0:42" in client.get(f"{START}/review").text
    send(client)
    client.post(f"{START}/review", data={"csrf_token": "again"})
    (voice,) = voices(session)
    assert (voice.seconds, voice.state, voice.question_code) == (42, "waiting", "good")
    assert TELLS not in (voice.data or b"")
    assert session.query(Response).count() == 1
    assert session.query(DraftVoice).count() == 0


def test_an_open_form_keeps_a_recording_sealed_and_for_its_owner_alone(
    client: FlaskClient, session: Session
) -> None:
    speak(client, **SPOKEN)
    kept = session.scalars(select(DraftVoice)).one()
    assert b"sound" not in kept.sealed
    assert b"sound" in client.get(f"{START}/voice/good").data
    assert client.get(f"{START}/voice/hardest").status_code == 404
    stranger = client.application.test_client()
    assert stranger.get(f"{START}/voice/good").status_code == 404
    session.execute(delete(Draft))
    assert session.query(DraftVoice).count() == 0


def test_a_recording_is_heard_again_and_can_be_deleted_without_scripts(
    client: FlaskClient, session: Session
) -> None:
    speak(client, **SPOKEN, good="I wrote this")
    page = client.get(f"{START}/q/3").text
    assert f'<audio controls preload="none" src="{START}/voice/good"' in page
    assert 'name="good:drop"' in page
    send_screen(client, 3, good="I wrote this")
    assert "0:42" in client.get(f"{START}/review").text
    send_screen(client, 3, good="I wrote this", **{"good:drop": "1"})
    assert "0:42" not in client.get(f"{START}/review").text
    send(client)
    assert voices(session) == []


@pytest.mark.parametrize(("data", "sentence"), [
    (webm(codec=b"V_VP8", kind=1), "This is a video"), (webm(1800), "longer than 3 minutes"),
    (b"no sound", "could not use the recording"),
])  # fmt: skip
def test_a_recording_that_cannot_be_taken_loses_nothing_else(
    client: FlaskClient, data: bytes, sentence: str
) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    fields = {"good": "Typed", "hardest": "Rents", "good:voice": letters(data)}
    reply = send_screen(client, 3, **fields)
    assert reply.status_code == 400
    assert sentence in reply.text
    assert "Typed" in reply.text
    review = client.get(f"{START}/review").text
    assert "Typed" in review
    assert "Rents" in review


def test_half_an_hour_of_bytes_still_gets_its_sentence(client: FlaskClient) -> None:
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    long = webm(1800) + b"\xec" + (1 << 56 | 7_000_000).to_bytes(8, "big") + bytes(7_000_000)
    reply = send_screen(client, 3, **{"good:voice": letters(long)})
    assert reply.status_code == 400
    assert "longer than 3 minutes" in reply.text


def test_a_required_question_may_be_answered_by_voice_alone(
    client: FlaskClient, session: Session
) -> None:
    session.execute(update(Question).where(Question.code == "good").values(required=True))
    session.commit()
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    assert send_screen(client, 3).status_code == 400
    assert send_screen(client, 3, **SPOKEN).status_code == 303
    assert send_screen(client, 3, **{"good:drop": "1"}).status_code == 400
    assert client.get(f"{START}/review").status_code == 303


def test_on_one_page_it_is_kept_as_well(client: FlaskClient, session: Session) -> None:
    begin(client)
    page = client.get(f"{START}/whole")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    data = {"csrf_token": csrf_token(page.text), "shown": ["consent", "good"], "consent": "yes",
            "send": "1", **SPOKEN}  # fmt: skip
    assert client.post(f"{START}/whole", data=data).status_code == 303
    assert [voice.seconds for voice in voices(session)] == [42]


def test_a_correction_keeps_replaces_or_deletes_it(client: FlaskClient, session: Session) -> None:
    speak(client, **SPOKEN)
    send(client)
    (first,) = voices(session)
    assert "0:42" in press(client, "mine")
    assert "0:42" in press(client, "change")
    _send_again(client)
    assert [voice.id for voice in voices(session)] == [first.id]
    press(client, "change")
    send_screen(client, 3, **{"good:voice": letters(ogg(9))})
    _send_again(client)
    assert [voice.seconds for voice in voices(session)] == [9]
    press(client, "change")
    send_screen(client, 3, **{"good:drop": "1"})
    _send_again(client)
    assert voices(session) == []


def _send_again(client: FlaskClient) -> None:
    page = client.get(f"{START}/review").text
    reply = client.post(f"{START}/review", data={"csrf_token": csrf_token(page)})
    assert reply.location == f"{START}/thanks"


def test_a_withdrawal_deletes_it_and_a_restored_backup_too(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    speak(client, **SPOKEN)
    send(client)
    response = session.scalars(select(Response)).one()
    press(client, "withdraw")
    assert voices(session) == []
    ledger = Path(client.application.instance_path) / "withdrawals.log"
    response.withdrawn = False  # as in a backup made before
    response.voices.append(Voice(question_code="good", mime="audio/webm", seconds=1, data=b"x"))
    session.commit()
    assert apply_withdrawals(session, ledger.read_text().splitlines()) == 1
    assert voices(session) == []
    assert session.query(Answer).count() == 0


def test_where_no_question_takes_a_voice_none_is_kept(
    client: FlaskClient, session: Session
) -> None:
    session.execute(update(Question).values(appearance="multiline"))
    session.commit()
    speak(client, **SPOKEN)
    send(client)
    assert voices(session) == []
