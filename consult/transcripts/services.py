"""Writes of voice answers: write down, check, and note who listened."""

from sqlalchemy.orm import Session

from consult.accounts.models import Staff
from consult.accounts.services import record
from consult.jobs.services import enqueue
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.responses.models import Voice
from consult.responses.services import REFRESH
from consult.responses.voices import put_into_words

CHECKS = ("second", "reviewed")


def write_down(session: Session, staff: Staff, voice: Voice, text: str) -> None:
    """Make `text` what was said, as a draft of this person: it becomes the answer's text.

    The log keeps no words, so that a withdrawal leaves none behind.
    """
    if not text.strip():
        raise RuleBroken(N_("Please write down what you hear first."))
    if voice.data is None:
        raise RuleBroken(N_("This was reviewed and its recording is deleted."))
    before = {"state": voice.state}
    voice.transcript, voice.state = text.strip(), "draft"
    voice.transcriber_id, voice.transcribed_by, voice.checked_by = staff.id, staff.name, ""
    _tell(session, staff, voice, "transcribe_voice", before)


def confirm(session: Session, staff: Staff, voice: Voice, state: str) -> None:
    """Say that what another person wrote down is right.

    `second`: by a second reader. `reviewed`: by someone who speaks the language; then nobody needs
    the recording any more, and it is deleted.
    """
    if state not in CHECKS or voice.state not in ("draft", *CHECKS[:1]):
        raise RuleBroken(N_("Please write down what you hear first."))
    if voice.transcriber_id == staff.id:
        raise RuleBroken(N_("You wrote this down yourself, so somebody else must check it."))
    before = {"state": voice.state}
    voice.state, voice.checked_by = state, staff.name
    if state == "reviewed":
        voice.data = None
    _tell(session, staff, voice, "check_voice", before)


def note_listening(session: Session, staff: Staff, voice: Voice) -> None:
    """Log that a person listened."""
    record(session, staff.id, "listen_voice", voice, {}, {}, voice.response.consultation_id)


def _tell(session: Session, staff: Staff, voice: Voice, verb: str, before: dict[str, str]) -> None:
    put_into_words(session, voice)
    consultation = voice.response.consultation
    record(session, staff.id, verb, voice, before, {"state": voice.state}, consultation.id)
    enqueue(session, REFRESH, consultation.slug)
