"""MP4 (ISO/IEC 14496-12): boxes of a size, a name and a content; some hold others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.responses.recordings.track import BrokenTrack, Track, VideoTrack, unpack

HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"mvex", b"edts"}
DATED = {b"mvhd", b"tkhd", b"mdhd"}
TELLING = {b"udta", b"meta", b"uuid", b"free", b"skip"}
CODECS = {b"mp4a", b"Opus"}
DEEPEST = 8
# Which optional fields of four bytes stand before the length of a sample, by flag.
TFHD_BEFORE, TFHD_LENGTH = ((0x1, 8), (0x2, 4)), 0x8
TRUN_START, TRUN_FIELDS, TRUN_LENGTH = (0x1, 0x4), (0x100, 0x200, 0x400, 0x800), 0x100


@dataclass
class Facts:
    """What is gathered on the way through the boxes."""

    handlers: set[bytes] = field(default_factory=set)
    codecs: set[bytes] = field(default_factory=set)
    scale: int = 0  # of the track's own clock: parts of a second
    length: int = 0
    usual: int = 0  # the length of a sample where none is stated
    usual_here: int = 0
    in_parts: int = 0


def is_one(data: bytes) -> bool:
    """Whether it begins as MP4 does."""
    return data[4:8] == b"ftyp"


def read(data: bytearray) -> Track:
    """The track of an MP4 file, whose days and telling boxes are emptied in place."""
    facts = Facts()
    for name, start, end in _boxes(data, 0, len(data), 0):
        _note(facts, data, name, start, end)
        _empty(data, name, start, end)
    if b"vide" in facts.handlers:
        raise VideoTrack
    if facts.handlers != {b"soun"} or not facts.codecs or not facts.codecs <= CODECS:
        raise BrokenTrack
    if not facts.scale:
        raise BrokenTrack
    return Track(max(facts.length, facts.in_parts) / facts.scale)


def _boxes(data: bytearray, at: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int]]:
    """Every box as (name, start of its content, end), holders before what they hold."""
    if depth > DEEPEST:
        raise BrokenTrack
    while at + 8 <= end:
        size, name, content = unpack(">I", data, at), bytes(data[at + 4 : at + 8]), at + 8
        if size == 1:
            size, content = unpack(">Q", data, at + 8), at + 16
        close = end if size == 0 else at + size
        if close < content:
            raise BrokenTrack
        close = min(close, end)  # a phone that stopped in the middle
        yield name, content, close
        if name in HOLDERS:
            yield from _boxes(data, content, close, depth + 1)
        at = close


def _note(facts: Facts, data: bytearray, name: bytes, start: int, end: int) -> None:
    if name == b"hdlr":
        facts.handlers.add(bytes(data[start + 8 : start + 12]))
    elif name == b"stsd":
        facts.codecs.add(bytes(data[start + 12 : start + 16]))
    elif name == b"mdhd":
        is_long = data[start : start + 1] == b"\x01"
        facts.scale = unpack(">I", data, start + (20 if is_long else 12))
        facts.length = unpack(*((">Q", data, start + 24) if is_long else (">I", data, start + 16)))
        if facts.length in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF):  # not known
            facts.length = 0
    elif name == b"trex":
        facts.usual = unpack(">I", data, start + 12)
    elif name == b"tfhd":
        facts.usual_here = _stated_length(data, start) or facts.usual
    elif name == b"trun":
        facts.in_parts += _length_of_run(data, start, end, facts.usual_here)


def _stated_length(data: bytearray, start: int) -> int:
    flags = unpack(">I", data, start) & 0xFFFFFF
    before = sum(width for flag, width in TFHD_BEFORE if flags & flag)
    length: int = unpack(">I", data, start + 8 + before) if flags & TFHD_LENGTH else 0
    return length


def _length_of_run(data: bytearray, start: int, end: int, usual: int) -> int:
    flags, count = unpack(">I", data, start) & 0xFFFFFF, unpack(">I", data, start + 4)
    if not flags & TRUN_LENGTH:
        return int(count * usual)
    first = start + 8 + 4 * sum(1 for flag in TRUN_START if flags & flag)
    width = 4 * sum(1 for flag in TRUN_FIELDS if flags & flag)
    places = range(first, min(end, first + count * width), width)
    return sum(unpack(">I", data, place) for place in places)


def _empty(data: bytearray, name: bytes, start: int, end: int) -> None:
    """Days become zero, names empty, boxes that only tell become free space."""
    if name in DATED:
        width = 16 if data[start : start + 1] == b"\x01" else 8
        data[start + 4 : start + 4 + width] = bytes(width)
    elif name == b"hdlr":
        data[start + 24 : end] = bytes(max(0, end - start - 24))
    elif name in TELLING:
        data[start:end] = bytes(end - start)
        data[start - 4 : start] = b"free"
