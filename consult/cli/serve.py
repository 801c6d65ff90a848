"""`consult serve`, `consult worker`, `consult migrate`."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from types import FrameType

import click

START_SECONDS = 60
FAULTY_SQLITE = ((3, 7, 0), (3, 51, 2))  # the write-ahead log's reset bug


@click.command()
def migrate() -> None:
    """Bring the database to the current schema."""
    from flask_migrate import upgrade

    from consult.app import create_app

    with create_app().app_context():
        upgrade()


@click.command()
def worker() -> None:
    """Run queued work until stopped."""
    from sqlalchemy.orm import sessionmaker

    from consult.app import HANDLERS, create_app
    from consult.extensions import db
    from consult.jobs.worker import run_queued_jobs, start_consumer

    app = create_app()

    def run_waiting() -> int:
        with app.app_context():
            return run_queued_jobs(sessionmaker(db.engine), HANDLERS)

    start_consumer(app.extensions["consult.queue"], run_waiting)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve the web pages and run queued work, both until stopped."""
    web = [
        sys.executable, "-m", "gunicorn", "consult.app:create_app()", "--bind", f"{host}:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", str(threads),
        "--log-level", "warning",
    ]  # fmt: skip
    children = [
        subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own commands
        for command in (web, [sys.executable, "-m", "consult.cli", "worker"])
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    _warn_of_old_sqlite()
    try:
        _wait_until_serving(f"http://{host}:{port}/", children[0])
        _print_addresses(f"http://{host}:{port}")
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("Stopping.")
    finally:
        _stop(children)
    if any(child.returncode not in (0, -signal.SIGTERM) for child in children):
        raise SystemExit("The web server or the worker ended by itself; its message is above.")


def _warn_of_old_sqlite() -> None:
    if FAULTY_SQLITE[0] <= sqlite3.sqlite_version_info <= FAULTY_SQLITE[1]:
        click.echo(
            f"Warning: SQLite {sqlite3.sqlite_version} can lose a commit in rare cases; "
            "see docs/operating.md, “SQLite versions”.", err=True,
        )  # fmt: skip


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def _wait_until_serving(address: str, child: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and child.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server did not start on {address}. Is the port taken?")


def _print_addresses(address: str) -> None:
    from consult.cli.demo.command import describe_demo

    click.echo(f"Consult is serving on {address} (stop with Ctrl+C)")
    for line in describe_demo(address):
        click.echo("  " + line)
