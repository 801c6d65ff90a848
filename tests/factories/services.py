"""A translation service on loopback that speaks both protocols and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LANGUAGES = ("en", "es", "fr", "uk")


class FakeService(ThreadingHTTPServer):
    """Answers with the text in capitals; `faults` are spent first, one a request for a text.

    A fault is a status, bytes to send as they are, "slow", "drip" or "short". `refused` are
    texts it never takes.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.faults: list[Any] = []
        self.refused: set[str] = set()
        self.batches: list[list[str]] = []
        self.headers: list[dict[str, str]] = []
        self.key = ""
        self.retry_after = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeService

    def log_message(self, *_args: object) -> None:
        """Tests read what was asked from the server."""

    def do_GET(self) -> None:
        if self.path == "/languages":
            self._send([{"code": code, "name": code, "targets": list(LANGUAGES)}
                        for code in LANGUAGES])  # fmt: skip
        elif not self._may():
            self._send({"message": "no"}, 403)
        else:
            extra = ["EN-GB"] if "target" in self.path else ["EN"]
            known = [code.upper() for code in LANGUAGES if code != "en"]
            self._send([{"language": code, "name": code} for code in known + extra])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked.get("q") or asked["text"]
        self.server.batches.append(texts)
        self.server.headers.append(dict(self.headers))
        fault = self.server.faults.pop(0) if self.server.faults else None
        if not self._may() and asked.get("api_key", "") != self.server.key:
            self._send({"error": "no"}, 403)
        elif fault is not None and fault != "short":
            self._misbehave(fault)
        elif self.server.refused & set(texts):
            self._send({"error": "too long"}, 400)
        else:
            self._send(self._translated(texts if fault is None else texts[:-1]))

    def _translated(self, texts: list[str]) -> Any:
        if self.path == "/translate":
            return {"translatedText": [text.upper() for text in texts]}
        return {"translations": [{"text": text.upper()} for text in texts]}

    def _may(self) -> bool:
        return self.headers.get("Authorization") == f"DeepL-Auth-Key {self.server.key}"

    def _misbehave(self, fault: Any) -> None:
        if isinstance(fault, int):
            self._send({"error": "later"}, fault)
        elif isinstance(fault, bytes):
            self._write(200, fault)
        elif fault == "slow":
            time.sleep(1.0)
        else:  # a byte now and then, for longer than anyone should wait
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)

    def _send(self, content: Any, status: int = 200) -> None:
        self._write(status, json.dumps(content).encode())

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        if status in (301, 302, 307):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the caller had waited long enough
            super().handle()


@contextmanager
def running_service() -> Iterator[FakeService]:
    """The service, until the block ends."""
    with FakeService() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
