"""The queue: Huey on its own SQLite file, or on the PostgreSQL of the application."""

import logging
from collections.abc import Callable

from huey import Huey, SqliteHuey
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.jobs.models import Job
from consult.kernel.clock import utcnow

log = logging.getLogger(__name__)
PUSHED = "jobs to push"  # in a session's notes
QUEUE_TABLES = frozenset({"counter", "kv", "schedule", "task"})  # Huey's own, on PostgreSQL


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic's `include_name`: the queue looks after its own tables."""
    return kind != "table" or name not in QUEUE_TABLES


def build_queue(settings: Settings) -> Huey:
    """A Huey of this installation; one queue a database."""
    if settings.is_sqlite:
        settings.instance.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("consult", filename=str(settings.instance / "queue.sqlite3"))
    from huey.contrib.sql_huey import SqlHuey
    from peewee import PostgresqlDatabase

    url = make_url(settings.database_url)
    database = PostgresqlDatabase(
        url.database,
        user=url.username,
        password=url.password,
        host=url.host or url.query.get("host"),
        port=url.port,
        prefer_psycopg3=True,
    )
    return SqlHuey("consult", database=database)


def to_push(session: Session, job: Job) -> None:
    """Have this row pushed once the transaction is on disk, unless it is for later."""
    if job.queued_at <= utcnow():
        session.info.setdefault(PUSHED, []).append(job.id)


def push_after_commit(push: Callable[[], Callable[[int], object] | None]) -> None:
    """Push the rows of `to_push` to the queue once their transaction is on disk.

    `push` gives the function of the application at hand, or None outside of one. A push that
    fails is logged and costs nothing: the worker also looks for rows that wait.
    """

    @event.listens_for(Session, "after_commit")
    def _push(session: Session) -> None:
        send = push()
        for job_id in session.info.pop(PUSHED, []):
            try:
                if send:
                    send(job_id)
            except Exception:
                log.exception("A job could not be pushed; the worker will find its row.")

    @event.listens_for(Session, "after_rollback")
    def _forget(session: Session) -> None:
        session.info.pop(PUSHED, None)
