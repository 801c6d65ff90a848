"""Default deny: every request is measured against the access table before its view runs."""

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from consult.accounts.access import ACCESS, Access
from consult.accounts.models import Membership, Staff
from consult.extensions import db

# Regions stand above accounts in the import order; the gate needs two of their columns.
region_table = table("region", column("id"), column("slug"))
RANK = {
    "viewer": Access.VIEWER,
    "translator": Access.TRANSLATOR,
    "facilitator": Access.FACILITATOR,
    "admin": Access.ADMIN,
}


def access_in(session: Session, staff: Staff, region_slug: str) -> Access:
    """What a person may do in a region: their role there; a coordinator administers all."""
    if staff.is_coordinator:
        return Access.ADMIN
    role = session.scalar(
        select(Membership.role)
        .join(region_table, region_table.c.id == Membership.region_id)
        .where(Membership.staff_id == staff.id, region_table.c.slug == region_slug)
    )
    return RANK.get(role or "", Access.STAFF)


def may(needed: Access) -> bool:
    """Whether the current person may do what needs this access in the address's region."""
    region = (request.view_args or {}).get("region", "")
    if not current_user.is_authenticated:
        return needed == Access.PUBLIC
    if "access" not in g:  # a page asks for each of its buttons
        g.access = access_in(db.session, current_user, region)
    return bool(g.access >= needed)


def init_gates(app: Flask) -> None:
    """Guard every route; an unknown endpoint or role is refused, a stranger signs in first."""

    @app.before_request
    def _guard() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # no such page: the 404 handler answers
        needed = ACCESS.get(request.endpoint)
        if needed is None:
            abort(403)
        if needed == Access.PUBLIC:
            return None
        if not current_user.is_authenticated:
            login: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            return login
        return None if may(needed) else abort(403)

    app.jinja_env.globals.update(may=lambda endpoint: may(ACCESS.get(endpoint, Access.ADMIN)))
