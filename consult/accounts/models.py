"""Tables of staff, roles and the audit trail."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin  # Flask-Security asks its tables for these
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.kernel.base import Base
from consult.kernel.clock import utcnow

ROLES = ("viewer", "translator", "facilitator", "admin")  # each may do what the ones before may
COORDINATOR = "coordinator"

staff_roles = Table(
    "staff_role",
    Base.metadata,
    Column("user_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role that holds across regions; today only `coordinator`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Staff(Base, UserMixin):
    """A person who works for a region."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    roles: Mapped[list[Role]] = relationship(secondary=staff_roles)  # type: ignore[assignment]
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="staff", cascade="all, delete-orphan"
    )

    @property
    def is_coordinator(self) -> bool:
        return any(role.name == COORDINATOR for role in self.roles)


class Membership(Base):
    """A role of a person in one region."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("staff_id", "region_id"),
        CheckConstraint("role IN ('viewer', 'translator', 'facilitator', 'admin')", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    staff: Mapped[Staff] = relationship(back_populates="memberships")


class AuditEntry(Base):
    """Who did what to what, when, with the state before and after; the source of undo."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    consultation_id: Mapped[int | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("audit_entry.id", ondelete="SET NULL")
    )
    staff: Mapped[Staff | None] = relationship()
