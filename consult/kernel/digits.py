"""Digits of any script, as people type them."""

import unicodedata


def ascii_digits(text: str) -> str:
    """Only the decimal digits of `text`, in whatever script, as 0-9."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def to_ascii_number(text: str) -> str:
    """`text` with every decimal digit as 0-9 and all else as it was."""
    return (
        "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
        .replace("\u2212", "-")
        .strip()
    )
