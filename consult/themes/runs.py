"""Stores what a run of the analysis proposes, beside what people decided."""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.accounts.models import AuditEntry
from consult.analysis.types import StatementResult, ThemeScore
from consult.kernel.clock import utcnow
from consult.kernel.localized import LocalizedText
from consult.themes.models import Decision, Proposal, Run, Statement, Theme

SAME_CLUSTER = 0.5  # share of members from which a discovered cluster is the one of an earlier run


@dataclass(frozen=True)
class Found:
    """What a run found: statements in order; names of new clusters and keywords, by language."""

    statements: Sequence[StatementResult]
    labels: Mapping[str, Mapping[str, str]]
    keywords: Mapping[str, dict[str, list[str]]]

    def of(self, statements: Mapping[int, Statement]) -> "Found":
        """Only what is about these."""
        return replace(self, statements=[r for r in self.statements if int(r.id) in statements])

    def packed(self) -> bytes:
        """All of it, small enough to keep; `unpacked` gives it back."""
        rows = [{**vars(row), "themes": [vars(t) for t in row.themes]} for row in self.statements]
        found = {"statements": rows, "labels": self.labels, "keywords": self.keywords}
        return zlib.compress(json.dumps(found, ensure_ascii=False).encode())


def unpacked(data: bytes) -> Found:
    """What `Found.packed` made."""
    found = json.loads(zlib.decompress(data))
    for row in found["statements"]:
        row["themes"] = tuple(ThemeScore(**theme) for theme in row["themes"])
    statements = [StatementResult(**row) for row in found["statements"]]
    return Found(statements, found["labels"], found["keywords"])


@lru_cache(maxsize=1)
def _codebook() -> dict[str, dict[str, dict[str, str]]]:
    path = Path(__file__).parent / "codebook.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def codebook_themes(session: Session, consultation_id: int) -> None:
    """Make sure the code-book's themes are there; existing ones are not touched."""
    known = set(session.scalars(select(Theme.code).where(Theme.consultation_id == consultation_id)))
    session.add_all(
        Theme(consultation_id=consultation_id, code=code, origin="codebook",
              name=LocalizedText(texts["name"]), definition=LocalizedText(texts["definition"]))
        for code, texts in _codebook().items() if code not in known
    )  # fmt: skip
    session.flush()


def store_run(session: Session, run: Run, found: Found) -> None:
    """Replace the proposals of earlier runs by this one's. Decisions stay as they are.

    What was found about statements that are gone meanwhile is dropped.
    """
    statements = _statements_by_id(session, run.consultation_id)
    found = found.of(statements)
    clusters = cluster_themes(session, run.consultation_id, found)
    session.execute(
        delete(Proposal).where(
            Proposal.run_id.in_(select(Run.id).where(Run.consultation_id == run.consultation_id))
        )
    )
    run.state, run.applied_at, run.held = "applied", utcnow(), found.packed()
    session.add(run)
    session.flush()
    _drop_unused_clusters(session, run.consultation_id, {t.id for t in clusters.values()})
    themes = {**_themes_by_code(session, run.consultation_id), **clusters}
    _propose(session, run, statements, found, themes)
    for code, words in found.keywords.items():
        if code in themes:
            themes[code].keywords = words
    session.flush()


def add_to_run(session: Session, run: Run, found: Found) -> None:
    """Propose themes people know for statements newer than the run knows; no other changes."""
    themes = {
        code: theme for code, theme in _themes_by_code(session, run.consultation_id).items()
        if theme.origin != "cluster" or theme.state == "accepted"
    }  # fmt: skip
    _propose_newer(session, run, found, themes)


def propose_later(session: Session, run: Run, found: Found) -> None:
    """Propose what was found beside `run` for newer statements, its own clusters too."""
    _propose_newer(session, run, found, _themes_by_code(session, run.consultation_id))


def _propose_newer(session: Session, run: Run, found: Found, themes: Mapping[str, Theme]) -> None:
    newer = {
        row.id: row for row in session.scalars(select(Statement).where(
            Statement.consultation_id == run.consultation_id,
            Statement.id > run.last_statement_id,
        ))
    }  # fmt: skip
    _propose(session, run, newer, found.of(newer), themes)


def _propose(
    session: Session, run: Run, statements: Mapping[int, Statement], found: Found,
    themes: Mapping[str, Theme],
) -> None:  # fmt: skip
    _describe(session, statements, found)
    rows = [
        {"run_id": run.id, "statement_id": int(result.id), "theme_id": themes[code].id,
         "score": score, "rank": rank}
        for result in found.statements
        for rank, (code, score) in enumerate(proposed_by(result)) if code in themes
    ]  # fmt: skip
    if rows:
        session.execute(insert(Proposal), rows)
    known = (int(result.id) for result in found.statements)
    run.last_statement_id = max(known, default=run.last_statement_id)


