"""Settings refuse what is not safe."""

from pathlib import Path

import pytest

from consult.config import SettingsError, load_settings


def test_production_refuses_missing_secrets(tmp_path: Path) -> None:
    environ = {"CONSULT_ENV": "production", "TRUSTED_HOSTS": "example.org",
               "CONSULT_INSTANCE": str(tmp_path)}  # fmt: skip
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        load_settings(environ)


def test_production_refuses_unnamed_hosts(tmp_path: Path) -> None:
    environ = {"CONSULT_ENV": "production", "CONSULT_INSTANCE": str(tmp_path)}
    with pytest.raises(SettingsError, match="TRUSTED_HOSTS"):
        load_settings(environ)


def test_a_secret_made_once_is_kept_and_private(tmp_path: Path) -> None:
    first = load_settings({"CONSULT_INSTANCE": str(tmp_path)})
    assert load_settings({"CONSULT_INSTANCE": str(tmp_path)}) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_postgres_address_gets_the_driver(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://localhost/x", "CONSULT_INSTANCE": str(tmp_path)}
    assert load_settings(environ).database_url == "postgresql+psycopg://localhost/x"
