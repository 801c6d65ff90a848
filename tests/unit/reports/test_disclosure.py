"""No hidden count can be worked out from what is shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.reports.disclosure import (
    protect_count,
    protect_counts,
    protect_table,
    round_count,
)

THRESHOLD = 10
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def names(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def test_a_small_count_is_hidden_and_a_large_one_rounded() -> None:
    assert [protect_count(n, THRESHOLD) for n in (0, 1, 9, 10, 13)] == [0, None, None, 10, 15]


def test_halves_are_rounded_to_the_nearest_five() -> None:
    assert [round_count(n) for n in (12, 13, 17, 18)] == [10, 15, 15, 20]


def test_a_second_count_is_hidden_so_that_the_first_does_not_follow_from_the_total() -> None:
    assert protect_counts({"web": 80, "paper": 20, "interview": 3}, THRESHOLD) == {
        "web": 80,
        "paper": None,
        "interview": None,
    }


def test_a_table_with_one_small_cell_hides_a_rectangle() -> None:
    table = protect_table(names(2), names(2), [[50, 3], [40, 30]], THRESHOLD)
    assert table.cells == ((None, None), (None, None))
    assert table.total == 125


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_no_small_count_is_ever_shown(counts: list[list[int]]) -> None:
    table = protect_table(names(len(counts)), names(len(counts[0])), counts, THRESHOLD)
    shown = [n for line in table.cells for n in line]
    shown += [*table.row_totals, *table.column_totals, table.total]
    assert not [n for n in shown if n is not None and 0 < n < THRESHOLD]


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_every_line_hides_none_or_two_and_enough_people(counts: list[list[int]]) -> None:
    """Also for a reader who knows the exact value of everything that is shown."""
    table = protect_table(names(len(counts)), names(len(counts[0])), counts, THRESHOLD)
    raw_rows = [[*line, sum(line)] for line in counts]
    raw_rows.append([sum(column) for column in zip(*raw_rows, strict=True)])
    shown_rows = [
        [*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)
    ]
    shown_rows.append([*table.column_totals, table.total])
    lines = list(zip(raw_rows, shown_rows, strict=True))
    lines += list(zip(zip(*raw_rows, strict=True), zip(*shown_rows, strict=True), strict=True))  # type: ignore[arg-type]
    for raw, shown in lines:
        hidden = [n for n, seen in zip(raw, shown, strict=True) if seen is None]
        if hidden and None in shown and len(hidden) < len(raw):
            assert len(hidden) >= 2
            assert shown[-1] is None or sum(hidden) >= THRESHOLD
