"""The real Apertium, which tests/prepare.sh installs, and programs in its place."""

import stat
from pathlib import Path

import pytest

from consult.translators.apertium import MARK, Apertium
from consult.translators.base import BatchRefused, ServiceDown


@pytest.fixture
def program(tmp_path: Path):
    def make(script: str) -> Apertium:
        path = tmp_path / "apertium"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return Apertium(str(path), seconds=0.5)

    return make


def test_spanish_becomes_english_directly() -> None:
    found = Apertium().translate(["El alquiler es caro.", "Vivo aquí & [allí]."], "es", "en")
    assert "expensive" in found[0]
    assert "live" in found[1]
    assert "& [" in found[1]


def test_french_becomes_english_through_spanish() -> None:
    apertium = Apertium()
    assert {"es", "fr"} <= apertium.sources("en")
    found = apertium.translate(["Le loyer est trop cher."], "fr", "en")
    assert "expensive" in found[0]


def test_a_pair_that_is_not_installed_is_refused() -> None:
    with pytest.raises(BatchRefused):
        Apertium().translate(["ሰላም"], "ti", "en")


def test_a_text_that_holds_the_mark_is_refused() -> None:
    with pytest.raises(BatchRefused):
        Apertium().translate([f"Uno {MARK} dos"], "es", "en")


def test_without_the_program_the_service_is_down() -> None:
    with pytest.raises(ServiceDown):
        Apertium("no-such-program").sources("en")


def test_a_program_that_hangs_is_ended_with_all_it_started(program) -> None:
    with pytest.raises(ServiceDown):
        program("sleep 20 | sleep 20").sources("en")


def test_a_program_that_fails_is_refused(program) -> None:
    with pytest.raises(BatchRefused):
        program('[ "$1" = -l ] && echo "  spa-eng" || exit 1').translate(["Hola"], "es", "en")


def test_texts_that_run_together_are_refused(program) -> None:
    joined = program('[ "$1" = -l ] && echo "  spa-eng" || echo one')
    with pytest.raises(BatchRefused):
        joined.translate(["Hola", "Adiós"], "es", "en")
