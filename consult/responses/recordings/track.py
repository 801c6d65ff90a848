"""What every kind of recording says of its one track."""

import struct
from dataclasses import dataclass
from typing import Any


class BrokenTrack(ValueError):
    """The bytes are not what they begin like, or hold no sound that is known."""


class VideoTrack(ValueError):
    """There are moving pictures in it."""


@dataclass(frozen=True)
class Track:
    """The sound: its length in seconds, as its own clock tells it."""

    seconds: float


def unpack(form: str, data: bytes | bytearray, at: int) -> Any:
    """The one number at a place; BrokenTrack behind the end."""
    try:
        return struct.unpack_from(form, data, at)[0]
    except struct.error:
        raise BrokenTrack from None
