"""Screens of the desk: consultations, analysis, themes, log."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from consult.accounts.models import AuditEntry, Membership
from consult.consultations.models import NEXT_STATES, Consultation
from consult.consultations.queries import consultation_in, consultations_of
from consult.extensions import db
from consult.jobs.models import Job
from consult.jobs.queries import job_by_public_id, latest_job
from consult.jobs.services import cancel, enqueue
from consult.kernel.errors import ConsultError, NotFound
from consult.kernel.ids import is_id
from consult.kernel.messages import N_
from consult.regions.models import Region
from consult.regions.services import region_by_slug
from consult.themes import services
from consult.themes.forms import ActForm, NameForm, ThemeChoiceForm, TranslationForm
from consult.themes.models import Theme
from consult.themes.queries import (
    counts_of,
    latest_run,
    log_entries,
    statement_in,
    theme_cards,
    theme_in,
    theme_members,
)
from consult.web.errors import error_text
from consult.web.locale import page_tag

blueprint = Blueprint("themes", __name__, template_folder="templates")
REFRESH = "themes.refresh"
PAGE = 40
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
    return _page(
        "consultation", consultation, counts=counts_of(db.session, consultation.id),
        run=latest_run(db.session, consultation.id), job=latest_job(db.session, REFRESH, slug),
        next_states=NEXT_STATES.get(consultation.state, ()),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/analyse")
def start_analysis(region: str, slug: str) -> Response:
    consultation_in(db.session, region, slug)
    if not ActForm().validate_on_submit():
        return redirect(url_for(".show_consultation", region=region, slug=slug), 303)
    job = enqueue(db.session, REFRESH, slug)
    db.session.commit()
    return redirect(url_for(".show_job", region=region, slug=slug, job=job.public_id), 303)


@blueprint.get("/desk/<region>/<slug>/jobs/<job>")
def show_job(region: str, slug: str, job: str) -> str:
    return _page("job", consultation_in(db.session, region, slug), job=_job(slug, job))


@blueprint.post("/desk/<region>/<slug>/jobs/<job>/cancel")
def cancel_job(region: str, slug: str, job: str) -> Response:
    consultation_in(db.session, region, slug)
    if ActForm().validate_on_submit():
        cancel(db.session, _job(slug, job))
        db.session.commit()
    return redirect(url_for(".show_job", region=region, slug=slug, job=job), 303)


@blueprint.get("/desk/<region>/<slug>/themes")
def list_themes(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    cards = theme_cards(db.session, consultation.id)
    state = request.args.get("state", "")
    shown = [card for card in cards if state in ("", card.theme.state) and (card.people or state)]
    return _page(
        "themes", consultation, cards=shown, state=state, total=len(cards),
        run=latest_run(db.session, consultation.id), name_form=NameForm(),
        unplaced=len(theme_members(db.session, consultation.id, None)),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes")
def create_theme(region: str, slug: str) -> Response:
    consultation, form = consultation_in(db.session, region, slug), NameForm()
    if form.validate_on_submit():
        _do(lambda: services.create_theme(
            db.session, current_user.id, consultation.id, form.name.data, page_tag()))  # fmt: skip
    return redirect(url_for(".list_themes", region=region, slug=slug), 303)


@blueprint.get("/desk/<region>/<slug>/themes/<theme>")
def show_theme(region: str, slug: str, theme: str) -> str:
    """One theme with its statements; the theme `none` holds what has no theme yet."""
    consultation = consultation_in(db.session, region, slug)
    row = None if theme == "none" else _theme(consultation, theme)
    language, text = request.args.get("language", ""), request.args.get("q", "")[:100]
    members = theme_members(db.session, consultation.id, row.id if row else None, language, text)
    number = max(request.args.get("page", 1, int), 1)
    return _page(
        "theme", consultation, theme=row, members=members[(number - 1) * PAGE : number * PAGE],
        found=len(members), number=number, pages=-(-len(members) // PAGE), language=language,
        q=text, languages=[code for code, _ in counts_of(db.session, consultation.id)["language"]],
        targets=_targets(consultation), form=ActForm(), name_form=NameForm(obj=None),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/rename")
def rename_theme(region: str, slug: str, theme: str) -> Response:
    form = NameForm()
    return _act_on_theme(region, slug, theme, form, lambda row: services.rename_theme(
        db.session, current_user.id, row, form.name.data, page_tag()))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/accept")
def accept_theme(region: str, slug: str, theme: str) -> Response:
    return _act_on_theme(region, slug, theme, ActForm(), lambda row: services.accept_theme(
        db.session, current_user.id, row))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/reject")
def reject_theme(region: str, slug: str, theme: str) -> Response:
    return _act_on_theme(region, slug, theme, ActForm(), lambda row: services.reject_theme(
        db.session, current_user.id, row))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/themes/<theme>/merge")
def merge_theme(region: str, slug: str, theme: str) -> Response:
    consultation, form = consultation_in(db.session, region, slug), ThemeChoiceForm()
    return _act_on_theme(region, slug, theme, form, lambda row: services.merge_theme(
        db.session, current_user.id, row, _theme(consultation, form.target.data)))  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/statements/<int(max=2147483647):statement>/move")
def move_statement(region: str, slug: str, statement: int) -> Response:
    consultation, form = consultation_in(db.session, region, slug), ThemeChoiceForm()
    if form.validate_on_submit():
        row = statement_in(db.session, consultation.id, statement)
        places = [_theme(consultation, key) if key else None
                  for key in (form.source.data, form.target.data)]  # fmt: skip
        _do(lambda: services.move_statement(db.session, current_user.id, row, *places))
    return _back(region, slug)


@blueprint.post("/desk/<region>/<slug>/statements/<int(max=2147483647):statement>/quote")
def approve_quote(region: str, slug: str, statement: int) -> Response:
    consultation = consultation_in(db.session, region, slug)
    if ActForm().validate_on_submit():
        row = statement_in(db.session, consultation.id, statement)
        act = services.withdraw_quote if "withdraw" in request.form else services.approve_quote
        _do(lambda: act(db.session, current_user.id, row))
    return _back(region, slug)


@blueprint.post("/desk/<region>/<slug>/statements/<int(max=2147483647):statement>/translation")
def translate_statement(region: str, slug: str, statement: int) -> Response:
    consultation, form = consultation_in(db.session, region, slug), TranslationForm()
    if form.validate_on_submit():
        row = statement_in(db.session, consultation.id, statement)
        _do(lambda: services.translate_statement(
            db.session, current_user, row, form.text.data, page_tag()))  # fmt: skip
    return _back(region, slug)


@blueprint.get("/desk/<region>/<slug>/log")
def show_log(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    return _page("log", consultation, entries=log_entries(db.session, consultation.id),
                 undoable=services.UNDO, form=ActForm())  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/log/<int(max=2147483647):entry>/undo")
def undo(region: str, slug: str, entry: int) -> Response:
    consultation = consultation_in(db.session, region, slug)
    row = db.session.get(AuditEntry, entry)
    if row is None or row.consultation_id != consultation.id:
        raise NotFound(N_("There is no such act here."))
    if ActForm().validate_on_submit():
        _do(lambda: services.undo(db.session, current_user.id, row))
    return redirect(url_for(".show_log", region=region, slug=slug), 303)


def _page(name: str, consultation: Consultation, **values: Any) -> str:
    return render_template(
        f"themes/{name}.html", consultation=consultation, region=consultation.region,
        **{"form": ActForm(), **values},
    )  # fmt: skip


def _act_on_theme(
    region: str, slug: str, theme: str, form: Any, act: Callable[[Theme], object]
) -> Response:
    row = _theme(consultation_in(db.session, region, slug), theme)
    if form.validate_on_submit():
        _do(lambda: act(row))
    return redirect(url_for(".show_theme", region=region, slug=slug, theme=row.id), 303)


def _do(act: Callable[[], object]) -> None:
    """Run an act and commit; a rule it breaks is told and changes nothing."""
    try:
        act()
        db.session.commit()
        flash(gettext(SAVED))
    except ConsultError as error:
        db.session.rollback()
        flash(error_text(error), "error")


def _theme(consultation: Consultation, key: object) -> Theme:
    number = str(key)
    return theme_in(db.session, consultation.id, int(number) if is_id(number) else 0)


def _targets(consultation: Consultation) -> list[Theme]:
    return list(
        db.session.scalars(
            select(Theme).where(
                Theme.consultation_id == consultation.id,
                Theme.state.in_(("proposed", "accepted")),
            ).order_by(Theme.code)
        )
    )  # fmt: skip


def _job(slug: str, public_id: str) -> Job:
    job = job_by_public_id(db.session, public_id)
    if job.subject != slug:
        raise NotFound(N_("There is no such piece of work."))
    return job


def _back(region: str, slug: str) -> Response:
    """To the list the statement stood in."""
    theme = request.args.get("theme", "")
    theme = theme if is_id(theme) else "none"
    page = request.args.get("page", 1, int)
    return redirect(url_for(".show_theme", region=region, slug=slug, theme=theme, page=page), 303)
