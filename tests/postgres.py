"""A PostgreSQL server of one test run: on a socket of its own, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.processes import children_of

USER = "postgres"


class PostgresMissing(RuntimeError):
    """No PostgreSQL is installed; the message names the command that installs it."""


def find_program(name: str) -> str:
    """The path of a PostgreSQL program, also where Debian hides it; newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    path = str(found[0]) if found else shutil.which(name)
    if not path:
        raise PostgresMissing("Install PostgreSQL first: apt-get install postgresql")
    return path


class PostgresServer:
    """A running server; `new_database` gives the address of a fresh database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._count = 0

    @classmethod
    @contextmanager
    def start(cls, folder: Path) -> Iterator["PostgresServer"]:
        """Run a server without network in `folder` until the block ends."""
        server = cls(folder)
        server._own()
        how = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        server._run("initdb", "-D", str(server.data), *how)
        server.launch()
        try:
            yield server
        finally:
            server._run("pg_ctl", "-D", str(server.data), "-m", "immediate", "stop")

    def launch(self) -> None:
        """Start the server on its data, also after a crash."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def crash(self) -> None:
        """End the server and its processes at once."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        for victim in (pid, *children_of(pid)):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        # Its parent may never reap it, and a lock that names a process is taken for a live one.
        for lock in (self.data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def new_database(self) -> str:
        """Create a database and give its address."""
        self._count += 1
        name = f"consult_{os.getpid()}_{self._count}"
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def _own(self) -> None:
        """PostgreSQL refuses to run as root: there the folder goes to its own user."""
        if os.geteuid() != 0:
            return
        self._account()
        for parent in [self.folder, *self.folder.parents]:
            if parent.stat().st_uid == 0 and parent != Path("/tmp") and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)
        shutil.chown(self.folder, USER)

    @staticmethod
    def _account() -> None:
        try:
            pwd.getpwnam(USER)
        except KeyError:
            raise PostgresMissing("Install PostgreSQL first: apt-get install postgresql") from None

    def _run(self, program: str, *arguments: str) -> None:
        command = [find_program(program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", *command]
        subprocess.run(command, check=True, capture_output=True, cwd="/")
