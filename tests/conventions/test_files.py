"""What must not stand in any file of the project."""

import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOWNLOAD = re.compile(
    r"^(--(extra-)?index-url|--find-links|-i )|url *= *\"https?://\S*\.(whl|tar\.gz)", re.M
)
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(w[o]rk|f[a]rm|r[o]ot|h[o]me/\w+)/")


def tracked_texts() -> list[tuple[str, str]]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    found = []
    for name in filter(None, names):
        try:
            found.append((name, (PROJECT / name).read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found


def test_no_file_names_a_download_address_or_a_machine_path() -> None:
    bad = [n for n, text in tracked_texts() if DOWNLOAD.search(text) or MACHINE.search(text)]
    assert bad == []


def test_requirements_are_pinned_with_hashes() -> None:
    for path in (PROJECT / "requirements").glob("*.txt"):
        lines = path.read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert pins
        assert all(re.match(r"[a-z0-9._-]+(\[.*\])?==\S+ .*\\$", pin) for pin in pins)
