"""WebM (RFC 8794, RFC 9559): elements of an id, a size and a content; masters hold others."""

from collections.abc import Iterator
from dataclasses import dataclass

from consult.responses.recordings.track import BrokenTrack, Track, VideoTrack, unpack

EBML = 0x1A45DFA3
SEGMENT, INFO, TRACKS, ENTRY, CLUSTER, GROUP = (
    0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0,
)  # fmt: skip
MASTERS = {SEGMENT, INFO, TRACKS, ENTRY, CLUSTER, GROUP}
SCALE, KIND, CODEC, TIME = 0x2AD7B1, 0x83, 0x86, 0xE7
BLOCKS = {0xA3, 0xA1}
# Programs, names, days, tags, attachments, chapters: nothing of the sound.
TELLING = {0x4D80, 0x5741, 0x7BA9, 0x7384, 0x4461, 0x536E, 0x22B59C, 0x22B59D}
TELLING_MASTERS = {0x1254C367, 0x1941A469, 0x1043A770}
VOID = 0xEC
PICTURES, SOUND = 1, 2
OPUS = b"A_OPUS"


@dataclass(frozen=True)
class Element:
    """An element: where it begins, where its content begins and where it ends."""

    id: int
    start: int
    content: int
    end: int


def is_one(data: bytes) -> bool:
    """Whether it begins as WebM does."""
    return data.startswith(EBML.to_bytes(4, "big")) and b"webm" in data[:64]


def read(data: bytearray) -> Track:
    """The track of a WebM file, whose telling parts are made void in place."""
    scale, base, last, kinds, codecs = 1_000_000, 0, 0, set(), set()
    for element in _elements(data):
        content = bytes(data[element.content : min(element.end, element.content + 16)])
        if element.id == SCALE:
            scale = int.from_bytes(content, "big")
        elif element.id == KIND:
            kinds.add(int.from_bytes(content, "big"))
        elif element.id == CODEC:
            codecs.add(content.rstrip(b"\0"))
        elif element.id == TIME:
            base = int.from_bytes(content, "big")
        elif element.id in BLOCKS:
            _, start = _size(data, element.content)
            last = max(last, base + unpack(">h", data, start))
        elif element.id in TELLING | TELLING_MASTERS:
            _make_void(data, element)
    if PICTURES in kinds or any(codec.startswith(b"V_") for codec in codecs):
        raise VideoTrack
    if kinds != {SOUND} or codecs != {OPUS}:
        raise BrokenTrack
    return Track(last * scale / 1e9)


def _elements(data: bytearray) -> Iterator[Element]:
    """Every element in its order; masters are entered, their ends do not matter."""
    at = 0
    while at < len(data):
        width = 9 - data[at].bit_length()
        if width > 4:
            raise BrokenTrack
        key = int.from_bytes(data[at : at + width], "big")
        size, content = _size(data, at + width)
        if key in MASTERS:
            yield Element(key, at, content, content)
            at = content
            continue
        if size is None:
            raise BrokenTrack
        end = min(content + size, len(data))  # a phone that stopped in the middle
        yield Element(key, at, content, end)
        at = end


def _size(data: bytearray, at: int) -> tuple[int | None, int]:
    """A size, None where it is left open, and the place behind it."""
    first = unpack(">B", data, at)
    width = 9 - first.bit_length()
    if width > 8 or at + width > len(data):
        raise BrokenTrack
    value = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), at + width


def _make_void(data: bytearray, element: Element) -> None:
    """Put a void element of the same length in its place."""
    length = element.end - element.start
    rest = length - 9 if length > 9 else length - 2
    size = ((1 << 56) | rest).to_bytes(8, "big") if length > 9 else bytes([0x80 | rest])
    data[element.start : element.end] = bytes([VOID]) + size + bytes(rest)
