"""What a run says of itself and people of it, as the quality page shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.jobs.queries import latest_job
from consult.jobs.services import enqueue
from consult.kernel.errors import RuleBroken
from consult.kernel.messages import N_
from consult.themes.agreement import Agreement, Compared, agreement_of, compared
from consult.themes.models import Run, Theme
from consult.themes.queries import latest_run, themes_of

STABILITY = "themes.stability"
LEAST = 5  # statements below which no share of them is shown
RUNS = 6  # that the page lists
# What is good and what is fair; the bars the project sets itself, see docs/evaluation.md.
BARS = {
    "without_theme": (-0.1, -0.2),
    "leakage": (-0.05, -0.1),
    "stability": (0.85, 0.7),
    "agreement": (0.75, 0.6),
}


@dataclass(frozen=True)
class Figures:
    """Of a run, or of one language in it; None where there is too little to say something."""

    statements: int
    empty: int
    without_theme: float | None
    unclustered: float | None
    leakage: float | None
    seeds: float | None
    samples: float | None
    agreement: Agreement
    blind: Agreement


@dataclass(frozen=True)
class Quality:
    """The standing run with its figures, each language's, and those of the runs before."""

    run: Run
    overall: Figures
    languages: tuple[tuple[str, Figures], ...]
    runs: tuple[tuple[Run, Figures], ...]


def quality_of(session: Session, consultation_id: int) -> Quality | None:
    """The figures of the run that stands; None before the first one."""
    run = latest_run(session, consultation_id)
    if run is None:
        return None
    rows = compared(session, consultation_id)
    found = {
        lang: _of_language(run, lang, [row for row in rows if row.language == lang])
        for lang in run.figures.get("languages", {})
    }
    runs = session.scalars(
        select(Run).where(Run.consultation_id == consultation_id, Run.state != "discarded")
        .order_by(Run.id.desc()).limit(RUNS)
    )  # fmt: skip
    return Quality(
        run=run, overall=_of_run(run, rows),
        languages=tuple(sorted(found.items(), key=lambda one: (-one[1].statements, one[0]))),
        runs=tuple((one, _of_run(one, [r for r in rows if r.run == one.id])) for one in runs),
    )  # fmt: skip


def local_words_of(session: Session, run: Run) -> list[tuple[Theme, list[str]]]:
    """The words a run learnt from the answers, by theme."""
    themes = {theme.code: theme for theme in themes_of(session, run.consultation_id)}
    found: dict[Theme, list[str]] = {}
    for word, said in sorted(run.figures.get("local_words", {}).items()):
        if said["code"] in themes:
            found.setdefault(themes[said["code"]], []).append(word)
    return sorted(found.items(), key=lambda one: one[0].code)


def verdict(name: str, value: float | None) -> str:
    """Whether a figure is "good", "fair" or "weak"; "" where there is none."""
    if value is None:
        return ""
    good, fair = BARS[name]
    value = -value if good < 0 else value
    return "good" if value >= good else "fair" if value >= fair else "weak"


def order_stability(session: Session, consultation: Consultation) -> Job:
    """Have the stability of the standing run measured; RuleBroken when there is none."""
    run = latest_run(session, consultation.id)
    if run is None:
        raise RuleBroken(N_("The answers have not been analysed yet."))
    return enqueue(session, STABILITY, subject_of(consultation, run))


def stability_job(session: Session, consultation: Consultation, run: Run) -> Job | None:
    """The newest work that measures this run."""
    return latest_job(session, subject_of(consultation, run), STABILITY)


def subject_of(consultation: Consultation, run: Run) -> str:
    """The subject of the work that measures a run."""
    return f"{consultation.slug}/{run.id}"


def _of_run(run: Run, rows: Sequence[Compared]) -> Figures:
    figures = run.figures
    statements = int(figures.get("statements", 0))
    empty = round(figures.get("empty", 0.0) * statements)
    stable = figures.get("stability", {})
    leakage = figures["leakage"] if len(figures.get("languages", {})) > 1 else None
    tells = statements - empty >= LEAST
    return Figures(
        statements, empty,
        without_theme=1 - figures["with_theme"] if tells else None,
        unclustered=figures["unclustered"] if tells else None,
        leakage=_not_negative(leakage), seeds=stable.get("seeds"),
        samples=stable.get("samples"), **_agreements(rows),
    )  # fmt: skip


def _of_language(run: Run, lang: str, rows: Sequence[Compared]) -> Figures:
    counts: Mapping[str, Any] = run.figures["languages"][lang]
    said = int(counts["statements"] - counts["empty"])
    tells = said >= LEAST
    stable = run.figures.get("stability", {}).get("languages", {})
    return Figures(
        int(counts["statements"]), int(counts["empty"]),
        without_theme=counts["without_theme"] / said if tells else None,
        unclustered=counts["unclustered"] / said if tells else None,
        leakage=_not_negative(counts["leakage"]), seeds=None, samples=stable.get(lang),
        **_agreements(rows),
    )  # fmt: skip


def _not_negative(leakage: float | None) -> float | None:
    """Below 0 is less than chance, which tells a reader no more than 0."""
    return leakage if leakage is None else max(0.0, leakage)


def _agreements(rows: Iterable[Compared]) -> dict[str, Agreement]:
    blind: dict[bool, list[Compared]] = {True: [], False: []}
    for row in rows:
        blind[row.is_blind].append(row)
    return {"agreement": agreement_of(blind[False]), "blind": agreement_of(blind[True])}
