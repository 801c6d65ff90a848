"""Pictures and sounds that staff give with a questionnaire: opened without trust, made small."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE_BYTES = 5_000_000
MAX_SOUND_BYTES = 1_500_000
MAX_PIXELS = 40_000_000
SIDE = 320  # pixels of the longer side: sharp on a phone at half the screen's width
LIGHT = 60_000  # bytes from which a drawing gets a palette
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}
SOUNDS = ((b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"), (b"\xff\xf3", "audio/mpeg"),
          (b"OggS", "audio/ogg"))  # fmt: skip
TELLING = {"exif", "icc_profile", "comment", "xmp", "XML:com.adobe.xmp", "photoshop"}
OpenFile = Callable[[str], bytes | None]


class BadMedia(ConsultError):
    """A file that cannot be shown or heard; the sentence says why."""


@dataclass(frozen=True)
class Media:
    """A file as it is stored; a sound has no width and no height."""

    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_sound(name: str, data: bytes) -> Media:
    """An MP3, Ogg or M4A file as it is; raises BadMedia for anything else."""
    if len(data) > MAX_SOUND_BYTES:
        raise BadMedia(N_("“%(name)s” is larger than %(limit)s kB."),
                       name=name, limit=MAX_SOUND_BYTES // 1000)  # fmt: skip
    is_m4a = data[4:8] == b"ftyp"
    mime = next((m for start, m in SOUNDS if data.startswith(start)), "audio/mp4" * is_m4a)
    if not mime:
        raise BadMedia(N_("“%(name)s” is no MP3, Ogg or M4A file."), name=name)
    return Media(name, mime, data)


def read_picture(name: str, data: bytes) -> Media:
    """A PNG or JPEG picture, at most 320 pixels a side and without what a camera notes in it.

    One that is so already stays byte for byte. Raises BadMedia for anything else.
    """
    from PIL import Image, UnidentifiedImageError  # slow to import, needed by few commands

    if len(data) > MAX_FILE_BYTES:
        raise BadMedia(N_("“%(name)s” is larger than %(limit)s kB."),
                       name=name, limit=MAX_FILE_BYTES // 1000)  # fmt: skip
    try:
        with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadMedia(N_("“%(name)s” has too many pixels."), name=name)
            kind = str(image.format)
            image.load()
            return _stored(name, data, image, kind)
    except UnidentifiedImageError:
        raise BadMedia(N_("“%(name)s” is no PNG or JPEG picture."), name=name) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadMedia(N_("“%(name)s” is a broken picture."), name=name) from None


def _stored(name: str, data: bytes, image: "Image", kind: str) -> Media:
    is_plain = not (TELLING & set(image.info) or getattr(image, "text", None))
    if max(image.size) > SIDE or not is_plain or len(data) > 2 * LIGHT:
        image = _small(image)
        data = _encoded(image, kind)
    return Media(name, PICTURES[kind], data, *image.size)


def _small(image: "Image") -> "Image":
    from PIL import ImageOps

    has_alpha = "A" in image.getbands() or "transparency" in image.info
    upright = ImageOps.exif_transpose(image).convert("RGBA" if has_alpha else "RGB")
    upright.thumbnail((SIDE, SIDE))
    upright.info.clear()
    return upright


def _encoded(image: "Image", kind: str) -> bytes:
    if kind == "JPEG":
        return _saved(image, "JPEG", quality=78, optimize=True)
    whole = _saved(image, "PNG", optimize=True)
    if len(whole) <= LIGHT:
        return whole
    return _saved(image.quantize(256, method=2), "PNG", optimize=True)


def _saved(image: "Image", kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
