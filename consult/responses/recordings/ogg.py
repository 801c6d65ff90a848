"""Ogg with Opus (RFC 3533, RFC 7845): pages with a sum, packets that may run over several."""

from collections.abc import Iterator
from dataclasses import dataclass

from consult.responses.recordings.track import BrokenTrack, Track, VideoTrack, unpack

MAGIC, HEAD, TAGS = b"OggS", b"OpusHead", b"OpusTags"
HEADER, SUM, COUNT = 27, 22, 26
FIRST = 2  # the flag of a stream's first page
RATE = 48_000
UNKNOWN = -1
FULL = 255  # a segment after which the packet goes on
POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True)
class Page:
    """A page: where it begins, where its content begins and where it ends."""

    start: int
    content: int
    end: int
    ends_packet: bool


def is_one(data: bytes) -> bool:
    """Whether it begins as Ogg does."""
    return data.startswith(MAGIC)


def read(data: bytearray) -> Track:
    """The track of an Ogg file, whose comments are emptied in place."""
    pages = list(_pages(data))
    first = [page for page in pages if data[page.start + 5] & FIRST]
    if any(not data.startswith(HEAD, page.content) for page in first):
        raise _other_stream(data, first)
    if len(first) != 1 or len(pages) < 2 or not data.startswith(TAGS, pages[1].content):
        raise BrokenTrack
    _empty_comments(data, pages[1:])
    skipped = unpack("<H", data, first[0].content + 10)
    last = max(unpack("<q", data, page.start + 6) for page in pages)
    return Track(max(0, last - skipped) / RATE)


def _other_stream(data: bytearray, first: list[Page]) -> ValueError:
    """Why a file with other streams than Opus is refused."""
    pictures = (b"\x80theora", b"\x01video", b"BBCD", b"fishead\0")
    is_video = any(data.startswith(pictures, page.content) for page in first)
    return VideoTrack() if is_video else BrokenTrack()


def _pages(data: bytearray) -> Iterator[Page]:
    at = 0
    while at < len(data):
        if not data.startswith(MAGIC, at):
            raise BrokenTrack
        count = unpack(">B", data, at + COUNT)
        sizes = data[at + HEADER : at + HEADER + count]
        content = at + HEADER + count
        end = content + sum(sizes)
        if end > len(data):
            return  # a phone that stopped in the middle
        yield Page(at, content, end, any(size < FULL for size in sizes))
        at = end


def _empty_comments(data: bytearray, pages: list[Page]) -> None:
    """Leave the magic word and zeros: no vendor, no comments, padding."""
    keep = len(TAGS)
    for page in pages:
        length = page.end - page.content - keep
        data[page.content + keep : page.end] = bytes(length)
        _sum_up(data, page)
        keep = 0
        if page.ends_packet:
            return


def _sum_up(data: bytearray, page: Page) -> None:
    data[page.start + SUM : page.start + COUNT] = bytes(4)
    value = checksum(data[page.start : page.end])
    data[page.start + SUM : page.start + COUNT] = value.to_bytes(4, "little")


def checksum(page: bytes | bytearray) -> int:
    """The sum of a page whose own field for it is zero."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1) ^ (POLYNOMIAL if value & 0x80000000 else 0)
        value &= 0xFFFFFFFF
    return value
