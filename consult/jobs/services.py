"""Writes of the job row: queue, take, report, end."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from consult.jobs.models import ENDED, Job
from consult.jobs.queue import to_push
from consult.kernel.clock import utcnow

STALE_AFTER = timedelta(minutes=5)
MOST_TRIES = 3


class JobCancelled(Exception):
    """Raised inside a job when someone cancelled it."""


def enqueue(session: Session, name: str, subject: str, pause: timedelta = timedelta()) -> Job:
    """Queue work by name; one already waiting for the same subject is returned instead.

    The work starts after the caller's commit: a row that is not committed is never run. With a
    `pause` it starts no sooner than that after the same work last ended, so that what happens
    often is done now and then.
    """
    same = Job.name == name, Job.subject == subject
    last = session.scalar(select(func.max(Job.heartbeat)).where(*same, Job.state.in_(ENDED)))
    due = max(utcnow(), last + pause) if last else utcnow()
    job = session.scalar(select(Job).where(*same, Job.state == "queued"))
    if job is None:
        job = Job(name=name, subject=subject)
        session.add(job)
    elif job.queued_at <= due:
        return job
    job.queued_at = due
    session.flush()
    to_push(session, job)
    return job


def take(session: Session, job_id: int, now: datetime) -> Job | None:
    """Claim a queued job for this worker, or None if another took it or it was cancelled."""
    claimed = session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="running", heartbeat=now, tries=Job.tries + 1, progress=0.0)
        .returning(Job.id)
    )
    return session.get(Job, job_id, populate_existing=True) if claimed else None


def report_progress(session: Session, job: Job, fraction: float, message: str) -> None:
    """Note how far a job is (0 to 1); raises JobCancelled when someone cancelled it."""
    session.refresh(job, ["state"])
    if job.state == "cancelled":
        raise JobCancelled
    job.progress = min(max(fraction, 0.0), 1.0)
    job.message, job.heartbeat = message[:200], utcnow()
    session.flush()


def end(session: Session, job: Job, state: str, error: str = "") -> None:
    """Close a job as done, failed or cancelled."""
    job.state, job.error, job.heartbeat = state, error, utcnow()
    job.progress = 1.0 if state == "done" else job.progress
    session.flush()


def cancel(session: Session, job: Job) -> None:
    """Ask a job to stop; a running one stops at its next report of progress."""
    if not job.has_ended:
        job.state = "cancelled"
        session.flush()


def requeue_stale(session: Session, now: datetime) -> list[Job]:
    """Put jobs whose worker died back in the queue, at most MOST_TRIES times each."""
    stale = session.scalars(
        select(Job).where(Job.state == "running", Job.heartbeat < now - STALE_AFTER)
    ).all()
    for job in stale:
        job.state = "queued" if job.tries < MOST_TRIES else "failed"
    session.flush()
    return [job for job in stale if job.state == "queued"]
