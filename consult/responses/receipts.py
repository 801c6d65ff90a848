"""Receipts: 24 digits, 8 to find an answer and 16 to prove it is yours."""

import hashlib
import hmac

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.kernel.digits import ascii_digits
from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.responses.drafts import key_hash
from consult.responses.models import Response

SELECT, SECRET = 8, 16
# OWASP's least for Argon2id. The secret is 16 random digits, not a password a person chose, and
# the phone waits for this.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOTHING = HASHER.hash("no such receipt")  # checked when nothing is found, so both take as long


def receipt_digits(server_secret: str, key: str, attempt: int = 0) -> str:
    """The 24 digits of a form's key: the same for every repeat, unknown without both secrets."""
    message = f"receipt:{attempt}:{key}".encode()
    digest = hmac.new(server_secret.encode(), message, hashlib.sha256).digest()
    return str(int.from_bytes(digest, "big"))[-(SELECT + SECRET) :].zfill(SELECT + SECRET)


def hash_secret(digits: str) -> str:
    """The Argon2id hash of the secret part."""
    return HASHER.hash(digits[SELECT:])


def find_by_receipt(session: Session, consultation_id: int, typed: str) -> Response:
    """The response of a receipt typed in any script, with spaces or dashes; else NotFound."""
    digits = ascii_digits(typed)
    found = session.scalar(
        select(Response).where(
            Response.consultation_id == consultation_id,
            Response.receipt_select == digits[:SELECT],
            Response.withdrawn.is_(False),
        )
    )
    try:
        HASHER.verify((found and found.receipt_hash) or NOTHING, digits[SELECT:])
    except VerificationError:
        found = None
    if found is None or len(digits) != SELECT + SECRET:
        raise NotFound(
            N_("We found no answer with these digits. Please check each of the 24 digits.")
        )
    return found


def find_by_key(session: Session, key: str | None) -> Response | None:
    """The response sent with a form's key, for the person whose session still holds it."""
    if not key:
        return None
    sent = Response.submit_hash == key_hash(key)
    return session.scalar(select(Response).where(sent, Response.withdrawn.is_(False)))


def groups(digits: str) -> str:
    """Digits in groups of four, as they are shown and read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
