"""Forms of the desk."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional


class ActForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests."""


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])


class ThemeChoiceForm(FlaskForm):  # type: ignore[misc]
    """A theme to go to; `source` is the theme the statement stands in, if any."""

    target = IntegerField(_l("Theme"), validators=[Optional()])
    source = IntegerField(validators=[Optional()])


class TranslationForm(FlaskForm):  # type: ignore[misc]
    text = TextAreaField(_l("Translation"), validators=[DataRequired(), Length(max=20_000)])
