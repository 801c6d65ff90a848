"""Builds the demo through the same services people use."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from consult.accounts.models import Staff
from consult.accounts.services import create_staff, grant_role
from consult.cli.demo.answers import load_paper_answers, load_web_answers
from consult.cli.demo.command import CLOSED, OPEN, PASSWORD, REGION, STAFF
from consult.cli.demo.review import begin_strategy, review_themes
from consult.consultations.models import Consultation
from consult.consultations.services import create_consultation
from consult.jobs.services import end, enqueue
from consult.kernel.clock import today
from consult.regions.models import Region
from consult.regions.services import create_region
from consult.responses.services import REFRESH
from consult.surveys.services import import_questionnaire

DATA = Path(__file__).parent
LANGUAGES = [
    "en", "es", "ar", "uk", "de", "pl", "ro", "it", "fr", "tr", "fa", "ru",
    "so", "ti", "am", "bg", "bn", "bs", "ca", "ckb", "eu", "ga", "hu", "ka",
    "kmr", "ne", "prs", "ps", "pt", "sq", "ur", "zh-Hans",
    "en-x-easy", "de-x-easy", "es-x-easy",
]  # fmt: skip
FIRST_WEB_ANSWERS = 25  # of the web answers, how many the open consultation has so far
Say = Callable[[str], None]


def load_demo(session: Session, say: Say) -> None:
    """The region, its staff, an open and a closed consultation, themes and a strategy draft."""
    texts = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))
    secret: str = current_app.config["SECRET_KEY"]
    region = _region(session, texts["region"])
    staff = _staff(session, region)
    running = _consultation(session, region, OPEN, texts["consultations"]["open"], -10, 30)
    load_web_answers(session, running, secret, FIRST_WEB_ANSWERS)
    closed = _consultation(session, region, CLOSED, texts["consultations"]["closed"], -70, -20)
    say(f"{load_web_answers(session, closed, secret)} answers given online")
    say(f"{load_paper_answers(session, closed)} answers from paper, by the importer")
    closed.move_to("closed")
    session.flush()
    _analyse(session, closed, say)
    review_themes(session, closed, staff)
    begin_strategy(session, closed, staff.id)
    say("themes under review and a strategy draft begun")


def _region(session: Session, texts: dict[str, Any]) -> Region:
    return create_region(
        session, REGION, texts["name"], "XX",
        official_languages=["en"], unit="Office for Living Together", contact=texts["contact"],
    )  # fmt: skip


def _staff(session: Session, region: Region) -> Staff:
    people = [create_staff(session, email, name, PASSWORD) for email, name, _ in STAFF]
    for person, (_, _, role) in zip(people, STAFF, strict=True):
        grant_role(session, person, region.id, role)
    return people[0]


def _consultation(
    session: Session, region: Region, slug: str, texts: dict[str, Any], opens: int, closes: int
) -> Consultation:
    """A consultation open for answers; `opens` and `closes` are days from today."""
    day = today()
    made = create_consultation(
        session, region, slug, texts, day + timedelta(opens), day + timedelta(closes), LANGUAGES
    )
    import_questionnaire(session, made, (DATA / "questionnaire.xlsx").read_bytes())
    made.move_to("open")
    return made


def _analyse(session: Session, consultation: Consultation, say: Say) -> None:
    from consult.themes.jobs import analyse

    analyse(session, consultation.slug, lambda _fraction, _message: None)
    end(session, enqueue(session, REFRESH, consultation.slug), "done")  # as the answers asked for
    say("answers grouped into themes")
