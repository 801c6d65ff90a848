"""Keeps the statements in step with the answers."""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.responses.models import Answer, Response
from consult.surveys.models import Question, QuestionnaireVersion, Section
from consult.themes.models import Statement

STANDING = (Response.withdrawn.is_(False), Response.excluded_reason == "")
Split = Callable[[str, str | None], Sequence[tuple[int, int]]]
LONG = 240  # characters from which an answer may hold several statements


def add_statements(session: Session, consultation: Consultation, split: Split) -> None:
    """Make the statements of the answers that have none yet.

    An answer seen before keeps its statements, and so everything people decided about them; a
    text that changed is a new answer. `split` gives the spans of a long text.
    """
    session.add_all(
        Statement(consultation_id=consultation.id, answer_id=answer.id, start=start, end=end,
                  language=language)
        for answer, language in _new_answers(session, consultation.id)
        for start, end in _spans(answer.text or "", language, split)
    )  # fmt: skip
    session.flush()


def standing_statements(consultation_id: int) -> Select[Statement]:
    """The statements of answers that stand, oldest first, with answer and translations."""
    return (
        select(Statement)
        .where(Statement.answer_id.in_(select(Answer.id).join(Response).where(
            Response.consultation_id == consultation_id, *STANDING)))
        .options(joinedload(Statement.answer).joinedload(Answer.response),
                 joinedload(Statement.answer).selectinload(Answer.translations))
        .order_by(Statement.id)
    )  # fmt: skip


def _new_answers(session: Session, consultation_id: int) -> list[tuple[Answer, str]]:
    """Answers to the open questions, without statements yet, with the language of each."""
    codes = (
        select(Question.code)
        .join(Section, Section.id == Question.section_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Section.version_id)
        .where(
            QuestionnaireVersion.consultation_id == consultation_id,
            Question.kind == "text",
            Question.appearance.contains("multiline"),
        )
    )
    rows = session.execute(
        select(Answer, Response.language)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.consultation_id == consultation_id, *STANDING,
            Answer.question_code.in_(codes), Answer.text.is_not(None),
            ~exists().where(Statement.answer_id == Answer.id),
        )
        .order_by(Answer.id)
    )  # fmt: skip
    return list(rows)


def _spans(text: str, language: str, split: Split) -> Sequence[tuple[int, int]]:
    if len(text) <= LONG:
        return [(0, len(text))] if text else []
    return split(text, language) or [(0, len(text))]
