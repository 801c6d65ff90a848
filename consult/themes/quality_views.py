"""The screen that says how far the analysis can be trusted here."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.messages import N_
from consult.themes.agreement import LEAST
from consult.themes.forms import ActForm
from consult.themes.quality import (
    local_words_of,
    order_stability,
    quality_of,
    stability_job,
    verdict,
)
from consult.themes.views import blueprint, do, page

ORDERED = N_("Ordered. It is measured in the background.")


@blueprint.get("/desk/<region>/<slug>/quality")
def show_quality(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    found = quality_of(db.session, consultation.id)
    job = stability_job(db.session, consultation, found.run) if found else None
    return page(
        "quality", consultation, quality=found, job=job, verdict=verdict, least=LEAST,
        local_words=local_words_of(db.session, found.run) if found else (),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/quality/stability")
def measure_stability(region: str, slug: str) -> Response:
    consultation = consultation_in(db.session, region, slug)
    if ActForm().validate_on_submit():
        do(lambda: order_stability(db.session, consultation), ORDERED)
    return redirect(url_for(".show_quality", region=region, slug=slug), 303)
