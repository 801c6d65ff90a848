"""Pictures that a phone's camera reads."""

import io

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """A QR code of `text` as an SVG element of a page."""
    return Markup(_code(text).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 - drawn here: a path, no text


def qr_svg_file(text: str) -> bytes:
    """A QR code of `text` as an SVG file, black on white."""
    return _file(text, "svg", scale=10, light="#fff", xmldecl=True)


def qr_png(text: str) -> bytes:
    """A QR code of `text` as a PNG file, large enough to print."""
    return _file(text, "png", scale=20)


def _code(text: str) -> segno.QRCode:
    """Error level M: still read with a fold or a stain across it; digits alone stay small."""
    return segno.make_qr(text, error="m")


def _file(text: str, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    _code(text).save(target, kind=kind, border=4, **options)
    return target.getvalue()
