"""A consultation whose statements the machine gave themes, ready to be reviewed."""

from sqlalchemy.orm import Session

from consult.analysis.types import StatementResult, ThemeScore
from consult.consultations.models import Consultation
from consult.kernel.localized import LocalizedText
from consult.themes.models import Run, Statement, Theme
from consult.themes.runs import Found
from consult.themes.waiting import place_run
from tests.factories import make_response, make_staffed_consultation

THEMES = (("T01", "Language"), ("T05", "Housing"), ("T09", "Money"))
FIGURES = {"statements": 40.0, "empty": 0.0, "with_theme": 0.9, "unclustered": 0.05,
           "leakage": 0.0234}  # fmt: skip


def make_analysed(
    session: Session, size: int = 4, proposed: tuple[str, ...] = ("T05",)
) -> Consultation:
    """A consultation with a run that proposes themes for statements in English and Spanish."""
    made = make_staffed_consultation(session)
    for code, name in THEMES:
        session.add(Theme(consultation_id=made.id, code=code, name=LocalizedText(en=name)))
    for number in range(size):
        add_statement(session, made, f"The rent is too high, number {number}.",
                      "es" if number % 2 else "en")  # fmt: skip
    place(session, made, proposed)
    return made


def add_statement(session: Session, made: Consultation, text: str, lang: str) -> Statement:
    answer = make_response(session, made, {"hardest": text}, language=lang).answers[0]
    row = Statement(consultation_id=made.id, answer_id=answer.id, start=0, end=len(text),
                    language=lang)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def place(
    session: Session, made: Consultation, proposed: tuple[str, ...], **figures: object
) -> Run:
    """A run that proposes the same themes for every statement."""
    themes = tuple(ThemeScore(code, 0.8) for code in proposed)
    results = [
        StatementResult(str(row.id), row.language, themes, proposed[0] if proposed else None)
        for row in session.query(Statement).order_by(Statement.id)
    ]
    run = Run(consultation_id=made.id, figures={**FIGURES, **figures})
    place_run(session, run, Found(results, {}, {}))
    session.commit()
    return run
