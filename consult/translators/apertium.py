"""Apertium on this server: rules and dictionaries of language pairs, nothing sent away."""

import os
import re
import signal
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from functools import cached_property
from shutil import which

from consult.kernel.languages import base_language
from consult.translators.base import BatchRefused, ServiceDown

SECONDS = 60
MOST_STEPS = 2  # pairs in a row: into the target through one other language
_PAIR = re.compile(r"^\s*([a-z]{2,3})-([a-z]{2,3})\s*$", re.MULTILINE)
# Pairs are named by letters of two kinds; tags take the short one.
SHORT = {
    "eng": "en", "spa": "es", "cat": "ca", "eus": "eu", "fra": "fr", "ita": "it", "ron": "ro",
    "por": "pt", "glg": "gl", "bul": "bg", "mkd": "mk", "rus": "ru", "ukr": "uk", "bel": "be",
    "pol": "pl", "arb": "ar", "ara": "ar", "tur": "tr", "urd": "ur", "hin": "hi", "oci": "oc",
}  # fmt: skip
MARK = "=|=|="  # a line between texts; no dictionary holds it
Route = tuple[str, ...]


class Apertium:
    """The pairs that are installed, and pairs in a row where there is no direct one."""

    host = ""
    name = "Apertium"
    most_texts = 40
    most_letters = 20_000

    def __init__(self, program: str = "apertium", seconds: float = SECONDS) -> None:
        self.program = program
        self.seconds = seconds

    def sources(self, target: str) -> frozenset[str]:
        """The languages it translates from into `target`."""
        known = {source for source, _ in self._modes}
        return frozenset(one for one in known if one != target and self._route(one, target))

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """One translation a text, in order."""
        for mode in self._route(base_language(source), base_language(target)) or (None,):
            if mode is None:
                raise BatchRefused
            texts = self._through(mode, texts)
        return list(texts)

    @cached_property
    def _modes(self) -> Mapping[tuple[str, str], str]:
        """The installed pairs by their languages."""
        found = _PAIR.findall(self._run(["-l"], ""))
        return {(SHORT.get(a, a), SHORT.get(b, b)): f"{a}-{b}" for a, b in found}

    def _route(self, source: str, target: str) -> Route | None:
        """The fewest pairs that lead from one language to the other, or None."""
        queue: deque[tuple[str, Route]] = deque([(source, ())])
        while queue:
            at, route = queue.popleft()
            for (start, end), mode in sorted(self._modes.items()):
                if start == at and end == target:
                    return (*route, mode)
                if start == at and len(route) + 1 < MOST_STEPS and end != source:
                    queue.append((end, (*route, mode)))
        return None

    def _through(self, mode: str, texts: Sequence[str]) -> list[str]:
        """The texts in one go, kept apart by lines that pass through unchanged."""
        if any(MARK in text for text in texts):
            raise BatchRefused
        found = self._run(["-u", mode], f"\n\n{MARK}\n\n".join(texts)).split(MARK)
        if len(found) != len(texts):
            raise BatchRefused
        return [text.strip() for text in found]

    def _run(self, arguments: Sequence[str], text: str) -> str:
        """What the program prints; it and all it started are ended when it takes too long."""
        program = which(self.program)
        if program is None:
            raise ServiceDown
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        with subprocess.Popen(  # noqa: S603 - the operator's program, texts only on its input
            [program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment, start_new_session=True, text=True,
            encoding="utf-8",
        ) as process:  # fmt: skip
            try:
                found, _ = process.communicate(text, self.seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise ServiceDown from None
        if process.returncode:
            raise BatchRefused
        return found
