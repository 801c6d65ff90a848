"""Tables of what people answered. Nothing here says who, from where or at what time of day."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.kernel.base import Base
from consult.kernel.clock import today

CHANNELS = ("web", "paper", "assisted", "interview", "workshop")


class Draft(Base):
    """Answers of a form still open, encrypted with a key only the person's session holds."""

    __tablename__ = "draft"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    last_day: Mapped[date]


class Handover(Base):
    """A form carried to another device: its key, sealed with a code only the person knows."""

    __tablename__ = "handover"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_hash: Mapped[str] = mapped_column(
        ForeignKey("draft.key_hash", ondelete="CASCADE"), unique=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class DraftVoice(Base):
    """A recording of a form still open, sealed as the form is; it goes when the form goes."""

    __tablename__ = "draft_voice"

    draft_hash: Mapped[str] = mapped_column(
        ForeignKey("draft.key_hash", ondelete="CASCADE"), primary_key=True
    )
    question_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Response(Base):
    """One person's answers to one consultation."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("consultation_id", "import_key"),
        CheckConstraint(
            "channel IN ('web', 'paper', 'assisted', 'interview', 'workshop')", name="channel"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent_text.id"))
    submit_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    import_key: Mapped[str | None] = mapped_column(String(128))
    channel: Mapped[str] = mapped_column(String(12), default="web")
    language: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(default=today)
    may_quote: Mapped[bool] = mapped_column(default=False)
    receipt_select: Mapped[str | None] = mapped_column(String(8), unique=True)
    receipt_hash: Mapped[str | None] = mapped_column(String(200))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    excluded_reason: Mapped[str] = mapped_column(String(40), default="")
    consultation: Mapped[Consultation] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="response", cascade="all, delete-orphan"
    )
    voices: Mapped[list["Voice"]] = relationship(
        back_populates="response", cascade="all, delete-orphan"
    )


class Answer(Base):
    """The answer to one question: a value by code, or the text exactly as typed.

    `transcribed_by` names who wrote it down where it was spoken.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    question_code: Mapped[str] = mapped_column(String(64), index=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    text: Mapped[str | None] = mapped_column(Text)
    transcribed_by: Mapped[str] = mapped_column(String(120), default="")
    response: Mapped[Response] = relationship(back_populates="answers")
    translations: Mapped[list["AnswerTranslation"]] = relationship(
        cascade="all, delete-orphan", back_populates="answer"
    )


class Voice(Base):
    """A spoken answer: the recording until it is written down and reviewed, then the words alone.

    `typed` is what the person wrote beside it, `transcript` what staff heard.
    """

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("response_id", "question_code"),
        CheckConstraint("state IN ('waiting', 'draft', 'second', 'reviewed')", name="state"),
        CheckConstraint("state = 'waiting' OR length(transcript) > 0", name="transcript"),
        CheckConstraint("data IS NOT NULL OR state = 'reviewed'", name="data"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    question_code: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[int]
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    typed: Mapped[str] = mapped_column(Text, default="")
    transcript: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    transcriber_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    transcribed_by: Mapped[str] = mapped_column(String(120), default="")
    checked_by: Mapped[str] = mapped_column(String(120), default="")
    response: Mapped[Response] = relationship(back_populates="voices")


class AnswerTranslation(Base):
    """A translation beside the original: by whom or what, and whether someone reviewed it.

    `made_by` is the person's, the service's or the file's name, as `origin` says.
    """

    __tablename__ = "answer_translation"
    __table_args__ = (
        UniqueConstraint("answer_id", "language"),
        CheckConstraint("state IN ('draft', 'reviewed')", name="state"),
        CheckConstraint("origin IN ('person', 'machine', 'import')", name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(120))
    origin: Mapped[str] = mapped_column(String(10), default="person", server_default="person")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    answer: Mapped[Answer] = relationship(back_populates="translations")


class TranslationVersion(Base):
    """A translation as it stood before or after a change, so that a change can be undone.

    It goes with the answer: the log of acts outlives a withdrawal and holds no text.
    """

    __tablename__ = "translation_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(120))
    origin: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
