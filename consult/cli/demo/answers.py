"""The demo's answers: online ones through the participant's service, paper ones imported."""

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation

DATA = Path(__file__).parent
SEED = 20
TOWNS = ("brenn", "castell", "mirova", "lunau", "elsewhere")
EASE = ("easy_work", "easy_home", "easy_doctor", "easy_school", "easy_offices", "easy_language")
ORGANISATIONS = ("migrant_association", "ngo", "municipality", "school", "employer", "sport")
SCALE = ("1", "2", "3", "4", "5")
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
        "treated_worse": chance.choices(("yes", "no", "rather_not"), (4, 5, 1) if moved else (1, 9, 1))[0],
        "years_here": chance.choice(("lt1", "1_5", "6_10")) if moved else "always",
        "age_band": chance.choice(("16_24", "25_39", "40_64", "65_plus")),
        "gender": chance.choice(("woman", "man", "rather_not")),
        "district": chance.choice(TOWNS),
        **{code: chance.choices((*SCALE, "na"), (3, 4, 4, 3, 2, 2))[0] for code in EASE},
    }
    values |= {k: v for k, v in drawn.items() if chance.random() < SHARE_ANSWERED}
    values["quote"] = chance.choices(("yes", "no"), (4, 1))[0]
    return values


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


def web_answers(limit: int | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Reference, language and all answers of each online response, the same every time."""
    chance = random.Random(SEED)  # noqa: S311 - an invented spread, no secret
    for row in read_rows("answers_web.tsv")[:limit]:
        texts = {code: row[code] for code in ("good", "hardest", "first") if row[code]}
        yield row["ref"], row["language"], {**closed_values(row, chance), **texts}
