"""Services that speak the protocol of DeepL."""

from collections.abc import Sequence

from consult.translators.base import BatchRefused, ServiceDown, code_for
from consult.translators.http import JsonService, texts_of


class DeepL:
    """The key is in a header of the service; targets and sources are two lists."""

    most_texts = 50
    most_letters = 20_000  # 128 KiB a request, at most six bytes a letter in JSON

    def __init__(self, service: JsonService, host: str) -> None:
        self.service = service
        self.host = host
        self.name = f"DeepL ({host})"
        self._known: dict[str, frozenset[str]] = {}

    def sources(self, target: str) -> frozenset[str]:
        """The languages it translates from, if it translates into `target`."""
        if code_for(target, self._offered("target")) is None:
            return frozenset()
        return frozenset(code.lower() for code in self._offered("source"))

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """One translation a text, in order."""
        known = code_for(source, self._offered("source"))
        wanted = code_for(target, self._offered("target"))
        if known is None or wanted is None:
            raise BatchRefused
        payload = {"text": list(texts), "source_lang": known, "target_lang": wanted}
        reply = self.service.ask("POST", "/v2/translate", payload)
        rows = reply.get("translations") if isinstance(reply, dict) else None
        rows = rows if isinstance(rows, list) else []
        found = [row.get("text") if isinstance(row, dict) else None for row in rows]
        return texts_of(found, len(texts))

    def _offered(self, kind: str) -> frozenset[str]:
        """The languages of a kind, "source" or "target"; asked for once."""
        if kind not in self._known:
            try:
                rows = self.service.ask("GET", f"/v2/languages?type={kind}")
                self._known[kind] = frozenset(str(row["language"]) for row in rows)
            except (BatchRefused, KeyError, TypeError):
                raise ServiceDown from None
        return self._known[kind]
