"""Every template compiles and keeps to the rules a strict content policy needs."""

from pathlib import Path

import pytest
from flask import Flask

CODE = Path(__file__).resolve().parents[2] / "consult"
TEMPLATES = sorted(CODE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_compiles(app: Flask, path: Path) -> None:
    name = path.relative_to(next(p for p in path.parents if p.name == "templates"))
    assert app.jinja_env.get_template(str(name))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_script_or_unescaped_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for forbidden in ("style=", "onclick", "<script>", "|safe", "| safe", "<style"):
        assert forbidden not in text
