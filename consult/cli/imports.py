"""`consult import`: questionnaires and answers from files."""

from pathlib import Path

import click

from consult.cli.context import app_session

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
CONSULTATION = click.option(
    "--consultation", "slug", required=True, metavar="SLUG", help="Slug of the consultation."
)
MOST_SHOWN = 50


@click.group()
def import_group() -> None:
    """Bring a questionnaire or answers in from a file."""


@import_group.command("questionnaire")
@FILE
@CONSULTATION
def import_questionnaire(file: Path, slug: str) -> None:
    """Make the XLSForm FILE the consultation's questionnaire."""
    from consult.consultations.queries import consultation_by_slug
    from consult.surveys import services
    from consult.surveys.xlsform.problems import FormError

    with app_session() as session:
        consultation = consultation_by_slug(session, slug)
        try:
            done = services.import_questionnaire(session, consultation, file.read_bytes())
        except FormError as error:
            show_problems(error.problems)
            raise
        session.commit()
        show_problems(done.warnings, "Warning: ")
        verb = "Imported" if done.is_changed else "Nothing has changed since"
        click.echo(
            f"{verb} version {done.version.number} of the questionnaire of “{slug}”: "
            f"{len(done.version.sections)} screens, {len(done.version.questions)} questions, "
            f"{len(done.version.languages)} languages."
        )


def show_problems(problems: tuple[Exception, ...], prefix: str = "") -> None:
    """A line a problem on standard error, the first of them and how many more there are."""
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{prefix}{problem}", err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"{prefix}… and {len(problems) - MOST_SHOWN} more.", err=True)
