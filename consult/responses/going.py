"""Which form a request belongs to, and where it leads next: by redirect, or told to the outbox."""

from flask import g, jsonify, redirect, render_template, request, session
from werkzeug.wrappers import Response

from consult.extensions import db
from consult.responses.drafts import OpenForm, handle_of, load_draft
from consult.web.locale import EVERY

MOST_OPEN = 4  # forms of one consultation in the tabs of one browser


def current_draft() -> OpenForm | None:
    """The open form of this request."""
    return load_draft(db.session, g.consultation.id, form_key())


def form_key() -> str | None:
    """The key of the form the page says it belongs to, or of the newest.

    A form begun in another tab, perhaps by another person, leaves the older one usable.
    """
    keys = _open_keys()
    handle = request.form.get("form", "")
    key = next((key for key in keys if handle_of(key) == handle), keys[0] if keys else None)
    if key and key != keys[0]:
        _remember([key, *keys])
    return key


def remember_form(form: OpenForm, is_kept: bool = False) -> None:
    """Make this the form that the browser works on; `is_kept` lets scripts keep it on the phone."""
    _remember([form.key, *_open_keys()])
    kept = [handle for handle in session.get("kept", []) if handle != form.handle]
    session["kept"] = [form.handle, *kept][:MOST_OPEN] if is_kept else kept


def is_kept(form: OpenForm) -> bool:
    """Whether the person chose, on this device, that the phone keeps what is typed."""
    return form.handle in session.get("kept", [])


def forms_of() -> list[str]:
    """Keys of every form this browser has open, of any consultation."""
    return [key for keys in session.get("forms", {}).values() for key in keys]


def remember_key(name: str, key: str | int) -> None:
    """Note a key of this consultation in the session."""
    session[name] = {**session.get(name, {}), g.consultation.slug: key}


def wants_address() -> bool:
    """Whether a script asks, which goes on by itself."""
    return bool(request.accept_mimetypes.best == "application/json")


def go(address: str, sent: bool = False) -> Response:
    """On to the next page; what was posted is on disk by now."""
    if wants_address():
        return jsonify(next=address, sent=sent)
    return redirect(address, 303)


def all_languages() -> str | None:
    """The page of all languages where that was asked for; what was posted travels with it."""
    if request.form.get("lang") != EVERY:
        return None
    posted = [pair for pair in request.form.items(multi=True) if pair[0] != "lang"]
    return render_template("responses/languages.html", posted=posted)


def doubted() -> Response:
    """Told to a script whose page carries no token of this session; it may ask for a new one."""
    reply = jsonify()
    reply.status_code = 403
    return reply


def _open_keys() -> list[str]:
    return list(session.get("forms", {}).get(g.consultation.slug, []))


def _remember(keys: list[str]) -> None:
    unique = list(dict.fromkeys(keys))[:MOST_OPEN]
    session["forms"] = {**session.get("forms", {}), g.consultation.slug: unique}
