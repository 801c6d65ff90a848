"""The jobs of themes: refresh, analyse, stability, translate. They alone here use the analysis."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.analysis.encoder import Encoder, default_encoder
from consult.analysis.later import LaterFinder
from consult.analysis.own.blend import own_encoder
from consult.analysis.personal import COUNTRIES, find_personal
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.stability import measure_stability
from consult.analysis.text import split_statements
from consult.analysis.types import Decision as AnalysisDecision
from consult.analysis.types import Statement as AnalysisStatement
from consult.consultations.models import Consultation
from consult.extensions import current_settings
from consult.jobs.services import enqueue
from consult.themes.added import added_themes
from consult.themes.models import Decision, Run, Statement, Theme, TranslationOrder
from consult.themes.queries import ANALYSE
from consult.themes.redactions import Spotted, offer_redactions
from consult.themes.runs import Found, codebook_themes
from consult.themes.standing import join_run, keep_vectors, run_to_join, standing_of
from consult.themes.statements import add_statements, standing_statements
from consult.themes.translating import carry_out
from consult.themes.translations import english_of
from consult.themes.waiting import place_run
from consult.translators.choice import choose_translator

Report = Callable[[float, str], None]
SEED = 0
MOST_MEASURED = 2_000  # statements whose stability is measured; a minute on two cores


def refresh(session: Session, subject: str, report: Report) -> None:
    """Give the answers that came since the last run of the consultation `subject` their themes.

    Few join the run that stands; many, or a first time, are reason for a whole one.
    """
    encoder = _encoder(current_settings().encoder, report)
    consultation = _consultation(session, subject)
    add_statements(session, consultation, split_statements)
    session.commit()
    run = run_to_join(session, consultation.id, (encoder or default_encoder()).name)
    if run is None:
        _analyse(session, subject, report, encoder)
    else:
        _join(session, consultation, run, report, encoder)


def _join(
    session: Session, consultation: Consultation, run: Run, report: Report,
    encoder: Encoder | None,
) -> None:  # fmt: skip
    last = run.last_statement_id
    newer = standing_statements(consultation.id).where(Statement.id > last)
    given = [_given(statement) for statement in session.scalars(newer)]
    if not given:
        return
    standing, added = standing_of(session, run), added_themes(session, consultation.id)
    offer_redactions(session, consultation.id, _spotter(consultation), last)
    session.commit()
    finder = LaterFinder(encoder=encoder, added=added, random_state=SEED)
    finder.extend(given, standing, report)
    session.commit()
    join_run(session, run, finder.found_, finder.vectors_)


def analyse(session: Session, subject: str, report: Report, folder: Path | None = None) -> None:
    """Analyse the consultation with the slug `subject` and store what is proposed.

    What people decided stays; they teach the run, and once they have begun to review it waits for
    one of them to apply it. `report` gets a fraction and a message.
    Nothing is held open while the analysis works, so answers come in and people decide meanwhile:
    the session commits before it, and the proposals are stored in one short transaction at the
    end, without those for answers withdrawn in between. `folder` has an encoder in place of the
    one in the settings.
    """
    _analyse(session, subject, report, _encoder(folder or current_settings().encoder, report))


def _analyse(session: Session, subject: str, report: Report, encoder: Encoder | None) -> None:
    report(0.05, "Reading the answers")
    consultation_id, statements, decisions = _read(session, subject)
    added = added_themes(session, consultation_id)
    session.commit()
    finder = ThemeFinder(encoder=encoder, added=added, random_state=SEED).fit(
        statements,
        decisions,
        progress=lambda fraction, message: report(0.05 + 0.9 * fraction, message),
    )
    run = Run(consultation_id=consultation_id, seed=SEED, encoder=finder.encoder_.name,
              figures=_figures(finder))  # fmt: skip
    place_run(session, run, _found(finder))
    ids = [statement.id for statement in statements]
    keep_vectors(session, run.encoder, ids, finder.vectors_, anew=consultation_id)


def _consultation(session: Session, slug: str) -> Consultation:
    return session.scalars(select(Consultation).where(Consultation.slug == slug)).one()


def _encoder(folder: Path | None, report: Report) -> Encoder | None:
    """The operator's encoder, ready to use; None is the shipped table alone."""
    if folder is None:
        return None
    report(0.0, "Opening the encoder")
    encoder = own_encoder(folder, current_settings().encoder_cache)
    return encoder.fit(lambda fraction, message: report(0.05 * fraction, message))


