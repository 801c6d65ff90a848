"""Tables of a consultation."""

from datetime import date, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.kernel.base import Base
from consult.kernel.errors import RuleBroken
from consult.kernel.localized import LocalizedText, LocalizedTextType
from consult.kernel.messages import N_
from consult.regions.models import Region

NEXT_STATES = {"draft": ("open",), "open": ("closed",), "closed": ("open", "reported")}


class Consultation(Base):
    """What is asked, why, when and in which languages."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed', 'reported')", name="state"),
        CheckConstraint("round IN ('needs', 'draft')", name="round"),
        CheckConstraint("closes_on >= opens_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    purpose: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    decision: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    contact: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    round: Mapped[str] = mapped_column(String(10), default="needs")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    grace_days: Mapped[int] = mapped_column(default=1)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    default_language: Mapped[str] = mapped_column(String(20), default="en")
    region: Mapped[Region] = relationship()
    consents: Mapped[list["ConsentText"]] = relationship(
        order_by="ConsentText.version", cascade="all, delete-orphan"
    )

    def move_to(self, state: str) -> None:
        """Change the state; raises RuleBroken for a step the lifecycle does not know."""
        if state not in NEXT_STATES.get(self.state, ()):
            raise RuleBroken(
                N_("A consultation that is “%(state)s” cannot become “%(next)s”."),
                state=self.state,
                next=state,
            )
        self.state = state

    def accepts_answers(self, day: date) -> bool:
        """Whether a new answer may be begun on `day`."""
        return self.state == "open" and self.opens_on <= day <= self.closes_on

    def accepts_late_answers(self, day: date) -> bool:
        """Whether an answer begun in time may still be sent on `day`."""
        in_time = self.opens_on <= day <= self.last_day
        return self.state in ("open", "closed") and in_time

    @property
    def last_day(self) -> date:
        """The last day on which an answer begun in time may be sent."""
        return self.closes_on + timedelta(days=self.grace_days)

    @property
    def has_results(self) -> bool:
        return self.state in ("closed", "reported")


class ConsentText(Base):
    """A version of what people agree to; answers keep the one they saw."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("consultation_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
