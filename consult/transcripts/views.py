"""Screens of the voice answers: a list to listen to and write down."""

import io

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from consult.consultations.queries import consultation_in
from consult.extensions import db
from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_
from consult.responses.models import Voice
from consult.transcripts.forms import TranscriptForm
from consult.transcripts.queries import OPEN, voice_counts, voice_of, voice_page
from consult.transcripts.services import confirm, note_listening, write_down
from consult.web.errors import error_text

blueprint = Blueprint(
    "transcripts", __name__, template_folder="templates", url_prefix="/desk/<region>/<slug>/voices"
)
SAVED = N_("Saved. The next analysis reads it.")


@blueprint.get("")
def show(region: str, slug: str) -> str:
    consultation = consultation_in(db.session, region, slug)
    state = request.args.get("state", "waiting")
    return render_template(
        "transcripts/voices.html", consultation=consultation, region=consultation.region,
        counts=voice_counts(db.session, consultation.id), state=state,
        found=voice_page(db.session, consultation.id, state, request.args.get("page", 1, int)),
        form=TranscriptForm(formdata=None), states=(*OPEN, "reviewed"),
    )  # fmt: skip


@blueprint.get("/<int(max=2147483647):voice>/sound")
def listen(region: str, slug: str, voice: int) -> Response:
    found = _voice(region, slug, voice)
    data = found.data or abort(410)
    if request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):  # not for each later part
        note_listening(db.session, current_user, found)
        db.session.commit()
    return send_file(io.BytesIO(data), mimetype=found.mime, etag=False)


@blueprint.post("/<int(max=2147483647):voice>")
def save(region: str, slug: str, voice: int) -> Response:
    found, form = _voice(region, slug, voice), TranscriptForm()
    here = url_for(".show", region=region, slug=slug, state=found.state, _anchor=f"v{voice}")
    if form.validate_on_submit():
        _act(found, form)
    return redirect(here, 303)


def _act(voice: Voice, form: TranscriptForm) -> None:
    text = (form.text.data or "").replace("\r\n", "\n").strip()
    is_new = text != voice.transcript
    try:
        if is_new or form.act.data == "save":
            write_down(db.session, current_user, voice, text)
        else:
            confirm(db.session, current_user, voice, form.act.data or "")
        db.session.commit()
        flash(gettext(SAVED))
    except ConsultError as error:
        db.session.rollback()
        flash(error_text(error), "error")


def _voice(region: str, slug: str, voice: int) -> Voice:
    return voice_of(db.session, consultation_in(db.session, region, slug).id, voice)
