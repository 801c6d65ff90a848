"""The long runs, on SQLite: `python -m tests.faults.measure presses 1000 20`, `... cuts 2000 1`."""

import sys
import tempfile
from pathlib import Path

from tests.faults.conftest import installed
from tests.faults.crowd import press_together, send_through_cuts


def main() -> None:
    """Print the figures of one run; the second number is presses a person, or the seed."""
    kind, people, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    run = {"presses": press_together, "cuts": send_through_cuts}[kind]
    with tempfile.TemporaryDirectory() as folder:
        site = installed(Path(folder), "")
        with site.serving():
            print(run(site, people, number))


if __name__ == "__main__":
    main()
