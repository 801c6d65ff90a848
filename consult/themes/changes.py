"""What a run that waits would change, were it applied."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.kernel.localized import LocalizedText
from consult.themes.members import Proposed, Shelf, load_shelf
from consult.themes.models import Run, Statement, Theme
from consult.themes.queries import statements_of
from consult.themes.runs import Found, matching_clusters, proposed_by, unpacked, unused_clusters

PAGE = 40
KINDS = ("moved", "lost", "gained")
Place = tuple[int, ...]


@dataclass(frozen=True)
class Moved:
    """A statement whose themes differ: those it would leave and enter, ids below 0 for new ones."""

    statement: int
    leaves: Place
    enters: Place


@dataclass(frozen=True)
class Changes:
    """Statements by what happens to them, new themes with their size, ids of themes that go."""

    of: Mapping[str, Sequence[Moved]]
    new: Mapping[int, tuple[LocalizedText, int]] = field(default_factory=dict)
    gone: Sequence[int] = ()

    @property
    def none(self) -> bool:
        """Whether nothing at all would change."""
        return not (self.new or self.gone or any(self.of.values()))


@dataclass(frozen=True)
class ChangePage:
    """A page of changes of one kind: statements by the themes they would leave and enter."""

    groups: tuple[tuple[Place, Place, list[Statement]], ...]
    number: int
    pages: int


def changes_of(session: Session, run: Run) -> Changes:
    """What applying `run` would change beside what people decided, which stays."""
    found = unpacked(run.held or b"")
    before = load_shelf(session, run.consultation_id)
    names, labels, used = _theme_ids(session, run.consultation_id, found)
    proposed: list[Proposed] = [
        (int(result.id), names[code], score)
        for result in found.statements
        for code, score in proposed_by(result)
        if code in names
    ]
    after = load_shelf(session, run.consultation_id, proposed)
    new = {number: (label, len(after.in_theme(number))) for number, label in labels.items()}
    unused = unused_clusters(session, run.consultation_id, used)
    gone = [theme for theme in unused if before.in_theme(theme)]
    return Changes(_moved(before, after), new, gone)


def change_page(session: Session, rows: Sequence[Moved], number: int) -> ChangePage:
    """A page of changes; one past the end gives the last."""
    pages = max(-(-len(rows) // PAGE), 1)
    number = min(max(number, 1), pages)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    found = {row.id: row for row in statements_of(session, [one.statement for one in shown])}
    groups = tuple(
        (leaves, enters, [found[one.statement] for one in same if one.statement in found])
        for (leaves, enters), same in groupby(shown, key=lambda one: (one.leaves, one.enters))
    )
    return ChangePage(groups, number, pages)


def _theme_ids(
    session: Session, consultation_id: int, found: Found
) -> tuple[dict[str, int], dict[int, LocalizedText], set[int]]:
    """Theme ids by code, labels of the new ones by their numbers below 0, ids of clusters used."""
    rows = session.execute(
        select(Theme.code, Theme.id).where(Theme.consultation_id == consultation_id)
    )
    ids = dict(rows.all())
    labels: dict[int, LocalizedText] = {}
    used: set[int] = set()
    for cluster, theme in matching_clusters(session, consultation_id, found).items():
        if theme is None:
            labels[-len(labels) - 1] = LocalizedText(found.labels[cluster])
            ids[cluster] = -len(labels)
        else:
            ids[cluster] = theme.id
            used.add(theme.id)
    return ids, labels, used


def _moved(before: Shelf, after: Shelf) -> dict[str, list[Moved]]:
    """Statements whose themes differ, by kind, those between the same themes together."""
    moved: dict[str, list[Moved]] = {kind: [] for kind in KINDS}
    for statement in sorted(before.facts):
        old, new = (set(shelf.places.get(statement, ())) for shelf in (before, after))
        if old != new:
            row = Moved(statement, tuple(sorted(old - new)), tuple(sorted(new - old)))
            moved["lost" if not new else "moved" if old else "gained"].append(row)
    for rows in moved.values():
        sizes = Counter((row.leaves, row.enters) for row in rows)
        rows.sort(key=lambda row: (-sizes[row.leaves, row.enters], row.leaves, row.enters))
    return moved
