"""The job row: what a screen shows of work in the background."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.kernel.base import Base
from consult.kernel.clock import utcnow
from consult.kernel.ids import new_public_id

ENDED = ("done", "failed", "cancelled")


class Job(Base):
    """A piece of work, by name, for one subject (for instance a consultation's slug)."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"
        ),
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(String(200), default="")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    # When it may start: now, or later where the same work ended a moment ago.
    queued_at: Mapped[datetime] = mapped_column(default=utcnow)
    heartbeat: Mapped[datetime | None]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED
