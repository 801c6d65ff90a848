"""All questions on one page: for one round trip, and for a phone that keeps the page offline."""

from flask import g, redirect, render_template, request, url_for

from consult.extensions import csrf, db
from consult.responses.drafts import OpenForm, save_values
from consult.responses.flow import first_unanswered, refused
from consult.responses.forms import ReadScreen, SurveyForm, ask_all, read_all
from consult.responses.going import (
    all_languages,
    current_draft,
    doubted,
    go,
    is_kept,
    wants_address,
)
from consult.responses.layout import faults_of
from consult.responses.views import (
    Page,
    blueprint,
    let_speak,
    may_still_send,
    send,
    stop_early,
    without_draft,
)
from consult.responses.voices import keep_voices
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.queries import version_by_id
from consult.web.locale import remember_language


@blueprint.route("/s/<slug>/whole", methods=["GET", "POST"])
@csrf.exempt
def whole() -> Page:
    draft = current_draft()
    if draft is None or not may_still_send():
        return without_draft()
    version = version_by_id(db.session, draft.version_id)
    if request.method == "GET":
        return _show(draft, version, ReadScreen())
    posted = request.form.to_dict(flat=False)
    read = read_all(version, draft.values, posted)
    if not SurveyForm().validate_on_submit():
        draft.values |= read.values
        if wants_address():
            return doubted()
        return _show(draft, version, read, is_genuine=False), 400
    keep_voices(db.session, draft, version.questions, posted, read)
    save_values(db.session, draft, read.values)
    db.session.commit()
    if languages := all_languages():
        return languages
    remember_language(request.form.get("lang", ""))
    if request.form.get("lang"):
        return redirect(url_for(".whole"), 303)
    if refused(draft.values):
        return stop_early(draft)
    if read.faults or first_unanswered(version, draft.values):
        return _show(draft, version, read), 400
    return send(draft, version) if "send" in request.form else go(url_for(".review"))


def _show(
    draft: OpenForm, version: QuestionnaireVersion, read: ReadScreen, is_genuine: bool = True
) -> str:
    posted = request.form.to_dict(flat=False)
    let_speak(version.questions)
    screens = [(section, ask_all(section, draft.values, posted, read))
               for section in version.sections]  # fmt: skip
    return render_template(
        "responses/whole.html", consultation=g.consultation, screens=screens, form=SurveyForm(),
        draft=draft, kept=is_kept(draft), default=version.default_language, is_genuine=is_genuine,
        faults=[one for _, asked in screens for one in faults_of(asked)],
    )  # fmt: skip
