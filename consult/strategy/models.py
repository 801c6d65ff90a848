"""Tables of a strategy (DOMAIN 5d): what will be done, by whom, with what, measured how."""

from datetime import date

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.kernel.base import Base
from consult.themes.models import Statement, Theme

VALUES = ("equality", "diversity", "participation", "interaction")
FUNDING = ("secured", "planned", "none")
VERDICTS = ("taken", "partly", "not", "later")
KINDS = ("output", "result")

objective_themes = Table(
    "objective_theme",
    Base.metadata,
    Column("objective_id", ForeignKey("objective.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True),
)
action_themes = Table(
    "action_theme",
    Base.metadata,
    Column("action_id", ForeignKey("action.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True),
)
action_quotes = Table(
    "action_quote",
    Base.metadata,
    Column("action_id", ForeignKey("action.id", ondelete="CASCADE"), primary_key=True),
    Column("statement_id", ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True),
)


class Strategy(Base):
    """The plan a consultation feeds; adopted once its checks pass."""

    __tablename__ = "strategy"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'adopted')", name="state"),
        CheckConstraint("ends >= starts", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    vision: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[int]
    ends: Mapped[int]
    adopting_body: Mapped[str] = mapped_column(String(200), default="")
    act: Mapped[str] = mapped_column(String(120), default="")
    adopted_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    steering: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    consultation: Mapped[Consultation] = relationship()
    objectives: Mapped[list["Objective"]] = relationship(
        order_by="Objective.position", cascade="all, delete-orphan", back_populates="strategy"
    )
    decisions: Mapped[list["ThemeDecision"]] = relationship(cascade="all, delete-orphan")

    @property
    def actions(self) -> list["Action"]:
        return [action for objective in self.objectives for action in objective.actions]


class Objective(Base):
    """What should change, drawn from themes."""

    __tablename__ = "objective"

    id: Mapped[int] = mapped_column(primary_key=True)
    strategy_id: Mapped[int] = mapped_column(ForeignKey("strategy.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    baseline: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[str] = mapped_column(Text, default="")
    served_values: Mapped[list[str]] = mapped_column(JSON, default=list)
    strategy: Mapped[Strategy] = relationship(back_populates="objectives")
    themes: Mapped[list[Theme]] = relationship(secondary=objective_themes)
    actions: Mapped[list["Action"]] = relationship(
        order_by="Action.position", cascade="all, delete-orphan", back_populates="objective"
    )


class Action(Base):
    """What will be done: one lead, partners, dates, resources, and the words it answers to."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("funding IN ('secured', 'planned', 'none')", name="funding"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    lead: Mapped[str] = mapped_column(String(200), default="")
    partners: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    resources: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[int | None]
    funding: Mapped[str] = mapped_column(String(10), default="none")
    funding_source: Mapped[str] = mapped_column(String(200), default="")
    served_values: Mapped[list[str]] = mapped_column(JSON, default=list)
    objective: Mapped[Objective] = relationship(back_populates="actions")
    themes: Mapped[list[Theme]] = relationship(secondary=action_themes)
    quotes: Mapped[list[Statement]] = relationship(secondary=action_quotes)
    indicators: Mapped[list["Indicator"]] = relationship(
        order_by="Indicator.id", cascade="all, delete-orphan", back_populates="action"
    )


class Indicator(Base):
    """How one will know."""

    __tablename__ = "indicator"
    __table_args__ = (CheckConstraint("kind IN ('output', 'result')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    unit: Mapped[str] = mapped_column(String(60), default="")
    baseline: Mapped[str] = mapped_column(String(120), default="")
    target: Mapped[str] = mapped_column(String(120), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    frequency: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(String(10), default="output")
    action: Mapped[Action] = relationship(back_populates="indicators")


class ThemeDecision(Base):
    """“You said, we did”: what was decided about a theme, and why."""

    __tablename__ = "theme_decision"
    __table_args__ = (
        UniqueConstraint("strategy_id", "theme_id"),
        CheckConstraint("verdict IN ('taken', 'partly', 'not', 'later')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strategy_id: Mapped[int] = mapped_column(ForeignKey("strategy.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    day: Mapped[date]
    theme: Mapped[Theme] = relationship()
