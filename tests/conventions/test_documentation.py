"""Every setting and command is documented where operators look."""

import re
from pathlib import Path

from consult.cli import COMMANDS

PROJECT = Path(__file__).resolve().parents[2]
OPERATING = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    assert [name for name in COMMANDS if f"consult {name}" not in OPERATING] == []


def test_every_setting_is_documented() -> None:
    code = (PROJECT / "consult" / "config.py").read_text(encoding="utf-8")
    names = set(re.findall(r"\"([A-Z_]{4,})\"", code))
    assert names
    assert [name for name in names if f"`{name}`" not in OPERATING] == []


def test_the_readme_is_at_most_two_screens() -> None:
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_links_between_documents_lead_somewhere() -> None:
    for page in [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
