"""Answers of a form still open, sealed with a key the server does not keep."""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult.kernel.clock import today
from consult.kernel.ids import new_secret_key
from consult.responses.models import Draft

KEPT = timedelta(days=1)


@dataclass
class OpenForm:
    """A draft, opened: the values by question code and what goes with them."""

    key: str
    version_id: int
    channel: str = "web"
    values: dict[str, Any] = field(default_factory=dict)
    corrects: int | None = None  # the response this form replaces when it is sent


def key_hash(key: str) -> str:
    """What the database knows of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def open_draft(
    session: Session, consultation_id: int, version_id: int, channel: str = "web"
) -> OpenForm:
    """Begin a form with a new random key; drafts of earlier days are cleared away."""
    form = OpenForm(new_secret_key(), version_id, channel)
    session.execute(delete(Draft).where(Draft.day < today() - KEPT))
    session.add(Draft(key_hash=key_hash(form.key), consultation_id=consultation_id,
                      sealed=_seal(form)))  # fmt: skip
    session.flush()
    return form


def load_draft(session: Session, consultation_id: int, key: str | None) -> OpenForm | None:
    """The form behind a key, or None when it is gone, too old or of another consultation."""
    row = session.get(Draft, key_hash(key)) if key else None
    if row is None or row.consultation_id != consultation_id or _is_old(row.day):
        return None
    try:
        content = json.loads(_cipher(key or "").decrypt(row.sealed))
    except (InvalidToken, ValueError):
        return None
    return OpenForm(key=key or "", **content)


def save_draft(session: Session, form: OpenForm) -> None:
    """Keep the form's values; nothing happens when the draft was sent or thrown away."""
    row = session.get(Draft, key_hash(form.key))
    if row is not None:
        row.sealed = _seal(form)
        session.flush()


def drop_draft(session: Session, key: str) -> None:
    """Throw a form away."""
    session.execute(delete(Draft).where(Draft.key_hash == key_hash(key)))


def _is_old(day: date) -> bool:
    return day < today() - KEPT


def _seal(form: OpenForm) -> bytes:
    content = {name: value for name, value in asdict(form).items() if name != "key"}
    return _cipher(form.key).encrypt(json.dumps(content).encode())


def _cipher(key: str) -> Fernet:
    digest = hashlib.sha256(b"draft:" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
