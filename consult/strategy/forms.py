"""Forms of the strategy; fields are named as the services name their values."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from consult.kernel.digits import to_ascii_number
from consult.surveys.types.base import clean

VALUE_NAMES = {
    "equality": _l("Equality"),
    "diversity": _l("Diversity"),
    "participation": _l("Participation"),
    "interaction": _l("Meaningful interaction"),
}
VALUE_TEXTS = {
    "equality": _l("Equality: the same rights and real chances for everyone"),
    "diversity": _l("Diversity: many ways of life as a gain for all"),
    "participation": _l("Participation: people take part in what is decided"),
    "interaction": _l("Meaningful interaction: people of different origin meet as equals"),
}
FUNDING_NAMES = {
    "none": _l("not found yet"),
    "planned": _l("planned"),
    "secured": _l("secured"),
}
VERDICT_NAMES = {
    "taken": _l("Taken up"),
    "partly": _l("Partly taken up"),
    "not": _l("Not taken up"),
    "later": _l("Later"),
}
KIND_NAMES = {
    "output": _l("what is done, for example courses held"),
    "result": _l("what changes, for example people who found work"),
}
FAULTY_YEAR = _l("Please write a year, for example 2027.")
MOST_EUROS = 2_000_000_000  # what a database integer holds, rounded down
THOUSANDS = re.compile(r"(?<=\d)[\s.,'’٬](?=\d{3}(?!\d))")


class TextField(StringField):  # type: ignore[misc]
    """A line of text, trimmed and without what no database can hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]).strip() if valuelist else ""


class LongTextField(TextField, TextAreaField):  # type: ignore[misc]
    """Several lines of text."""

    widget = TextAreaField.widget


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list of names, one a line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = clean(valuelist[0]).splitlines() if valuelist else []
        self.data = list(dict.fromkeys(line.strip() for line in lines if line.strip()))


class WholeField(IntegerField):  # type: ignore[misc]
    """A whole number from `low` to `high`, in any script's digits and with thousands marked."""

    widget = TextInput()

    def __init__(self, *args: Any, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"render_kw": {"inputmode": "numeric"}, **kwargs})
        self.low, self.high = low, high

    def process_formdata(self, valuelist: list[str]) -> None:
        text = to_ascii_number(valuelist[0] if valuelist else "").replace("€", "").strip()
        self.data = None
        if not text:
            return
        text = THOUSANDS.sub("", text)
        if not (re.fullmatch(r"[0-9]{1,12}", text) and self.low <= int(text) <= self.high):
            raise ValueError(str(self.invalid_value_message))
        self.data = int(text)


class DayField(DateField):  # type: ignore[misc]
    """A day, or nothing."""

    def __init__(self, label: Any, validators: Any = None, **kwargs: Any) -> None:
        faulty = _l("Please give a day as year-month-day, for example 2027-03-31.")
        rules = [Optional()] if validators is None else validators
        super().__init__(label, rules, invalid_value_message=faulty, **kwargs)


