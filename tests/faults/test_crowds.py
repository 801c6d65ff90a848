"""Crowds and broken connections: one answer a person, none lost, none twice, friendly pages."""

from tests.factories.site import Site
from tests.faults.crowd import THANKS, Figures, press_together, send_through_cuts

PEOPLE, PRESSES = 40, 8
BROKEN, SEED = 80, 20261126


def everyone_once(figures: Figures) -> bool:
    kept = (figures.rows, figures.texts, len(figures.receipts))
    return kept == (figures.people,) * 3


def test_people_who_press_eight_times_give_one_answer_each(site: Site) -> None:
    with site.serving():
        figures = press_together(site, PEOPLE, PRESSES)
    print(f"\n{figures}")
    assert everyone_once(figures)
    assert figures.pages == {f"303 {THANKS}": PEOPLE * PRESSES}


def test_connections_cut_at_random_bytes_lose_and_double_nothing(site: Site) -> None:
    with site.serving():
        figures = send_through_cuts(site, BROKEN, SEED)
    print(f"\n{figures}")
    assert everyone_once(figures)
    assert figures.cuts > BROKEN / 3
