"""Writes: staff, roles and the audit trail."""

from typing import Any

from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import COORDINATOR, ROLES, AuditEntry, Membership, Role, Staff
from consult.kernel.errors import RuleBroken
from consult.kernel.ids import new_public_id
from consult.kernel.messages import N_


def create_staff(session: Session, email: str, name: str, password: str) -> Staff:
    """A new person with a hashed password; needs an application context for the hash."""
    if session.scalar(select(Staff).where(Staff.email == email.lower())):
        raise RuleBroken(N_("There is already an account for this e-mail address."))
    staff = Staff(
        email=email.lower(),
        name=name,
        password=hash_password(password),
        fs_uniquifier=new_public_id(32),
    )
    session.add(staff)
    session.flush()
    return staff


def grant_role(session: Session, staff: Staff, region_id: int, role: str) -> Membership:
    """Give or change a person's role in a region."""
    if role not in ROLES:
        raise RuleBroken(N_("“%(role)s” is not a role."), role=role)
    membership = session.scalar(
        select(Membership).where(Membership.staff_id == staff.id, Membership.region_id == region_id)
    ) or Membership(staff_id=staff.id, region_id=region_id)
    membership.role = role
    session.add(membership)
    session.flush()
    return membership


def make_coordinator(session: Session, staff: Staff) -> None:
    """Let a person work in every region."""
    role = session.scalar(select(Role).where(Role.name == COORDINATOR)) or Role(name=COORDINATOR)
    if role not in staff.roles:
        staff.roles.append(role)
    session.flush()


def record(
    session: Session,
    staff_id: int | None,
    verb: str,
    subject: Any,
    before: dict[str, Any],
    after: dict[str, Any],
    consultation_id: int | None = None,
) -> AuditEntry:
    """Note an act in the audit trail under the consultation it belongs to.

    `subject` is a consultation, a row that names one, or any row beside its `consultation_id`.
    """
    of = consultation_id
    if of is None:
        of = subject.id if subject.__tablename__ == "consultation" else subject.consultation_id
    entry = AuditEntry(
        staff_id=staff_id,
        verb=verb,
        subject=subject.__tablename__,
        subject_id=subject.id,
        consultation_id=of,
        before=before,
        after=after,
    )
    session.add(entry)
    session.flush()
    return entry