def proposed_by(result: StatementResult) -> list[tuple[str, float]]:
    """The themes of a statement with their scores; a cluster it was put in by likeness has 0."""
    if not result.themes and result.cluster:
        return [(result.cluster, 0.0)]
    return [(theme.code, theme.score) for theme in result.themes]


def _themes_by_code(session: Session, consultation_id: int) -> dict[str, Theme]:
    themes = session.scalars(select(Theme).where(Theme.consultation_id == consultation_id))
    return {theme.code: theme for theme in themes}


def _statements_by_id(session: Session, consultation_id: int) -> dict[int, Statement]:
    rows = session.scalars(select(Statement).where(Statement.consultation_id == consultation_id))
    return {statement.id: statement for statement in rows}


def _describe(session: Session, statements: Mapping[int, Statement], found: Found) -> None:
    """Note on each statement its language, whether it is empty, and what it repeats."""
    firsts = {int(result.duplicate_of) for result in found.statements if result.duplicate_of}
    older = select(Statement.id).where(Statement.id.in_(firsts - statements.keys()))
    there = {*statements, *session.scalars(older)}
    for result in found.statements:
        statement, first = statements[int(result.id)], int(result.duplicate_of or 0)
        statement.language, statement.is_empty = result.lang, result.is_empty
        statement.duplicate_of_id = first if first in there else None
        statement.sentiment = result.sentiment


def cluster_themes(session: Session, consultation_id: int, found: Found) -> dict[str, Theme]:
    """The theme of each discovered cluster: an earlier one with mostly the same members, or new."""
    themes: dict[str, Theme] = {}
    taken = set(_themes_by_code(session, consultation_id))
    numbers = (number for number in count(1) if f"N{number:02d}" not in taken)
    for cluster, theme in matching_clusters(session, consultation_id, found).items():
        if theme is None:
            name = LocalizedText(found.labels[cluster])
            theme = Theme(consultation_id=consultation_id, code=f"N{next(numbers):02d}",
                          origin="cluster", name=name)  # fmt: skip
            session.add(theme)
        themes[cluster] = theme
    session.flush()
    return themes


def matching_clusters(
    session: Session, consultation_id: int, found: Found
) -> dict[str, Theme | None]:
    """For each discovered cluster the earlier theme with mostly the same members, or None."""
    members: dict[str, set[int]] = defaultdict(set)
    for result in found.statements:
        if result.cluster in found.labels and not result.themes:
            members[str(result.cluster)].add(int(result.id))
    earlier = _earlier_clusters(session, consultation_id)
    themes: dict[str, Theme | None] = {}
    for cluster, mine in sorted(members.items()):
        theme = themes[cluster] = _most_alike(mine, earlier)
        if theme is not None:
            earlier.pop(theme)
    return themes


def _earlier_clusters(session: Session, consultation_id: int) -> dict[Theme, set[int]]:
    rows = session.execute(
        select(Theme, Proposal.statement_id)
        .join(Proposal, Proposal.theme_id == Theme.id)
        .where(Theme.consultation_id == consultation_id, Theme.origin == "cluster")
    )
    found: dict[Theme, set[int]] = defaultdict(set)
    for theme, statement in rows:
        found[theme].add(statement)
    return found


def _most_alike(mine: set[int], earlier: Mapping[Theme, set[int]]) -> Theme | None:
    best = max(earlier, key=lambda theme: (len(mine & earlier[theme]), theme.code), default=None)
    if best is None or len(mine & earlier[best]) < SAME_CLUSTER * len(mine | earlier[best]):
        return None
    return best


def unused_clusters(session: Session, consultation_id: int, used: set[int]) -> list[int]:
    """Ids of clusters of earlier runs that nobody touched and that are not among `used`."""
    decided = select(Decision.theme_id)
    acted_on = select(AuditEntry.subject_id).where(AuditEntry.subject == "theme")
    merged = select(Theme.merged_into_id).where(Theme.merged_into_id.is_not(None))
    return list(session.scalars(
        select(Theme.id).where(
            Theme.consultation_id == consultation_id, Theme.origin == "cluster",
            Theme.state == "proposed", Theme.id.not_in(used), Theme.id.not_in(acted_on),
            Theme.id.not_in(decided), Theme.id.not_in(merged),
        )
    ))  # fmt: skip


def _drop_unused_clusters(session: Session, consultation_id: int, used: set[int]) -> None:
    unused = unused_clusters(session, consultation_id, used)
    session.execute(
        delete(Theme).where(Theme.id.in_(unused)),
        execution_options={"synchronize_session": "fetch"},
    )
