"""The themes that people made or took over, as the analysis takes them."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from consult.analysis.types import CodebookTheme
from consult.themes.models import Decision, Proposal, Statement, Theme

MOST_EXAMPLES = 100  # statements of an accepted group that tell what it is about


def added_themes(session: Session, consultation_id: int) -> list[CodebookTheme]:
    """Themes a person made, and discovered ones that a person accepted or put statements into.

    What stands for a theme: its name and definition in each language there is, and of a
    discovered one the statements that are in it.
    """
    decided = select(Decision.theme_id).where(Decision.belongs)
    taken_over = and_(
        Theme.origin == "cluster", or_(Theme.state == "accepted", Theme.id.in_(decided))
    )
    themes = session.scalars(
        select(Theme)
        .where(
            Theme.consultation_id == consultation_id,
            Theme.state.in_(("proposed", "accepted")),
            or_(Theme.origin == "person", taken_over),
        )
        .order_by(Theme.id)
    )
    return [
        CodebookTheme(theme.code, theme.name.best("en").text, examples=_examples(session, theme))
        for theme in themes
    ]


def _examples(session: Session, theme: Theme) -> dict[str, tuple[str, ...]]:
    if theme.origin == "cluster":
        return _voices(session, theme)
    return {
        lang: (". ".join(filter(None, (name, theme.definition.get(lang)))),)
        for lang, name in theme.name.items()
    }


def _voices(session: Session, theme: Theme) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    members = session.scalars(
        select(Statement)
        .join(Proposal, Proposal.statement_id == Statement.id)
        .where(Proposal.theme_id == theme.id)
        .order_by(Proposal.rank, Statement.id)
        .limit(MOST_EXAMPLES)
    )
    for statement in members:
        found.setdefault(statement.language, []).append(statement.text)
    return {lang: tuple(texts) for lang, texts in found.items()}
