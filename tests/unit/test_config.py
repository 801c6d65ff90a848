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


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("babelfish", "https://translate.example.org"),
        ("deepl", ""),
        ("libretranslate", "translate.example.org"),
        ("libretranslate", "http://translate.example.org"),
        ("libretranslate", "ftp://localhost"),
    ],
)
def test_answers_go_to_no_translator_that_is_unknown_or_open(tmp_path: Path, kind, url) -> None:
    environ = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_TRANSLATOR": kind,
               "CONSULT_TRANSLATOR_URL": url}  # fmt: skip
    with pytest.raises(SettingsError, match="CONSULT_TRANSLATOR"):
        load_settings(environ)


@pytest.mark.parametrize("host", ["localhost:5000", "translate", "10.0.0.7", "127.0.0.1:5000"])
def test_a_translator_of_the_own_network_needs_no_tls(tmp_path: Path, host: str) -> None:
    environ = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_TRANSLATOR": "libretranslate",
               "CONSULT_TRANSLATOR_URL": f"http://{host}/"}  # fmt: skip
    assert load_settings(environ).translator.url == f"http://{host}"


def test_the_translators_key_is_in_no_printed_settings(tmp_path: Path) -> None:
    environ = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_TRANSLATOR_KEY": "very-secret"}
    assert "very-secret" not in repr(load_settings(environ))


def test_an_encoder_of_ones_own_is_a_folder_or_nothing(tmp_path: Path) -> None:
    environ = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_ENCODER": ""}
    assert load_settings(environ).encoder is None
    environ["CONSULT_ENCODER"] = "models/mine"
    found = load_settings(environ)
    assert found.encoder == Path("models/mine")
    assert found.encoder_cache == tmp_path / "encoder"
