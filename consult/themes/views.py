"""Screens of the desk: consultations, analysis, log."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from consult.accounts.models import AuditEntry, Membership
from consult.consultations.models import NEXT_STATES, Consultation
from consult.consultations.queries import consultation_in, consultations_of
from consult.extensions import current_settings, db
from consult.jobs.models import Job
from consult.jobs.queries import job_by_public_id, latest_job
from consult.jobs.services import cancel, enqueue
from consult.kernel.errors import ConsultError, NotFound
from consult.kernel.ids import is_id
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.regions.models import Region
from consult.regions.services import region_by_slug
from consult.responses.services import REFRESH
from consult.themes import services
from consult.themes.forms import ActForm
from consult.themes.history import Told, tell
from consult.themes.members import load_shelf
from consult.themes.quality import STABILITY
from consult.themes.queries import (
    ANALYSE,
    counts_of,
    latest_run,
    log_page,
    review_counts,
    themes_of,
    waiting_run,
)
from consult.themes.redaction_queries import personal_counts
from consult.transcripts.queries import voice_counts
from consult.web.errors import error_text
from consult.web.text import localized

blueprint = Blueprint("themes", __name__, template_folder="templates")
SAVED = N_("Saved. You can undo it in the log.")


@blueprint.get("/desk/")
def home() -> str | Response:
    query = select(Region).order_by(Region.slug)
    if not current_user.is_coordinator:
        query = query.join(Membership, Membership.region_id == Region.id).where(
            Membership.staff_id == current_user.id
        )
    regions = list(db.session.scalars(query))
    if len(regions) == 1:
        return redirect(url_for(".list_consultations", region=regions[0].slug))
    return render_template("themes/home.html", regions=regions)


@blueprint.get("/desk/<region>")
def list_consultations(region: str) -> str:
    found = region_by_slug(db.session, region)
    rows = [(c, counts_of(db.session, c.id)) for c in consultations_of(db.session, found.id)]
    return render_template("themes/consultations.html", region=found, rows=rows)


@blueprint.get("/desk/<region>/<slug>")
def show_consultation(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    return page(
        "consultation", consultation, counts=counts_of(db.session, consultation.id),
        review=review_counts(db.session, consultation.id, load_shelf(db.session, consultation.id)),
        personal=personal_counts(db.session, consultation.id).get("offered", 0),
        waiting=waiting_run(db.session, consultation.id),
        run=latest_run(db.session, consultation.id),
        job=latest_job(db.session, slug, REFRESH, ANALYSE),
        next_states=NEXT_STATES.get(consultation.state, ()),
        voices=voice_counts(db.session, consultation.id),
        translator=current_settings().translator.kind,
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/analyse")
def start_analysis(region: str, slug: str) -> Response:
    consultation_in(db.session, region, slug)
    if not ActForm().validate_on_submit():
        return redirect(url_for(".show_consultation", region=region, slug=slug), 303)
    job = enqueue(db.session, ANALYSE, slug)
    db.session.commit()
    return redirect(url_for(".show_job", region=region, slug=slug, job=job.public_id), 303)


@blueprint.get("/desk/<region>/<slug>/jobs/<job>")
def show_job(region: str, slug: str, job: str) -> str | Response:
    consultation, row = consultation_in(db.session, region, slug), _job(slug, job)
    if row.name not in (REFRESH, ANALYSE):
        of = ".show_quality" if row.name == STABILITY else ".show_machine"
        return redirect(url_for(of, region=region, slug=slug))
    return page("job", consultation, job=row, waiting=waiting_run(db.session, consultation.id))


@blueprint.post("/desk/<region>/<slug>/jobs/<job>/cancel")
def cancel_job(region: str, slug: str, job: str) -> Response:
    consultation_in(db.session, region, slug)
    if ActForm().validate_on_submit():
        cancel(db.session, _job(slug, job))
        db.session.commit()
    return redirect(url_for(".show_job", region=region, slug=slug, job=job), 303)


@blueprint.get("/desk/<region>/<slug>/log")
def show_log(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    number = request.args.get("page", 1, int)
    entries, number, pages = log_page(db.session, consultation.id, number)
    names = {theme.id: theme.name for theme in themes_of(db.session, consultation.id)}
    return page(
        "log", consultation, told=[tell(entry, names) for entry in entries], sentence=_sentence,
        number=number, pages=pages, undoable=services.UNDO,
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/log/<int(max=2147483647):entry>/undo")
def undo(region: str, slug: str, entry: int) -> Response:
    consultation = consultation_in(db.session, region, slug)
    row = db.session.get(AuditEntry, entry)
    if row is None or row.consultation_id != consultation.id:
        raise NotFound(N_("There is no such act here."))
    if ActForm().validate_on_submit():
        do(lambda: services.undo(db.session, current_user.id, row), N_("Undone."))
    if "theme" in request.args:
        return back(region, slug, request.args["theme"])
    if "blind" in request.args:
        languages = request.args.getlist("language")
        return redirect(url_for(".show_blind", region=region, slug=slug, language=languages), 303)
    return redirect(url_for(".show_log", region=region, slug=slug), 303)


def page(name: str, consultation: Consultation, **values: Any) -> str:
    return render_template(
        f"themes/{name}.html", consultation=consultation, region=consultation.region,
        **{"form": ActForm(formdata=None), **values},
    )  # fmt: skip


def do(act: Callable[[], Any], done: str = SAVED) -> Any:
    """Run an act, commit and give what it gives; a broken rule is told and changes nothing."""
    try:
        result = _act_and_commit(act)
    except ConsultError as error:
        db.session.rollback()
        flash(error_text(error), "error")
        return None
    flash(gettext(done))
    return result


def _act_and_commit(act: Callable[[], Any]) -> Any:
    """Once more where somebody wrote the same row in the same instant: now it can be seen."""
    try:
        result = act()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        result = act()
        db.session.commit()
    return result


def back(region: str, slug: str, theme: object, done: int | None = None) -> Response:
    """To the list of statements as it was filtered; `done` offers to undo that act."""
    key = str(theme) if is_id(str(theme)) else "none"
    kept: dict[str, Any] = {
        name: request.args[name]
        for name in ("language", "q", "checked", "personal", "page") if request.args.get(name)
    }  # fmt: skip
    address = url_for(".show_theme", region=region, slug=slug, theme=key, done=done, **kept)
    return redirect(address, 303)


def _sentence(told: Told) -> Markup:
    """What the log says, in the reader's language; names of themes carry their own."""
    params = {
        name: localized(value) if isinstance(value, LocalizedText) else value
        for name, value in told.params.items()
    }
    return Markup.escape(gettext(told.sentence)) % params


def _job(slug: str, public_id: str) -> Job:
    job = job_by_public_id(db.session, public_id)
    if job.subject.partition("/")[0] != slug:
        raise NotFound(N_("There is no such piece of work."))
    return job
