"""What the newest run left, for answers that come after it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.analysis.types import LocalWord, Standing, StatementResult, ThemeScore
from consult.responses.models import Answer, Response
from consult.themes.models import Decision, Proposal, Run, Statement, StatementVector, Theme
from consult.themes.queries import latest_run, waiting_run
from consult.themes.runs import Found, propose_later, unpacked
from consult.themes.statements import STANDING

FEW = 0.1  # new statements for each one in the run, up to which they join it
SCALE = 127
Vectors = NDArray[np.float32]


def keep_vectors(
    session: Session, encoder: str, ids: Sequence[str], vectors: Vectors, anew: int | None = None
) -> None:
    """Store vectors of length 1 by statement; those of a consultation `anew` go first.

    Statements that are gone meanwhile are left out.
    """
    if anew is not None:
        mine = select(Statement.id).where(Statement.consultation_id == anew)
        session.execute(delete(StatementVector).where(StatementVector.statement_id.in_(mine)))
    numbers = np.clip(np.round(vectors * SCALE), -SCALE, SCALE).astype(np.int8)
    there = _still_there(session, ids)
    rows = [
        {"statement_id": int(ident), "encoder": encoder, "numbers": row.tobytes()}
        for ident, row in zip(ids, numbers, strict=True) if int(ident) in there
    ]  # fmt: skip
    if rows:
        session.execute(insert(StatementVector), rows)


def _still_there(session: Session, ids: Sequence[str]) -> set[int]:
    if not ids:
        return set()
    first, last = min(map(int, ids)), max(map(int, ids))
    return set(session.scalars(select(Statement.id).where(Statement.id.between(first, last))))


def run_to_join(session: Session, consultation_id: int, encoder: str) -> Run | None:
    """The standing run that the statements after it may join: they are few, and it used
    this encoder and kept its vectors; None where a whole run is due."""
    run = latest_run(session, consultation_id)
    if run is None or run.encoder != encoder:
        return None
    of_this = Statement.consultation_id == consultation_id
    new = (
        session.scalar(select(func.count()).where(of_this, Statement.id > run.last_statement_id))
        or 0
    )
    joined = run.figures.get("joined", 0)
    kept = (
        session.scalar(
            select(func.count())
            .select_from(StatementVector)
            .join(Statement)
            .where(of_this, StatementVector.encoder == encoder)
        )
        or 0
    )
    return run if kept and new + joined <= FEW * (kept - joined) else None


def standing_of(session: Session, run: Run) -> Standing:
    """What stands of a run, with the themes people gave in place of the proposed ones."""
    rows = session.execute(
        select(Statement.id, StatementVector.numbers)
        .join(StatementVector, StatementVector.statement_id == Statement.id)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == run.consultation_id, *STANDING,
            Statement.is_empty.is_(False), Statement.duplicate_of_id.is_(None),
            StatementVector.encoder == run.encoder,
        )
        .order_by(Statement.id)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    vectors = np.frombuffer(b"".join(row.numbers for row in rows), np.int8)
    themes, clusters = _proposed(session, run)
    decided = _decided(session, run.consultation_id)
    learnt = run.figures.get("local_words", {})
    return Standing(
        ids=[str(ident) for ident in ids],
        vectors=np.asarray(vectors.reshape(max(len(ids), 1), -1)[: len(ids)] / SCALE, np.float32),
        themes=[_said(themes.get(ident, {}), decided.get(ident, {})) for ident in ids],
        decided=np.array([ident in decided for ident in ids], bool),
        clusters=[None if themes.get(ident) else clusters.get(ident) for ident in ids],
        text_of=lambda ident: _text_of(session, ident),
        local_words={word: LocalWord(**said) for word, said in learnt.items()},
    )


def _text_of(session: Session, ident: str) -> str:
    """The words of a statement, none where it was withdrawn meanwhile."""
    statement = session.get(Statement, int(ident))
    return statement.text if statement else ""


def _proposed(session: Session, run: Run) -> tuple[dict[int, dict[str, float]], dict[int, str]]:
    """By statement: themes with their scores, and the cluster it was put in by likeness alone."""
    themes: dict[int, dict[str, float]] = {}
    clusters: dict[int, str] = {}
    rows = session.execute(
        select(Proposal.statement_id, Theme.code, Theme.origin, Proposal.score)
        .join(Theme, Theme.id == Proposal.theme_id)
        .where(Proposal.run_id == run.id)
        .order_by(Proposal.rank)
    )
    for statement, code, origin, score in rows:
        if origin == "cluster" and not score:
            clusters[statement] = code
        else:
            themes.setdefault(statement, {})[code] = score
    return themes, clusters


def _decided(session: Session, consultation_id: int) -> dict[int, dict[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    rows = session.execute(
        select(Decision.statement_id, Theme.code, Decision.belongs)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    for statement, code, belongs in rows:
        found.setdefault(statement, {})[code] = belongs
    return found


def _said(proposed: Mapping[str, float], decided: Mapping[str, bool]) -> tuple[ThemeScore, ...]:
    scores = {**proposed, **{code: float(belongs) for code, belongs in decided.items()}}
    best = sorted(scores, key=lambda code: (-scores[code], code))
    return tuple(ThemeScore(code, scores[code]) for code in best if scores[code] > 0)


def join_run(
    session: Session, run: Run, found: Sequence[StatementResult], vectors: Vectors
) -> None:
    """Propose themes for statements that came after the standing `run`; no other changes.

    A run that waits learns of them too. Nothing is stored where another run stands by now.
    """
    if latest_run(session, run.consultation_id) is not run:
        return
    keep_vectors(session, run.encoder, [row.id for row in found], vectors)
    propose_later(session, run, Found(found, {}, {}))
    run.figures = {**run.figures, "joined": run.figures.get("joined", 0) + len(found)}
    waiting = waiting_run(session, run.consultation_id)
    if waiting is not None and waiting.held is not None:
        held = unpacked(waiting.held)
        plain = [replace(row, cluster=row.themes[0].code if row.themes else None) for row in found]
        waiting.held = replace(held, statements=[*held.statements, *plain]).packed()
    session.flush()
