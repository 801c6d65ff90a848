"""Recordings are known by their content and keep nothing that tells of the device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.responses.recordings import LONGEST, MOST_BYTES, read_recording
from consult.responses.recordings.ogg import checksum
from consult.surveys.types import InvalidAnswer
from tests.factories.recordings import TELLS, mp4, ogg, webm

KINDS = {"audio/webm": webm, "audio/ogg": ogg, "audio/mp4": mp4}


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidAnswer) as caught:
        read_recording(data)
    return caught.value.message


@pytest.mark.parametrize("mime", KINDS)
def test_a_phones_recording_is_taken_and_measured(mime: str) -> None:
    found = read_recording(KINDS[mime](42))
    assert (found.mime, found.seconds) == (mime, 42)
    assert b"sound" in found.data


@pytest.mark.parametrize("mime", KINDS)
def test_what_tells_of_the_device_is_gone_and_nothing_moves(mime: str) -> None:
    data = KINDS[mime]()
    found = read_recording(data)
    assert TELLS in data
    assert TELLS not in found.data
    assert len(found.data) == len(data)
    assert read_recording(found.data) == found


def test_days_in_an_mp4_become_zero() -> None:
    day = (3_700_000_000).to_bytes(4, "big")
    assert day in mp4()
    assert day not in read_recording(mp4()).data


def test_the_sum_of_an_emptied_ogg_page_is_right() -> None:
    data = read_recording(ogg()).data
    start = data.index(b"OggS", 1)
    page = data[start : data.index(b"OggS", start + 4)]
    without = page[:22] + bytes(4) + page[26:]
    assert int.from_bytes(page[22:26], "little") == checksum(without)


def test_an_mp4_in_parts_is_measured_by_its_parts() -> None:
    assert read_recording(mp4(30, in_parts=True)).seconds == 30


@pytest.mark.parametrize("data", [
    webm(codec=b"V_VP8", kind=1), mp4(handler=b"vide", codec=b"avc1"),
    ogg(first=b"\x80theora"),
], ids=["webm", "mp4", "ogg"])  # fmt: skip
def test_a_video_is_refused_by_its_name(data: bytes) -> None:
    assert "video" in refusal(data)


@pytest.mark.parametrize("mime", KINDS)
def test_half_an_hour_is_too_long(mime: str) -> None:
    assert "longer than" in refusal(KINDS[mime](1800))


def test_a_recorder_may_stop_a_little_late() -> None:
    assert read_recording(webm(LONGEST + 3)).seconds == LONGEST + 3


def test_more_bytes_than_three_minutes_need_are_refused() -> None:
    assert "too large" in refusal(webm() + b"\xec" + (1 << 56 | MOST_BYTES).to_bytes(8, "big")
                                  + bytes(MOST_BYTES))  # fmt: skip


@pytest.mark.parametrize("data", [
    b"", b"RIFF\0\0\0\0WAVE", b"ID3\x03", webm(codec=b"A_AAC"), mp4(codec=b"samr"),
    ogg(first=b"\x7fFLAC123"), b"\x1aE\xdf\xa3\x80webm", b"OggS", b"\0\0\0\x08ftyp",
])  # fmt: skip
def test_anything_else_cannot_be_read(data: bytes) -> None:
    assert "could not use" in refusal(data)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_a_broken_file_is_taken_or_refused_and_never_breaks_us(
    mime: str, draw: st.DataObject
) -> None:
    data = bytearray(KINDS[mime]())
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    try:
        found = read_recording(bytes(data[:cut]))
    except InvalidAnswer:
        return
    assert 1 <= found.seconds <= LONGEST + 5
