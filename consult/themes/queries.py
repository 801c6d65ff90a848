"""Questions about themes, for the desk."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.accounts.models import AuditEntry
from consult.kernel.errors import NotFound
from consult.kernel.localized import LocalizedText
from consult.kernel.messages import N_
from consult.responses.models import Answer, AnswerTranslation, Response
from consult.themes.members import LIVE, Fact, Shelf
from consult.themes.models import Decision, Quote, Redaction, Run, Statement, Theme
from consult.themes.redaction_queries import hidden_by_answer, with_personal
from consult.themes.spoken import blanked
from consult.themes.statements import STANDING

ANALYSE = "themes.analyse"  # a whole run; "themes.refresh" sees to new answers alone
REPRESENTATIVES = 2
KEYWORD_LANGUAGES, KEYWORDS = 3, 4
PAGE = 40
MOST_AT_ONCE = 500
SURE, LIKELY = 0.7, 0.45  # from these scores on the desk says so

Tally = tuple[tuple[str, int], ...]
Keywords = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ThemeCard:
    """A theme as the desk shows it; `people` counts persons, `campaign` those of a copied text.

    `checked` counts the statements a person put there; `languages` and `keywords` begin with
    what matters most to the reader.
    """

    theme: Theme
    people: int
    campaign: int
    statements: int
    checked: int
    languages: Tally
    keywords: Keywords
    voices: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Member:
    """A statement in a theme: who put it there, or how sure the analysis is; where else it is."""

    statement: Statement
    decided_by: str
    certainty: str  # "sure", "likely", "unsure" or "" for a statement grouped by likeness alone
    is_quote: bool
    also_in: tuple[int, ...]


@dataclass(frozen=True)
class Wanted:
    """What of a list is asked for.

    `checked` is "yes", "no" or "" for both; `personal` is "yes" for what may hold personal data.
    """

    language: str = ""
    text: str = ""
    checked: str = ""
    personal: str = ""


@dataclass(frozen=True)
class MemberPage:
    """One page of a list of statements, and how many there are in all."""

    members: tuple[Member, ...]
    found: int
    number: int
    pages: int


def theme_in(session: Session, consultation_id: int, theme_id: int) -> Theme:
    """A theme of this consultation; one of another raises NotFound."""
    theme = session.get(Theme, theme_id)
    if theme is None or theme.consultation_id != consultation_id:
        raise NotFound(N_("There is no such theme here."))
    return theme


def statement_in(session: Session, consultation_id: int, statement_id: int) -> Statement:
    """A statement of this consultation; one of another raises NotFound."""
    statement = session.get(Statement, statement_id)
    if statement is None or statement.consultation_id != consultation_id:
        raise NotFound(N_("There is no such statement here."))
    return statement


def statements_here(session: Session, consultation_id: int, ids: Sequence[int]) -> list[Statement]:
    """Those of `ids` that are statements of this consultation and not withdrawn meanwhile."""
    known = [key for key in dict.fromkeys(ids) if 0 < key < 2**31][:MOST_AT_ONCE]
    query = select(Statement).where(
        Statement.consultation_id == consultation_id, Statement.id.in_(known)
    )
    return list(session.scalars(query.order_by(Statement.id)))


def themes_of(session: Session, consultation_id: int) -> list[Theme]:
    """All themes, merged and rejected ones too, by code."""
    query = select(Theme).where(Theme.consultation_id == consultation_id).order_by(Theme.code)
    return list(session.scalars(query))


def theme_cards(session: Session, consultation_id: int, shelf: Shelf, lang: str) -> list[ThemeCard]:
    """All themes that are not merged away, the largest first, each with two typical voices.

    For a reader of `lang`: their language's voices and keywords come first.
    """
    themes = [t for t in themes_of(session, consultation_id) if t.state != "merged"]
    typical = {theme.id: _typical(shelf.in_theme(theme.id), lang) for theme in themes}
    found = statements_of(session, [s for picked in typical.values() for s in picked])
    voices = {statement.id: statement for statement in found}
    cards = [
        theme_card(theme, shelf, lang, tuple(voices[s] for s in typical[theme.id] if s in voices))
        for theme in themes
    ]
    return sorted(cards, key=lambda card: (-card.people, card.theme.code))


def theme_card(
    theme: Theme, shelf: Shelf, lang: str, voices: tuple[Statement, ...] = ()
) -> ThemeCard:
    """One theme with its counts, for a reader of `lang`."""
    mine = shelf.in_theme(theme.id)
    languages = tuple(Counter(fact.language for fact in mine).most_common())
    return ThemeCard(
        theme=theme,
        people=len({fact.person for fact in mine}),
        campaign=len({fact.person for fact in mine if fact.repeats is not None}),
        statements=len(mine),
        checked=len(shelf.checked.get(theme.id, ())),
        languages=languages,
        keywords=_keywords(theme, [code for code, _ in languages], lang),
        voices=voices,
    )


def theme_members(
    session: Session, shelf: Shelf, theme_id: int | None, wanted: Wanted, number: int = 1
) -> MemberPage:
    """A page of a theme's statements (None: of no theme), the surest first.

    A page past the end gives the last one.
    """
    facts = shelf.unplaced if theme_id is None else shelf.in_theme(theme_id)
    checked = shelf.checked.get(theme_id or 0, frozenset())
    if wanted.language:
        facts = [fact for fact in facts if fact.language == wanted.language]
    if wanted.checked:
        facts = [f for f in facts if (f.statement in checked) == (wanted.checked == "yes")]
    ids = [fact.statement for fact in facts]
    if wanted.text:
        hits = _saying(session, shelf.consultation_id, wanted.text)
        ids = [key for key in ids if key in hits]
    if wanted.personal:
        hits = with_personal(session, shelf.consultation_id, "offered")
        ids = [key for key in ids if key in hits]
    pages = max(-(-len(ids) // PAGE), 1)
    number = min(max(number, 1), pages)
    members = _members(session, shelf, theme_id, ids[(number - 1) * PAGE : number * PAGE])
    return MemberPage(tuple(members), len(ids), number, pages)


def statements_of(session: Session, ids: Sequence[int]) -> list[Statement]:
    """Statements in the order of `ids`, with answer, response and translations."""
    query = select(Statement).where(Statement.id.in_(ids)).options(
        joinedload(Statement.answer).joinedload(Answer.response),
        joinedload(Statement.answer).selectinload(Answer.translations),
        selectinload(Statement.redactions).joinedload(Redaction.staff),
    )  # fmt: skip
    rows = {statement.id: statement for statement in session.scalars(query)}
    return [rows[key] for key in ids if key in rows]


def counts_of(session: Session, consultation_id: int) -> dict[str, list[tuple[str, int]]]:
    """How many responses stand, by language and by channel."""
    return {
        name: [(key, n) for key, n in session.execute(
            select(column, func.count()).where(
                Response.consultation_id == consultation_id, *STANDING)
            .group_by(column).order_by(func.count().desc(), column)
        )]
        for name, column in (("language", Response.language), ("channel", Response.channel))
    }  # fmt: skip


def review_counts(session: Session, consultation_id: int, shelf: Shelf) -> dict[str, int]:
    """How many themes that hold something are in which state."""
    themes = themes_of(session, consultation_id)
    return Counter(theme.state for theme in themes if shelf.in_theme(theme.id))


def latest_run(session: Session, consultation_id: int) -> Run | None:
    """The analysis whose proposals stand on the desk."""
    return _newest_run(session, consultation_id, "applied")


def concepts_of(session: Session, theme: Theme) -> list[LocalizedText]:
    """What the answers of a theme are often about, as the newest run found."""
    run = latest_run(session, theme.consultation_id)
    found = run.figures.get("concepts", {}) if run else {}
    return [LocalizedText(names) for names in found.get(theme.code, ())]


def waiting_run(session: Session, consultation_id: int) -> Run | None:
    """The analysis that waits to be applied or discarded, if there is one."""
    return _newest_run(session, consultation_id, "waiting")


def log_page(
    session: Session, consultation_id: int, number: int
) -> tuple[list[AuditEntry], int, int]:
    """A page of acts with who did them, the newest first; its number and how many there are."""
    of_this = AuditEntry.consultation_id == consultation_id
    count = session.scalar(select(func.count()).select_from(AuditEntry).where(of_this)) or 0
    pages = max(-(-count // PAGE), 1)
    number = min(max(number, 1), pages)
    rows = session.scalars(
        select(AuditEntry).where(of_this)
        .options(joinedload(AuditEntry.staff))
        .order_by(AuditEntry.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    )  # fmt: skip
    return list(rows), number, pages


def move_targets(themes: Iterable[Theme]) -> list[Theme]:
    """The themes a statement can be moved to."""
    return [theme for theme in themes if theme.state in LIVE]


def next_to_review(themes: Iterable[Theme], shelf: Shelf, but: Theme | None) -> Theme | None:
    """The theme with most statements that nobody accepted or rejected, other than `but`."""
    waiting = [t for t in themes if t.state == "proposed" and t is not but and shelf.in_theme(t.id)]
    return max(waiting, key=lambda theme: len(shelf.in_theme(theme.id)), default=None)


def _newest_run(session: Session, consultation_id: int, state: str) -> Run | None:
    return session.scalar(
        select(Run)
        .where(Run.consultation_id == consultation_id, Run.state == state)
        .order_by(func.coalesce(Run.applied_at, Run.at).desc(), Run.id.desc())
        .limit(1)
    )


def _typical(facts: Sequence[Fact], lang: str) -> list[int]:
    """The surest statement in the reader's language, then the surest of other languages."""
    first: dict[str, int] = {}
    for fact in facts:
        first.setdefault(fact.language, fact.statement)
    own = [first.pop(lang)] if lang in first else []
    return [*own, *first.values()][:REPRESENTATIVES]


