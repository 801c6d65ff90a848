"""Screens of the receipt: see, change, withdraw."""

from pathlib import Path

from flask import current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Reply

from consult.extensions import csrf, db, limiter
from consult.kernel.clock import today
from consult.kernel.errors import NotFound
from consult.responses.drafts import open_draft, save_draft
from consult.responses.forms import SurveyForm
from consult.responses.going import remember_form, remember_key
from consult.responses.models import Response
from consult.responses.modes import is_kiosk
from consult.responses.receipts import find_by_key, find_by_receipt
from consult.responses.services import LEDGER, withdraw
from consult.responses.views import Page, blueprint
from consult.responses.voices import reopen_voices
from consult.surveys.models import Question, QuestionnaireVersion
from consult.surveys.queries import version_by_id
from consult.web.errors import error_text

LOOK_UPS = "20 per minute"


@blueprint.route("/s/<slug>/receipt", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(LOOK_UPS, methods=["POST"])
def receipt() -> Page:
    form = SurveyForm()
    if not form.validate_on_submit():
        return _ask()
    action = request.form.get("action", "look")
    if action == "look":
        return _look(request.form.get("digits", ""))
    response = _mine()
    if response is None:
        return _ask()
    if action == "mine":
        return _show(response)
    return _change(response) if action == "change" else _withdraw(response)


def _ask(error: str = "", digits: str = "") -> Page:
    page = render_template("responses/receipt.html", consultation=g.consultation,
                           form=SurveyForm(), error=error, digits=digits)  # fmt: skip
    return (page, 400) if error else page


def _look(digits: str) -> Page:
    try:
        response = find_by_receipt(db.session, g.consultation.id, digits[:200])
    except NotFound as error:
        return _ask(error_text(error), digits[:200])
    return _show(response)


def _show(response: Response) -> str:
    remember_key("mine", response.id)
    version = version_by_id(db.session, response.version_id)
    return render_template(
        "responses/mine.html", consultation=g.consultation, form=SurveyForm(),
        answers=_answers(response, version),
        can_change=g.consultation.accepts_late_answers(today()),
    )  # fmt: skip


def _change(response: Response) -> Reply:
    draft = open_draft(db.session, g.consultation.id, response.version_id, response.channel)
    draft.values = {answer.question_code: answer.value if answer.text is None else answer.text
                    for answer in response.answers}  # fmt: skip
    draft.corrects = response.id
    reopen_voices(db.session, response, draft)
    save_draft(db.session, draft)
    db.session.commit()
    remember_form(draft)
    remember_key("mine", response.id)
    return redirect(url_for(".review"), 303)


def _withdraw(response: Response) -> Page:
    withdraw(db.session, response, Path(current_app.instance_path) / LEDGER)
    db.session.commit()
    session.pop("mine", None)
    return render_template("responses/withdrawn.html", consultation=g.consultation)


def _mine() -> Response | None:
    """The response this session has shown its right to: by digits, or by having just sent it."""
    slug = g.consultation.slug
    response = db.session.get(Response, session.get("mine", {}).get(slug, 0))
    if response is None and not is_kiosk():
        response = find_by_key(db.session, session.get("sent", {}).get(slug))
    return None if response is None or response.withdrawn else response


def _answers(
    response: Response, version: QuestionnaireVersion
) -> list[tuple[Question, object, int]]:
    """What was answered to each question, with the length of a recording that is still kept."""
    given = {a.question_code: a.value if a.text is None else a.text for a in response.answers}
    spoken = {v.question_code: v.seconds for v in response.voices if v.state != "reviewed"}
    return [
        (question, given.get(question.code), spoken.get(question.code, 0))
        for question in version.questions
        if question.code in {*given, *spoken}
    ]
