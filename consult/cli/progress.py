"""Progress bars on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import click

QUIET_SECONDS = 2.0
STEPS = 200


class Progress:
    """Counts ticks; from two seconds on they move a bar on standard error."""

    def __init__(
        self, length: int, label: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._length, self._label, self._clock = max(length, 1), label, clock
        self._done = self._shown = 0
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        self._began = self._clock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.stop()

    def tick(self) -> None:
        """One step done."""
        self._done += 1
        if self._bar is None and self._clock() - self._began > QUIET_SECONDS:
            self._bar = click.progressbar(length=self._length, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        if self._bar is not None and self._done - self._shown >= self._length / STEPS:
            self._bar.update(self._done - self._shown)
            self._shown = self._done

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.update(self._length - self._shown)
            self._bar.render_finish()
            self._bar = None


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """A bar told of a fraction and a message, gone when the work is done."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda done, message: bar.update(task, completed=done, description=message)
