"""Services that speak the protocol of LibreTranslate."""

from collections.abc import Sequence
from typing import Any

from consult.translators.base import BatchRefused, ServiceDown, code_for
from consult.translators.http import JsonService, texts_of


class LibreTranslate:
    """Texts of one language go as a list; the list of translations comes back."""

    most_texts = 25
    most_letters = 5_000

    def __init__(self, service: JsonService, host: str, key: str = "") -> None:
        self.service = service
        self.host = host
        self.name = f"LibreTranslate ({host})"
        self.key = {"api_key": key} if key else {}
        self._pairs: dict[str, frozenset[str]] = {}

    def sources(self, target: str) -> frozenset[str]:
        """The languages it translates from into `target`."""
        return frozenset(
            source for source, targets in self._offered().items() if code_for(target, targets)
        )

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """One translation a text, in order."""
        offered = self._offered()
        known = code_for(source, offered)
        wanted = code_for(target, offered.get(known or "", ()))
        if known is None or wanted is None:
            raise BatchRefused
        payload = {"q": list(texts), "source": known, "target": wanted, "format": "text"}
        reply = self.service.ask("POST", "/translate", payload | self.key)
        found = reply.get("translatedText") if isinstance(reply, dict) else None
        return texts_of(found, len(texts))

    def _offered(self) -> dict[str, frozenset[str]]:
        """By source language, its targets; asked for once."""
        if not self._pairs:
            try:
                self._pairs = dict(map(_pair, self.service.ask("GET", "/languages")))
            except (BatchRefused, KeyError, TypeError, ValueError):
                raise ServiceDown from None
        return self._pairs


def _pair(row: Any) -> tuple[str, frozenset[str]]:
    return str(row["code"]), frozenset(map(str, row["targets"]))
