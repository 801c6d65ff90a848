"""Frozen rows of a report, read from the tables and put under disclosure control.

What leaves here is safe to publish: counts of people, protected; themes people accepted; quotes
only by reference to approved statements, so that a withdrawn answer takes its quotes along.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reports.disclosure import protect_count, protect_counts, protect_table
from consult.responses.models import Answer, Response
from consult.strategy.queries import strategy_of
from consult.surveys.models import Question, QuestionnaireVersion
from consult.surveys.queries import current_version
from consult.themes.members import memberships, people_by_theme
from consult.themes.models import Quote, Statement, Theme

CATEGORIES = ("organisation", "moved_here", "lived_here", "not_said")
CODED = ("choice", "choices", "rating")
MOST_QUOTES = 4
CAMPAIGN_SIZE = 3  # near-identical texts from this many people on are reported as a campaign


def gather_summary(session: Session, consultation: Consultation, threshold: int) -> dict[str, Any]:
    """Everything the summary report says, as plain JSON data.

    `threshold`: the smallest number of people shown; smaller counts are None.
    """
    responses = _analysed(session, consultation.id)
    version = current_version(session, consultation.id)
    return {
        "front": _front(consultation, version),
        "threshold": threshold,
        "cleaning": _cleaning(session, consultation.id, len(responses), threshold),
        "who": _who(responses, threshold),
        "languages": protect_counts(_tally(r.language for r in responses), threshold),
        "closed": _closed(session, version, {r.id for r in responses}, threshold),
        "themes": _themes(session, consultation.id, responses, threshold),
        "decisions": _decisions(session, consultation.id),
    }


def category_of(value: Any) -> str:
    """One category a person, from the answer to `who`: an organisation speaks as one."""
    chosen = set(value or ())
    return next((category for category in CATEGORIES[:-1] if category in chosen), "not_said")


def _analysed(session: Session, consultation_id: int) -> list[Response]:
    return list(
        session.scalars(
            select(Response).where(
                Response.consultation_id == consultation_id,
                Response.withdrawn.is_(False),
                Response.excluded_reason == "",
                Response.answers.any(),
            )
        )
    )


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


def _cleaning(
    session: Session, consultation_id: int, analysed: int, threshold: int
) -> dict[str, Any]:
    of_this = Response.consultation_id == consultation_id
    received = session.scalar(select(func.count()).select_from(Response).where(of_this)) or 0
    withdrawn = session.scalar(
        select(func.count()).select_from(Response).where(of_this, Response.withdrawn.is_(True))
    )
    sizes = session.scalars(
        select(func.count(func.distinct(Answer.response_id)))
        .select_from(Statement)
        .join(Answer, Answer.id == Statement.answer_id)
        .where(Statement.consultation_id == consultation_id, Statement.duplicate_of_id.is_not(None))
        .group_by(Statement.duplicate_of_id)
    ).all()
    campaigns = [size + 1 for size in sizes if size + 1 >= CAMPAIGN_SIZE]
    return {
        "received": protect_count(received, threshold),
        "withdrawn": protect_count(withdrawn or 0, threshold),
        "analysed": protect_count(analysed, threshold),
        "campaigns": len(campaigns),
        "campaign_people": protect_count(sum(campaigns), threshold),
    }


def _who(responses: list[Response], threshold: int) -> dict[str, Any]:
    """People by category and channel, each person in one cell."""
    cells = Counter((_category(response), response.channel) for response in responses)
    channels = sorted({channel for _, channel in cells})
    rows = [c for c in CATEGORIES if any(cells[c, channel] for channel in channels)]
    table = protect_table(
        rows, channels, [[cells[row, c] for c in channels] for row in rows], threshold
    )
    return {
        "rows": list(table.rows),
        "columns": list(table.columns),
        "cells": [list(line) for line in table.cells],
        "row_totals": list(table.row_totals),
        "column_totals": list(table.column_totals),
        "total": table.total,
    }


def _category(response: Response) -> str:
    who = next((a.value for a in response.answers if a.question_code == "who"), None)
    return category_of(who)


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _closed(
    session: Session, version: QuestionnaireVersion, people: set[int], threshold: int
) -> list[dict[str, Any]]:
    """Counts per option of every coded question; its options' labels in all languages."""
    codes = [q.code for q in version.questions if q.kind in CODED and q.code != "consent"]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    answered: Counter[str] = Counter()
    rows = session.execute(
        select(Answer.question_code, Answer.value, Answer.response_id).where(
            Answer.question_code.in_(codes), Answer.response_id.in_(people)
        )
    )
    for code, value, _ in rows:
        chosen = value if isinstance(value, list) else [value]
        counts[code].update(str(option) for option in chosen if option is not None)
        answered[code] += bool(chosen)
    return [
        _closed_question(question, counts[question.code], answered[question.code], threshold)
        for question in version.questions
        if question.code in answered
    ]


def _closed_question(
    question: Question, counts: Counter[str], answered: int, threshold: int
) -> dict[str, Any]:
    protected = protect_counts({o.code: counts[o.code] for o in question.options}, threshold)
    return {
        "code": question.code,
        "label": dict(question.label),
        "answered": protect_count(answered, threshold),
        "options": [
            {"code": o.code, "label": dict(o.label), "people": protected[o.code]}
            for o in question.options
        ],
    }


def _themes(
    session: Session, consultation_id: int, responses: list[Response], threshold: int
) -> list[dict[str, Any]]:
    """Accepted themes, the largest first, with people by category and approved quotes."""
    people = people_by_theme(session, consultation_id)
    categories = {response.id: _category(response) for response in responses}
    themes = session.scalars(
        select(Theme).where(Theme.consultation_id == consultation_id, Theme.state == "accepted")
    ).all()
    quotes = _quotes(session, consultation_id)
    rows = []
    for theme in sorted(themes, key=lambda t: (-len(people.get(t.id, ())), t.code)):
        members = people.get(theme.id, set()) & categories.keys()
        tally = Counter(categories[person] for person in members)
        by_category = protect_counts({c: tally[c] for c in CATEGORIES if tally[c]}, threshold)
        rows.append({
            "id": theme.id,
            "code": theme.code,
            "name": dict(theme.name),
            "definition": dict(theme.definition),
            "people": protect_count(len(members), threshold),
            "by_category": by_category,
            "quotes": quotes.get(theme.id, [])[:MOST_QUOTES],
        })  # fmt: skip
    return rows


def _quotes(session: Session, consultation_id: int) -> dict[int, list[int]]:
    """Ids of approved statements by theme; the words themselves are never copied."""
    approved = set(
        session.scalars(
            select(Quote.statement_id)
            .join(Statement, Statement.id == Quote.statement_id)
            .where(Statement.consultation_id == consultation_id)
        )
    )
    return {
        theme: sorted(approved & statements.keys())
        for theme, statements in memberships(session, consultation_id).items()
    }


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
