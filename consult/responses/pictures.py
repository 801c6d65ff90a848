"""The receipt as a picture: its 24 digits for eyes and for a camera, and nothing else."""

from pathlib import Path

from consult.kernel.qr import qr_svg_file
from consult.kernel.typeset import Picture, typeset_picture

TEMPLATE = Path(__file__).parent / "picture.typ"
KINDS: dict[Picture, str] = {"png": "image/png", "svg": "image/svg+xml"}
GROUPS_A_LINE = 3


def receipt_picture(digits: str, kind: Picture) -> bytes:
    """A `png` or `svg` of a receipt: never an address, so that it opens nothing by itself."""
    groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    lines = [
        " ".join(groups[start : start + GROUPS_A_LINE])
        for start in range(0, len(groups), GROUPS_A_LINE)
    ]
    code = qr_svg_file(digits).decode()
    return typeset_picture(TEMPLATE, {"code": code, "lines": lines}, kind)
