"""Questions about questionnaires."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consult.kernel.errors import NotFound
from consult.kernel.messages import N_
from consult.surveys.models import MediaFile, Question, QuestionnaireVersion, Section
from consult.surveys.xlsform.form import Form, FormOption, FormQuestion, FormSection

WHOLE = (
    selectinload(QuestionnaireVersion.sections)
    .selectinload(Section.questions)
    .selectinload(Question.options)
)


def current_version(session: Session, consultation_id: int) -> QuestionnaireVersion:
    """The newest version of a consultation's questionnaire, read whole; NotFound without one."""
    version = session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
        .options(WHOLE)
    )
    if version is None:
        raise NotFound(N_("This consultation has no questions yet."))
    return version


def version_by_id(session: Session, version_id: int) -> QuestionnaireVersion:
    """A version, read whole: the one a person began with, whatever came since."""
    version = session.get(QuestionnaireVersion, version_id, options=[WHOLE])
    if version is None:
        raise NotFound(N_("This consultation has no questions yet."))
    return version


def media_file(session: Session, consultation_id: int, digest: str) -> MediaFile:
    """A picture or sound of any version of a consultation's questionnaire; else NotFound."""
    file = session.scalar(
        select(MediaFile)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == MediaFile.version_id)
        .where(QuestionnaireVersion.consultation_id == consultation_id, MediaFile.digest == digest)
        .limit(1)
    )
    if file is None:
        raise NotFound(N_("There is no such file."))
    return file


def asks_for_voices(session: Session, consultation_id: int) -> bool:
    """Whether a question of any version of the questionnaire may be answered by voice."""
    found = (
        select(Question.id)
        .join(Section, Section.id == Question.section_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Section.version_id)
        .where(
            QuestionnaireVersion.consultation_id == consultation_id,
            Question.kind == "text",
            Question.appearance.icontains("voice"),
        )
    )
    return session.scalar(found.limit(1)) is not None


def form_of(version: QuestionnaireVersion) -> Form:
    """A version as plain values: equal for equal questionnaires, whatever their number."""
    return Form(
        title=version.title,
        form_id=version.form_id,
        form_version=version.form_version,
        default_language=version.default_language,
        languages=tuple(version.languages),
        sections=tuple(_section(section) for section in version.sections),
        files={file.name: file.digest for file in version.files},
    )


def _section(section: Section) -> FormSection:
    questions = tuple(_question(question) for question in section.questions)
    return FormSection(section.code, section.title, section.relevant, questions, section.appearance)


def _question(question: Question) -> FormQuestion:
    return FormQuestion(
        code=question.code,
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        required=question.required,
        relevant=question.relevant,
        appearance=question.appearance,
        list_name=question.list_name,
        parameters=question.parameters,
        options=tuple(FormOption(o.code, o.label, o.image, o.audio) for o in question.options),
        audio=question.audio,
    )
