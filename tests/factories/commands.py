"""Runs a command of `consult` against the tests' database."""

import pytest
from click.testing import CliRunner, Result

from consult.cli import main
from consult.config import Settings


class Commands:
    """Call it with the words of a command line; gives click's result."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
        monkeypatch.setenv("CONSULT_INSTANCE", str(settings.instance))

    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])
