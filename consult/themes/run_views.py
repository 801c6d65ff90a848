"""Screens of a run that waits: what it would change, apply, discard."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask_security import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult.accounts.models import AuditEntry
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.themes import waiting
from consult.themes.changes import KINDS, change_page, changes_of
from consult.themes.forms import RunForm
from consult.themes.queries import themes_of, waiting_run
from consult.themes.views import blueprint, do, page

Act = Callable[[Session, int, int, int], AuditEntry]


@blueprint.get("/desk/<region>/<slug>/analysis")
def show_waiting(region: str, slug: str) -> str:
    """What the waiting run would change, or that none waits."""
    consultation = consultation_in(db.session, region, slug)
    run = waiting_run(db.session, consultation.id)
    if run is None:
        return page("waiting", consultation, run=None)
    changes = changes_of(db.session, run)
    first = next((kind for kind in KINDS if changes.of[kind]), KINDS[0])
    kind = request.args.get("kind", first)
    kind = kind if kind in KINDS else first
    return page(
        "waiting", consultation, run=run, changes=changes, kind=kind,
        list=change_page(db.session, changes.of[kind], request.args.get("page", 1, int)),
        names={theme.id: theme for theme in themes_of(db.session, consultation.id)},
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/analysis/apply")
def apply_run(region: str, slug: str) -> Response:
    return _act(region, slug, waiting.apply_run)


@blueprint.post("/desk/<region>/<slug>/analysis/discard")
def discard_run(region: str, slug: str) -> Response:
    return _act(region, slug, waiting.discard_run)


def _act(region: str, slug: str, act: Act) -> Response:
    """Act on the run that was looked at; one that was replaced meanwhile is shown anew."""
    consultation, form = consultation_in(db.session, region, slug), RunForm()
    entry = None
    if form.validate_on_submit():
        entry = do(lambda: act(db.session, current_user.id, consultation.id, form.run.data))
    to = ".list_themes" if entry else ".show_waiting"
    return redirect(url_for(to, region=region, slug=slug), 303)
