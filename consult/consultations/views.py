"""Screens of consultations: opening and closing."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from consult.accounts.services import record
from consult.consultations.forms import StateForm
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.errors import RuleBroken
from consult.web.errors import error_text

blueprint = Blueprint("consultations", __name__)


@blueprint.post("/desk/<region>/<slug>/state")
def change_state(region: str, slug: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    form, before = StateForm(), consultation.state
    if form.validate_on_submit():
        try:
            consultation.move_to(form.state.data)
            record(db.session, current_user.id, "change_state", consultation,
                   {"state": before}, {"state": consultation.state})  # fmt: skip
            db.session.commit()
            flash(gettext("Saved."))
        except RuleBroken as error:
            flash(error_text(error), "error")
    return redirect(url_for("themes.show_consultation", region=region, slug=slug), 303)
