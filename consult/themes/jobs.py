"""The job `themes.refresh`: the only place of the application that runs the analysis."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.analysis.pipeline import ThemeFinder
from consult.analysis.text import split_statements
from consult.analysis.types import Decision as AnalysisDecision
from consult.analysis.types import Statement as AnalysisStatement
from consult.consultations.models import Consultation
from consult.themes.models import Decision, Run, Statement, Theme
from consult.themes.runs import Found, codebook_themes, store_run
from consult.themes.statements import sync_statements

Report = Callable[[float, str], None]
SEED = 0


def refresh(session: Session, subject: str, report: Report) -> None:
    """Analyse the consultation with the slug `subject` and store what is proposed.

    What people decided stays; they teach the run. `report` gets a fraction and a message.
    """
    consultation = session.scalars(select(Consultation).where(Consultation.slug == subject)).one()
    report(0.0, "Reading the answers")
    statements = sync_statements(session, consultation, split_statements)
    codebook_themes(session, consultation.id)
    finder = ThemeFinder(random_state=SEED).fit(
        [_given(statement) for statement in statements],
        _decisions(session, consultation.id),
        progress=lambda fraction, message: report(0.05 + 0.85 * fraction, message),
    )
    report(0.92, "Storing the proposals")
    run = Run(consultation_id=consultation.id, seed=SEED, encoder=finder.encoder_.name,
              figures={k: float(v) for k, v in finder.result_.figures.items()})  # fmt: skip
    store_run(session, run, statements, _found(finder))
    report(1.0, "Done")


def _given(statement: Statement) -> AnalysisStatement:
    """A statement as the analysis takes it; the language of the form is its first guess."""
    answer = statement.answer
    whole = statement.end - statement.start == len(answer.text or "")
    english = next((t.text for t in answer.translations if t.language == "en"), None)
    return AnalysisStatement(
        id=str(statement.id), text=statement.text, lang=answer.response.language,
        translation=english if whole else None, question=answer.question_code,
    )  # fmt: skip


def _decisions(session: Session, consultation_id: int) -> list[AnalysisDecision]:
    rows = session.execute(
        select(Decision.statement_id, Theme.code, Decision.belongs)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    return [AnalysisDecision(str(statement), code, belongs) for statement, code, belongs in rows]


def _found(finder: ThemeFinder) -> Found:
    result = finder.result_
    return Found(
        statements=result.statements,
        labels={c.id: c.label for c in result.clusters if c.discovered},
        keywords={
            c.id: {lang: list(words) for lang, words in c.keywords.items()}
            for c in result.clusters
        },
    )  # fmt: skip
