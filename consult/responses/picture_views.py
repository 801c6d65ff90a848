"""The picture of a receipt, made from the session: nothing of it stands in the address."""

from flask import abort, current_app, g, make_response, redirect, session, url_for
from werkzeug.wrappers import Response as Reply

from consult.extensions import db
from consult.responses.modes import is_kiosk
from consult.responses.pictures import KINDS, receipt_picture
from consult.responses.services import stored_receipt
from consult.responses.views import blueprint


@blueprint.get("/s/<slug>/receipt/picture.<extension>")
def show_picture(extension: str) -> Reply:
    kind = next((kind for kind in KINDS if kind == extension), None) or abort(404)
    key = session.get("sent", {}).get(g.consultation.slug)
    digits = key and stored_receipt(db.session, key, current_app.secret_key)  # type: ignore[arg-type]
    if not digits or is_kiosk():
        return redirect(url_for(".thanks"), 303)
    reply = make_response(receipt_picture(digits, kind))
    reply.mimetype = KINDS[kind]
    reply.headers["Content-Disposition"] = f'attachment; filename="picture.{extension}"'
    return reply
