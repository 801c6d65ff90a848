"""Voice answers at the desk: heard by the right people, written down, checked, deleted."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.responses.models import Answer, Voice
from tests.factories import (
    csrf_token,
    make_consultation,
    make_region,
    make_response,
    make_staff,
    sign_in,
)
from tests.factories.recordings import webm

DESK = "/desk/valdora/living-together"
OTHER = "second@valdora.example"


@pytest.fixture
def voice(session: Session) -> Voice:
    """One recording that waits, and two people who may write it down."""
    region = make_region(session)
    make_staff(session, region, "translator")
    make_staff(session, region, "translator", OTHER)
    made: Consultation = make_consultation(session, region)
    response = make_response(session, made, {"good": "Typed beside it."})
    response.voices.append(Voice(question_code="good", mime="audio/webm", seconds=42,
                                 data=webm(42), typed="Typed beside it."))  # fmt: skip
    session.commit()
    return response.voices[0]


@pytest.fixture
def desk(client: FlaskClient, voice: Voice) -> FlaskClient:
    sign_in(client)
    return client


def act(client: FlaskClient, voice: Voice, text: str, button: str = "save") -> str:
    token = csrf_token(client.get(f"{DESK}/voices").text)
    data = {"csrf_token": token, "text": text, "act": button}
    return client.post(f"{DESK}/voices/{voice.id}", data=data, follow_redirects=True).text


def spoken(session: Session) -> list[Answer]:
    session.expire_all()
    return list(session.scalars(select(Answer).where(Answer.question_code == "good")))


def test_listening_is_for_the_right_role_and_logged(
    desk: FlaskClient, voice: Voice, session: Session
) -> None:
    assert "0:42" in desk.get(f"{DESK}/voices").text
    sound = desk.get(f"{DESK}/voices/{voice.id}/sound")
    assert sound.mimetype == "audio/webm"
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.verb, entry.subject_id) == ("listen_voice", voice.id)
    assert "Listened to a voice answer." in desk.get(f"{DESK}/log").text


def test_a_viewer_does_not_hear_it(client: FlaskClient, voice: Voice, session: Session) -> None:
    make_staff(session, voice.response.consultation.region, "viewer", "viewer@valdora.example")
    session.commit()
    sign_in(client, "viewer@valdora.example")
    assert client.get(f"{DESK}/voices").status_code == 403
    assert client.get(f"{DESK}/voices/{voice.id}/sound").status_code == 403
    assert "voice answer" not in client.get(DESK).text


def test_what_is_written_down_becomes_the_answers_text_and_says_by_whom(
    desk: FlaskClient, voice: Voice, session: Session
) -> None:
    assert "1 voice answer waits" in desk.get(DESK).text
    act(desk, voice, "The buses\r\nare good.")
    (answer,) = spoken(session)
    assert answer.text == "Typed beside it.\n\nThe buses\nare good."
    assert answer.transcribed_by == "Facilitator"
    assert session.scalars(select(Job.name)).all() == ["themes.refresh"]
    assert "Somebody else must check" in desk.get(f"{DESK}/voices?state=draft").text
    act(desk, voice, "The buses are late.")
    assert [one.text for one in spoken(session)] == ["Typed beside it.\n\nThe buses are late."]


def test_nothing_is_no_transcript(desk: FlaskClient, voice: Voice, session: Session) -> None:
    assert "write down what you hear" in act(desk, voice, "  ")
    assert session.get(Voice, voice.id).state == "waiting"  # type: ignore[union-attr]


def test_nobody_checks_their_own_words(desk: FlaskClient, voice: Voice, session: Session) -> None:
    act(desk, voice, "The buses.")
    assert "somebody else must check" in act(desk, voice, "The buses.", "reviewed")
    session.expire_all()
    assert session.get(Voice, voice.id).state == "draft"  # type: ignore[union-attr]


def test_a_second_reader_then_a_speaker_and_the_recording_is_gone(
    desk: FlaskClient, voice: Voice, session: Session
) -> None:
    act(desk, voice, "The buses.")
    other = desk.application.test_client()
    sign_in(other, OTHER)
    act(other, voice, "The buses.", "second")
    act(other, voice, "The buses.", "reviewed")
    session.expire_all()
    found = session.get(Voice, voice.id)
    assert found
    assert (found.state, found.data, found.checked_by) == ("reviewed", None, "Second")
    assert other.get(f"{DESK}/voices/{voice.id}/sound").status_code == 410
    assert "The recording is deleted." in other.get(f"{DESK}/voices?state=reviewed").text
    assert [one.text for one in spoken(session)] == ["Typed beside it.\n\nThe buses."]


def test_a_second_reader_who_changes_the_words_is_their_author(
    desk: FlaskClient, voice: Voice, session: Session
) -> None:
    act(desk, voice, "The buses.")
    other = desk.application.test_client()
    sign_in(other, OTHER)
    act(other, voice, "The bus stops.", "reviewed")
    session.expire_all()
    found = session.get(Voice, voice.id)
    assert found
    assert (found.state, found.transcribed_by) == ("draft", "Second")


def test_the_log_keeps_no_words(desk: FlaskClient, voice: Voice, session: Session) -> None:
    act(desk, voice, "The buses.")
    entry = session.scalars(select(AuditEntry)).one()
    assert "buses" not in f"{entry.before} {entry.after}"


def test_another_regions_voice_is_not_there(desk: FlaskClient, voice: Voice) -> None:
    assert desk.get(f"{DESK}/voices/{voice.id + 1}/sound").status_code == 404
