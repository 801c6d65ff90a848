"""Forms of the voice answers."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length


class TranscriptForm(FlaskForm):  # type: ignore[misc]
    """What was heard and which button was pressed: `save`, `second` or `reviewed`."""

    text = TextAreaField(_l("What the person says"), validators=[Length(max=20_000)])
    act = StringField()
