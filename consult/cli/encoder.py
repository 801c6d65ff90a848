"""`consult encoder`: train the cross-language table anew."""

from pathlib import Path

import click

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
