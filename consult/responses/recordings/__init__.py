"""Voice recordings as phones make them: known by their content, freed of what tells of the device.

WebM (Chrome, Firefox), Ogg (Firefox) and MP4 (Safari). Each is read without trust: no library
decodes the sound, only the frame around it is looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass

from consult.kernel.messages import N_
from consult.responses.recordings import mp4, ogg, webm
from consult.responses.recordings.track import BrokenTrack, Track, VideoTrack
from consult.surveys.types import InvalidAnswer

LONGEST = 180  # seconds
GRACE = 5  # a recorder stops a little later than it is told
MOST_BYTES = 2_500_000  # three minutes of the least thrifty phone
READERS: dict[str, tuple[Callable[[bytes], bool], Callable[[bytearray], Track]]] = {
    "audio/webm": (webm.is_one, webm.read),
    "audio/ogg": (ogg.is_one, ogg.read),
    "audio/mp4": (mp4.is_one, mp4.read),
}
UNREADABLE = N_(
    "We could not use the recording. Please record it again. Your other answers are safe."
)
VIDEO = N_("This is a video. We can only take your voice. Your other answers are safe.")
TOO_LONG = N_(
    "The recording is longer than %(minutes)s minutes. Please record a shorter one. "
    "Your other answers are safe."
)
TOO_LARGE = N_(
    "The recording is too large. Please record a shorter one. Your other answers are safe."
)


@dataclass(frozen=True)
class Recording:
    """A voice, ready to be kept: its kind by content, its length in whole seconds, its bytes."""

    mime: str
    seconds: int
    data: bytes


def read_recording(data: bytes) -> Recording:
    """The recording in `data` without its metadata.

    Raises InvalidAnswer for a video, one that is too long or too large, and anything else.
    """
    mime = next((mime for mime, (is_one, _) in READERS.items() if is_one(data)), "")
    if not mime:
        raise InvalidAnswer(UNREADABLE)
    copy = bytearray(data)
    try:
        track = READERS[mime][1](copy)
    except VideoTrack:
        raise InvalidAnswer(VIDEO) from None
    except BrokenTrack:
        raise InvalidAnswer(UNREADABLE) from None
    if track.seconds > LONGEST + GRACE:
        raise InvalidAnswer(TOO_LONG, minutes=LONGEST // 60)
    if len(data) > MOST_BYTES:
        raise InvalidAnswer(TOO_LARGE)
    return Recording(mime, max(1, round(track.seconds)), bytes(copy))
