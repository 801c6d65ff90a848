"""The fields of a spoken answer in a posted form: pure, from what was posted to a recording.

A page carries a recording as letters (base64url) in a field of its own, so that it goes the way of
every other field: the form's one post, the outbox, the phone's copy.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from consult.responses.recordings import UNREADABLE, Recording, read_recording
from consult.surveys.models import Question
from consult.surveys.types import InvalidAnswer
from consult.surveys.types.text import voice_field

Posted = Mapping[str, Sequence[str]]


def drop_field(code: str) -> str:
    """The name of the box that deletes a recording."""
    return f"{code}:drop"


def posted_voice(code: str, posted: Posted) -> str:
    """The recording in a posted form as letters; nothing where none was made on the page."""
    return next((text for text in posted.get(voice_field(code), ()) if text), "")


def is_dropped(code: str, posted: Posted) -> bool:
    """Whether the person deletes the recording made before, and made no new one."""
    return any(posted.get(drop_field(code), ())) and not posted_voice(code, posted)


def is_spoken(question: Question, values: Mapping[str, Any], posted: Posted) -> bool:
    """Whether the question has a spoken answer once the form is read."""
    if not question.takes_voice or is_dropped(question.code, posted):
        return False
    return bool(posted_voice(question.code, posted) or values.get(voice_field(question.code)))


def read_voice(letters: str) -> Recording:
    """The recording behind the letters; raises InvalidAnswer."""
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidAnswer(UNREADABLE) from None
    return read_recording(data)
