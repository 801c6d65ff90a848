"""Frozen rows of a report, read from the tables and put under disclosure control.

What leaves here is safe to publish: counts of people, protected; themes people accepted; quotes
only by reference to approved statements, so that a withdrawn answer takes its quotes along.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reports import people as who
from consult.reports.disclosure import protect_count, protect_counts
from consult.reports.people import CATEGORIES, Person
from consult.strategy.queries import strategy_of
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.queries import current_version
from consult.themes.members import Shelf, load_shelf
from consult.themes.models import Decision, Proposal, Quote, Statement, Theme
from consult.themes.queries import latest_run, themes_of

MOST_QUOTES = 4


def gather_summary(session: Session, consultation: Consultation, threshold: int) -> dict[str, Any]:
    """Everything the summary report says, as plain JSON data.

    `threshold`: the smallest number of people shown; smaller counts are None.
    """
    people = who.people_analysed(session, consultation.id)
    version = current_version(session, consultation.id)
    shelf, themes = load_shelf(session, consultation.id), themes_of(session, consultation.id)
    return {
        "front": _front(consultation, version),
        "threshold": threshold,
        "cleaning": who.cleaning(session, consultation.id, len(people), threshold),
        "who": who.who_answered(people.values(), threshold),
        "languages": who.languages(people.values(), threshold),
        "closed": who.closed_questions(session, version, people, threshold),
        "method": _method(session, consultation.id, shelf, themes),
        "themes": _themes(session, shelf, themes, people, threshold),
        "decisions": _decisions(session, consultation.id),
    }


def _front(consultation: Consultation, version: QuestionnaireVersion) -> dict[str, Any]:
    region = consultation.region
    return {
        "title": dict(consultation.title),
        "purpose": dict(consultation.purpose),
        "decision": dict(consultation.decision),
        "region": dict(region.name),
        "unit": region.unit,
        "opens_on": consultation.opens_on.isoformat(),
        "closes_on": consultation.closes_on.isoformat(),
        "languages": list(consultation.languages),
        "questionnaire": version.number,
        "translation_states": dict(version.translation_states),
        "questions": [dict(q.label) for q in version.questions if q.kind != "note"],
    }


def _method(
    session: Session, consultation_id: int, shelf: Shelf, themes: list[Theme]
) -> dict[str, Any]:
    """What the program proposed, how much of it people checked, how often they agreed."""
    accepted = [theme.id for theme in themes if theme.state == "accepted"]
    states = Counter((theme.origin, theme.state) for theme in themes)
    placed = sum(len(shelf.in_theme(theme)) for theme in accepted)
    checked = sum(len(shelf.checked.get(theme, ())) for theme in accepted)
    run = latest_run(session, consultation_id)
    return {
        "analysed_on": run.at.date().isoformat() if run else None,
        "codebook": states["codebook", "accepted"],
        "found": states["cluster", "accepted"],
        "made": states["person", "accepted"],
        "merged": sum(n for (_, state), n in states.items() if state == "merged"),
        "rejected": sum(n for (_, state), n in states.items() if state == "rejected"),
        "placed": placed,
        "checked": checked,
        **_agreement(session, consultation_id),
    }


def _agreement(session: Session, consultation_id: int) -> dict[str, int]:
    """Of the program's proposals that a person decided about: how many there are, how many stay."""
    rows = session.execute(
        select(Decision.belongs, func.count())
        .join(Proposal, (Proposal.statement_id == Decision.statement_id)
              & (Proposal.theme_id == Decision.theme_id))
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id)
        .group_by(Decision.belongs)
    )  # fmt: skip
    counts = dict(rows.all())
    return {"decided": sum(counts.values()), "agreed": counts.get(True, 0)}


def _themes(
    session: Session, shelf: Shelf, themes: list[Theme], people: Mapping[int, Person],
    threshold: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Accepted themes, the largest first, with people by category and approved quotes."""
    approved = _approved(session, shelf.consultation_id)
    rows = []
    for theme in themes:
        if theme.state != "accepted":
            continue
        facts = [fact for fact in shelf.in_theme(theme.id) if fact.person in people]
        persons = {fact.person for fact in facts}
        tally = Counter(people[person].category for person in persons)
        rows.append((len(persons), {
            "id": theme.id,
            "code": theme.code,
            "name": dict(theme.name),
            "definition": dict(theme.definition),
            "origin": theme.origin,
            "people": protect_count(len(persons), threshold),
            "languages": len({fact.language for fact in facts}),
            "by_category": protect_counts({c: tally[c] for c in CATEGORIES if tally[c]}, threshold),
            "quotes": sorted(approved & {fact.statement for fact in facts})[:MOST_QUOTES],
        }))  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda one: (-one[0], one[1]["code"]))]


def _approved(session: Session, consultation_id: int) -> set[int]:
    """Ids of approved statements; the words themselves are never copied."""
    return set(
        session.scalars(
            select(Quote.statement_id)
            .join(Statement, Statement.id == Quote.statement_id)
            .where(Statement.consultation_id == consultation_id)
        )
    )


def _decisions(session: Session, consultation_id: int) -> list[dict[str, Any]]:
    """What was decided about each theme, why, and the actions that came of it."""
    strategy = strategy_of(session, consultation_id)
    if strategy is None:
        return []
    actions: dict[int, list[str]] = defaultdict(list)
    for action in strategy.actions:
        for theme in {*action.themes, *action.objective.themes}:
            actions[theme.id].append(action.title)
    return [
        {
            "theme_id": decision.theme_id,
            "name": dict(decision.theme.name),
            "verdict": decision.verdict,
            "reason": decision.reason,
            "actions": actions[decision.theme_id],
        }
        for decision in strategy.decisions
    ]
