"""Keeping spoken answers: with the open form, then with the response, then as words."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session, undefer

from consult.responses.drafts import OpenForm, key_hash, open_bytes, seal_bytes
from consult.responses.flow import relevant_voices
from consult.responses.forms import Posted, ReadScreen
from consult.responses.models import Answer, DraftVoice, Response, Voice
from consult.responses.recordings import Recording
from consult.responses.spoken import is_dropped, posted_voice, read_voice
from consult.surveys.models import Question, QuestionnaireVersion
from consult.surveys.types import InvalidAnswer
from consult.surveys.types.text import voice_field


def keep_voices(
    session: Session, form: OpenForm, questions: Iterable[Question], posted: Posted,
    read: ReadScreen,
) -> None:  # fmt: skip
    """Keep the recordings of a posted screen beside its values; a bad one is a fault there."""
    for question in questions:
        code = question.code
        if not question.takes_voice:
            continue
        if is_dropped(code, posted):
            session.execute(delete(DraftVoice).where(*_mine(form, code)))
            read.values[voice_field(code)] = None
        elif posted_voice(code, posted):
            try:
                recording = read_voice(posted_voice(code, posted))
            except InvalidAnswer as error:
                read.faults[code] = error
            else:
                keep_voice(session, form, code, recording)
                read.values[voice_field(code)] = recording.seconds


def keep_voice(session: Session, form: OpenForm, code: str, recording: Recording) -> None:
    """Make this the form's recording for a question."""
    session.execute(delete(DraftVoice).where(*_mine(form, code)))
    session.add(DraftVoice(
        draft_hash=key_hash(form.key), question_code=code, mime=recording.mime,
        seconds=recording.seconds, sealed=seal_bytes(form.key, recording.data),
    ))  # fmt: skip
    session.flush()


def voice_of_form(session: Session, form: OpenForm, code: str) -> Recording | None:
    """The recording a person made in an open form."""
    found = select(DraftVoice).where(*_mine(form, code)).options(undefer(DraftVoice.sealed))
    row = session.scalar(found)
    if row is None:
        return None
    return Recording(row.mime, row.seconds, open_bytes(form.key, row.sealed))


def store_voices(
    session: Session, response: Response, version: QuestionnaireVersion, form: OpenForm
) -> None:
    """Give a response the recordings of its form; one already there stays as it is.

    One that staff wrote down goes with the answer's text: it stays while that stays.
    """
    spoken = {code: voice_of_form(session, form, code)
              for code in relevant_voices(version, form.values)}  # fmt: skip
    texts = {answer.question_code: answer.text or "" for answer in response.answers}
    for old in list(response.voices):
        new = spoken.get(old.question_code)
        if _stays(old, new, texts):
            spoken.pop(old.question_code, None)
        else:
            response.voices.remove(old)
    session.flush()  # the old rows go before the new ones come
    for code, recording in spoken.items():
        if recording is not None:
            response.voices.append(Voice(
                question_code=code, mime=recording.mime, seconds=recording.seconds,
                data=recording.data, typed=texts.get(code, ""),
            ))  # fmt: skip


def reopen_voices(session: Session, response: Response, form: OpenForm) -> None:
    """Give the form that corrects a response the recordings nobody wrote down yet."""
    for voice in response.voices:
        if voice.state == "waiting" and voice.data is not None:
            recording = Recording(voice.mime, voice.seconds, voice.data)
            keep_voice(session, form, voice.question_code, recording)
            form.values[voice_field(voice.question_code)] = voice.seconds


def put_into_words(session: Session, voice: Voice) -> None:
    """Make what was written down the text of the answer; a text that changed is a new answer."""
    response, code = voice.response, voice.question_code
    text = spoken_text(voice)
    old = next((one for one in response.answers if one.question_code == code), None)
    if old is not None and old.text != text:
        response.answers.remove(old)
        session.flush()
        old = None
    if old is None:
        old = Answer(question_code=code, text=text)
        response.answers.append(old)
    old.transcribed_by = voice.transcribed_by
    session.flush()


def spoken_text(voice: Voice) -> str:
    """What the person wrote, then what they said."""
    return "\n\n".join(filter(None, (voice.typed, voice.transcript)))


def _stays(old: Voice, new: Recording | None, texts: Mapping[str, str]) -> bool:
    text = texts.get(old.question_code, "")
    if old.state == "waiting":
        is_same = new is not None and new.data == old.data
        old.typed = text if is_same else old.typed
        return is_same
    return new is None and text == spoken_text(old)


def _mine(form: OpenForm, code: str) -> tuple[ColumnElement[bool], ...]:
    return DraftVoice.draft_hash == key_hash(form.key), DraftVoice.question_code == code
