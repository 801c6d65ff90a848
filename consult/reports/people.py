"""Who answered, what was received and used, and the closed questions, under disclosure control."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.reports.disclosure import protect_count, protect_counts, protect_table
from consult.responses.models import Answer, Response
from consult.surveys.models import Question, QuestionnaireVersion
from consult.themes.models import Statement

CATEGORIES = ("organisation", "moved_here", "lived_here", "not_said")
GROUPS = ("moved_here", "lived_here", "other")  # compared where enough people answered
SINGLE = ("choice", "rating", "rank")  # of an order, the first choice counts
CODED = (*SINGLE, "choices")
NOT_SHOWN = ("consent", "quote")
CAMPAIGN_SIZE = 3  # near-identical texts from this many people on are reported as a campaign


class Person(NamedTuple):
    """Someone whose answers are analysed."""

    id: int
    channel: str
    language: str
    category: str


def category_of(value: Any) -> str:
    """One category a person, from the answer to `who`: an organisation speaks as one."""
    chosen = set(value or ())
    return next((category for category in CATEGORIES[:-1] if category in chosen), "not_said")


def people_analysed(session: Session, consultation_id: int) -> dict[int, Person]:
    """By response, everyone who did not withdraw, was not excluded and answered something."""
    spoken = session.execute(
        select(Answer.response_id, Answer.value)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.consultation_id == consultation_id, Answer.question_code == "who")
    )
    who: dict[int, Any] = dict(spoken.all())
    rows = session.execute(
        select(Response.id, Response.channel, Response.language).where(
            Response.consultation_id == consultation_id,
            Response.withdrawn.is_(False),
            Response.excluded_reason == "",
            Response.answers.any(),
        )
    )
    return {row[0]: Person(*row, category_of(who.get(row[0]))) for row in rows}


def cleaning(
    session: Session, consultation_id: int, analysed: int, threshold: int
) -> dict[str, Any]:
    """Received, withdrawn, empty, excluded and analysed answers, and copied texts."""
    of_this = Response.consultation_id == consultation_id
    rows = session.execute(
        select(Response.withdrawn, (Response.excluded_reason != "").label("out"), func.count())
        .where(of_this)
        .group_by(Response.withdrawn, "out")
    ).all()
    received = sum(count for _, _, count in rows)
    withdrawn = sum(count for gone, _, count in rows if gone)
    excluded = sum(count for gone, out, count in rows if out and not gone)
    counts = {
        "received": received,
        "withdrawn": withdrawn,
        "excluded": excluded,
        "empty": received - withdrawn - excluded - analysed,
        "analysed": analysed,
    }
    shown = {name: protect_count(count, threshold) for name, count in counts.items()}
    return {**shown, **_campaigns(session, consultation_id, threshold)}


def _campaigns(session: Session, consultation_id: int, threshold: int) -> dict[str, Any]:
    """Texts that nearly the same came from several people, and how many changed the words."""
    copies = session.scalars(
        select(Statement).where(
            Statement.consultation_id == consultation_id, Statement.duplicate_of_id.is_not(None)
        )
    ).all()
    groups: dict[int, list[Statement]] = defaultdict(list)
    for copy in copies:
        groups[copy.duplicate_of_id or 0].append(copy)
    firsts = session.scalars(select(Statement).where(Statement.id.in_(groups)))
    texts = {first.id: _bare(first.text) for first in firsts}
    large = {key: found for key, found in groups.items() if len(found) + 1 >= CAMPAIGN_SIZE}
    edited = sum(_bare(one.text) != texts.get(key) for key, found in large.items() for one in found)
    return {
        "campaigns": len(large),
        "campaign_people": protect_count(sum(len(f) + 1 for f in large.values()), threshold),
        "campaign_edited": protect_count(edited, threshold),
    }


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def who_answered(people: Iterable[Person], threshold: int) -> dict[str, Any]:
    """People by category and channel, each person in one cell."""
    cells = Counter((person.category, person.channel) for person in people)
    channels = sorted({channel for _, channel in cells})
    rows = [c for c in CATEGORIES if any(cells[c, channel] for channel in channels)]
    return _table(rows, channels, cells, threshold)


def languages(people: Iterable[Person], threshold: int) -> dict[str, int | None]:
    """People by language of their answer, the most frequent first."""
    tally = Counter(person.language for person in people)
    return protect_counts(dict(tally.most_common()), threshold)


def closed_questions(
    session: Session, version: QuestionnaireVersion, people: dict[int, Person], threshold: int
) -> list[dict[str, Any]]:
    """Counts per option of every coded question; one-choice questions also by group."""
    questions = [q for q in version.questions if q.kind in CODED and q.code not in NOT_SHOWN]
    orders = {q.code for q in questions if q.kind == "rank"}
    answers: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    rows = session.execute(
        select(Answer.question_code, Answer.value, Answer.response_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Answer.question_code.in_([q.code for q in questions]),
            Response.consultation_id == version.consultation_id,
        )
    )
    for code, value, response in rows:
        chosen = value if isinstance(value, list) else [value]
        given = [str(option) for option in chosen if option is not None]
        if given and response in people:
            answers[code].append((_group(people[response]), given[:1] if code in orders else given))
    return [_closed(q, answers[q.code], threshold) for q in questions if answers[q.code]]


def _closed(
    question: Question, given: Sequence[tuple[str, list[str]]], threshold: int
) -> dict[str, Any]:
    codes = [option.code for option in question.options]
    counts = Counter(option for _, chosen in given for option in chosen)
    found: dict[str, Any] = {
        "code": question.code,
        "kind": question.kind,
        "label": dict(question.label),
        "answered": protect_count(len(given), threshold),
        "options": [{"code": o.code, "label": dict(o.label)} for o in question.options],
        "people": list(protect_counts({c: counts[c] for c in codes}, threshold).values()),
        "groups": None,
    }
    if question.kind in SINGLE and {o for _, chosen in given for o in chosen} <= set(codes):
        cells = Counter((chosen[0], group) for group, chosen in given)
        table = _table(codes, GROUPS, cells, threshold)
        found |= {"people": table["row_totals"], "answered": table["total"], "groups": table}
    return found


def _group(person: Person) -> str:
    return person.category if person.category in GROUPS else "other"


def _table(
    rows: Sequence[str], columns: Sequence[str], cells: Counter[tuple[str, str]], threshold: int
) -> dict[str, Any]:
    table = protect_table(rows, columns, [[cells[r, c] for c in columns] for r in rows], threshold)
    return {
        "rows": list(table.rows),
        "columns": list(table.columns),
        "cells": [list(line) for line in table.cells],
        "row_totals": list(table.row_totals),
        "column_totals": list(table.column_totals),
        "total": table.total,
    }
