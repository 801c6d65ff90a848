"""Recordings as the three kinds of phone make them, as short as the formats allow."""

import base64
import struct

from consult.responses.recordings.ogg import checksum

TELLS = b"SomeBrowser 1.2 on a phone"


def element(key: int, content: bytes) -> bytes:
    """An element of WebM with a size of eight bytes."""
    width = (key.bit_length() + 7) // 8
    return key.to_bytes(width, "big") + ((1 << 56) | len(content)).to_bytes(8, "big") + content


def webm(seconds: float = 2, codec: bytes = b"A_OPUS", kind: int = 2) -> bytes:
    """What Chrome makes: sizes left open, no length stated, the program's name in it."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
                   + element(0x4D80, TELLS) + element(0x5741, TELLS))  # fmt: skip
    entry = element(0xAE, element(0x83, bytes([kind])) + element(0x86, codec))
    block = element(0xA3, b"\x81" + struct.pack(">hB", 0, 0x80) + b"sound")
    clusters = b"".join(
        b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + element(0xE7, at.to_bytes(4, "big"))
        + block
        for at in (0, int(seconds * 1000))
    )  # fmt: skip
    tags = element(0x1254C367, TELLS)
    return (head + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + info
            + element(0x1654AE6B, entry) + clusters + tags)  # fmt: skip


def ogg(seconds: float = 2, first: bytes = b"OpusHead") -> bytes:
    """What Firefox makes, with the program's name in the comments."""
    head = first + b"\x01\x01" + struct.pack("<HIhB", 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", len(TELLS)) + TELLS + struct.pack("<I", 0)
    return _page(head, 0, 0, 2) + _page(tags, 1, 0) + _page(
        b"sound", 2, int(seconds * 48_000) + 312, 4)  # fmt: skip


def mp4(seconds: float = 2, handler: bytes = b"soun", codec: bytes = b"mp4a",
        in_parts: bool = False) -> bytes:  # fmt: skip
    """What Safari makes, whole or in parts, with days and a name in it."""
    length = 0 if in_parts else int(seconds * 1000)
    header = struct.pack(">IIIII", 0, 3_700_000_000, 3_700_000_001, 1000, length)
    media = (
        _box(b"mdhd", header + bytes(4))
        + _box(b"hdlr", bytes(8) + handler + bytes(12) + TELLS)
        + _box(b"minf", _box(b"stbl", _box(b"stsd", bytes(8) + _box(codec, bytes(28)))))
    )
    movie = _box(b"mvhd", header + bytes(80)) + _box(b"trak", _box(b"mdia", media))
    run = struct.pack(">IIII", 0x100, 2, int(seconds * 500), int(seconds * 500))
    part = _box(
        b"moof", _box(b"traf", _box(b"tfhd", struct.pack(">II", 0, 1)) + _box(b"trun", run))
    )
    return (
        _box(b"ftyp", b"iso5" + bytes(4)) + _box(b"moov", movie + _box(b"udta", TELLS))
        + (part if in_parts else b"") + _box(b"mdat", b"sound")
    )  # fmt: skip


def letters(data: bytes) -> str:
    """A recording as a page posts it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def _page(packet: bytes, number: int, position: int, flags: int = 0) -> bytes:
    head = b"OggS" + struct.pack("<BBqIIIB", 0, flags, position, 7, number, 0, 1)
    page = head + bytes([len(packet)]) + packet
    return page[:22] + checksum(page).to_bytes(4, "little") + page[26:]
