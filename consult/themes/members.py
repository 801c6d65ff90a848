"""Where every statement of a consultation stands: proposals beside what people decided."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.models import Answer, Response
from consult.themes.models import Decision, Proposal, Statement, Theme
from consult.themes.statements import STANDING

LIVE = ("proposed", "accepted")
Pair = tuple[int, int]  # statement id, theme id
Proposed = tuple[int, int, float]  # statement id, theme id, score


class Fact(NamedTuple):
    """A statement that says something: who said it, in which language, which one it repeats."""

    statement: int
    person: int
    language: str
    repeats: int | None


@dataclass(frozen=True)
class Shelf:
    """The facts of a consultation's statements and, by theme, their scores.

    A score is the analysis's, from 0 to 1; 1 where a person decided. `checked` holds, by theme,
    the statements a person put there.
    """

    consultation_id: int
    facts: Mapping[int, Fact]
    scores: Mapping[int, Mapping[int, float]]
    checked: Mapping[int, frozenset[int]]
    live: frozenset[int]

    def in_theme(self, theme_id: int) -> list[Fact]:
        """What stands in a theme, the surest first."""
        scores = self.scores.get(theme_id, {})
        found = [self.facts[s] for s in scores if s in self.facts]
        return sorted(found, key=lambda fact: (-scores[fact.statement], fact.statement))

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """By statement, the themes not rejected it stands in."""
        found: dict[int, list[int]] = defaultdict(list)
        for theme in sorted(self.live & self.scores.keys()):
            for statement in self.scores[theme]:
                found[statement].append(theme)
        return found

    @property
    def unplaced(self) -> list[Fact]:
        """What stands in no theme."""
        return [fact for key, fact in sorted(self.facts.items()) if key not in self.places]

    @property
    def unplaced_languages(self) -> tuple[tuple[str, int], ...]:
        """Languages of what stands in no theme, the most frequent first."""
        return tuple(Counter(fact.language for fact in self.unplaced).most_common())


def load_shelf(
    session: Session, consultation_id: int, proposed: Sequence[Proposed] | None = None
) -> Shelf:
    """Read a consultation's shelf, in four queries whatever its size.

    With `proposed` it is the shelf as it would be were that proposed instead; themes that are not
    there yet have negative numbers.
    """
    themes = session.execute(
        select(Theme.id, Theme.state, Theme.merged_into_id)
        .where(Theme.consultation_id == consultation_id)
    ).all()  # fmt: skip
    ends = merge_ends({theme: into for theme, _, into in themes if into is not None})
    decided = _decided(session, consultation_id)
    if proposed is None:
        proposed = _proposed(session, consultation_id)
    scores = _scores(proposed, decided, ends)
    checked: dict[int, set[int]] = defaultdict(set)
    for (statement, theme), belongs in decided.items():
        if belongs and statement in scores.get(ends.get(theme, theme), {}):
            checked[ends.get(theme, theme)].add(statement)
    return Shelf(
        consultation_id=consultation_id,
        facts=_facts(session, consultation_id),
        scores=scores,
        checked={theme: frozenset(found) for theme, found in checked.items()},
        live=frozenset(
            {theme for theme, state, _ in themes if state in LIVE}
            | {theme for _, theme, _ in proposed if theme < 0}
        ),
    )


def memberships(session: Session, consultation_id: int) -> Mapping[int, Mapping[int, float]]:
    """By theme, its statements with the score of the analysis (1 where a person decided).

    People's decisions come first, then proposals nobody decided against; members of a merged
    theme are those of the theme it was merged into.
    """
    return load_shelf(session, consultation_id).scores


def people_by_theme(session: Session, consultation_id: int) -> dict[int, set[int]]:
    """Response ids by theme, without withdrawn or excluded ones."""
    shelf = load_shelf(session, consultation_id)
    return {theme: {f.person for f in shelf.in_theme(theme)} for theme in shelf.scores}


def _facts(session: Session, consultation_id: int) -> dict[int, Fact]:
    rows = session.execute(
        select(Statement.id, Answer.response_id, Statement.language, Statement.duplicate_of_id)
        .join(Answer, Answer.id == Statement.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Statement.consultation_id == consultation_id, Statement.is_empty.is_(False), *STANDING
        )
    )
    return {row[0]: Fact(*row) for row in rows}


def _decided(session: Session, consultation_id: int) -> dict[Pair, bool]:
    rows = session.execute(
        select(Decision.statement_id, Decision.theme_id, Decision.belongs)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    return {(statement, theme): belongs for statement, theme, belongs in rows}


def _proposed(session: Session, consultation_id: int) -> list[Proposed]:
    rows = session.execute(
        select(Proposal.statement_id, Proposal.theme_id, Proposal.score)
        .join(Theme, Theme.id == Proposal.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    return [(statement, theme, score) for statement, theme, score in rows]


def _scores(
    proposed: Sequence[Proposed], decided: Mapping[Pair, bool], ends: Mapping[int, int]
) -> dict[int, dict[int, float]]:
    scores = {(s, t): score for s, t, score in proposed if decided.get((s, t), True)}
    scores |= {pair: 1.0 for pair, belongs in decided.items() if belongs}
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for (statement, theme), score in scores.items():
        end = ends.get(theme, theme)
        if decided.get((statement, end), True):
            found[end][statement] = max(score, found[end].get(statement, 0.0))
    return found


def merge_ends(into: Mapping[int, int]) -> dict[int, int]:
    """The theme a merged one ended in, through any number of merges."""
    ends: dict[int, int] = {}
    for theme, target in into.items():
        seen = {theme}
        while target in into and target not in seen:
            seen.add(target)
            target = into[target]
        ends[theme] = target
    return ends
