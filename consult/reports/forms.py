"""Forms of reports."""

from flask_wtf import FlaskForm


class ReleaseForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests."""
