"""Measures a run against a corpus that people have coded."""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consult.analysis import measures
from consult.analysis.codebook import NO_THEME, default_codebook
from consult.analysis.encoder import Encoder
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.stability import measure_stability
from consult.analysis.types import Codebook, Decision, Result, Statement

LEAST_ROWS = 15  # of a language with a row of its own
DECISIONS = (0, 50, 100, 200)
DRAWS = 5
RUNS = 10
GROUP = re.compile("parallel:|campaign")  # notes of texts that belong together
Rows = NDArray[np.intp]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Coded:
    """An answer with the themes people gave it, the main one first; none for one that says
    nothing. `group` names the text it is a translation or an edited copy of."""

    statement: Statement
    lang: str
    themes: tuple[str, ...]
    group: str | None = None


def read_corpus(path: Path) -> list[Coded]:
    """Answers from a JSON Lines file, or from all `*.jsonl` of a folder.

    Each line has id, lang, text and themes (a list of codes, or `["none"]`), perhaps question
    and notes. Raises ValueError that names the faulty line.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
            if line.strip():
                found.append(_coded(line, f"{file.name}:{number}"))
    if not found:
        raise ValueError(f"there are no coded answers in {path.name}")
    return found


def _coded(line: str, place: str) -> Coded:
    try:
        row = json.loads(line)
        themes = tuple(str(code) for code in row["themes"] if code != NO_THEME)
        statement = Statement(
            str(row["id"]), row["text"], row["lang"], question=row.get("question")
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{place}: {error!r}") from None
    notes = str(row.get("notes") or "")
    if notes == "campaign":
        notes += f" {row['lang']}"
    return Coded(statement, row["lang"], themes, notes if GROUP.match(notes) else None)


def run(
    corpus: Sequence[Coded],
    decisions: Sequence[Decision] = (),
    random_state: int = 0,
    encoder: Encoder | None = None,
) -> Result:
    """A run with the default code-book."""
    statements = [row.statement for row in corpus]
    return (
        ThemeFinder(encoder=encoder, random_state=random_state).fit(statements, decisions).result_
    )


def figures_of_run(corpus: Sequence[Coded], result: Result) -> dict[str, float]:
    """The measures of a run, by name; answers that say nothing count in F1 only."""
    codes = default_codebook().codes
    coded = measures.flags([row.themes for row in corpus], codes)
    proposed = measures.flags([[t.code for t in row.themes] for row in result.statements], codes)
    said = [at for at, row in enumerate(corpus) if row.themes]
    labels = [result.statements[at].cluster for at in said]
    langs = [corpus[at].lang for at in said]
    groups = _groups([corpus[at] for at in said])
    low, high = measures.interval(
        proposed, coded, [row.group or row.statement.id for row in corpus]
    )
    return {
        "answers": float(len(corpus)),
        "micro F1": measures.micro_f1(proposed, coded),
        "F1 from": low,
        "F1 to": high,
        "macro F1": measures.macro_f1(proposed, coded),
        "AMI": measures.agreement(labels, [corpus[at].themes[0] for at in said]),
        "BCubed": measures.bcubed(labels, coded[said]),
        "leakage": measures.leakage(labels, langs),
        "pairs F1": measures.pairs_f1(labels, coded[said], langs),
        "translations": measures.kept_together(labels, groups) if groups else math.nan,
        "without theme": float(np.mean(~proposed[said].any(axis=1))) if said else 0.0,
    }


def by_language(corpus: Sequence[Coded], result: Result) -> dict[str, dict[str, float]]:
    """The measures that make sense within a language of 15 and more answers."""
    rows: dict[str, list[int]] = {}
    for at, row in enumerate(corpus):
        rows.setdefault(row.lang, []).append(at)
    return {
        lang: figures_of_run([corpus[at] for at in of], _part(result, of))
        for lang, of in sorted(rows.items())
        if len(of) >= LEAST_ROWS
    }


def decisions_curve(
    corpus: Sequence[Coded], tell: Tell, encoder: Encoder | None = None
) -> dict[int, tuple[float, float]]:
    """Micro F1 on all answers and on those nobody decided on, by number of answers decided on."""
    codes = default_codebook().codes
    coded = measures.flags([row.themes for row in corpus], codes)
    found = {}
    for number in DECISIONS:
        scores = []
        for draw in range(DRAWS if number else 1):
            tell(f"With {number} decisions, draw {draw + 1}")
            chosen = np.random.RandomState(draw).permutation(len(corpus))[:number]
            result = run(corpus, _decided(corpus, chosen), encoder=encoder)
            rest = np.setdiff1d(np.arange(len(corpus)), chosen)
            themes = [[t.code for t in row.themes] for row in result.statements]
            proposed = measures.flags(themes, codes)
            scores.append(
                (measures.micro_f1(proposed, coded), measures.micro_f1(proposed[rest], coded[rest]))
            )
        if number < len(corpus):
            everything, undecided = np.mean(scores, axis=0).tolist()
            found[number] = (everything, undecided)
    return found


def discovery(corpus: Sequence[Coded], encoder: Encoder | None = None) -> dict[str, float]:
    """How well groups found without a code-book follow the coded main themes."""
    statements = [row.statement for row in corpus]
    result = ThemeFinder(Codebook(), encoder=encoder).fit(statements).result_
    found = figures_of_run(corpus, result)
    groups = float(sum(cluster.discovered for cluster in result.clusters))
    return {"groups": groups, **{name: found[name] for name in ("AMI", "BCubed", "leakage")}}


def stability(
    corpus: Sequence[Coded], result: Result, tell: Tell, encoder: Encoder | None = None
) -> dict[str, float]:
    """Mean adjusted Rand index with `result` over other seeds and over samples of 80 %."""
    found = measure_stability(
        [row.statement for row in corpus], runs=RUNS, result=result,
        progress=lambda _fraction, message: tell(message), encoder=encoder,
    )  # fmt: skip
    return {"seeds": found.seeds, "samples": found.samples}


def _decided(corpus: Sequence[Coded], rows: Rows) -> list[Decision]:
    return [
        Decision(corpus[at].statement.id, code, True)
        for at in rows.tolist()
        for code in corpus[at].themes
    ]


def _groups(corpus: Sequence[Coded]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for at, row in enumerate(corpus):
        if row.group and row.group.startswith("parallel"):
            found.setdefault(row.group, []).append(at)
    return list(found.values())


def _part(result: Result, rows: Sequence[int]) -> Result:
    kept = tuple(result.statements[at] for at in rows)
    return Result(kept, result.clusters, (), result.figures)
