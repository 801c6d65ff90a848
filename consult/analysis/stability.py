"""How far a run is the same with other chance and with other answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from consult.analysis import measures
from consult.analysis.encoder import Encoder
from consult.analysis.pipeline import ThemeFinder, silent
from consult.analysis.types import CodebookTheme, Decision, Progress, Result, Statement

KEPT = 0.8  # of the statements, in a sample
LEAST = 15  # statements of a language from which a figure of its own says something
Rows = NDArray[np.intp]
Scores = dict[str, list[float]]


@dataclass(frozen=True)
class Stability:
    """Mean adjusted Rand index with the run, over other `seeds` and over `samples` of 80 %.

    1 where every statement meets the same others again, about 0 where that is chance.
    `languages` has the mean over samples among the statements of one language.
    """

    statements: int
    seeds: float
    samples: float
    languages: dict[str, float] = field(default_factory=dict)


def measure_stability(
    statements: Sequence[Statement],
    decisions: Sequence[Decision] = (),
    runs: int = 10,
    result: Result | None = None,
    progress: Progress = silent,
    encoder: Encoder | None = None,
    added: Sequence[CodebookTheme] = (),
) -> Stability:
    """Runs the analysis anew `runs` times with other seeds and as often on samples.

    `result` is the run to compare with, on the same statements; None makes it first.
    """

    def run(rows: Rows, seed: int) -> Result:
        some = [statements[at] for at in rows.tolist()]
        finder = ThemeFinder(encoder=encoder, added=added, random_state=seed)
        return finder.fit(some, decisions).result_

    everything = np.arange(len(statements))
    progress(0.0, "Reading the statements")
    before = result or run(everything, 0)
    seeds: list[float] = []
    samples: list[float] = []
    languages: Scores = {}
    for draw in range(1, runs + 1):
        progress((2 * draw - 1) / (2 * runs + 1), f"Again with other chance, {draw} of {runs}")
        seeds.append(_alike(before, run(everything, draw), everything))
        progress(2 * draw / (2 * runs + 1), f"Again with other answers, {draw} of {runs}")
        order = np.random.RandomState(draw).permutation(len(statements))
        rows = np.sort(order[: int(KEPT * len(statements))])
        other = run(rows, 0)
        samples.append(_alike(before, other, rows))
        _by_language(languages, before, other, rows)
    return Stability(
        len(statements),
        float(np.mean(seeds)),
        float(np.mean(samples)),
        {lang: float(np.mean(found)) for lang, found in sorted(languages.items())},
    )


def _by_language(found: Scores, before: Result, other: Result, rows: Rows) -> None:
    langs = np.array([before.statements[at].lang for at in rows.tolist()], str)
    for lang in np.unique(langs):
        inside = np.flatnonzero(langs == lang)
        if len(inside) >= LEAST:
            found.setdefault(str(lang), []).append(_alike(before, other, rows, inside))


def _alike(before: Result, other: Result, rows: Rows, inside: Rows | None = None) -> float:
    """Agreement of two runs on `rows` of the first, or on those at `inside` among them."""
    old = measures.alone([before.statements[at].cluster for at in rows.tolist()])
    new = measures.alone([statement.cluster for statement in other.statements])
    if inside is not None:
        old, new = [old[at] for at in inside.tolist()], [new[at] for at in inside.tolist()]
    return float(adjusted_rand_score(old, new))
