"""The shell's own routes: style, scripts and pictures, each for good under the edition's name."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app

FILES = Path(__file__).parent / "static"


def _edition() -> str:
    """A name for what the files hold: another one as soon as one of them changes."""
    digest = hashlib.sha256()
    for path in sorted(FILES.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


EDITION = _edition()
blueprint = Blueprint(
    "web",
    __name__,
    static_folder="static",
    static_url_path="/static/<edition>",
)


@blueprint.url_value_preprocessor
def drop_edition(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Any edition's address gives today's file."""
    if values:
        values.pop("edition", None)


@blueprint.app_url_defaults
def add_edition(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses of files name the edition."""
    if current_app.url_map.is_endpoint_expecting(endpoint, "edition"):
        values.setdefault("edition", EDITION)
