"""The statement on accessibility: what holds, what does not yet, whom to tell."""

from datetime import date

from flask import render_template

from consult.extensions import db
from consult.regions.queries import regions_with_contact
from consult.responses.views import blueprint

STATEMENT_DAY = date(2026, 11, 26)  # as in docs/accessibility.md


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template(
        "responses/accessibility.html", day=STATEMENT_DAY, regions=regions_with_contact(db.session)
    )