class ChoiceField(SelectField):  # type: ignore[misc]
    """One choice of a menu."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        faulty = _l("Please choose one of the offered answers.")
        super().__init__(label, invalid_choice_message=faulty, **kwargs)


class BoxesField(SelectMultipleField):  # type: ignore[misc]
    """Several choices as a list of boxes to tick."""

    widget = ListWidget(html_tag="ul", prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        gone = _l("Something you ticked is not offered any more. Please look at the list again.")
        super().__init__(label, invalid_value_message=gone, invalid_choice_message=gone, **kwargs)


def choices(texts: Mapping[Any, Any]) -> list[SelectChoice]:
    """What a menu or a list of boxes offers, from its texts by code."""
    return [SelectChoice(code, text) for code, text in texts.items()]


def required(message: Any) -> list[Any]:
    """Validators of a field that may not stay empty."""
    return [InputRequired(message=message)]


def at_most(limit: int) -> Length:
    """A validator of length that counts signs."""
    return Length(max=limit, message=_l("At most %(max)d signs, please."))


def year(label: Any) -> WholeField:
    """A year that must be given."""
    return WholeField(
        label, low=2000, high=2100, invalid_value_message=FAULTY_YEAR,
        validators=required(FAULTY_YEAR),
    )  # fmt: skip


class ActForm(FlaskForm):  # type: ignore[misc]
    """Only the protection against forged requests."""


class ValuesForm(FlaskForm):  # type: ignore[misc]
    """A form whose fields are the values of a service."""

    def values(self) -> dict[str, Any]:
        """What was entered, by field."""
        return {field.name: field.data for field in self if field.name != "csrf_token"}


class StrategyForm(ValuesForm):
    title = TextField(
        _l("Title"), validators=[*required(_l("Please write a title.")), at_most(200)]
    )
    vision = LongTextField(
        _l("Vision"), description=_l("One or two sentences: what should be different at the end?"),
        validators=[at_most(5000)],
    )  # fmt: skip
    starts = year(_l("First year"))
    ends = year(_l("Last year"))
    steering = LongTextField(
        _l("Who watches over it"),
        description=_l("For example a steering group and how often it meets."),
        validators=[at_most(5000)],
    )  # fmt: skip
    review_on = DayField(_l("Next review"))


class ObjectiveForm(ValuesForm):
    title = TextField(
        _l("Objective"), description=_l("What should change, in one sentence."),
        validators=[*required(_l("Please write the objective.")), at_most(300)],
    )  # fmt: skip
    baseline = LongTextField(_l("How it is today"), validators=[at_most(5000)])
    target = LongTextField(_l("What should be reached"), validators=[at_most(5000)])
    served_values = BoxesField(_l("Values it serves"), choices=choices(VALUE_TEXTS))
    theme_ids = BoxesField(_l("Themes it answers to"), coerce=int)


class ActionForm(ValuesForm):
    title = TextField(
        _l("Action"), validators=[*required(_l("Please write the action.")), at_most(300)]
    )
    description = LongTextField(_l("What will be done"), validators=[at_most(5000)])
    lead = TextField(
        _l("Lead"), description=_l("Exactly one organisation, not a person."),
        validators=[at_most(200)],
    )  # fmt: skip
    partners = LinesField(_l("Partners"), description=_l("One organisation a line."))
    starts_on = DayField(_l("Starts on"))
    ends_on = DayField(_l("Ends on"))
    resources = LongTextField(
        _l("Resources"),
        description=_l("Staff, rooms, work given for free. Write “none yet” if there are none."),
        validators=[at_most(5000)],
    )
    cost = WholeField(
        _l("Cost in euros"), low=0, high=MOST_EUROS,
        invalid_value_message=_l("Please write the cost in whole euros, zero or more: 12000."),
        description=_l("Whole euros; leave it empty while it is unknown."),
    )  # fmt: skip
    funding = ChoiceField(_l("The money is"), choices=choices(FUNDING_NAMES))
    funding_source = TextField(_l("Where the money comes from"), validators=[at_most(200)])
    served_values = BoxesField(_l("Values it serves"), choices=choices(VALUE_TEXTS))
    theme_ids = BoxesField(_l("Themes it answers to"), coerce=int)
    quote_ids = BoxesField(_l("Quotes it answers to"), coerce=int)

    def validate_ends_on(self, field: Any) -> None:
        """Told beside the field, together with what else is wrong."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("The action ends before it starts. Please check both days."))


class IndicatorForm(ValuesForm):
    name = TextField(
        _l("Indicator"),
        description=_l("What is counted or asked, for example: places in courses."),
        validators=[*required(_l("Please write the indicator.")), at_most(300)],
    )  # fmt: skip
    kind = ChoiceField(_l("It measures"), choices=choices(KIND_NAMES))
    unit = TextField(_l("Unit"), validators=[at_most(60)])
    baseline = TextField(_l("Value today"), validators=[at_most(120)])
    target = TextField(_l("Target"), validators=[at_most(120)])
    source = TextField(
        _l("Where the figure comes from and who measures it"), validators=[at_most(200)]
    )
    frequency = TextField(_l("How often it is measured"), validators=[at_most(60)])


class DecisionForm(FlaskForm):  # type: ignore[misc]
    verdict = ChoiceField(_l("Decision"), choices=choices(VERDICT_NAMES))
    reason = LongTextField(_l("Reason"), validators=[at_most(5000)])


class AdoptForm(FlaskForm):  # type: ignore[misc]
    body = TextField(
        _l("Adopting body"), description=_l("For example the regional council."),
        validators=[*required(_l("Please name the adopting body.")), at_most(200)],
    )  # fmt: skip
    act = TextField(_l("Number or name of the act"), validators=[at_most(120)])
    day = DayField(
        _l("Day of adoption"), validators=required(_l("Please give the day of adoption."))
    )
