"""The demo's answers: online ones through the participant's service, paper ones imported."""

import csv
import io
import random
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.kernel.ids import new_secret_key
from consult.kernel.tables import read_table
from consult.responses.drafts import OpenForm
from consult.responses.services import submit
from consult.surveys.queries import current_version
from consult.workshops.mapping import AnswerMapping
from consult.workshops.services import import_answers

DATA = Path(__file__).parent
SEED = 20
TOWNS = ("brenn", "castell", "mirova", "lunau", "elsewhere")
EASE = ("easy_work", "easy_home", "easy_doctor", "easy_school", "easy_offices", "easy_language")
ORGANISATIONS = ("migrant_association", "ngo", "municipality", "school", "employer", "sport")
WORSE = ("yes", "no", "rather_not")
SCALE = ("1", "2", "3", "4", "5")
PAPER: dict[str, Any] = {
    "id_column": "Form no.",
    "language_column": "Language",
    "channel_column": "Collected",
    "quote_column": "May quote",
    "columns": {"Who": "who", "Going well": "good", "Hardest": "hardest", "First thing": "first"},
}
SHARE_ANSWERED = 0.85  # of the closed questions, as people skip some


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the demo's tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))


def closed_values(row: dict[str, str], chance: random.Random) -> dict[str, Any]:
    """Invented answers to the closed questions, drawn to fit who the person is."""
    moved = row["category"] == "moved_here"
    values: dict[str, Any] = {"consent": "yes", "adult": "yes", "who": [row["category"]]}
    if row["category"] == "organisation":
        values["organisation"] = chance.choice(ORGANISATIONS)
    weights = (2, 4, 5, 5, 3) if moved else (1, 2, 3, 6, 5)
    drawn = {
        "belong": chance.choices(SCALE, weights)[0],
        "say": chance.choices(SCALE, (4, 5, 4, 2, 1) if moved else (2, 3, 4, 3, 2))[0],
        "contact": chance.choice(("never", "rarely", "monthly", "weekly", "daily")),
        "treated_worse": chance.choices(WORSE, (4, 5, 1) if moved else (1, 9, 1))[0],
        "years_here": chance.choice(("lt1", "1_5", "6_10")) if moved else "always",
        "age_band": chance.choice(("16_24", "25_39", "40_64", "65_plus")),
        "gender": chance.choice(("woman", "man", "rather_not")),
        "district": chance.choice(TOWNS),
        **{code: chance.choices((*SCALE, "na"), (3, 4, 4, 3, 2, 2))[0] for code in EASE},
    }
    values |= {k: v for k, v in drawn.items() if chance.random() < SHARE_ANSWERED}
    values["quote"] = chance.choices(("yes", "no"), (4, 1))[0]
    return values


def load_web_answers(
    session: Session, consultation: Consultation, secret: str, limit: int | None = None
) -> int:
    """Send the online answers as participants' forms; how many there were."""
    chance = random.Random(SEED)  # noqa: S311 - an invented spread, no secret
    version = current_version(session, consultation.id)
    rows = read_rows("answers_web.tsv")[:limit]
    for row in rows:
        texts = {code: row[code] for code in ("good", "hardest", "first") if row[code]}
        form = OpenForm(new_secret_key(), version.id, values=closed_values(row, chance) | texts)
        submit(session, consultation, version, form, row["language"], secret)
    return len(rows)


def load_paper_answers(session: Session, consultation: Consultation) -> int:
    """Import the spreadsheet of paper forms, interviews and assisted answers; how many."""
    report = import_answers(
        session, consultation, read_table(io.BytesIO(paper_workbook()), "paper.xlsx"),
        AnswerMapping(**PAPER), day=consultation.closes_on,
    )  # fmt: skip
    return report.imported.total()


def paper_workbook() -> bytes:
    """The paper answers as the spreadsheet an officer would bring."""
    rows = read_rows("answers_paper.tsv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Answers")
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
