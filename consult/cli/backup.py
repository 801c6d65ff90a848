"""`consult backup`: copy the database while it serves, and put a copy back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.engine import URL, make_url

from consult.cli.context import app_session

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def backup() -> None:
    """Make a copy of the database, or put one back without what was withdrawn since."""


@backup.command()
@FILE
def make(file: Path) -> None:
    """Copy the database to FILE; it may be served meanwhile."""
    if file.exists():
        raise click.UsageError(f"{file} is there already; choose a new name.")
    url = _database()
    if url.get_backend_name() == "sqlite":
        _copy(Path(url.database or ""), file)
    else:
        _postgres("pg_dump", "--format=custom", f"--file={file}", _plain(url))
    file.chmod(0o600)
    click.echo(f"Copied the database to {file}.")


@backup.command()
@FILE
def restore(file: Path) -> None:
    """Put the copy in FILE in place of the database; stop `consult serve` first.

    The copy is brought to the current schema, and every answer withdrawn since it was made is
    withdrawn again, as the ledger in the instance folder says.
    """
    if not file.exists():
        raise click.UsageError(f"{file} does not exist.")
    url = _database()
    if url.get_backend_name() == "sqlite":
        _copy(file, Path(url.database or ""))
    else:
        _postgres("pg_restore", "--clean", "--if-exists", f"--dbname={_plain(url)}", str(file))
    click.echo(f"Restored {file}; withdrawn again: {_withdraw_again()}.")


def _database() -> URL:
    from consult.config import load_settings

    return make_url(load_settings(os.environ).database_url)


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: whole, whatever is written meanwhile."""
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old:
            old.execute("SELECT count(*) FROM sqlite_master")
            with closing(sqlite3.connect(target)) as new:
                old.backup(new)
    except sqlite3.Error as error:
        raise click.ClickException(f"{source} cannot be copied: {error}") from None


def _postgres(program: str, *words: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise click.ClickException(f"{program} is not installed; it comes with PostgreSQL.")
    done = subprocess.run([path, *words], capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise click.ClickException(done.stderr.strip())


def _plain(url: URL) -> str:
    """The address as PostgreSQL's own programs read it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _withdraw_again() -> int:
    from flask import current_app
    from flask_migrate import upgrade

    from consult.responses.services import LEDGER, apply_withdrawals

    with app_session() as session:
        upgrade()
        ledger = Path(current_app.instance_path) / LEDGER
        lines = ledger.read_text(encoding="ascii").splitlines() if ledger.exists() else []
        count = apply_withdrawals(session, lines)
        session.commit()
    return count
