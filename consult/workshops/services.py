"""Writes of answers that did not come over the web page."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.jobs.services import enqueue
from consult.kernel.errors import ConsultError, RuleBroken
from consult.kernel.language_names import language_tag
from consult.kernel.messages import N_
from consult.kernel.tables import Table
from consult.responses.models import Answer, Response
from consult.responses.services import REFRESH
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.queries import current_version
from consult.surveys.services import lock_version
from consult.surveys.types import is_open_text
from consult.workshops.keys import Keys, KnownKeys
from consult.workshops.mapping import AnswerMapping, fit_mapping
from consult.workshops.rows import Entry, Reading, RowProblem, RowReader, read_rows

BATCH = 500
Tick = Callable[[], None]


class AnswersRefused(ConsultError):
    """Rows are faulty and nothing was imported; `problems` holds every fault."""

    status = 409

    def __init__(self, problems: tuple[RowProblem, ...], rows: int, total: int) -> None:
        self.problems = problems
        super().__init__(
            N_("Nothing was imported: %(rows)s of %(total)s rows have a fault."),
            rows=rows,
            total=total,
        )


@dataclass(frozen=True)
class ImportReport:
    """What became of a file: people's answers by language and channel, rows by line."""

    imported: Counter[tuple[str, str]]
    already_there: Counter[tuple[str, str]]
    blank: tuple[int, ...]
    declined: tuple[int, ...]
    refused: tuple[int, ...]
    problems: tuple[RowProblem, ...]
    unused_columns: tuple[str, ...]


def import_answers(
    session: Session, consultation: Consultation, table: Table, mapping: AnswerMapping, *,
    day: date, skip_bad: bool = False, tick: Tick = lambda: None,
) -> ImportReport:  # fmt: skip
    """Store the answers in `table` as responses of `day`, all of them or none.

    A row that was imported before is not imported again (see `Keys`). `tick` is called twice a
    row at most. Raises MappingError, RuleBroken for a reported consultation, and AnswersRefused
    when rows are faulty, unless `skip_bad` leaves those out. Queues one `themes.refresh`.
    """
    if consultation.state == "reported":
        raise RuleBroken(N_("This consultation is reported; it takes no more answers."))
    version = current_version(session, consultation.id)
    plan = fit_mapping(mapping, table.columns, version.questions)
    keys = Keys(consultation.slug, mapping.source)
    language = language_tag(mapping.language) or consultation.default_language
    reader = RowReader(plan, keys, language)
    reading = read_rows(table.rows, reader, tick)
    known = _known_keys(session, consultation)
    _refuse_changed(reading, known, mapping)
    if reading.problems and not skip_bad:
        faults = tuple(sorted(reading.problems, key=lambda problem: problem.line))
        raise AnswersRefused(faults, len(reading.refused), len(table))
    fresh = [entry for entry in reading.entries if not known.has(entry.key)]
    _store(session, consultation, version, fresh, day, tick)
    return _report(reading, known, plan.unused)


def _known_keys(session: Session, consultation: Consultation) -> KnownKeys:
    found = session.scalars(
        select(Response.import_key).where(
            Response.consultation_id == consultation.id, Response.import_key.is_not(None)
        )
    )
    return KnownKeys([key for key in found if key])


def _refuse_changed(reading: Reading, known: KnownKeys, mapping: AnswerMapping) -> None:
    """An id known with other answers is either a changed row or another file's: people decide."""
    changed = [entry for entry in reading.entries if known.has_other(entry.key)]
    reading.entries = [entry for entry in reading.entries if not known.has_other(entry.key)]
    for entry in changed:
        reading.refused |= set(entry.lines)
        reading.problems.append(
            RowProblem(
                entry.lines[0], mapping.respondent_column or mapping.id_column,
                N_("This id was imported before with other answers, which stay as they are. "
                   "If this is another file with ids of its own, give it a “--source”."),
            )
        )  # fmt: skip


def _store(
    session: Session, consultation: Consultation, version: QuestionnaireVersion,
    entries: list[Entry], day: date, tick: Tick,
) -> None:  # fmt: skip
    texts = {question.code for question in version.questions if is_open_text(question)}
    try:
        for place, entry in enumerate(entries, 1):
            session.add(_response(consultation, version, texts, entry, day))
            if place % BATCH == 0:
                session.flush()
            tick()
        session.flush()
    except IntegrityError as error:
        if "import_key" not in str(error.orig):
            raise
        raise RuleBroken(
            N_("The same answers are being imported by someone else. Please try again.")
        ) from None
    if entries:
        lock_version(version)
        enqueue(session, REFRESH, consultation.slug)


def _response(
    consultation: Consultation, version: QuestionnaireVersion, texts: set[str],
    entry: Entry, day: date,
) -> Response:  # fmt: skip
    return Response(
        consultation_id=consultation.id,
        version_id=version.id,
        import_key=entry.key,
        channel=entry.channel,
        language=entry.language,
        day=day,
        may_quote=entry.may_quote,
        answers=[
            Answer(question_code=code, text=answer)
            if code in texts
            else Answer(question_code=code, value=answer)
            for code, answer in entry.answers.items()
        ],
    )


def _report(reading: Reading, known: KnownKeys, unused: tuple[str, ...]) -> ImportReport:
    imported: Counter[tuple[str, str]] = Counter()
    already_there: Counter[tuple[str, str]] = Counter()
    for entry in reading.entries:
        counted = already_there if known.has(entry.key) else imported
        counted[entry.language, entry.channel] += 1
    return ImportReport(
        imported, already_there, tuple(reading.blank), tuple(reading.declined),
        tuple(sorted(reading.refused)), tuple(reading.problems), unused,
    )  # fmt: skip
