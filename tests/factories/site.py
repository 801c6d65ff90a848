"""A whole installation in processes of its own: web server and worker on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import children_of

WAIT_SECONDS = 60


class Site:
    """An installation with its instance folder; `run` calls a command, `serving` serves it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "CONSULT_INSTANCE": str(folder),
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
        }

    def run(self, *words: str) -> str:
        """What `consult WORDS` prints."""
        done = subprocess.run(
            [sys.executable, "-m", "consult.cli", *words],
            env=self.environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """Serve until the block ends, then stop as an operator would."""
        process = self.start()
        try:
            yield self
        finally:
            process.terminate()
            process.wait(timeout=30)

    def start(self) -> subprocess.Popen[bytes]:
        """Start `consult serve` and wait until it answers."""
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "consult.cli", "serve"], env=self.environment,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end and process.poll() is None:
            if self._answers():
                return process
            time.sleep(0.1)
        raise AssertionError((self.folder / "serve.log").read_text())

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.address, timeout=2).close()
        except OSError:
            return False
        return True


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """End a server and everything it started at once, as a power cut would."""
    for child in children_of(process.pid):  # each leads a process group of its own
        os.killpg(child, signal.SIGKILL)
    process.kill()
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
