"""The Flask extensions, unbound until `create_app` binds them."""

import hashlib
import hmac
import secrets
import sqlite3
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.kernel.base import Base
from consult.kernel.clock import today


class Database(SQLAlchemy):
    """SQLAlchemy, its session typed as what services take."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]


db = Database(model_class=Base, engine_options={"hide_parameters": True})  # logs carry no answers
migrate = Migrate()
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
security = Security()


def current_settings() -> Settings:
    """The settings of the application at hand."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


_salt: dict[str, bytes] = {}


def _caller() -> str:
    """Who calls, as a hash salted anew each day and kept in memory only: never an address."""
    day = today().isoformat()
    if day not in _salt:
        _salt.clear()
        _salt[day] = secrets.token_bytes(32)
    address = (request.remote_addr or "").encode()
    return hmac.new(_salt[day], address, hashlib.sha256).hexdigest()


limiter = Limiter(key_func=_caller, storage_uri="memory://", headers_enabled=False)


@event.listens_for(Engine, "connect")
def _set_sqlite_pragmas(connection: object, _record: object) -> None:
    """Safe SQLite: write-ahead log, full sync, foreign keys, deleted text overwritten."""
    if not isinstance(connection, sqlite3.Connection):
        return
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
