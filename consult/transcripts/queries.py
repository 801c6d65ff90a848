"""Questions about voice answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

from consult.kernel.errors import NotFound
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.responses.models import Response, Voice
from consult.surveys.models import Question, QuestionnaireVersion, Section

A_PAGE = 20
OPEN = ("waiting", "draft", "second")


@dataclass(frozen=True)
class VoicePage:
    """Some of the voice answers, the oldest first, with what each was asked."""

    voices: list[Voice]
    labels: Mapping[str, LocalizedText]
    number: int
    pages: int


def voice_page(session: Session, consultation_id: int, state: str, number: int) -> VoicePage:
    """A page of the voice answers in a state."""
    mine = (Response.consultation_id == consultation_id, Voice.state == state)
    total = session.scalar(select(func.count(Voice.id)).join(Voice.response).where(*mine)) or 0
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, number), pages)
    found = session.scalars(
        select(Voice).join(Voice.response).where(*mine).options(joinedload(Voice.response))
        .order_by(Voice.id).offset((number - 1) * A_PAGE).limit(A_PAGE)
    )  # fmt: skip
    return VoicePage(list(found), _labels(session, consultation_id), number, pages)


def voice_counts(session: Session, consultation_id: int) -> dict[str, int]:
    """How many voice answers are in which state."""
    rows = session.execute(
        select(Voice.state, func.count().label("number")).join(Voice.response)
        .where(Response.consultation_id == consultation_id).group_by(Voice.state)
    )  # fmt: skip
    return {row.state: row.number for row in rows}


def voice_of(session: Session, consultation_id: int, voice_id: int) -> Voice:
    """A voice answer of the consultation; else, or withdrawn meanwhile, NotFound."""
    found = session.scalar(
        select(Voice).join(Voice.response)
        .where(Voice.id == voice_id, Response.consultation_id == consultation_id)
        .options(undefer(Voice.data))
    )  # fmt: skip
    if found is None:
        raise NotFound(N_("There is no such voice answer. Perhaps the person withdrew it."))
    return found


def _labels(session: Session, consultation_id: int) -> dict[str, LocalizedText]:
    """What each question says, in the newest version that has it."""
    rows = session.execute(
        select(Question.code, Question.label)
        .join(Section, Section.id == Question.section_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Section.version_id)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.number)
    )
    return {row.code: row.label for row in rows}
