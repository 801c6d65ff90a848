"""`consult create`: a region or a consultation from a small TOML file."""

import tomllib
from pathlib import Path
from typing import Any

import click

from consult.cli.context import app_session

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def create() -> None:
    """Create a region or a consultation; docs/operating.md shows the files."""


@create.command()
@FILE
def region(file: Path) -> None:
    """Create the region that FILE (TOML) describes."""
    from consult.regions.services import create_region

    values = _read(file)
    with app_session() as session:
        made = create_region(session, **values)
        session.commit()
        click.echo(f"Created the region “{made.slug}”.")


@create.command()
@FILE
@click.option("--open", "opened", is_flag=True, help="Open it at once for answers.")
def consultation(file: Path, opened: bool) -> None:
    """Create the consultation that FILE (TOML) describes."""
    from consult.consultations.services import create_consultation
    from consult.regions.services import region_by_slug

    values = _read(file)
    with app_session() as session:
        owner = region_by_slug(session, values.pop("region", ""))
        made = create_consultation(session, owner, **values)
        if opened:
            made.move_to("open")
        session.commit()
        click.echo(f"Created the consultation “{made.slug}”, {made.state}.")


def _read(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{file.name} is not a TOML file: {error}") from None
    if not values:
        raise click.UsageError(f"{file.name} is empty.")
    return values
