"""Screens of what is personal in the answers: hide it, or say that it is not."""

from typing import Any

from flask import redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from consult.accounts.access import Access
from consult.accounts.gates import may
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.ids import is_id
from consult.themes.forms import HideForm, PersonalForm
from consult.themes.models import Statement
from consult.themes.queries import statement_in
from consult.themes.redaction_queries import personal_counts, personal_page, redactions_here
from consult.themes.redactions import decide_redactions
from consult.themes.redactions import hide_words as hide
from consult.themes.spoken import MARKS, answer_pieces, pieces, sought, translation_pieces
from consult.themes.views import back, blueprint, do, page

STATES = ("offered", "hidden", "kept")


@blueprint.record_once
def _help_templates(state) -> None:  # type: ignore[no-untyped-def]
    """Templates of this and later features cut out what is hidden."""
    state.app.jinja_env.globals.update(
        pieces=pieces,
        answer_pieces=answer_pieces,
        translation_pieces=translation_pieces,
        may_read=_may_read,
        sought=sought,
        marks=MARKS,
    )


@blueprint.get("/desk/<region>/<slug>/personal")
def show_personal(region: str, slug: str) -> str:
    """Statements that may hold personal data, those nobody decided about first."""
    consultation = consultation_in(db.session, region, slug)
    state = request.args.get("state", "")
    state = state if state in STATES else "offered"
    found = personal_page(db.session, consultation.id, state, request.args.get("page", 1, int))
    rows = [row for statement in found.statements for row in statement.own_redactions]
    return page(
        "personal", consultation, list=found, state=state, theme=None,
        open=[row for row in rows if row.state == state == "offered"],
        sizes=personal_counts(db.session, consultation.id),
    )  # fmt: skip


@blueprint.post("/desk/<region>/<slug>/personal")
def decide_personal(region: str, slug: str) -> Response:
    """Hide, or keep, the spans named in the form."""
    consultation, form = consultation_in(db.session, region, slug), PersonalForm()
    if form.validate_on_submit():
        rows = redactions_here(db.session, consultation.id, form.redaction.data)
        do(lambda: decide_redactions(
            db.session, current_user.id, consultation, rows, form.state.data))  # fmt: skip
    return _back(region, slug)


@blueprint.post("/desk/<region>/<slug>/statements/<int(max=2147483647):statement>/hide")
def hide_words(region: str, slug: str, statement: int) -> Response:
    """Hide words typed by a facilitator."""
    consultation, form = consultation_in(db.session, region, slug), HideForm()
    row = statement_in(db.session, consultation.id, statement)
    if form.validate_on_submit():
        do(lambda: hide(db.session, current_user.id, row, form.words.data or ""))
    return _back(region, slug)


def _may_read(statement: Statement, text: str | None) -> bool:
    """Whether the reader may see a translation of the statement as it was typed."""
    found = translation_pieces(statement, text or "")
    return may(Access.FACILITATOR) or not any(piece.is_hidden for piece in found)


def _back(region: str, slug: str) -> Response:
    """To the theme, or to the list of what may be personal, wherever the act was done."""
    if is_id(request.args.get("of", "")):
        statement = request.args["of"]
        return redirect(
            url_for(".show_statement", region=region, slug=slug, statement=statement), 303
        )
    if "theme" in request.args:
        return back(region, slug, request.args["theme"])
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("state", "page") if name in request.args
    }
    return redirect(url_for(".show_personal", region=region, slug=slug, **kept), 303)
