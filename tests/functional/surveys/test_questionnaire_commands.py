"""`consult import questionnaire` and `consult export questionnaire`."""

import io
from pathlib import Path

import pytest
import pyxform.xls2xform
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.surveys.models import QuestionnaireVersion
from consult.surveys.queries import current_version, form_of
from tests.factories.commands import Commands
from tests.factories.workbooks import xlsform

DEMO = Path(__file__).resolve().parents[3] / "consult" / "cli" / "demo" / "questionnaire.xlsx"
HERE = ("--consultation", "living-together")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(tmp_path, ["text", "a", "A?"])


def write(folder: Path, *questions: list[object]) -> Path:
    file = folder / "form.xlsx"
    file.write_bytes(xlsform(*questions))
    return file


def versions(session: Session) -> list[int]:
    session.expire_all()
    return sorted(session.scalars(select(QuestionnaireVersion.number)))


def test_the_demo_questionnaire_is_imported_whole(
    consult: Commands, session: Session, consultation: Consultation
) -> None:
    done = consult("import", "questionnaire", DEMO, *HERE)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "14 screens" in done.output
    version = current_version(session, consultation.id)
    assert len(version.languages) == 35
    assert {"good", "hardest", "first"} <= {question.code for question in version.questions}


def test_the_same_file_twice_makes_no_second_version(
    consult: Commands, session: Session, consultation: Consultation, form: Path
) -> None:
    consultation.state = "open"
    session.commit()
    consult("import", "questionnaire", form, *HERE)
    again = consult("import", "questionnaire", form, *HERE)
    assert "Nothing has changed" in again.output
    assert versions(session) == [1, 2]


def test_a_draft_nobody_answered_is_replaced(
    consult: Commands, session: Session, consultation: Consultation, form: Path
) -> None:
    assert consult("import", "questionnaire", form, *HERE).exit_code == 0
    assert versions(session) == [1]
    assert [q.code for q in current_version(session, consultation.id).questions] == ["a"]


def test_a_version_with_answers_is_never_changed(
    consult: Commands, session: Session, consultation: Consultation, form: Path
) -> None:
    old = current_version(session, consultation.id)
    old.locked = True
    session.commit()
    before = form_of(old)
    consult("import", "questionnaire", form, *HERE)
    assert versions(session) == [1, 2]
    assert form_of(session.get_one(QuestionnaireVersion, old.id)) == before


def test_a_reported_consultation_keeps_its_questionnaire(
    consult: Commands, session: Session, consultation: Consultation, form: Path
) -> None:
    consultation.state = "reported"
    session.commit()
    done = consult("import", "questionnaire", form, *HERE)
    assert (done.exit_code, versions(session)) == (2, [1])


def test_faults_are_listed_and_nothing_is_imported(
    consult: Commands, session: Session, consultation: Consultation, tmp_path: Path
) -> None:
    bad = write(tmp_path, ["txt", "a", "A?"], ["text", "1", "B?"])
    done = consult("import", "questionnaire", bad, *HERE)
    assert done.exit_code == 2
    assert "survey, row 2, column type: The type “txt” is not known." in done.stderr
    assert "survey, row 3, column name" in done.stderr
    assert form_of(current_version(session, consultation.id)).form_id == "test"


def test_many_faults_are_shown_up_to_a_limit(
    consult: Commands, consultation: Consultation, tmp_path: Path
) -> None:
    bad = write(tmp_path, *[["txt", f"q{n}", "A?"] for n in range(60)])
    done = consult("import", "questionnaire", bad, *HERE)
    assert "… and 10 more." in done.stderr


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_broken_workbook_ends_with_a_message(
    consult: Commands, consultation: Consultation, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(data)
    done = consult("import", "questionnaire", file, *HERE)
    assert (done.exit_code, done.stderr) == (2, "Error: The file is not an XLSX workbook.\n")


def test_an_unknown_consultation_ends_with_a_message(
    consult: Commands, consultation: Consultation, form: Path
) -> None:
    done = consult("import", "questionnaire", form, "--consultation", "nowhere")
    assert (done.exit_code, done.stderr) == (2, "Error: There is no consultation “nowhere”.\n")


def test_an_export_can_be_converted_and_imported_without_a_change(
    consult: Commands, session: Session, consultation: Consultation, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    consult("import", "questionnaire", DEMO, *HERE)
    done = consult("export", "questionnaire", *HERE, "--out", out)
    assert done.exit_code == 0
    pyxform.xls2xform.convert(io.BytesIO(out.read_bytes()), validate=False, file_type=".xlsx")
    again = consult("import", "questionnaire", out, *HERE)
    assert "Nothing has changed" in again.output


def test_a_questionnaire_made_by_hand_survives_export_and_import(
    consult: Commands, session: Session, consultation: Consultation, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    before = form_of(current_version(session, consultation.id))
    consult("export", "questionnaire", *HERE, "--out", out)
    assert consult("import", "questionnaire", out, *HERE).exit_code == 0
    after = form_of(current_version(session, consultation.id))
    assert [q.label for q in after.questions] == [q.label for q in before.questions]
    assert [q.options for q in after.questions] == [q.options for q in before.questions]
    assert [s.relevant for s in after.sections] == [s.relevant for s in before.sections]


def test_an_export_is_only_written_as_xlsx(
    consult: Commands, consultation: Consultation, tmp_path: Path
) -> None:
    done = consult("export", "questionnaire", *HERE, "--out", tmp_path / "out.csv")
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
