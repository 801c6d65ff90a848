"""`consult export`: a consultation's parts as files."""

from pathlib import Path

import click

from consult.cli.context import app_session
from consult.cli.imports import CONSULTATION


@click.group()
def export_group() -> None:
    """Write a part of a consultation to a file."""


@export_group.command("questionnaire")
@CONSULTATION
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="Where the XLSForm goes (.xlsx).",
)  # fmt: skip
@click.option(
    "--media", type=click.Path(file_okay=False, path_type=Path),
    help="Folder that gets the pictures and sounds.",
)  # fmt: skip
def export_questionnaire(slug: str, out: Path, media: Path | None) -> None:
    """Write the current questionnaire as an XLSForm."""
    from consult.consultations.queries import consultation_by_slug
    from consult.surveys import services
    from consult.surveys.queries import current_version

    if out.suffix.lower() != ".xlsx":
        raise click.UsageError("The file of --out must end in .xlsx.")
    with app_session() as session:
        version = current_version(session, consultation_by_slug(session, slug).id)
        data = services.export_questionnaire(version)
        files = {file.name: file.data for file in version.files} if media else {}
    try:
        out.write_bytes(data)
        for name, content in files.items():
            (media or out).mkdir(parents=True, exist_ok=True)
            (media or out).joinpath(name).write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote version {version.number} to {out}.")
