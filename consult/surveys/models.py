"""Tables of a questionnaire: versions, sections (screens), questions, options."""

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

from consult.kernel.base import Base
from consult.kernel.localized import LocalizedText, LocalizedTextType


class QuestionnaireVersion(Base):
    """One version of a consultation's questionnaire; locked from its first answer on."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    form_id: Mapped[str] = mapped_column(String(100))
    form_version: Mapped[str] = mapped_column(String(60), default="")
    default_language: Mapped[str] = mapped_column(String(20), default="en")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    translation_states: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    locked: Mapped[bool] = mapped_column(default=False)
    sections: Mapped[list["Section"]] = relationship(
        order_by="Section.position", cascade="all, delete-orphan", back_populates="version"
    )
    files: Mapped[list["MediaFile"]] = relationship(
        order_by="MediaFile.name", cascade="all, delete-orphan"
    )

    @property
    def questions(self) -> list["Question"]:
        """All questions in the order of the screens."""
        return [question for section in self.sections for question in section.questions]


class Section(Base):
    """One screen."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    relevant: Mapped[str] = mapped_column(Text, default="")
    appearance: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[QuestionnaireVersion] = relationship(back_populates="sections")
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", cascade="all, delete-orphan", back_populates="section"
    )


class Question(Base):
    """A question, by its code; `kind` names a class of `surveys.types`."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("section_id", "position"),
        CheckConstraint("length(code) > 0", name="code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    hint: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    audio: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)
    required: Mapped[bool] = mapped_column(default=False)
    relevant: Mapped[str] = mapped_column(Text, default="")
    appearance: Mapped[str] = mapped_column(String(60), default="")
    list_name: Mapped[str] = mapped_column(String(64), default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    section: Mapped[Section] = relationship(back_populates="questions")
    options: Mapped[list["Option"]] = relationship(
        order_by="Option.position", cascade="all, delete-orphan"
    )

    @property
    def is_sensitive(self) -> bool:
        """Whether help should stand beside it: the word `sensitive` in the appearance."""
        return "sensitive" in self.appearance.lower().split()

    @property
    def takes_voice(self) -> bool:
        """Whether it may be answered by voice: a text with the word `voice` in the appearance."""
        return self.kind == "text" and "voice" in self.appearance.lower().split()


class Option(Base):
    """A choice, stored in answers by its code."""

    __tablename__ = "option"
    __table_args__ = (UniqueConstraint("question_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    label: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    image: Mapped[str] = mapped_column(String(120), default="")
    audio: Mapped[LocalizedText] = mapped_column(LocalizedTextType, default=LocalizedText)


class MediaFile(Base):
    """A picture or sound of a questionnaire, by the name its XLSForm gives it."""

    __tablename__ = "media_file"
    __table_args__ = (UniqueConstraint("version_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(20))
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
