"""Many people who send at once, over good networks and bad ones, and what came of it."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from sqlalchemy import func, select

from consult.extensions import db
from consult.responses.models import Answer, Response
from tests.factories import csrf_token
from tests.factories.journey import START, receipt_of
from tests.factories.site import Site
from tests.factories.visitor import Reply, Visitor
from tests.faults.conftest import opened
from tests.faults.cutting import CuttingProxy

THREADS = 8
MOST_TRIES = 60
THANKS = f"{START}/thanks"


@dataclass
class Figures:
    """What came of it; `pages` counts the replies by status and address."""

    people: int
    rows: int = 0
    texts: int = 0
    receipts: set[str] = field(default_factory=set)
    pages: Counter[str] = field(default_factory=Counter)
    cuts: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.people} people, {sum(self.pages.values())} replies, {self.cuts} cuts, "
            f"{self.rows} rows, {self.texts} different texts, {len(self.receipts)} receipts, "
            f"{self.seconds:.0f} s; pages: {dict(self.pages)}"
        )


def begun(address: str) -> tuple[Visitor, str]:
    """A visitor with an open form, and the token of its session."""
    visitor = Visitor(address)
    token = csrf_token(visitor.get(START).text)
    visitor.post(START, {"csrf_token": token})
    return visitor, token


def whole_form(token: str, text: str, button: str) -> dict[str, Any]:
    """Every question on one page, filled."""
    return {"csrf_token": token, "shown": ["consent", "good", "quote"], "consent": "yes",
            "good": text, "quote": "yes", button: "1"}  # fmt: skip


def press_together(site: Site, people: int, presses: int) -> Figures:
    """Everyone presses “Send” `presses` times at the same moment."""
    figures, start = Figures(people), time.monotonic()

    def one(number: int) -> None:
        visitor, token = begun(site.address)
        visitor.post(f"{START}/whole", whole_form(token, f"Text {number}", "next"))
        with ThreadPoolExecutor(presses) as crowd:
            send = lambda _: visitor.post(f"{START}/review", {"csrf_token": token})  # noqa: E731
            for reply in crowd.map(send, range(presses)):
                figures.pages[f"{reply.status_code} {reply.location}"] += 1
        figures.receipts.add(receipt_of(visitor.get(THANKS).text))

    with ThreadPoolExecutor(max(1, THREADS * 2 // presses)) as pool:
        list(pool.map(one, range(people)))
    return counted(site, figures, start)


def send_through_cuts(site: Site, people: int, seed: int) -> Figures:
    """Everyone sends a whole form through connections that break, until thanked."""
    figures, start = Figures(people), time.monotonic()
    with CuttingProxy(site.port, seed) as proxy:

        def one(number: int) -> None:
            visitor, token = begun(site.address)
            visitor.address = proxy.address
            text = f"Text {number} " + "of some length " * 100
            form = whole_form(token, text, "send")
            figures.pages[insist(visitor, f"{START}/whole", form, THANKS)] += 1
            figures.receipts.add(receipt_of(insist(visitor, THANKS)))

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(one, range(people)))
        figures.cuts = proxy.cuts
    return counted(site, figures, start)


def insist(
    visitor: Visitor, path: str, form: dict[str, Any] | None = None, wanted: str = ""
) -> str:
    """Try again until the page, or the way to the wanted one, has arrived whole."""
    for _ in range(MOST_TRIES):
        reply = attempt(visitor, path, form)
        if reply is None:
            continue
        if wanted:
            assert reply.location == wanted, f"{reply.status_code} {reply.text}"
            return f"{reply.status_code} {reply.location}"
        assert reply.status_code == 200, reply.text
        return reply.text
    raise AssertionError(f"no luck in {MOST_TRIES} tries")


def attempt(visitor: Visitor, path: str, form: dict[str, Any] | None) -> Reply | None:
    """The reply, or None when the connection broke."""
    try:
        return visitor.get(path) if form is None else visitor.post(path, form)
    except (OSError, HTTPException):
        return None


def counted(site: Site, figures: Figures, start: float) -> Figures:
    """What the database holds in the end."""
    figures.seconds = time.monotonic() - start
    with opened(site).app_context():
        figures.rows = db.session.scalar(select(func.count()).select_from(Response)) or 0
        different = select(func.count(Answer.text.distinct()))
        figures.texts = db.session.scalar(different) or 0
        db.session.remove()
        db.engine.dispose()
    return figures