def _keywords(theme: Theme, languages: Sequence[str], lang: str) -> Keywords:
    """The theme's words in the reader's language, then in its largest languages."""
    order = [code for code in dict.fromkeys([lang, *languages]) if theme.keywords.get(code)]
    return tuple(
        (code, tuple(theme.keywords[code][:KEYWORDS])) for code in order[:KEYWORD_LANGUAGES]
    )


def _saying(session: Session, consultation_id: int, text: str) -> set[int]:
    """Statements whose words, or a translation of them, hold `text` in any case.

    What is hidden is not found.
    """
    sought = text.casefold()
    hidden = hidden_by_answer(session, consultation_id)
    rows = session.execute(
        select(Statement.id, Statement.start, Statement.end, Answer.id, Answer.text,
               AnswerTranslation.text)
        .join(Answer, Answer.id == Statement.answer_id)
        .outerjoin(AnswerTranslation, AnswerTranslation.answer_id == Answer.id)
        .where(Statement.consultation_id == consultation_id)
    )  # fmt: skip
    found = set()
    for key, start, end, answer, words, translated in rows:
        original, other = blanked(words or "", translated or "", hidden.get(answer, ()))
        if sought in original[start:end].casefold() or sought in other.casefold():
            found.add(key)
    return found


def _members(
    session: Session, shelf: Shelf, theme_id: int | None, ids: Sequence[int]
) -> list[Member]:
    rows = {statement.id: statement for statement in statements_of(session, ids)}
    deciders = _deciders(session, theme_id, ids)
    quotes = set(session.scalars(select(Quote.statement_id).where(Quote.statement_id.in_(ids))))
    scores = shelf.scores.get(theme_id or 0, {})
    return [
        Member(
            statement=rows[key],
            decided_by=deciders.get(key, ""),
            certainty=_certainty(scores.get(key, 0.0)),
            is_quote=key in quotes,
            also_in=tuple(t for t in shelf.places.get(key, ()) if t != theme_id),
        )
        for key in ids if key in rows
    ]  # fmt: skip


def _certainty(score: float) -> str:
    return "sure" if score >= SURE else "likely" if score >= LIKELY else "unsure" if score else ""


def _deciders(session: Session, theme_id: int | None, ids: Sequence[int]) -> dict[int, str]:
    """Who put each statement into the theme, or into one merged into it."""
    here = or_(Theme.id == (theme_id or 0), Theme.merged_into_id == (theme_id or 0))
    rows = session.scalars(
        select(Decision)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(here, Decision.belongs.is_(True), Decision.statement_id.in_(ids))
        .options(joinedload(Decision.staff))
    )
    return {row.statement_id: row.staff.name if row.staff else "–" for row in rows}
