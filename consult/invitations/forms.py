"""Forms of the ways in."""

from flask_wtf import FlaskForm
from wtforms import SelectField

from consult.responses.modes import HELPED


class HelpForm(FlaskForm):  # type: ignore[misc]
    """How staff help; nothing to stop helping."""

    channel = SelectField(choices=["", *HELPED])
