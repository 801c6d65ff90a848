"""Questions about questionnaires."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.surveys.models import Question, QuestionnaireVersion, Section


def current_version(session: Session, consultation_id: int) -> QuestionnaireVersion:
    """The newest version of a consultation's questionnaire, read whole; NotFound without one."""
    version = session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
        .options(
            selectinload(QuestionnaireVersion.sections)
            .selectinload(Section.questions)
            .selectinload(Question.options)
        )
    )
    if version is None:
        raise NotFound(N_("This consultation has no questions yet."))
    return version
