"""Marks a sentence for translation where no request, and so no language, is at hand."""


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool looks for
    """The message itself; the catalogs pick it up, the page translates it."""
    return message
