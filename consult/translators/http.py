"""A JSON service on another host: limits on time and size, tries with back-off."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError

from consult.translators.base import BatchRefused, ServiceDown, ServiceRefused

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
BROKEN = 500
NOT_ALLOWED = frozenset({401, 403, 456})
CHUNK = 65_536


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. `pause` is the first wait between tries, doubled each time."""

    connect: float = 5.0
    read: float = 30.0
    whole: float = 60.0
    tries: int = 4
    pause: float = 1.0
    longest_pause: float = 30.0
    most_bytes: int = 2_000_000


class JsonService:
    """Asks one host. Redirects are not followed: a key goes to the host it was given for.

    The tries are counted here, as urllib3's own end before the body is read: a service that
    drips or never ends is tried again too.
    """

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str],
        limits: Limits,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address.rstrip("/")
        self.headers = {"Accept": "application/json", **headers}
        self.limits = limits
        self.sleep = sleep
        self.clock = clock
        timeout = urllib3.Timeout(connect=limits.connect, read=limits.read)
        self.pool = urllib3.PoolManager(timeout=timeout, retries=False)

    def ask(self, method: str, path: str, payload: Mapping[str, Any] | None = None) -> Any:
        """The decoded answer; raises ServiceDown, ServiceRefused or BatchRefused."""
        pause, status = self.limits.pause, 0
        for attempt in range(self.limits.tries):
            if attempt:
                self.sleep(min(pause, self.limits.longest_pause))
                pause *= 2
            try:
                status, body, wish = self._try(method, path, payload)
            except (HTTPError, TimeoutError):
                status = 0
                continue
            if status in AGAIN:
                pause = max(pause, wish)
                continue
            return _decoded(status, body)
        if status == BROKEN and payload:  # perhaps over one of the texts
            raise BatchRefused
        raise ServiceDown

    def _try(
        self, method: str, path: str, payload: Mapping[str, Any] | None
    ) -> tuple[int, bytes, float]:
        """Status, body and the seconds the service asks to wait for."""
        started = self.clock()
        response = self.pool.request(
            method, f"{self.address}{path}", json=payload, headers=self._headers(payload),
            preload_content=False, redirect=False,
        )  # fmt: skip
        try:
            body = b""
            while chunk := response.read1(CHUNK):
                body += chunk
                if len(body) > self.limits.most_bytes:
                    raise BatchRefused
                if self.clock() - started > self.limits.whole:
                    raise TimeoutError
            return response.status, body, _seconds(response.headers.get("Retry-After", ""))
        finally:
            response.close()

    def _headers(self, payload: Mapping[str, Any] | None) -> dict[str, str]:
        return self.headers | ({"Content-Type": "application/json"} if payload else {})


def _seconds(wish: str) -> float:
    """A wait given in seconds; one given as a date is left to the back-off."""
    return float(wish) if wish.isascii() and wish.isdigit() else 0.0


def _decoded(status: int, body: bytes) -> Any:
    if status in NOT_ALLOWED:
        raise ServiceRefused
    if status != 200:
        raise BatchRefused
    try:
        return json.loads(body)
    except ValueError:
        raise BatchRefused from None


def texts_of(found: object, number: int) -> list[str]:
    """The list of `number` texts an answer must hold; anything else is BatchRefused."""
    if not isinstance(found, list) or len(found) != number:
        raise BatchRefused
    if not all(isinstance(text, str) for text in found):
        raise BatchRefused
    return found
