"""Helpers of the participant's templates: days and months, scales, tables."""

from datetime import date

from flask_babel import format_date

from consult.kernel.calendar import date_order, month_names
from consult.kernel.localized import LocalizedText
from consult.responses import layout
from consult.responses.recordings import LONGEST
from consult.surveys.models import MediaFile, Question
from consult.surveys.types.rank import places
from consult.surveys.types.text import longest
from consult.web.locale import page_tag
from consult.web.text import shown

NEAR_END = 0.2  # of a text's room left: from here on people are told how much


def show_day(value: str) -> str:
    """A stored day as people of the page's language write it."""
    try:
        return str(format_date(date.fromisoformat(value), "long"))
    except (TypeError, ValueError):
        return value


def clock(seconds: int) -> str:
    """A length in minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"


def file_of(question: Question, name: str) -> MediaFile | None:
    """A picture or sound of the question's own version, by its name."""
    return next((file for file in question.section.version.files if file.name == name), None)


def sound_of(question: Question, label: LocalizedText, audio: LocalizedText) -> MediaFile | None:
    """The recording in the very language in which the label is shown."""
    name = audio.get(shown(label).lang, "") if audio else ""
    return file_of(question, name) if name else None


def helpers() -> dict[str, object]:
    """What question and answer templates may call."""
    return {
        "show_day": show_day,
        "clock": clock,
        "longest_voice": LONGEST,
        "month_names": lambda: month_names(page_tag()),
        "date_order": lambda: date_order(page_tag()),
        "blocks_of": layout.blocks,
        "faults_of": layout.faults_of,
        "file_of": file_of,
        "sound_of": sound_of,
        "longest": longest,
        "near_end": NEAR_END,
        "places": places,
        "points": layout.points,
        "apart": layout.apart,
        "fits_a_row": layout.fits_a_row,
        "mood": layout.mood,
    }
