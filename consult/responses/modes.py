"""How this device is used: one person's own, a kiosk for many, or staff who help."""

from typing import Any

from flask import g, request, session
from flask_security import current_user

from consult.accounts.access import Access
from consult.accounts.gates import access_in
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.kernel.clock import today
from consult.responses.drafts import drop_draft
from consult.responses.going import forms_of
from consult.responses.handovers import is_carried
from consult.web.locale import remember_language

HELPED = ("assisted", "interview")
KIOSK_SECONDS = 180  # without input, on pages where nothing is typed


def forget_person() -> None:
    """Throw the open forms away and empty the session; who was signed in is signed out."""
    for key in forms_of():
        if not is_carried(db.session, key):
            drop_draft(db.session, key)
    db.session.commit()
    session.clear()


def enter_kiosk(slug: str) -> None:
    """Begin with the next person on a device that many use."""
    forget_person()
    session["kiosk"] = slug


def is_kiosk() -> bool:
    """Whether many people use this device for the consultation of the page."""
    return bool("consultation" in g and session.get("kiosk") == g.consultation.slug)


def start_helping(consultation: Consultation, channel: str) -> None:
    """From now on this person's session takes down what others say."""
    session["helping"] = {consultation.slug: channel}


def helped_channel() -> str:
    """`assisted` or `interview` while signed-in staff of the region help, else nothing."""
    if "consultation" not in g or not current_user.is_authenticated:
        return ""
    channel = session.get("helping", {}).get(g.consultation.slug, "")
    if channel not in HELPED:
        return ""
    access = access_in(db.session, current_user, g.consultation.region.slug)
    return str(channel) if access >= Access.FACILITATOR else ""


def set_mode() -> None:
    """A kiosk begins anew with every visit by its address; who helps begins with the next one."""
    wanted = request.args.get("kiosk")
    if wanted == "1":
        enter_kiosk(g.consultation.slug)
        remember_language(request.args.get("lang", ""))
    elif wanted is not None:
        session.pop("kiosk", None)
    elif helped_channel():
        for name in ("sent", "mine"):  # the receipt of the person before
            session.pop(name, None)


def describe_mode() -> dict[str, Any]:
    """What every participant page knows of the device and of the time that is left."""
    consultation: Consultation | None = g.get("consultation")
    is_late = consultation is not None and not consultation.accepts_answers(today())
    return {
        "kiosk": is_kiosk(), "helping": helped_channel(), "is_late": is_late,
        "kiosk_seconds": KIOSK_SECONDS,
    }  # fmt: skip
