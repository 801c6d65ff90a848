"""The screen of a blind review: a statement, all themes, and nothing of the machine's."""

import re
from collections.abc import Sequence

from flask import redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from consult.consultations.models import Consultation
from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.themes import blind
from consult.themes.agreement import LEAST, agreement_of, compared
from consult.themes.forms import BlindForm
from consult.themes.models import Statement, Theme
from consult.themes.queries import latest_run, statement_in, statements_of
from consult.themes.theme_views import undoable
from consult.themes.views import blueprint, do, page

BLIND = "/desk/<region>/<slug>/quality/blind"
SAVED = N_("Saved.")
MOST_SKIPPED = 50  # that the address carries
CODE = re.compile(r"[^\s,;،·]+")


@blueprint.get(BLIND)
def show_blind(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    return _page(consultation, _next(consultation))


@blueprint.post(BLIND)
def review_blind(region: str, slug: str) -> str | Response:
    """Keep the themes chosen and go on; what cannot be kept is shown again as it was ticked."""
    consultation, form = consultation_in(db.session, region, slug), BlindForm()
    row = statement_in(db.session, consultation.id, form.statement.data or 0)
    if "skip" in (form.act.data or ""):
        return _go_on(consultation, [*_skipped(), row.id])
    entry = None
    if form.validate_on_submit():
        entry = do(
            lambda: blind.review_blind(
                db.session, current_user.id, row, _chosen(consultation, form)
            ),
            SAVED,
        )
    if entry is not None:
        return _go_on(consultation, _skipped(), entry.id)
    if blind.is_open(db.session, row):
        return _page(consultation, statements_of(db.session, [row.id])[0], form)
    return _page(consultation, _next(consultation))


def _chosen(consultation: Consultation, form: BlindForm) -> Sequence[Theme]:
    """The themes ticked or typed; RuleBroken when there is none and nobody said so."""
    if form.act.data == "none":
        return []
    themes = blind.themes_to_choose(db.session, consultation.id)
    found = {theme.code: theme for theme in themes if theme.id in form.theme.data}
    by_code = {theme.code.casefold(): theme for theme in themes}
    for code in CODE.findall(form.typed.data or ""):
        if code.casefold() not in by_code:
            raise RuleBroken(N_("There is no theme with the code “%(code)s”."), code=code)
        found[by_code[code.casefold()].code] = by_code[code.casefold()]
    if not found:
        raise RuleBroken(N_("Choose a theme, or press “None of these”."))
    return list(found.values())


def _next(consultation: Consultation) -> Statement | None:
    return blind.next_statement(
        db.session, consultation.id, current_user.id, request.args.getlist("language"), _skipped()
    )


def _skipped() -> list[int]:
    return request.args.getlist("skip", int)[-MOST_SKIPPED:]


def _go_on(consultation: Consultation, skipped: list[int], done: int | None = None) -> Response:
    address = url_for(
        ".show_blind", region=consultation.region.slug, slug=consultation.slug, done=done,
        language=request.args.getlist("language"), skip=skipped[-MOST_SKIPPED:],
    )  # fmt: skip
    return redirect(address, 303)


def _page(consultation: Consultation, row: Statement | None, form: BlindForm | None = None) -> str:
    waiting = blind.open_by_language(db.session, consultation.id)
    reviewed = blind.reviewed_by_language(db.session, consultation.id)
    rows = [one for one in compared(db.session, consultation.id) if one.is_blind]
    return page(
        "blind", consultation, statement=row, least=LEAST, agreement=agreement_of(rows),
        run=latest_run(db.session, consultation.id), languages=waiting,
        themes=blind.themes_to_choose(db.session, consultation.id), reviewed=reviewed.total(),
        wanted=request.args.getlist("language"), skipped=_skipped(),
        ticked=form.theme.data if form else (), typed=form.typed.data if form else "",
        done=undoable(consultation, request.args.get("done", 0, int)),
    )  # fmt: skip
