"""Questions about jobs."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.jobs.models import Job
from consult.kernel.errors import NotFound
from consult.kernel.messages import N_


def latest_job(session: Session, subject: str, *names: str) -> Job | None:
    """The newest job of one of those names for that subject."""
    return session.scalar(
        select(Job).where(Job.name.in_(names), Job.subject == subject).order_by(Job.id.desc())
    )


def job_by_public_id(session: Session, public_id: str) -> Job:
    """The job, or NotFound."""
    job = session.scalar(select(Job).where(Job.public_id == public_id))
    if job is None:
        raise NotFound(N_("There is no such piece of work."))
    return job


def queued_jobs(session: Session, now: datetime) -> list[Job]:
    """Jobs that wait for a worker and for nothing else, oldest first."""
    due = select(Job).where(Job.state == "queued", Job.queued_at <= now)
    return list(session.scalars(due.order_by(Job.id)))
