"""Disclosure control: no count lets a reader work out a small group of people.

Three steps, in the order statistical offices take them (see docs/decisions/0005):
small cells are hidden; further cells are hidden until no hidden one, and no sum of hidden
ones that is itself small, follows from the totals; what is left is rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROUND_TO = 5
Count = int | None  # None: hidden


@dataclass(frozen=True)
class ProtectedTable:
    """Rounded counts; None where a count is hidden. Totals belong to people, not to sums."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Count, ...], ...]
    row_totals: tuple[Count, ...]
    column_totals: tuple[Count, ...]
    total: Count


def round_count(count: int, base: int = ROUND_TO) -> int:
    """The nearest multiple of `base`, halves up."""
    return base * ((count + base // 2) // base)


def protect_count(count: int, threshold: int) -> Count:
    """A single count of people: hidden from 1 to below `threshold`, else rounded."""
    return None if 0 < count < threshold else round_count(count)


def protect_counts(counts: Mapping[str, int], threshold: int) -> dict[str, Count]:
    """A list of counts whose total is published too: the second smallest goes with a small one."""
    keys = tuple(counts)
    table = protect_table(keys, ("n",), [[counts[key]] for key in keys], threshold)
    return {key: table.cells[index][0] for index, key in enumerate(keys)}


def protect_table(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]], threshold: int
) -> ProtectedTable:
    """Protect a table of people, `counts[row][column]`, each person in exactly one cell.

    A reader who knows every shown number and that shown totals are sums cannot isolate a hidden
    cell: every row and column that hides anything hides at least two cells, of `threshold`
    people or more together.
    """
    grid = [[*line, sum(line)] for line in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)] if grid else [0])
    hidden = {
        (r, c) for r, line in enumerate(grid) for c, n in enumerate(line) if 0 < n < threshold
    }
    while (more := _next_to_hide(grid, hidden, threshold)) is not None:
        hidden.add(more)
    shown = [
        tuple(None if (r, c) in hidden else round_count(n) for c, n in enumerate(line))
        for r, line in enumerate(grid)
    ]
    return ProtectedTable(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(line[:-1] for line in shown[:-1]),
        row_totals=tuple(line[-1] for line in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
    )


def _next_to_hide(
    grid: list[list[int]], hidden: set[tuple[int, int]], threshold: int
) -> tuple[int, int] | None:
    """A cell to hide so that the first line found open is closed; None when all are closed."""
    height, width = len(grid), len(grid[0])
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    lines += [[(r, c) for r in range(height)] for c in range(width)]
    for line in lines:
        inside = [cell for cell in line if cell in hidden]
        weak = sum(grid[r][c] for r, c in inside) < threshold
        if not inside or (len(inside) > 1 and (not weak or line[-1] in hidden)):
            continue
        free = [cell for cell in line if cell not in hidden]
        if free:
            return min(free, key=lambda cell: _cost(grid, cell, line[-1]))
    return None


def _cost(
    grid: list[list[int]], cell: tuple[int, int], total: tuple[int, int]
) -> tuple[bool, bool, int]:
    """What a reader loses: hide small inner counts first, then empty ones, a total last."""
    count = grid[cell[0]][cell[1]]
    return (cell == total, count == 0, count)
