"""Writes of questionnaires."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.surveys.media import Media, OpenFile
from consult.surveys.models import MediaFile, Option, Question, QuestionnaireVersion, Section
from consult.surveys.queries import form_of
from consult.surveys.xlsform.files import gather_files, no_file
from consult.surveys.xlsform.form import Form, FormQuestion, FormSection
from consult.surveys.xlsform.problems import Problem
from consult.surveys.xlsform.reader import read_xlsform
from consult.surveys.xlsform.writer import write_xlsform


@dataclass(frozen=True)
class ImportedForm:
    """The version that now holds, whether it changed, and what its author should know."""

    version: QuestionnaireVersion
    is_changed: bool
    warnings: tuple[Problem, ...]


def import_questionnaire(
    session: Session, consultation: Consultation, data: bytes, open_file: OpenFile = no_file
) -> ImportedForm:
    """Make the XLSForm in `data` the consultation's questionnaire.

    `open_file` gives the bytes of a picture or sound by its name; one it does not have stays as
    the newest version has it. Raises FormError (all faults with sheet, row and column),
    TableError or RuleBroken; then nothing has changed.
    """
    read = read_xlsform(data, consultation.default_language)
    newest = _newest(session, consultation.id)
    files = gather_files(read.form, open_file, newest.files if newest else ())
    form = replace(read.form, files={file.name: file.digest for file in files})
    version, is_changed = store_form(session, consultation, form, files)
    return ImportedForm(version, is_changed, read.warnings)


def store_form(
    session: Session, consultation: Consultation, form: Form, files: Iterable[Media] = ()
) -> tuple[QuestionnaireVersion, bool]:
    """The version that holds `form`, and whether it had to be written.

    The same form again changes nothing. The newest version is replaced only while the
    consultation is a draft and nobody has answered; otherwise the next number is given.
    """
    if consultation.state == "reported":
        raise RuleBroken(N_("This consultation is reported; its questionnaire stays as it is."))
    newest = _newest(session, consultation.id)
    if newest and form_of(newest) == form:
        return newest, False
    number = newest.number + 1 if newest else 1
    if newest and not newest.locked and consultation.state == "draft":
        number = newest.number
        session.delete(newest)
        session.flush()
    version = _version(consultation, number, form)
    version.files = [_file(file) for file in files]
    session.add(version)
    session.flush()
    return version, True


def lock_version(version: QuestionnaireVersion) -> None:
    """Keep a version as it is from its first answer on."""
    version.locked = True


def export_questionnaire(version: QuestionnaireVersion) -> bytes:
    """The version as an XLSForm workbook; importing it gives an equal questionnaire."""
    return write_xlsform(form_of(version))


def _newest(session: Session, consultation_id: int) -> QuestionnaireVersion | None:
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def _version(consultation: Consultation, number: int, form: Form) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        consultation_id=consultation.id,
        number=number,
        title=form.title,
        form_id=form.form_id,
        form_version=form.form_version,
        default_language=form.default_language,
        languages=list(form.languages),
        sections=[_section(position, section) for position, section in enumerate(form.sections)],
    )


def _section(position: int, section: FormSection) -> Section:
    return Section(
        position=position,
        code=section.code,
        title=section.title,
        relevant=section.relevant,
        appearance=section.appearance,
        questions=[_question(place, question) for place, question in enumerate(section.questions)],
    )


def _question(position: int, question: FormQuestion) -> Question:
    return Question(
        position=position,
        code=question.code,
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        required=question.required,
        relevant=question.relevant,
        appearance=question.appearance,
        list_name=question.list_name,
        parameters=dict(question.parameters),
        options=[
            Option(
                position=place,
                code=option.code,
                label=option.label,
                image=option.image,
                audio=option.audio,
            )
            for place, option in enumerate(question.options)
        ],
        audio=question.audio,
    )


def _file(file: Media) -> MediaFile:
    return MediaFile(
        name=file.name,
        digest=file.digest,
        mime=file.mime,
        width=file.width,
        height=file.height,
        data=file.data,
    )
