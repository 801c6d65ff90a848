"""Going on later: with a code on another device, or with what this phone has kept."""

from flask import current_app, g, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from consult.extensions import csrf, db, limiter
from consult.kernel.clock import today
from consult.kernel.errors import NotFound
from consult.responses.drafts import KEPT_LONGER, OpenForm, keep_longer, load_draft, open_draft
from consult.responses.forms import SurveyForm
from consult.responses.going import current_draft, go, remember_form, remember_key
from consult.responses.handovers import make_code, open_by_code, spoken_groups
from consult.responses.services import stored_receipt
from consult.responses.views import Page, blueprint, may_still_send, without_draft
from consult.surveys.queries import current_version
from consult.web.errors import error_text
from consult.web.locale import remember_language

CODES = "10 per minute"  # guesses of twelve digits; a phone's own key is too long to guess


@blueprint.route("/s/<slug>/later", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(CODES, methods=["POST"])
def later() -> Page:
    draft = current_draft()
    if draft is None or not may_still_send():
        return without_draft()
    form, code = SurveyForm(), ""
    if form.validate_on_submit():
        code = make_code(db.session, g.consultation.id, draft, _secret())
        db.session.commit()
    return render_template(
        "responses/later.html", consultation=g.consultation, draft=draft, form=form,
        code=spoken_groups(code), last_day=min(g.consultation.last_day, today() + KEPT_LONGER),
    )  # fmt: skip


@blueprint.route("/s/<slug>/resume", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(CODES, methods=["POST"], exempt_when=lambda: "key" in request.form)
def resume() -> Page:
    form = SurveyForm()
    if not form.validate_on_submit():
        return _ask()
    if not may_still_send():
        return without_draft()
    if "key" in request.form:
        return _from_phone(request.form["key"][:100])
    typed = request.form.get("code", "")[:200]
    try:
        draft = open_by_code(db.session, g.consultation.id, typed, _secret())
    except NotFound as error:
        return _ask(error_text(error), typed)
    remember_form(draft)
    return go(url_for(".screen", number=draft.at))


def _ask(error: str = "", code: str = "") -> Page:
    page = render_template("responses/resume.html", consultation=g.consultation,
                           form=SurveyForm(), error=error, code=code)  # fmt: skip
    return (page, 400) if error else page


def _from_phone(key: str) -> Page:
    """Open again the form the phone has kept; one that is too old is begun anew with its words."""
    remember_language(request.form.get("lang", ""))
    if stored_receipt(db.session, key, _secret()):
        remember_key("sent", key)
        return go(url_for(".thanks"), sent=True)
    draft = load_draft(db.session, g.consultation.id, key) or _begun_anew()
    remember_form(draft, is_kept=True)
    address = url_for(".screen", number=draft.at)
    return jsonify(next=address, key=draft.key, form=draft.handle, token=generate_csrf())


def _begun_anew() -> OpenForm:
    version = current_version(db.session, g.consultation.id)
    draft = open_draft(db.session, g.consultation.id, version.id)
    keep_longer(db.session, draft.key)
    db.session.commit()
    return draft


def _secret() -> str:
    secret: str = current_app.secret_key  # type: ignore[assignment]
    return secret
