"""Tables of themes. Machine proposals and people's decisions are separate rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Staff
from consult.kernel.base import Base
from consult.kernel.clock import utcnow
from consult.kernel.localized import LocalizedText, LocalizedTextType
from consult.responses.models import Answer


class Run(Base):
    """One analysis: what it was given, what it used, the figures it reports of itself.

    It is applied at once, or waits for a person to apply or discard it. `held` is what it found,
    packed, for as long as it can be applied or put back; `last_statement_id` the newest statement
    it has proposed themes for. `figures` are shares and measures by name; beside them `languages`
    has those by language of answer and, once somebody had it measured, `stability` its own.
    """

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("state IN ('applied', 'waiting', 'discarded')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(default=utcnow)
    encoder: Mapped[str] = mapped_column(String(200), default="")
    seed: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="applied")
    applied_at: Mapped[datetime | None]
    last_statement_id: Mapped[int] = mapped_column(default=0)
    held: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class Theme(Base):
    """A theme of a consultation, from the code-book, a cluster or a person."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("consultation_id", "code"),
        CheckConstraint("origin IN ('codebook', 'cluster', 'person')", name="origin"),
        CheckConstraint("state IN ('proposed', 'accepted', 'rejected', 'merged')", name="state"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    definition: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    origin: Mapped[str] = mapped_column(String(10), default="codebook")
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    keywords: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    merged_into: Mapped["Theme | None"] = relationship(remote_side="Theme.id")


class Statement(Base):
    """A span of an answer that says one thing; the text itself stays in the answer alone."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("answer_id", "start"),
        CheckConstraint('"end" > start', name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    is_empty: Mapped[bool] = mapped_column(default=False)
    duplicate_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("statement.id", ondelete="SET NULL")
    )
    sentiment: Mapped[float | None]
    answer: Mapped[Answer] = relationship()
    redactions: Mapped[list["Redaction"]] = relationship(
        primaryjoin="foreign(Redaction.answer_id) == Statement.answer_id",
        order_by="Redaction.start", viewonly=True,
    )  # fmt: skip

    @property
    def text(self) -> str:
        """The words as the person wrote them."""
        return (self.answer.text or "")[self.start : self.end]

    @property
    def own_redactions(self) -> list["Redaction"]:
        """What was spotted in this part of the answer, or hidden in translations of the answer."""
        return [
            row for row in self.redactions
            if row.words or (row.start < self.end and row.end > self.start)
        ]  # fmt: skip


class StatementVector(Base):
    """A statement as the encoder of its last analysis put it in numbers, -127 to 127 a column.

    Kept so that later answers can be compared with it; gone with the statement.
    """

    __tablename__ = "statement_vector"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    encoder: Mapped[str] = mapped_column(String(200))
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


class Redaction(Base):
    """Personal data in an answer: letters `start` to `end`, or words of a translation alone.

    Offered by the spotter, or given by a person; hidden or kept by a person. The answer itself
    stays as it was typed.
    """

    __tablename__ = "redaction"
    __table_args__ = (
        UniqueConstraint("answer_id", "start", "end", "words"),
        CheckConstraint(
            "kind IN ('phone', 'email', 'iban', 'identity', 'address', 'words')", name="kind"
        ),
        CheckConstraint("state IN ('offered', 'hidden', 'kept')", name="state"),
        CheckConstraint("(\"end\" > start) = (words = '')", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="offered")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    staff: Mapped[Staff | None] = relationship()


class Proposal(Base):
    """What the machine proposes; replaced by every run."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("statement_id", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    score: Mapped[float]
    rank: Mapped[int] = mapped_column(default=0)


class Decision(Base):
    """What a person decided about a statement and a theme; no machine ever writes here."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("statement_id", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    belongs: Mapped[bool]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    staff: Mapped[Staff | None] = relationship()


class Original(Base):
    """The themes the machine proposed for a statement before any person decided about it.

    Kept at the first decision, because later proposals obey it, and never changed. `chosen` are
    the themes a person gave it in a blind review, which may be none; NULL without one.
    """

    __tablename__ = "original"
    __table_args__ = (CheckConstraint("chosen IS NOT NULL OR reviewer_id IS NULL", name="blind"),)

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    themes: Mapped[list[int]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    chosen: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Quote(Base):
    """A statement approved for use outside, with the person who approved it."""

    __tablename__ = "quote"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    statement: Mapped[Statement] = relationship()


class TranslationOrder(Base):
    """Who had which answers translated by which machine, and what came of it.

    `host` is where texts went, empty for this server. Answers after `last_answer_id` are not
    part of it: they came after a person had confirmed.
    """

    __tablename__ = "translation_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    service: Mapped[str] = mapped_column(String(120))
    host: Mapped[str] = mapped_column(String(200), default="")
    target: Mapped[str] = mapped_column(String(20))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    last_answer_id: Mapped[int]
    answers: Mapped[int]
    letters: Mapped[int]
    translated: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    staff: Mapped[Staff | None] = relationship()
