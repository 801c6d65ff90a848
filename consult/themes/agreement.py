"""How far the machine's original proposals agree with what people decided."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import exp, sqrt
from random import Random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.themes.members import LIVE, merge_ends
from consult.themes.models import Decision, Original, Statement, Theme

LEAST = 30  # decided statements below which nothing is shown
DRAWS = 500
KNUTH = 30  # from this mean on, a Poisson number is drawn from the normal distribution


class Compared(NamedTuple):
    """A statement that both spoke about: themes both gave it, and those each gave it, added up."""

    language: str
    run: int | None
    is_blind: bool
    both: int
    total: int


@dataclass(frozen=True)
class Agreement:
    """Micro F1 of proposals against people with its 95 % interval; None below 30 statements."""

    statements: int
    f1: float | None = None
    low: float = 0.0
    high: float = 0.0

    @property
    def missing(self) -> int:
        """How many more decided statements it takes."""
        return max(LEAST - self.statements, 0)


def agreement_of(rows: Iterable[Compared], seed: int = 0) -> Agreement:
    """The micro F1 over `rows`, and its interval by a bootstrap over statements.

    Poisson bootstrap (Chamandy et al., 2012): how often a kind of statement is drawn is a Poisson
    number, so the cost does not grow with the statements. Same rows, same interval.
    """
    kinds = Counter((row.both, row.total) for row in rows)
    statements = kinds.total()
    if statements < LEAST:
        return Agreement(statements)
    random, ordered = Random(seed), sorted(kinds.items())  # noqa: S311 - no secret
    found = sorted(
        _f1({kind: _poisson(random, count) for kind, count in ordered}) for _ in range(DRAWS)
    )
    edge = round(0.025 * DRAWS)
    return Agreement(statements, _f1(kinds), found[edge], found[-edge - 1])


def compared(session: Session, consultation_id: int) -> list[Compared]:
    """Every statement people decided on, beside what the machine had proposed before.

    In a blind review all themes of a statement are compared. Else people speak about single
    themes, so a proposal that nobody confirmed or refused is left out. Only themes that stand
    count, merged ones as what they were merged into; copies of a text count once.
    """
    ends = countable_themes(session, consultation_id)
    decided = _decided(session, consultation_id)
    texts: dict[tuple[int, bool], Compared] = {}
    rows = session.execute(
        select(Original, Statement.language, Statement.duplicate_of_id)
        .join(Statement, Statement.id == Original.statement_id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(Original.statement_id)
    )
    for original, language, copy_of in rows:
        sets = _sets(original, decided.get(original.statement_id, {}), ends)
        if sets is not None:
            blind, (machine, people) = original.chosen is not None, sets
            counts = len(machine & people), len(machine) + len(people)
            key = (copy_of or original.statement_id, blind)
            texts.setdefault(key, Compared(language, original.run_id, blind, *counts))
    return list(texts.values())


def countable_themes(session: Session, consultation_id: int) -> dict[int, int]:
    """Themes that count, by what they ended in; groups the machine found only once accepted."""
    themes = session.execute(
        select(Theme.id, Theme.state, Theme.origin, Theme.merged_into_id)
        .where(Theme.consultation_id == consultation_id)
    ).all()  # fmt: skip
    ends = merge_ends({row.id: row.merged_into_id for row in themes if row.merged_into_id})
    standing = {row.id for row in themes if may_choose(row.state, row.origin)}
    found = {row.id: ends.get(row.id, row.id) for row in themes}
    return {theme: end for theme, end in found.items() if end in standing}


def may_choose(state: str, origin: str) -> bool:
    """Whether a theme stands for everybody: not one the machine found and nobody accepted."""
    return state in LIVE and (origin != "cluster" or state == "accepted")


def _decided(session: Session, consultation_id: int) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = session.execute(
        select(Decision.statement_id, Decision.theme_id, Decision.belongs)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    for statement, theme, belongs in rows:
        found[statement][theme] = belongs
    return found


def _sets(
    original: Original, decided: Mapping[int, bool], ends: Mapping[int, int]
) -> tuple[set[int], set[int]] | None:
    """The themes of machine and people; None where people said nothing that counts."""
    machine = _ended(original.themes, ends)
    if original.chosen is not None:
        return machine, _ended(original.chosen, ends)
    spoken = _ended(decided, ends)
    people = _ended([theme for theme, belongs in decided.items() if belongs], ends)
    return (machine & spoken, people) if spoken else None


def _ended(themes: Collection[int], ends: Mapping[int, int]) -> set[int]:
    return {ends[theme] for theme in themes if theme in ends}


def _f1(kinds: Mapping[tuple[int, int], int]) -> float:
    both = sum(kind[0] * count for kind, count in kinds.items())
    total = sum(kind[1] * count for kind, count in kinds.items())
    return 2 * both / total if total else 1.0


def _poisson(random: Random, mean: int) -> int:
    if mean >= KNUTH:
        return max(round(random.gauss(mean, sqrt(mean))), 0)
    number, left, least = 0, random.random(), exp(-mean)
    while left > least:
        number, left = number + 1, left * random.random()
    return number
