"""Pictures and sounds are opened without trust and made small."""

import io
import os

import pytest
from PIL import Image

from consult.surveys.media import BadMedia, read_picture, read_sound
from tests.factories.pictures import SOUND, picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_small_plain_picture_stays_byte_for_byte(kind: str) -> None:
    data = picture(kind)
    stored = read_picture("tree.png", data)
    assert stored.data == data
    assert (stored.width, stored.height) == (40, 30)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_a_large_picture_becomes_small_whatever_its_colours(mode: str) -> None:
    stored = read_picture("tree.png", picture("PNG", (2000, 1000), mode=mode, colour=1))
    assert (stored.width, stored.height) == (320, 160)
    assert len(stored.data) < 60_000


def test_a_photo_in_print_colours_is_taken() -> None:
    assert read_picture("a.jpg", picture("JPEG", (900, 900), mode="CMYK", colour=1)).width == 320


def test_what_a_camera_notes_is_left_out_and_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x013B] = "Somebody"
    stored = read_picture("tree.jpg", picture("JPEG", (40, 30), exif=exif))
    assert (stored.width, stored.height) == (30, 40)
    assert b"Somebody" not in stored.data
    assert not Image.open(io.BytesIO(stored.data)).getexif()


def test_what_was_stored_once_is_stored_the_same_again() -> None:
    first = read_picture("a.jpg", picture("JPEG", (900, 600)))
    assert read_picture("a.jpg", first.data) == first


def test_a_busy_drawing_gets_a_palette() -> None:
    out = io.BytesIO()
    Image.frombytes("RGB", (600, 600), os.urandom(600 * 600 * 3)).save(out, "PNG")
    assert len(read_picture("a.png", out.getvalue()).data) < 110_000


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG"),
        (picture("GIF"), "no PNG or JPEG"),
        (picture("PNG", (90, 90))[:60], "broken"),
        (picture("PNG", (10_000, 4_001)), "too many pixels"),
        (picture("PNG", (40_000, 40_000), mode="1", colour=0), "(too many pixels|broken)"),
        (bytes(5_000_001), "larger than 5000 kB"),
    ],
)
def test_what_is_no_fit_picture_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BadMedia, match=sentence):
        read_picture("tree.png", data)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (SOUND, "audio/mpeg"),
        (b"OggS" + bytes(9), "audio/ogg"),
        (bytes(4) + b"ftypM4A ", "audio/mp4"),
    ],
)
def test_a_sound_is_known_by_what_it_holds(data: bytes, mime: str) -> None:
    assert read_sound("a.mp3", data).mime == mime


@pytest.mark.parametrize("data", [b"", b"RIFF....WAVE", picture("PNG"), b"ID3" + bytes(1_500_000)])
def test_what_is_no_fit_sound_is_refused(data: bytes) -> None:
    with pytest.raises(BadMedia):
        read_sound("a.mp3", data)
