"""`consult import`: questionnaires and answers from files."""

from pathlib import Path
from typing import Any

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
@click.option(
    "--media", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the pictures and sounds that the form names.",
)  # fmt: skip
def import_questionnaire(file: Path, slug: str, media: Path | None) -> None:
    """Make the XLSForm FILE the consultation's questionnaire."""
    from consult.consultations.queries import consultation_by_slug
    from consult.surveys import services
    from consult.surveys.xlsform.problems import FormError
    from consult.surveys.xlsform.workbook import MAX_FILE_BYTES

    with file.open("rb") as opened:
        data = opened.read(MAX_FILE_BYTES + 1)  # one byte more tells that it is too large
    with app_session() as session:
        consultation = consultation_by_slug(session, slug)
        try:
            done = services.import_questionnaire(
                session, consultation, data, lambda name: read_beside(media, name)
            )
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


def read_beside(folder: Path | None, name: str) -> bytes | None:
    """What a file of the folder holds, up to a byte more than is allowed; None without one."""
    from consult.surveys.media import MAX_FILE_BYTES

    if folder is None or not (folder / name).is_file():
        return None
    with (folder / name).open("rb") as opened:
        return opened.read(MAX_FILE_BYTES + 1)


def show_problems(problems: tuple[Exception, ...], prefix: str = "") -> None:
    """A line a problem on standard error, the first of them and how many more there are."""
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{prefix}{problem}", err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"{prefix}… and {len(problems) - MOST_SHOWN} more.", err=True)


@import_group.command("answers")
@FILE
@CONSULTATION
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADER=CODE",
    help="A column and the question it answers; repeat it. Columns named like a question's code "
    "or label need none.",
)
@click.option("--id-column", metavar="HEADER", help="Column with an id of the row.")
@click.option(
    "--respondent-column", metavar="HEADER", help="Rows with the same value are one person's."
)
@click.option(
    "--language-column",
    metavar="HEADER",
    help="Column with tags, or names in English or in the language itself.",
)
@click.option("--language", metavar="TAG", help="Language of rows that name none.")
@click.option("--channel-column", metavar="HEADER", help="Column with how people answered.")
@click.option("--channel", help="How people answered, for rows that do not say.  [default: paper]")
@click.option("--quote-column", metavar="HEADER", help="Column that says who may be quoted.")
@click.option("--question-column", metavar="HEADER", help="Long form: column with the question.")
@click.option("--text-column", metavar="HEADER", help="Long form: column with the answer.")
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="NAME=CODE",
    help="Long form: what a question is called in the file; repeat it.",
)
@click.option("--source", help="A name for files whose ids begin anew.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON file with the same, e.g. {"columns": {"Hardest": "hardest"}}.',
)
@click.option("--skip-bad", is_flag=True, help="Leave rows with faults out instead of stopping.")
def import_answers(
    file: Path, slug: str, mapping_file: Path | None, skip_bad: bool, **stated: Any
) -> None:
    """Import answers from FILE (.csv, .tsv, .xlsx or .jsonl): all rows, or none."""
    from consult.cli.answers import mapping_of, show_report
    from consult.cli.progress import Progress
    from consult.consultations.queries import consultation_by_slug
    from consult.kernel.clock import today
    from consult.kernel.tables import read_table
    from consult.workshops import services

    with app_session() as session:
        consultation = consultation_by_slug(session, slug)
        mapping, table = mapping_of(mapping_file, stated), read_table(file)
        with Progress(2 * len(table), "Importing") as progress:
            try:
                report = services.import_answers(
                    session,
                    consultation,
                    table,
                    mapping,
                    day=today(),
                    skip_bad=skip_bad,
                    tick=progress.tick,
                )
            except services.AnswersRefused as error:
                progress.stop()
                show_problems(error.problems)
                raise
            session.commit()
        show_problems(report.problems)
        show_report(report)
