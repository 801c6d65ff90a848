"""`consult lexicon`: check the shipped lexicon of concepts."""

from dataclasses import fields

import click

TITLES = {
    "missing": "Concepts without terms",
    "few": "Concepts with few terms",
    "collisions": "Terms under several themes",
    "wrong": "Terms that are mostly wrong in the sentences",
    "everywhere": "Terms that are found everywhere",
}


@click.group()
def lexicon() -> None:
    """The words people use for each concept, by language."""


@lexicon.command("check")
@click.argument("langs", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--verbose", is_flag=True, help="List every finding, not only how many.")
def check(langs: tuple[str, ...], verbose: bool) -> None:
    """Look for gaps, collisions and doubtful words in the lexicon of each LANGUAGE, or of all.

    Ends with status 1 where a concept has no terms.
    """
    from consult.analysis.checks import check_lexicon
    from consult.analysis.concepts import lexicon_languages, lexicon_state, shipped_concepts

    if unknown := sorted(set(langs) - set(lexicon_languages())):
        raise click.UsageError(f"There is no lexicon for {', '.join(unknown)}.")
    complete = True
    for lang in langs or lexicon_languages():
        found = check_lexicon(shipped_concepts(lang), lang)
        complete = complete and not found.missing
        counts = ", ".join(
            f"{len(getattr(found, field.name))} {field.name}"
            for field in fields(found)
            if field.name in TITLES
        )
        click.echo(f"{lang} ({lexicon_state(lang)}): covers {found.coverage:.0%}; {counts}")
        for name, title in TITLES.items():
            listed = getattr(found, name)
            if listed and (verbose or name == "missing"):
                click.echo(f"  {title}:")
                for line in listed:
                    click.echo(f"    {line}")
    if not complete:
        raise SystemExit(1)
