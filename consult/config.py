"""Settings, read once from the environment and frozen."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(RuntimeError):
    """The environment asks for something that cannot be served safely."""


@dataclass(frozen=True)
class Settings:
    """All settings; docs/operating.md explains each variable.

    Sizes are in bytes. `database_url` is an SQLAlchemy address.
    """

    database_url: str
    secret_key: str
    password_salt: str
    instance: Path
    production: bool = False
    trusted_hosts: tuple[str, ...] = ()
    port: int = 8000
    max_body: int = 1024 * 1024  # three answers of 20,000 letters take up to nine bytes a letter
    max_parts: int = 1000
    max_text: int = 20_000
    translations: Path = field(default=PROJECT / "translations")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables.

    In production (`CONSULT_ENV=production`) a missing secret or list of hosts raises
    SettingsError; elsewhere a secret is made once and kept in the instance folder.
    """
    production = environ.get("CONSULT_ENV") == "production"
    instance = Path(environ.get("CONSULT_INSTANCE") or PROJECT / "instance").resolve()
    hosts = tuple(h.strip() for h in environ.get("TRUSTED_HOSTS", "").split(",") if h.strip())
    if production and not hosts:
        raise SettingsError("TRUSTED_HOSTS must name the hosts this server answers for.")
    return Settings(
        database_url=_database_url(environ, instance),
        secret_key=_secret(environ, "SECRET_KEY", instance, production),
        password_salt=_secret(environ, "PASSWORD_SALT", instance, production),
        instance=instance,
        production=production,
        trusted_hosts=hosts or ("localhost", "127.0.0.1", "[::1]"),
        port=int(environ.get("PORT") or 8000),
    )


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'consult.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _secret(environ: Mapping[str, str], name: str, instance: Path, production: bool) -> str:
    if environ.get(name):
        return environ[name]
    if production:
        raise SettingsError(f"{name} must be set in production.")
    kept = instance / name.lower()
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()
