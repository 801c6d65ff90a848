"""Real kills while people send: what was thanked for is there, nothing is there twice."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from sqlalchemy import func, select

from consult.extensions import db
from consult.responses.models import Response
from tests.factories import csrf_token
from tests.factories.journey import START, answer_all, receipt_of
from tests.factories.site import Site, kill_all
from tests.factories.visitor import Reply, Visitor
from tests.faults.conftest import opened
from tests.postgres import PostgresServer

VISITORS, REPEATS = 16, 8
THANKED = 5  # visitors thanked before the kill
Ready = list[tuple[Visitor, str]]


def stored(site: Site) -> int:
    with opened(site).app_context():
        count = db.session.scalar(select(func.count()).select_from(Response)) or 0
        db.session.remove()
        db.engine.dispose()
        return count


def ready(site: Site, number: int = VISITORS) -> Ready:
    """Visitors at the last page, each with its token."""
    visitors = [Visitor(site.address) for _ in range(number)]
    for visitor in visitors:
        answer_all(visitor)  # type: ignore[arg-type]
    return [(visitor, csrf_token(visitor.get(f"{START}/review").text)) for visitor in visitors]


def press_send(visitor: Visitor, token: str) -> Reply | None:
    """The reply, or None when there was none."""
    try:
        return visitor.post(f"{START}/review", {"csrf_token": token})
    except (OSError, HTTPException):
        return None


def send_until_killed(visitors: Ready, killed: threading.Event) -> list[Visitor]:
    """All send at once; `killed` is set when some were thanked. Gives those who were."""
    thanked: list[Visitor] = []

    def one(visitor: Visitor, token: str) -> None:
        reply = press_send(visitor, token)
        if reply is not None and reply.location == f"{START}/thanks":
            thanked.append(visitor)
        if len(thanked) >= THANKED:
            killed.set()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: one(*pair), visitors))
    return thanked


def send_again(visitors: Iterable[Visitor]) -> set[str]:
    """What everyone does who is not sure: open the page again, press again. The receipts."""
    receipts = set()
    for visitor in visitors:
        page = visitor.get(f"{START}/review")
        if page.status_code == 200:
            press_send(visitor, csrf_token(page.text))
        receipts.add(receipt_of(visitor.get(f"{START}/thanks").text))
    return receipts


def test_what_was_thanked_for_survives_a_kill_of_the_server(site: Site) -> None:
    process, killed = site.start(), threading.Event()
    visitors = ready(site)
    killer = threading.Thread(target=lambda: (killed.wait(30), kill_all(process)))
    killer.start()
    thanked = send_until_killed(visitors, killed)
    killer.join()
    assert THANKED <= len(thanked) <= stored(site) <= VISITORS
    with site.serving():
        receipts = send_again(visitor for visitor, _ in visitors)
    assert len(receipts) == VISITORS
    assert stored(site) == VISITORS


def test_many_presses_at_once_store_one_answer(site: Site) -> None:
    with site.serving():
        visitors = ready(site, 6)
        presses = [pair for pair in visitors for _ in range(REPEATS)]
        with ThreadPoolExecutor(REPEATS) as pool:
            replies = list(pool.map(lambda pair: press_send(*pair), presses))
        assert {reply and reply.location for reply in replies} == {f"{START}/thanks"}
    assert stored(site) == len(visitors)


def test_what_was_thanked_for_survives_a_crash_of_the_database(
    postgres_site: Site, server: PostgresServer
) -> None:
    killed = threading.Event()
    with postgres_site.serving():
        visitors = ready(postgres_site)
        killer = threading.Thread(target=lambda: (killed.wait(30), server.crash()))
        killer.start()
        thanked = send_until_killed(visitors, killed)
        killer.join()
        server.launch()
        assert len(thanked) >= THANKED
        receipts = send_again(visitor for visitor, _ in visitors)
    assert len(receipts) == VISITORS
    assert stored(postgres_site) == VISITORS
