"""Forms of the desk."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional


class ActForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests."""


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])


class ThemeChoiceForm(FlaskForm):  # type: ignore[misc]
    """A theme to go to."""

    target = IntegerField(_l("Theme"), validators=[Optional()])


class StatementsForm(FlaskForm):  # type: ignore[misc]
    """The statements ticked, what to say of them, and a theme chosen or typed."""

    statement = SelectMultipleField(coerce=int, validate_choice=False)
    act = SelectField(choices=["belongs", "out", "move"])
    target = IntegerField(_l("Theme"), validators=[Optional()])
    typed = StringField(_l("Theme"), validators=[Length(max=200)])


class PersonalForm(FlaskForm):  # type: ignore[misc]
    """Spans that may be personal, and what becomes of them."""

    redaction = SelectMultipleField(coerce=int, validate_choice=False)
    state = SelectField(choices=["hidden", "kept"])


class RunForm(FlaskForm):  # type: ignore[misc]
    """The run that was looked at."""

    run = IntegerField(validators=[DataRequired()])


class BlindForm(FlaskForm):  # type: ignore[misc]
    """The themes a person gives a statement without seeing the machine's."""

    statement = IntegerField(validators=[DataRequired()])
    theme = SelectMultipleField(coerce=int, validate_choice=False)
    typed = StringField(validators=[Length(max=200)])
    act = SelectField(choices=["save", "none", "skip"])


class HideForm(FlaskForm):  # type: ignore[misc]
    words = StringField(_l("Words to hide"), validators=[Length(max=200)])


class TranslationForm(FlaskForm):  # type: ignore[misc]
    """A translation of a whole answer; the view says which languages there are."""

    language = SelectField(_l("Language of the translation"))
    text = TextAreaField(
        _l("Translation"), validators=[DataRequired(), Length(max=20_000)], render_kw={"rows": 4}
    )
    state = SelectField(
        _l("Is it checked?"), default="reviewed",
        choices=[
            SelectChoice("reviewed", _l("Checked: it may be used")),
            SelectChoice("draft", _l("A draft")),
        ],
    )  # fmt: skip


class IntoForm(FlaskForm):  # type: ignore[misc]
    """The language to translate into."""

    target = SelectField(_l("Translate into"), validate_choice=False)


class OrderForm(FlaskForm):  # type: ignore[misc]
    """What a person confirms to have translated, as the page showed it."""

    target = StringField(validators=[DataRequired(), Length(max=20)])
    service = StringField(validators=[DataRequired(), Length(max=120)])
    last_answer = IntegerField(validators=[InputRequired()])
    language = SelectMultipleField(validate_choice=False)
    agreed = BooleanField()
