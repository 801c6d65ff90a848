"""Helpers of the participant's templates: days and months, scales, tables."""

from datetime import date

from flask_babel import format_date

from consult.kernel.calendar import date_order, month_names
from consult.responses import layout
from consult.surveys.types.rank import places
from consult.web.locale import page_tag


def show_day(value: str) -> str:
    """A stored day as people of the page's language write it."""
    try:
        return str(format_date(date.fromisoformat(value), "long"))
    except (TypeError, ValueError):
        return value


def helpers() -> dict[str, object]:
    """What question and answer templates may call."""
    return {
        "show_day": show_day,
        "month_names": lambda: month_names(page_tag()),
        "date_order": lambda: date_order(page_tag()),
        "blocks_of": layout.blocks,
        "faults_of": layout.faults_of,
        "places": places,
        "points": layout.points,
        "apart": layout.apart,
        "fits_a_row": layout.fits_a_row,
        "mood": layout.mood,
    }
