"""Pictures and sounds of a questionnaire."""

import io

from flask import g, send_file
from werkzeug.wrappers import Response

from consult.extensions import db
from consult.responses.views import blueprint
from consult.surveys.queries import media_file


@blueprint.get("/s/<slug>/media/<digest>")
def media(digest: str) -> Response:
    file = media_file(db.session, g.consultation.id, digest)
    return send_file(io.BytesIO(file.data), mimetype=file.mime, etag=False)
