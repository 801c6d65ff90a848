"""Jobs are run once, report, can be cancelled and survive a dead worker."""

from datetime import timedelta

import pytest
from flask import Flask, current_app
from sqlalchemy.orm import Session, sessionmaker

from consult.extensions import db
from consult.jobs.models import Job
from consult.jobs.queries import queued_jobs
from consult.jobs.services import STALE_AFTER, cancel, enqueue, requeue_stale, take
from consult.jobs.worker import Report, run_job, run_queued_jobs
from consult.kernel.clock import utcnow

PAUSE = timedelta(minutes=5)
HANDLERS = {"test.count": "", "test.fail": ""}
calls: list[str] = []


def count(session: Session, subject: str, report: Report) -> None:
    report(0.5, "half")
    calls.append(subject)


def fail(session: Session, subject: str, report: Report) -> None:
    raise ValueError("some content nobody should see on a screen")


@pytest.fixture(autouse=True)
def handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"test.count": count, "test.fail": fail}
    monkeypatch.setattr("consult.jobs.worker.load_handler", lambda _, name: found[name])
    calls.clear()


@pytest.fixture
def sessions(session: Session) -> sessionmaker[Session]:
    return sessionmaker(db.engine)


def state_of(sessions: sessionmaker[Session]) -> str:
    with sessions() as fresh:
        return fresh.query(Job).one().state


def test_waiting_work_for_the_same_subject_is_queued_once(session: Session) -> None:
    assert enqueue(session, "test.count", "a") is enqueue(session, "test.count", "a")


def test_a_job_runs_once(session: Session, sessions: sessionmaker[Session]) -> None:
    job = enqueue(session, "test.count", "a")
    session.commit()
    run_job(sessions, HANDLERS, job.id)
    run_job(sessions, HANDLERS, job.id)
    assert calls == ["a"]
    assert state_of(sessions) == "done"


def test_a_failure_is_kept_without_content(
    session: Session, sessions: sessionmaker[Session], caplog: pytest.LogCaptureFixture
) -> None:
    enqueue(session, "test.fail", "a")
    session.commit()
    run_queued_jobs(sessions, HANDLERS)
    with sessions() as fresh:
        job = fresh.query(Job).one()
        assert (job.state, job.error) == ("failed", "ValueError")


def test_a_cancelled_job_never_runs(session: Session, sessions: sessionmaker[Session]) -> None:
    job = enqueue(session, "test.count", "a")
    cancel(session, job)
    session.commit()
    run_job(sessions, HANDLERS, job.id)
    assert calls == []


def test_a_running_job_stops_at_its_next_report(
    session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled_meanwhile(work: Session, subject: str, report: Report) -> None:
        with sessions() as other:
            cancel(other, other.query(Job).one())
            other.commit()
        report(0.5, "half")
        calls.append("went on")

    monkeypatch.setattr("consult.jobs.worker.load_handler", lambda *_: cancelled_meanwhile)
    enqueue(session, "test.count", "a")
    session.commit()
    run_queued_jobs(sessions, HANDLERS)
    assert calls == []
    assert state_of(sessions) == "cancelled"


def test_the_job_of_a_dead_worker_is_queued_again(session: Session) -> None:
    job = enqueue(session, "test.count", "a")
    taken = take(session, job.id, utcnow() - STALE_AFTER - timedelta(seconds=5))
    assert taken is not None
    assert [again.id for again in requeue_stale(session, utcnow())] == [job.id]


def test_a_job_that_kills_its_worker_is_given_up(session: Session) -> None:
    job = enqueue(session, "test.count", "a")
    for _ in range(3):
        take(session, job.id, utcnow() - STALE_AFTER - timedelta(seconds=5))
        requeue_stale(session, utcnow())
    assert session.get(Job, job.id).state == "failed"


def test_a_job_is_pushed_only_after_the_commit(app: Flask, session: Session) -> None:
    queue = current_app.extensions["consult.queue"]
    queue.flush()
    enqueue(session, "test.count", "a")
    assert queue.pending_count() == 0
    session.commit()
    assert queue.pending_count() == 1


def test_a_rolled_back_job_is_never_pushed(app: Flask, session: Session) -> None:
    queue = current_app.extensions["consult.queue"]
    queue.flush()
    enqueue(session, "test.count", "a")
    session.rollback()
    session.commit()
    assert queue.pending_count() == 0


def test_work_that_has_just_ended_waits_for_its_pause(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    queue = current_app.extensions["consult.queue"]
    enqueue(session, "test.count", "a", PAUSE)
    session.commit()
    run_queued_jobs(sessions, HANDLERS)
    queue.flush()
    again = enqueue(session, "test.count", "a", PAUSE)
    session.commit()
    assert queue.pending_count() == 0
    assert run_queued_jobs(sessions, HANDLERS) == 0
    assert queued_jobs(session, utcnow() + PAUSE) == [again]


def test_who_will_not_wait_brings_the_work_forward(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    queue = current_app.extensions["consult.queue"]
    for pause in (PAUSE, PAUSE):
        later = enqueue(session, "test.count", "a", pause)
        session.commit()
        run_queued_jobs(sessions, HANDLERS)
    queue.flush()
    assert enqueue(session, "test.count", "a") is later
    session.commit()
    assert queue.pending_count() == 1
    assert run_queued_jobs(sessions, HANDLERS) == 1
