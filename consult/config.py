"""Settings, read once from the environment and frozen."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
ENCODER_CACHE = "encoder"  # in the instance folder
TRANSLATORS = ("", "libretranslate", "deepl", "apertium")


class SettingsError(RuntimeError):
    """The environment asks for something that cannot be served safely."""


@dataclass(frozen=True)
class TranslatorSettings:
    """Which machine translates answers, if any; `limit` is the most letters of one order."""

    kind: str = ""
    url: str = ""
    key: str = field(default="", repr=False)
    limit: int = 200_000


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
    translator: TranslatorSettings = field(default=TranslatorSettings())
    encoder: Path | None = None

    @property
    def encoder_cache(self) -> Path:
        """Where it is kept what the operator's encoder says of the shipped sentences."""
        return self.instance / ENCODER_CACHE

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables.

    In production (`CONSULT_ENV=production`) a missing secret or list of hosts raises
    SettingsError; elsewhere a secret is made once and kept in the instance folder.
    """
    production = environ.get("CONSULT_ENV") == "production"
    instance = instance_folder(environ)
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
        translator=_translator(environ),
        encoder=Path(environ["CONSULT_ENCODER"]) if environ.get("CONSULT_ENCODER") else None,
    )


def instance_folder(environ: Mapping[str, str]) -> Path:
    """The folder of all that this installation keeps."""
    return Path(environ.get("CONSULT_INSTANCE") or PROJECT / "instance").resolve()


def _translator(environ: Mapping[str, str]) -> TranslatorSettings:
    """The translator's settings; one that would send answers openly is refused."""
    found = TranslatorSettings(
        kind=environ.get("CONSULT_TRANSLATOR", "").strip().lower(),
        url=environ.get("CONSULT_TRANSLATOR_URL", "").strip().rstrip("/"),
        key=environ.get("CONSULT_TRANSLATOR_KEY", "").strip(),
        limit=int(environ.get("CONSULT_TRANSLATOR_LIMIT") or TranslatorSettings.limit),
    )
    if found.kind not in TRANSLATORS:
        known = ", ".join(filter(None, TRANSLATORS))
        raise SettingsError(f"CONSULT_TRANSLATOR must be one of {known}, or not be set.")
    if found.kind in ("", "apertium"):
        return found
    parts = urlsplit(found.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("CONSULT_TRANSLATOR_URL must be the address of the service.")
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise SettingsError("CONSULT_TRANSLATOR_URL must begin with https:// outside this network.")
    return found


def _is_near(host: str) -> bool:
    """Whether a host is this machine or one of its own network: a bare name, a private address."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local"))


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
