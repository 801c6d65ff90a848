"""The bar of long commands."""

import pytest

from consult.cli.progress import Progress


def run(seconds: float, capsys: pytest.CaptureFixture[str]) -> str:
    times = iter([0.0, seconds, seconds, seconds])
    with Progress(3, "Importing", clock=lambda: next(times)) as progress:
        for _ in range(3):
            progress.tick()
    return capsys.readouterr().err


def test_short_work_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(1.9, capsys) == ""


def test_long_work_shows_a_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Importing" in run(2.1, capsys)
