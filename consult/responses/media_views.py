"""Pictures and sounds of a questionnaire, and a person's own recordings before they are sent."""

import io

from flask import abort, g, send_file
from werkzeug.wrappers import Response

from consult.extensions import db
from consult.responses.going import current_draft
from consult.responses.views import blueprint
from consult.responses.voices import voice_of_form
from consult.surveys.queries import media_file


@blueprint.get("/s/<slug>/media/<digest>")
def media(digest: str) -> Response:
    file = media_file(db.session, g.consultation.id, digest)
    return send_file(io.BytesIO(file.data), mimetype=file.mime, etag=False)


@blueprint.get("/s/<slug>/voice/<code>")
def own_voice(code: str) -> Response:
    """Only for the browser that holds the open form's key."""
    draft = current_draft()
    recording = (draft and voice_of_form(db.session, draft, code)) or abort(404)
    return send_file(io.BytesIO(recording.data), mimetype=recording.mime, etag=False)
