"""Runs jobs by name, one transaction a job, with progress committed on the way."""

import importlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from huey import Huey
from huey.consumer import Consumer
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from consult.jobs.models import Job
from consult.jobs.queries import queued_jobs
from consult.jobs.services import JobCancelled, end, report_progress, requeue_stale, take
from consult.kernel.clock import utcnow

log = logging.getLogger(__name__)
Report = Callable[[float, str], None]
Handler = Callable[[Session, str, Report], Any]


def load_handler(handlers: Mapping[str, str], name: str) -> Handler:
    """The function behind a job's name ("module:function"), imported only now."""
    module, function = handlers[name].split(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


def run_job(sessions: sessionmaker[Session], handlers: Mapping[str, str], job_id: int) -> None:
    """Run one job to its end; an error ends it as failed and is logged without content."""
    with sessions() as work, sessions() as row:
        job = take(row, job_id, utcnow())
        row.commit()
        if job is None:
            return

        def report(fraction: float, message: str) -> None:
            try:
                report_progress(row, job, fraction, message)
                row.commit()
            except OperationalError:  # the database is busy: the next report tells more
                row.rollback()

        state, error = _run(load_handler(handlers, job.name), work, job, report)
        end(row, job, state, error)
        row.commit()


def _run(handler: Handler, work: Session, job: Job, report: Report) -> tuple[str, str]:
    try:
        handler(work, job.subject, report)
        work.commit()
        return "done", ""
    except JobCancelled:
        work.rollback()
        return "cancelled", ""
    except Exception as error:
        work.rollback()
        log.exception("Job %s for %s failed.", job.name, job.subject)
        return "failed", type(error).__name__


def run_queued_jobs(sessions: sessionmaker[Session], handlers: Mapping[str, str]) -> int:
    """Run what waits, here and now; the number of jobs run."""
    with sessions() as session:
        requeue_stale(session, utcnow())
        session.commit()
        waiting = [job.id for job in queued_jobs(session, utcnow())]
    for job_id in waiting:
        run_job(sessions, handlers, job_id)
    return len(waiting)


def job_task(queue: Huey, run: Callable[[int], None]) -> Callable[[int], object]:
    """The queue's one task, which runs a job by its id; calling what is given queues it."""

    @queue.task(name="run_job")  # type: ignore[untyped-decorator]
    def task(job_id: int) -> None:
        run(job_id)

    return task  # type: ignore[no-any-return]


def start_consumer(queue: Huey, run_waiting: Callable[[], object]) -> None:
    """Serve the queue until a signal ends the process; rows nobody pushed are found too."""
    from huey import crontab

    @queue.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep() -> None:
        run_waiting()

    run_waiting()
    Consumer(queue, workers=1, worker_type="thread", max_delay=1.0).run()
