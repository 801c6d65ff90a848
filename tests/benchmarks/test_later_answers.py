"""What later answers cost, beside a whole run, with the database. Prints; never fails.

Run with `pytest tests/benchmarks -s`; CONSULT_BENCHMARK=10000 names other sizes.
"""

import time
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.orm import Session

from consult.analysis.types import Statement
from consult.consultations.models import Consultation
from consult.themes import jobs
from consult.themes.models import Run
from tests.benchmarks.test_speed import SIZES, made_up
from tests.factories import make_consultation, make_response


def answer(session: Session, made: Consultation, statements: Sequence[Statement]) -> None:
    for statement in statements:
        make_response(session, made, {"hardest": statement.text}, language=statement.lang)
    session.commit()


def timed(session: Session, made: Consultation, job: Callable[..., None]) -> float:
    started = time.perf_counter()
    job(session, made.slug, lambda _fraction, _message: None)
    session.commit()
    return time.perf_counter() - started


@pytest.mark.parametrize("size", SIZES)
def test_time_of_later_answers(session: Session, size: int) -> None:
    few = min(100, size // 20)
    made, statements = make_consultation(session), made_up(size + 2 * few)
    answer(session, made, statements[:size])
    timed(session, made, jobs.analyse)  # the code-book is learnt once a process
    whole = timed(session, made, jobs.analyse)
    answer(session, made, statements[size : size + few])
    timed(session, made, jobs.refresh)  # and so is each language
    answer(session, made, statements[size + few :])
    later = timed(session, made, jobs.refresh)
    assert session.query(Run).count() == 2
    print(
        f"\n{size} answers: a whole run {whole:.2f} s, {few} later ones {later:.2f} s, "
        f"ratio {later / whole:.3f}"
    )
