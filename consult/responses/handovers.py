"""Going on with a form on another device: a code of twelve digits, easy to say in any language.

The database holds the form's key sealed with the code; neither the code nor anything that leads
to it without guessing. The code is short, so it is stretched with Argon2id and the server's secret
before it is compared or used.
"""

import hashlib
import secrets

from argon2.low_level import Type, hash_secret_raw
from cryptography.fernet import InvalidToken
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.kernel.digits import ascii_digits
from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.responses.drafts import OpenForm, cipher, keep_longer, key_hash, load_draft
from consult.responses.models import Handover

DIGITS = 12
GROUP = 3
HALF = 32
# 10^12 codes at about 0.15 s and 32 MiB each: thousands of years of one machine, for a week's life.
COST = {"time_cost": 4, "memory_cost": 32 * 1024, "parallelism": 1}


def make_code(session: Session, consultation_id: int, form: OpenForm, server_secret: str) -> str:
    """A new code for a form, the only one it then has; the form is kept for a week.

    The caller commits, and shows the code this once.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    name, key = _stretched(code, consultation_id, server_secret)
    draft_hash = key_hash(form.key)
    session.execute(delete(Handover).where(Handover.draft_hash == draft_hash))
    sealed = cipher(key).encrypt(form.key.encode())
    session.add(Handover(code_hash=name, draft_hash=draft_hash, sealed=sealed))
    keep_longer(session, form.key)
    session.flush()
    return code


def open_by_code(
    session: Session, consultation_id: int, typed: str, server_secret: str
) -> OpenForm:
    """The form of a code typed in any script's digits, with spaces or dashes; else NotFound."""
    name, key = _stretched(ascii_digits(typed), consultation_id, server_secret)
    row = session.get(Handover, name)
    form = None
    if row is not None:
        try:
            opened = cipher(key).decrypt(row.sealed).decode()
        except InvalidToken:
            opened = ""
        form = load_draft(session, consultation_id, opened)
    if form is None:
        raise NotFound(
            N_("We found no answers with this code. Check each digit. A code works for 7 days.")
        )
    return form


def is_carried(session: Session, key: str) -> bool:
    """Whether a code leads to this form."""
    found = select(Handover.code_hash).where(Handover.draft_hash == key_hash(key))
    return session.scalar(found) is not None


def spoken_groups(code: str) -> str:
    """A code in groups of three, as it is shown and read aloud."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _stretched(code: str, consultation_id: int, server_secret: str) -> tuple[str, bytes]:
    """What the database calls a code, and the secret that opens what lies there."""
    salt = hashlib.sha256(f"handover:{consultation_id}:{server_secret}".encode()).digest()
    raw = hash_secret_raw(code.encode(), salt, hash_len=2 * HALF, type=Type.ID, **COST)
    return hashlib.sha256(raw[:HALF]).hexdigest(), raw[HALF:]
