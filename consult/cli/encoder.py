"""`consult encoder`: train the cross-language table anew, weigh a model beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.cli.own_encoder import cache_folder, plain_errors
from consult.cli.progress import progress_bar

if TYPE_CHECKING:
    from consult.analysis.own.weighing import Weighed

ABOUT = """\
The part of example sentences whose theme is found by a classifier that learnt from others. They
are drafts, not answers of people, and short: expect more of whole answers."""
folder_type = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def encoder() -> None:
    """The table that makes texts of all languages comparable."""


@encoder.command("train")
@click.option("--parallel", type=folder_type, required=True, help="Folder with public.jsonl.xz.")
@click.option("--out", type=folder_type, required=True, help="Folder for the files of numbers.")
@click.option("--dimensions", type=click.IntRange(2, 384), default=128, show_default=True)
@click.option("--buckets", type=click.IntRange(1024, 2**22), default=196_608, show_default=True)
def train(parallel: Path, out: Path, dimensions: int, buckets: int) -> None:
    """Learn the table from parallel texts and the shipped sentences and terms.

    Writes encoder.npy, encoder.npz and seed_vectors.npz. Needs `pip install consult[train]`.
    """
    from consult.analysis.training import table, teacher, texts

    try:
        public = list(texts.public_texts(parallel))
    except FileNotFoundError:
        raise click.UsageError(f"There is no public.jsonl.xz in {parallel}.") from None
    own = texts.own_sentences()
    extra = [*texts.noisy(own, random_state=0), *texts.concept_texts()]
    try:
        click.echo("Asking the teacher for the meaning of the English texts")
        meanings = teacher.embed([row.english for row in (*public, *own, *extra)])
    except ImportError:
        raise click.ClickException("Training needs PyTorch: pip install consult[train]") from None
    recipe = table.Recipe(buckets=buckets, dimensions=dimensions)
    table.train(public, own, extra, meanings, recipe, out, click.echo)


@encoder.command("votes")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def votes(out: Path) -> None:
    """Learn how much each view of a text counts, and write it to the file OUT."""
    import json

    from consult.analysis.training.votes import learn_votes

    found = learn_votes()
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    click.echo(f"Written to {out}: {found}")


@encoder.command("weigh")
@click.option("--encoder", "path", type=folder_type, required=True, help="Folder of the model.")
@click.option("--prefix", help='What the model wants before every text, such as "query: ".')
def weigh(path: Path, prefix: str | None) -> None:
    """Measure how far a model helps in each language, and keep the weights beside it.

    Writes consult-weights.json into the folder, which every run with the model then reads.
    """
    from consult.analysis.own import weighing
    from consult.analysis.own.blend import BlendedEncoder
    from consult.analysis.own.folder import read_folder
    from consult.analysis.own.models import load_model

    with plain_errors():
        folder = read_folder(path, prefix, weighed=False)
        blended = BlendedEncoder(load_model(folder), {}, cache_folder())
        with progress_bar() as progress:
            blended.fit(progress)
        with progress_bar() as progress:
            found = weighing.weigh(blended, progress)
        click.echo(_shown(found))
        click.echo(f"Written to {weighing.keep_weights(folder, found)}.")


def _shown(found: "Mapping[str, Weighed]") -> str:
    """A table by language and a verdict."""
    lines = [ABOUT]
    lines.append(f"{'':>4} {'sentences':>9} {'table':>6} {'model':>6} {'blend':>6} {'weight':>6}")
    for lang, row in found.items():
        shares = f"{row.table:6.2f} {row.model:6.2f} {row.blend:6.2f} {row.weight:6.2f}"
        lines.append(f"{lang:>4} {row.sentences:9} {shares}")
    helped = sum(row.blend > row.table for row in found.values())
    gain = sum(row.blend - row.table for row in found.values()) / len(found)
    lines.append(f"The blend is better than the table in {helped} of {len(found)} languages, ")
    lines[-1] += f"by {gain:+.3f} on average."
    return "\n".join(lines if gain > 0 else [*lines, "This model does not help: leave it out."])
