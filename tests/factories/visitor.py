"""A visitor over real HTTP, with the few methods of the test client that a journey needs."""

import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any


class Reply:
    """What came back."""

    def __init__(self, response: Any) -> None:
        self.status_code: int = response.status
        self.location = urllib.parse.urlsplit(response.headers.get("Location", "")).path or None
        self.text: str = response.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Visitor:
    """A browser without scripts: cookies of its own, redirects followed only when asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar, _Stay)

    def get(self, path: str) -> Reply:
        return self._open(path, None)

    def post(self, path: str, data: dict[str, Any], follow_redirects: bool = False) -> Reply:
        reply = self._open(path, urllib.parse.urlencode(data, doseq=True).encode())
        return self.get(reply.location) if follow_redirects and reply.location else reply

    def _open(self, path: str, body: bytes | None) -> Reply:
        try:
            with self._opener.open(f"{self.address}{path}", body, timeout=30) as response:
                return Reply(response)
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error)
