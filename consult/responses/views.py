"""Screens of a participant: list, start, questions, review, thanks."""

from collections.abc import Iterable
from typing import Any

from flask import (
    Blueprint,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from consult.consultations.models import Consultation
from consult.consultations.queries import (
    consultations_with_results,
    open_consultations,
    public_consultation,
)
from consult.extensions import csrf, db
from consult.kernel.clock import today
from consult.kernel.qr import qr_svg
from consult.responses.display import helpers
from consult.responses.drafts import (
    OpenForm,
    drop_draft,
    keep_longer,
    open_draft,
    save_values,
)
from consult.responses.flow import (
    first_unanswered,
    next_screen,
    previous_screen,
    progress,
    refused,
    visible_questions,
    visible_screens,
)
from consult.responses.forms import SurveyForm, ask, ask_again, read_screen
from consult.responses.going import (
    all_languages,
    current_draft,
    doubted,
    form_key,
    go,
    is_kept,
    remember_form,
    remember_key,
    wants_address,
)
from consult.responses.modes import describe_mode, forget_person, helped_channel, set_mode
from consult.responses.receipts import groups
from consult.responses.services import stored_receipt, submit
from consult.responses.voices import keep_voices
from consult.surveys.models import Question, QuestionnaireVersion
from consult.surveys.queries import asks_for_voices, current_version, version_by_id
from consult.web.locale import page_tag, remember_language

MOST_SPOKEN = 16_000_000  # bytes of a form with recordings: one too large still gets its sentence
blueprint = Blueprint("responses", __name__, template_folder="templates")
Page = str | Response | tuple[str, int]
blueprint.context_processor(describe_mode)
blueprint.app_context_processor(helpers)


@blueprint.url_value_preprocessor
def load_consultation(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the consultation of the address, and speak only its languages."""
    if values and "slug" in values:
        g.consultation = public_consultation(db.session, values.pop("slug"))
        g.page_languages = g.consultation.languages
        g.default_language = g.consultation.default_language
        if request.method == "POST" and asks_for_voices(db.session, g.consultation.id):
            request.max_content_length = request.max_form_memory_size = MOST_SPOKEN


@blueprint.url_defaults
def add_slug(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses within a consultation stay within it."""
    if "consultation" in g and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values.setdefault("slug", g.consultation.slug)


@blueprint.get("/")
def list_consultations() -> str:
    return render_template(
        "responses/list.html", running=open_consultations(db.session, today()),
        finished=consultations_with_results(db.session),
    )  # fmt: skip


@blueprint.route("/s/<slug>", methods=["GET", "POST"])
@csrf.exempt
def start() -> Page:
    consultation: Consultation = g.consultation
    if request.method == "GET":
        set_mode()
    if not consultation.accepts_answers(today()):
        return render_template("responses/closed.html", consultation=consultation)
    form = SurveyForm()
    if form.validate_on_submit():
        version = current_version(db.session, consultation.id)
        opened = open_draft(db.session, consultation.id, version.id, helped_channel() or "web")
        if request.form.get("keep"):
            keep_longer(db.session, opened.key)
        db.session.commit()
        remember_form(opened, is_kept="keep" in request.form)
        return redirect(url_for(".screen", number=1), 303)
    return render_template(
        "responses/start.html", consultation=consultation, form=form,
        version=current_version(db.session, consultation.id),
        resumable=current_draft(),
    )  # fmt: skip


@blueprint.route("/s/<slug>/q/<int:number>", methods=["GET", "POST"])
@csrf.exempt
def screen(number: int) -> Page:
    draft = current_draft()
    if draft is None or not may_still_send():
        return without_draft()
    version = version_by_id(db.session, draft.version_id)
    if not 1 <= number <= len(version.sections):
        return redirect(url_for(".screen", number=1), 303)
    if request.method == "POST":
        return _save_screen(draft, version, number)
    if number not in visible_screens(version, draft.values):
        onward = next_screen(version, draft.values, number)
        return redirect(url_for(".screen", number=onward) if onward else url_for(".review"), 303)
    return _show_screen(draft, version, number, ask(version.sections[number - 1], draft.values))


@blueprint.route("/s/<slug>/review", methods=["GET", "POST"])
@csrf.exempt
def review() -> Page:
    draft = current_draft()
    if draft is None or not may_still_send():
        return without_draft()
    version = version_by_id(db.session, draft.version_id)
    missing = first_unanswered(version, draft.values)
    if missing:
        return go(url_for(".screen", number=missing))
    if languages := all_languages():
        return languages
    form = SurveyForm()
    if request.method == "POST" and request.form.get("lang"):
        remember_language(request.form["lang"])
        return redirect(url_for(".review"), 303)
    if form.validate_on_submit():
        return send(draft, version)
    if form.errors and wants_address():
        return doubted()
    answers = [
        (number, question, draft.values.get(question.code))
        for number, section in enumerate(version.sections, 1)
        for question in visible_questions(section, draft.values)
        if question.kind != "note"
    ]
    return render_template(
        "responses/review.html", consultation=g.consultation, answers=answers, form=form,
        draft=draft, kept=is_kept(draft),
        previous=previous_screen(version, draft.values, len(version.sections) + 1),
    )  # fmt: skip


@blueprint.get("/s/<slug>/thanks")
def thanks() -> Page:
    key = session.get("sent", {}).get(g.consultation.slug)
    if key is None:
        return without_draft()
    digits = stored_receipt(db.session, key, current_app.secret_key)  # type: ignore[arg-type]
    return render_template(
        "responses/thanks.html", consultation=g.consultation, receipt=groups(digits or ""),
        code=qr_svg(digits) if digits else "", form=SurveyForm(),
    )  # fmt: skip


@blueprint.route("/leave", methods=["GET", "POST"])
@csrf.exempt  # leaving must never fail; all it does is forget
def leave() -> Page:
    if request.method == "GET":
        page = render_template("responses/left.html")
        session.clear()
        return page
    lang, kiosk = page_tag(), session.get("kiosk")
    forget_person()
    onward = url_for(".start", slug=kiosk, kiosk=1) if kiosk else url_for(".leave", lang=lang)
    reply = redirect(onward, 303)
    reply.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return reply


def _save_screen(draft: OpenForm, version: QuestionnaireVersion, number: int) -> Page:
    """Keep what is good, say what is not, and go where the person wanted."""
    section = version.sections[number - 1]
    posted = request.form.to_dict(flat=False)
    is_leaving = "next" in posted
    read = read_screen(section, draft.values, posted, is_leaving)
    shown = set(posted.get("shown", ()))
    is_genuine = SurveyForm().validate_on_submit()
    if is_genuine:
        draft.at = number
        keep_voices(db.session, draft, section.questions, posted, read)
        save_values(db.session, draft, read.values)
        db.session.commit()
    else:
        draft.values |= read.values
    if languages := all_languages():
        return languages
    if request.form.get("lang"):
        remember_language(request.form["lang"])
    if not is_genuine and wants_address():
        return doubted()
    if read.faults or not is_genuine:
        asked = ask_again(section, draft.values, posted, read)
        return _show_screen(draft, version, number, asked, is_genuine), 400
    if is_leaving and refused(draft.values):
        return stop_early(draft)
    if "later" in posted or "whole" in posted:
        return redirect(url_for(".later" if "later" in posted else ".whole"), 303)
    questions = {question.code for question in visible_questions(section, draft.values)}
    if request.form.get("lang") or (is_leaving and questions - shown):
        return go(url_for(".screen", number=number))
    step = next_screen if is_leaving else previous_screen
    target = step(version, draft.values, number)
    if target is None:
        return go(url_for(".review" if is_leaving else ".start"))
    return go(url_for(".screen", number=target))


def _show_screen(
    draft: OpenForm, version: QuestionnaireVersion, number: int, asked: list[Any],
    is_genuine: bool = True,
) -> str:  # fmt: skip
    step, steps = progress(version, draft.values, number)
    let_speak(one.question for one in asked)
    return render_template(
        "responses/screen.html", consultation=g.consultation, asked=asked, number=number,
        step=step, steps=steps, section=version.sections[number - 1], form=SurveyForm(),
        default=version.default_language, is_genuine=is_genuine, draft=draft,
        kept=is_kept(draft),
    )  # fmt: skip


def send(draft: OpenForm, version: QuestionnaireVersion) -> Page:
    """Store the answers for good, once, and thank."""
    secret: str = current_app.secret_key  # type: ignore[assignment]
    try:
        submit(db.session, g.consultation, version, draft, page_tag(), secret)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # a repeat at the same moment was faster
        if stored_receipt(db.session, draft.key, secret) is None:
            raise
    remember_key("sent", draft.key)
    return go(url_for(".thanks"), sent=True)


def stop_early(draft: OpenForm) -> Page:
    """Consent refused, or too young: nothing is kept, on the phone neither."""
    if wants_address():
        return jsonify(forget=True)
    reason = refused(draft.values)
    drop_draft(db.session, draft.key)
    db.session.commit()
    return render_template("responses/refused.html", consultation=g.consultation, reason=reason)


def without_draft() -> Page:
    """A repeat of a form that was sent gets its thanks; anyone else may begin anew."""
    key = form_key()
    secret: str = current_app.secret_key  # type: ignore[assignment]
    if key and stored_receipt(db.session, key, secret):
        remember_key("sent", key)
        return go(url_for(".thanks"), sent=True)
    if not g.consultation.accepts_answers(today()):
        return render_template("responses/closed.html", consultation=g.consultation), 410
    message = gettext("Your page was open for more than a day, or your browser forgot it.")
    return render_template("responses/expired.html", consultation=g.consultation,
                           message=message), 410  # fmt: skip


def let_speak(questions: Iterable[Question]) -> None:
    """Let the page hear the person where a question may be answered by voice."""
    g.hears = any(question.takes_voice for question in questions)


def may_still_send() -> bool:
    consultation: Consultation = g.consultation
    return consultation.accepts_late_answers(today())
