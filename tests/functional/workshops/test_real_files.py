"""Files as an officer brings them, in one command each, with no work by hand."""

import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.models import Answer, Response
from consult.surveys.services import import_questionnaire
from tests.conftest import SHARED
from tests.factories.commands import Commands
from tests.factories.workbooks import workbook

DEMO = Path(__file__).resolve().parents[3] / "consult" / "cli" / "demo" / "questionnaire.xlsx"
HERE = ("--consultation", "living-together")
COLUMNS = ("id", "lang", "question", "text", "group")
LONG_FORM = (
    *("--id-column", "id", "--language-column", "lang", "--column", "group=who"),
    *("--question-column", "question", "--text-column", "text"),
)


@pytest.fixture(autouse=True)
def questionnaire(session: Session, consultation: Consultation) -> None:
    import_questionnaire(session, consultation, DEMO.read_bytes())
    session.commit()


@pytest.fixture
def corpus() -> list[dict[str, Any]]:
    folder = SHARED / "eval" / "dev"
    if not folder.is_dir():
        pytest.skip("the evaluation corpus is not beside the project")
    files = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.jsonl")))
    return [json.loads(line) for text in files for line in text.split("\n") if line]


def languages(session: Session) -> Counter[str]:
    return Counter(session.scalars(select(Response.language)))


def test_a_spreadsheet_in_28_languages_is_imported_in_one_command(
    consult: Commands, session: Session, corpus: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "answers.xlsx"
    file.write_bytes(workbook(A=[COLUMNS, *[[row[c] for c in COLUMNS] for row in corpus]]))
    began = time.monotonic()
    done = consult("import", "answers", file, *HERE, *LONG_FORM)
    assert done.exit_code == 0, done.stderr
    assert time.monotonic() - began < 20
    assert languages(session) == Counter(row["lang"] for row in corpus)
    texts = session.scalars(select(Answer.text).where(Answer.text.is_not(None)))
    assert Counter(texts) == Counter(row["text"] for row in corpus)


def test_the_same_as_csv_with_semicolons_brings_nothing_new(
    consult: Commands, session: Session, corpus: list[dict[str, Any]], tmp_path: Path
) -> None:
    file, lines = tmp_path / "answers.csv", tmp_path / "answers.jsonl"
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerows([COLUMNS, *[[row[c] for c in COLUMNS] for row in corpus]])
    lines.write_text("\n".join(json.dumps(row) for row in corpus))
    assert consult("import", "answers", file, *HERE, *LONG_FORM).exit_code == 0
    again = consult("import", "answers", lines, *HERE, *LONG_FORM)
    assert f"Imported: 0. Already there: {len(corpus)}." in again.output
    assert session.scalar(select(func.count(Response.id))) == len(corpus)


@pytest.mark.parametrize(
    ("name", "language", "count"),
    [("bowling-green-comments.csv", "en", 896), ("austria-climate-comments.csv", "de", 522)],
)
def test_public_comments_are_imported_as_they_were_published(
    consult: Commands, session: Session, name: str, language: str, count: int
) -> None:
    file = SHARED / "real" / name
    if not file.exists():
        pytest.skip("the public comments are not beside the project")
    options = ("--column", "comment-body=hardest", "--id-column", "comment-id")
    done = consult("import", "answers", file, *HERE, *options, "--language", language)
    assert done.exit_code == 0, done.stderr
    assert languages(session) == {language: count}
