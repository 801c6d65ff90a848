"""`consult evaluate`: how well themes are found, measured on answers that people have coded."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from consult.cli.own_encoder import encoder_option, open_encoder, plain_errors

SHOWN = (
    "answers",
    "micro F1",
    "macro F1",
    "AMI",
    "BCubed",
    "leakage",
    "pairs F1",
    "translations",
    "without theme",
)
BY_LANGUAGE = ("answers", "micro F1", "F1 from", "F1 to", "BCubed", "without theme")
ABOUT = """\
# Measured: {corpus}

Written by `consult evaluate {corpus} --full --out {out}`; do not edit by hand. What the
corpus is, what was tuned on it and what the figures mean for you: `docs/evaluation.md`.

- micro F1: themes proposed against themes coded; macro F1: the mean over the themes. The interval
  draws translations and copies of a text as one.
- AMI, BCubed: clusters against coded main themes; leakage: clusters against languages (0 is best).
- pairs F1: answers in different languages put together, against those that share a theme.
- translations: translations of one answer that end in one cluster.
"""


@click.command()
@click.argument("corpus", type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Markdown to write.")
@click.option("--full", is_flag=True, help="Also learning from decisions, and stability (slow).")
@encoder_option
def evaluate(corpus: Path, out: Path | None, full: bool, encoder: Path | None) -> None:
    """Measure the themes proposed for the coded answers in CORPUS.

    CORPUS is a JSON Lines file, or a folder of them, with id, lang, text and themes a line.
    """
    from consult.analysis import evaluation

    try:
        with plain_errors():
            rows, own = evaluation.read_corpus(corpus), open_encoder(encoder)
            result = evaluation.run(rows, encoder=own)
    except (ValueError, OSError) as error:
        raise click.ClickException(f"The corpus cannot be used: {error}") from None
    parts = [
        *([f"Measured with the encoder {own.name}.\n"] if own else []),
        _overall(evaluation.figures_of_run(rows, result)),
        _languages(evaluation.by_language(rows, result)),
    ]
    if full:
        curve = evaluation.decisions_curve(rows, _tell, own)
        parts.append(_decisions(curve))
        found = evaluation.discovery(rows, own)
        parts.append(_table("Without a code-book", ("value",), list(found.items())))
        stable = evaluation.stability(rows, result, _tell, own)
        parts.append(_stability(stable))
    text = "\n".join(parts)
    click.echo(text)
    if out:
        about = ABOUT.format(corpus=corpus, out=out)
        out.write_text(f"{about}\n{text}", encoding="utf-8")


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _overall(figures: Mapping[str, float]) -> str:
    low, high = figures["F1 from"], figures["F1 to"]
    rows = [f"| {name} | {_shown(name, figures[name])} |" for name in SHOWN]
    rows.insert(2, f"| its 95 % interval | {low:.2f} to {high:.2f} |")
    return "\n".join(["## All languages", "", "| figure | value |", "|---|---|", *rows, ""])


def _languages(found: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["## By language", "", "| language | " + " | ".join(BY_LANGUAGE) + " |"]
    lines.append("|---" * (len(BY_LANGUAGE) + 1) + "|")
    for lang, figures in found.items():
        cells = [_shown(name, figures[name]) for name in BY_LANGUAGE]
        lines.append(f"| {lang} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _decisions(curve: Mapping[int, tuple[float, float]]) -> str:
    rows = [(number, *found) for number, found in curve.items()]
    return _table("Answers people decided on", ("micro F1 of all", "micro F1 of the rest"), rows)


def _stability(found: Mapping[str, float]) -> str:
    return _table("Stability over other", ("mean ARI",), list(found.items()))


def _table(
    title: str, heads: Sequence[str], rows: Sequence[tuple[str | int, *tuple[float, ...]]]
) -> str:
    lines = ["| " + " | ".join((title, *heads)) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, *values in rows:
        cells = [_shown(str(name), value) for value in values]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([f"## {title}", "", *lines, ""])


def _shown(name: str, value: float) -> str:
    if math.isnan(value):
        return "none in this corpus"
    return f"{value:.0f}" if name in ("answers", "groups") else f"{value:.3f}"
