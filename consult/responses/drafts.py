"""Answers of a form still open, sealed with a key the server does not keep."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consult.kernel.clock import today
from consult.kernel.ids import new_secret_key
from consult.responses.models import Draft

KEPT = timedelta(days=1)
KEPT_LONGER = timedelta(days=7)  # when the person asked for it: on this phone, or with a code


@dataclass
class OpenForm:
    """A draft, opened: the values by question code and what goes with them."""

    key: str
    version_id: int
    channel: str = "web"
    values: dict[str, Any] = field(default_factory=dict)
    corrects: int | None = None  # the response this form replaces when it is sent
    at: int = 1  # the screen to go on with

    @property
    def handle(self) -> str:
        """What a page may carry to name this form: useless without the session that opened it."""
        return handle_of(self.key)


def key_hash(key: str) -> str:
    """What the database knows of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def handle_of(key: str) -> str:
    """A short name of a form, which does not give its key away."""
    return hashlib.sha256(b"handle:" + key.encode()).hexdigest()[:10]


def open_draft(
    session: Session, consultation_id: int, version_id: int, channel: str = "web"
) -> OpenForm:
    """Begin a form with a new random key; drafts whose days are over are cleared away."""
    form = OpenForm(new_secret_key(), version_id, channel)
    session.execute(delete(Draft).where(Draft.last_day < today()))
    session.add(Draft(key_hash=key_hash(form.key), consultation_id=consultation_id,
                      sealed=_seal(form), last_day=today() + KEPT))  # fmt: skip
    session.flush()
    return form


def load_draft(session: Session, consultation_id: int, key: str | None) -> OpenForm | None:
    """The form behind a key, or None when it is gone, too old or of another consultation."""
    row = session.get(Draft, key_hash(key)) if key else None
    if row is None or row.consultation_id != consultation_id or row.last_day < today():
        return None
    return _opened(row, key or "")


def save_draft(session: Session, form: OpenForm) -> None:
    """Keep the form as it is; nothing happens when the draft was sent or thrown away."""
    row = session.get(Draft, key_hash(form.key))
    if row is not None:
        row.sealed = _seal(form)
        session.flush()


def save_values(session: Session, form: OpenForm, values: Mapping[str, Any]) -> None:
    """Add values to the form as the database has it now: another tab may have written meanwhile."""
    chosen = Draft.key_hash == key_hash(form.key)
    session.execute(update(Draft).where(chosen).values(last_day=Draft.last_day))  # locks the row
    row = session.get(Draft, key_hash(form.key), populate_existing=True)
    stored = _opened(row, form.key) if row else None
    form.values = {**(stored or form).values, **values}
    save_draft(session, form)


def keep_longer(session: Session, key: str) -> None:
    """Keep a form for a week instead of a day."""
    row = session.get(Draft, key_hash(key))
    if row is not None:
        row.last_day = today() + KEPT_LONGER
        session.flush()


def drop_draft(session: Session, key: str) -> None:
    """Throw a form away, and with it every code that leads to it."""
    session.execute(delete(Draft).where(Draft.key_hash == key_hash(key)))


def cipher(secret: bytes) -> Fernet:
    """Encryption under a secret of any length that is too long to guess."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret).digest()))


def seal_bytes(key: str, data: bytes) -> bytes:
    """Bytes that only the form's key opens again."""
    return _cipher(key).encrypt(data)


def open_bytes(key: str, sealed: bytes) -> bytes:
    """What `seal_bytes` closed."""
    return _cipher(key).decrypt(sealed)


def _opened(row: Draft, key: str) -> OpenForm | None:
    try:
        content = json.loads(_cipher(key).decrypt(row.sealed))
    except (InvalidToken, ValueError):
        return None
    return OpenForm(key=key, **content)


def _seal(form: OpenForm) -> bytes:
    content = {name: value for name, value in asdict(form).items() if name != "key"}
    return _cipher(form.key).encrypt(json.dumps(content).encode())


def _cipher(key: str) -> Fernet:
    return cipher(b"draft:" + key.encode())
