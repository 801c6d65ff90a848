"""Small pictures and sounds made on the spot."""

import io
from typing import Any

from PIL import Image

SOUND = b"ID3" + bytes(40)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """The bytes of a picture of one colour."""
    out = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, options.pop("colour", "green")).save(
        out, kind, **options
    )
    return out.getvalue()
