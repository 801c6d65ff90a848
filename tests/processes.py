"""Processes that tests end."""

import subprocess


def children_of(pid: int) -> list[int]:
    """The processes a process has started and that still run."""
    done = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(number) for number in done.stdout.split()]
