"""Questions about releases, and the quotes a report may show."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consult.consultations.models import Consultation
from consult.kernel.messages import N_
from consult.reports.document import Quotation
from consult.reports.models import Release
from consult.responses.models import Answer, Response
from consult.strategy.queries import strategy_of
from consult.themes.members import people_by_theme
from consult.themes.models import Quote, Statement, Theme
from consult.themes.queries import themes_of
from consult.themes.spoken import Say, is_safe, pieces, spoken, translation_pieces


@dataclass(frozen=True)
class Check:
    """A condition of the review gate: a sentence, and where to mend it or which themes wait."""

    passed: bool
    message: str
    mend: str = ""
    themes: tuple[Theme, ...] = ()


def release_of(session: Session, consultation_id: int, kind: str) -> Release | None:
    """What was released, or None."""
    return session.scalar(
        select(Release).where(Release.consultation_id == consultation_id, Release.kind == kind)
    )


def release_checks(session: Session, consultation: Consultation, kind: str) -> list[Check]:
    """The review gate: nothing leaves before each of these holds."""
    if kind == "strategy":
        strategy = strategy_of(session, consultation.id)
        adopted = strategy is not None and strategy.state == "adopted"
        return [Check(adopted, N_("The strategy is adopted."), "strategy.show")]
    themes = _sized_themes(session, consultation)
    waiting = tuple(theme for theme in themes if theme.state == "proposed")
    return [
        Check(consultation.has_results, N_("The consultation is closed."),
              "themes.show_consultation"),
        Check(any(theme.state == "accepted" for theme in themes),
              N_("At least one theme is accepted."), "themes.list_themes"),
        Check(not waiting,
              N_("Every theme large enough to be shown is accepted, merged or rejected."),
              "themes.list_themes", waiting),
    ]  # fmt: skip


def _sized_themes(session: Session, consultation: Consultation) -> list[Theme]:
    """Themes of so many people that a public report could show them."""
    people = people_by_theme(session, consultation.id)
    smallest = consultation.region.public_threshold
    return [
        theme for theme in themes_of(session, consultation.id)
        if len(people.get(theme.id, ())) >= smallest
    ]  # fmt: skip


def quotable(session: Session, consultation_id: int, lang: str, say: Say) -> dict[int, Quotation]:
    """Approved quotes of people who allowed it and did not withdraw, by statement id.

    What is hidden, or may be personal and is undecided, is a mark that `say` puts in the reader's
    language. A translation stands beside the original only when a person reviewed it and all that
    is hidden was found in it.
    """
    statements = session.scalars(
        select(Statement)
        .join(Quote, Quote.statement_id == Statement.id)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id,
            Response.may_quote.is_(True),
            Response.withdrawn.is_(False),
        )
        .options(selectinload(Statement.answer).selectinload(Answer.translations),
                 selectinload(Statement.redactions))
    )  # fmt: skip
    return {statement.id: _quotation(statement, lang, say) for statement in statements}


def _quotation(statement: Statement, lang: str, say: Say) -> Quotation:
    whole = statement.text.strip() == (statement.answer.text or "").strip()
    reviewed = [
        t for t in statement.answer.translations
        if t.state == "reviewed" and whole and is_safe(statement, t.text)
    ]  # fmt: skip
    best = next((t for t in reviewed if t.language == lang), reviewed[0] if reviewed else None)
    text = spoken(pieces(statement, outside=True), say)
    if best is None or statement.language == lang:
        return Quotation(text, statement.language)
    other = spoken(translation_pieces(statement, best.text, outside=True), say)
    return Quotation(text, statement.language, other, best.language, best.made_by)