def stability(session: Session, subject: str, report: Report) -> None:
    """Measure how stable the run is that `subject` names as `slug/number`, on a sample.

    Changes nothing but the run's figures; nothing is held open while it works.
    """
    run = session.get_one(Run, int(subject.rpartition("/")[2]))
    decisions = _decisions(session, run.consultation_id, run.at)
    given = [_given(statement) for statement in _sample(session, run)]
    added = added_themes(session, run.consultation_id)
    session.commit()
    encoder = _encoder(current_settings().encoder, report)
    found = measure_stability(given, decisions, progress=report, encoder=encoder, added=added)
    session.refresh(run)
    run.figures = {**run.figures, "stability": asdict(found)}


def translate(session: Session, subject: str, report: Report) -> None:
    """Carry out the order of machine translations that `subject` names as `slug/number`."""
    slug, _, order_id = subject.partition("/")
    translator = choose_translator(current_settings().translator)
    order = session.get_one(TranslationOrder, int(order_id))
    spot = _spotter(session.get_one(Consultation, order.consultation_id))
    carry_out(session, order, report, translator, spot)
    enqueue(session, ANALYSE, slug)


def _read(
    session: Session, slug: str
) -> tuple[int, list[AnalysisStatement], list[AnalysisDecision]]:
    consultation = _consultation(session, slug)
    add_statements(session, consultation, split_statements)
    codebook_themes(session, consultation.id)
    session.commit()
    standing = session.scalars(standing_statements(consultation.id))
    given = [_given(statement) for statement in standing]
    decisions = _decisions(session, consultation.id)
    offer_redactions(session, consultation.id, _spotter(consultation))
    return consultation.id, given, decisions


def _sample(session: Session, run: Run) -> list[Statement]:
    """Statements the run knew, by chance where they are very many."""
    query = standing_statements(run.consultation_id).where(Statement.id <= run.last_statement_id)
    ids = list(session.scalars(query.with_only_columns(Statement.id)))
    if len(ids) > MOST_MEASURED:
        ids = sorted(Random(SEED).sample(ids, MOST_MEASURED))  # noqa: S311 - no secret
    return list(session.scalars(query.where(Statement.id.in_(ids))))


def _spotter(consultation: Consultation) -> Callable[[str], list[Spotted]]:
    """Spots personal data; numbers of the region's own country come first."""
    countries = tuple(dict.fromkeys((consultation.region.country, *COUNTRIES)))
    return lambda text: [
        (span.start, span.end, span.kind) for span in find_personal(text, countries)
    ]


def _given(statement: Statement) -> AnalysisStatement:
    """A statement as the analysis takes it; the language of the form is its first guess."""
    answer = statement.answer
    return AnalysisStatement(
        id=str(statement.id), text=statement.text, lang=answer.response.language,
        translation=_english(statement), question=answer.question_code,
    )  # fmt: skip


def _english(statement: Statement) -> str | None:
    """The English of a statement; of a part of an answer only where both have as many parts."""
    answer = statement.answer
    english, text = english_of(answer), answer.text or ""
    if english is None or statement.end - statement.start == len(text):
        return english
    starts = [start for start, _ in split_statements(text, statement.language)]
    parts = split_statements(english, "en")
    if len(starts) != len(parts) or statement.start not in starts:
        return None
    start, end = parts[starts.index(statement.start)]
    return english[start:end]


def _decisions(
    session: Session, consultation_id: int, until: datetime | None = None
) -> list[AnalysisDecision]:
    before = [] if until is None else [Decision.at <= until]
    rows = session.execute(
        select(Decision.statement_id, Theme.code, Decision.belongs)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id, *before)
    )
    return [AnalysisDecision(str(statement), code, belongs) for statement, code, belongs in rows]


def _figures(finder: ThemeFinder) -> dict[str, object]:
    result = finder.result_
    figures = {name: float(value) for name, value in result.figures.items()}
    return {
        **figures,
        "languages": {lang: dict(of) for lang, of in result.by_language.items()},
        "local_words": {word: asdict(said) for word, said in finder.local_words_.items()},
        "concepts": {
            c.id: [dict(names) for names in c.concepts]
            for c in result.clusters
            if c.concepts and not c.discovered
        },
    }


def _found(finder: ThemeFinder) -> Found:
    result = finder.result_
    return Found(
        statements=result.statements,
        labels={c.id: dict(c.names) for c in result.clusters if c.discovered},
        keywords={
            c.id: {lang: list(words) for lang, words in c.keywords.items()}
            for c in result.clusters
        },
    )  # fmt: skip
