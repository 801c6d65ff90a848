"""Random identifiers that may stand in an address."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/l/i, u: read aloud without doubt


def new_public_id(length: int = 12) -> str:
    """A random id of `length` characters, about 4.9 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_secret_key() -> str:
    """A random secret of 256 bits, safe in a form field or a cookie."""
    return secrets.token_urlsafe(32)


def is_id(text: str) -> bool:
    """Whether `text`, from an address or a form, can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 10
