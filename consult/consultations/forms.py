"""Forms of consultations."""

from flask_wtf import FlaskForm
from wtforms import SelectField

from consult.consultations.models import NEXT_STATES

STATES = sorted({state for states in NEXT_STATES.values() for state in states})


class StateForm(FlaskForm):  # type: ignore[misc]
    """The state to move to."""

    state = SelectField(choices=STATES)
