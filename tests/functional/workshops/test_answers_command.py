"""`consult import answers`: all rows or none, and nothing twice."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.jobs.models import Job
from consult.responses.models import Answer, Response
from consult.surveys.queries import current_version
from tests.factories.commands import Commands
from tests.factories.workbooks import workbook

Import = Callable[..., Result]
LONG = ("--question-column", "q", "--text-column", "t")


@pytest.fixture
def run(consult: Commands, consultation: Consultation, tmp_path: Path) -> Import:
    """Imports a text as a CSV file (or bytes as another) with some options."""

    def run(content: str | bytes, *options: object, name: str = "answers.csv") -> Result:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return consult("import", "answers", file, "--consultation", consultation.slug, *options)

    return run


def stored(session: Session) -> list[Response]:
    session.expire_all()
    return list(session.scalars(select(Response).order_by(Response.id)))


def texts(session: Session) -> list[str | None]:
    session.expire_all()
    return list(session.scalars(select(Answer.text).order_by(Answer.id)))


def test_columns_named_like_questions_need_no_options(run: Import, session: Session) -> None:
    done = run("good,What is hardest?,who\nFine,Rent,I moved here\n")
    assert (done.exit_code, done.stderr) == (0, "")
    (response,) = stored(session)
    assert {a.question_code: a.text or a.value for a in response.answers} == {
        "good": "Fine",
        "hardest": "Rent",
        "who": ["moved_here"],
    }
    assert (response.channel, response.language, response.may_quote) == ("paper", "en", False)
    assert response.receipt_select is None


def test_options_name_columns_language_channel_and_permission(
    run: Import, session: Session
) -> None:
    done = run(
        "No;Lang;How;Words;May\n1;español;interview;El alquiler;sí\n2;;;The rent;no\n",
        "--column", "Words=hardest", "--id-column", "No", "--language-column", "Lang",
        "--language", "ar", "--channel-column", "How", "--channel", "workshop",
        "--quote-column", "May",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert [(r.language, r.channel, r.may_quote) for r in stored(session)] == [
        ("es", "interview", True),
        ("ar", "workshop", False),
    ]


def test_a_mapping_file_says_the_same_and_options_go_before_it(
    run: Import, session: Session, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.json"
    said = {"columns": {"a": "good"}, "channel": "interview", "language": "es"}
    mapping.write_text(json.dumps(said))
    done = run(
        "a,b\nBien,Caro\n", "--mapping", mapping, "--column", "b=hardest", "--language", "ar"
    )
    assert done.exit_code == 0, done.stderr
    (response,) = stored(session)
    assert (response.language, response.channel) == ("ar", "interview")
    assert texts(session) == ["Bien", "Caro"]


def test_the_long_form_joins_rows_of_a_respondent(run: Import, session: Session) -> None:
    content = "p,q,t\n1,good,Fine\n1,H,Rent\n2,good,Well\n"
    done = run(content, *LONG, "--respondent-column", "p", "--question", "H=hardest")
    assert done.exit_code == 0, done.stderr
    assert [len(response.answers) for response in stored(session)] == [2, 1]


@pytest.mark.parametrize("options", [(), ("--id-column", "id")])
def test_the_same_file_twice_imports_nothing_twice(
    run: Import, session: Session, options: tuple[str, ...]
) -> None:
    content = "id,good\n1,Fine\n2,Fine\n3,Well\n"
    run(content, *options)
    again = run(content, *options)
    assert "Imported: 0. Already there: 3." in again.output
    assert len(stored(session)) == 3


def test_like_rows_without_id_are_all_kept_and_known_again(run: Import, session: Session) -> None:
    run("good\nFine\nFine\n")
    again = run("good\nFine\nFine\nFine\n")
    assert "Imported: 1. Already there: 2." in again.output
    assert len(stored(session)) == 3


def test_csv_xlsx_and_json_lines_are_the_same_file(run: Import, session: Session) -> None:
    run("id,good\n1,Fine\n2,Well\n")
    book = workbook(Answers=[["id", "good"], [1, "Fine"], [2, "Well"]])
    lines = '{"id": 1, "good": "Fine"}\n{"id": 2, "good": "Well"}\n'
    for content, name in ((book, "a.xlsx"), (lines, "a.jsonl")):
        assert "Imported: 0. Already there: 2." in run(content, name=name).output
    assert len(stored(session)) == 2


def test_an_id_with_other_answers_is_refused_and_the_first_stay(
    run: Import, session: Session
) -> None:
    run("id,good\n1,Fine\n", "--id-column", "id")
    again = run("id,good\n1,Bad\n", "--id-column", "id")
    assert again.exit_code == 2
    assert "Line 2, column id: This id was imported before" in again.stderr
    assert texts(session) == ["Fine"]


def test_another_source_may_use_the_same_ids(run: Import, session: Session) -> None:
    run("id,good\n1,Fine\n", "--id-column", "id")
    run("id,good\n1,Bad\n", "--id-column", "id", "--source", "second meeting")
    assert texts(session) == ["Fine", "Bad"]


def test_a_withdrawn_answer_does_not_come_back(run: Import, session: Session) -> None:
    run("id,good\n1,Fine\n", "--id-column", "id")
    (response,) = stored(session)
    response.withdrawn, response.answers = True, []
    session.commit()
    run("id,good\n1,Fine\n", "--id-column", "id")
    assert texts(session) == []


BAD = "good,who,lang\nFine,moved_here,en\nWell,martian,Elvish\nGood,martian,en\n"


def test_one_bad_row_keeps_everything_out_and_all_are_listed(run: Import, session: Session) -> None:
    done = run(BAD, "--language-column", "lang")
    assert done.exit_code == 2
    assert "Line 3, column who: “martian” is no choice" in done.stderr
    assert "Line 3, column lang: “Elvish” is no language" in done.stderr
    assert "Line 4, column who" in done.stderr
    assert "Nothing was imported: 2 of 3 rows have a fault." in done.stderr
    assert (stored(session), session.scalars(select(Job)).all()) == ([], [])


def test_bad_rows_can_be_left_out(run: Import, session: Session) -> None:
    done = run(BAD, "--language-column", "lang", "--skip-bad")
    assert done.exit_code == 0
    assert "Line 4, column who" in done.stderr
    assert "Refused rows: 2" in done.output
    assert texts(session) == [None, "Fine"] or texts(session) == ["Fine", None]


def test_mended_rows_follow_those_that_were_good(run: Import, session: Session) -> None:
    run(BAD, "--language-column", "lang", "--skip-bad")
    mended = BAD.replace("martian", "moved_here").replace("Elvish", "es")
    done = run(mended, "--language-column", "lang")
    assert "Imported: 2. Already there: 1." in done.output
    assert len(stored(session)) == 3


def test_many_faults_are_listed_up_to_a_limit(run: Import, session: Session) -> None:
    done = run("who\n" + "martian\n" * 70)
    assert done.stderr.count("no choice") == 50
    assert "… and 20 more." in done.stderr


def test_the_report_counts_by_language_and_channel(run: Import, session: Session) -> None:
    done = run("good,l\nBien,es\nBon,es\n,es\nFine,en\n", "--language-column", "l")
    assert "es          paper                2              0" in done.output
    assert "Blank rows: 1." in done.output
    assert "Blank, not imported: line 4." in done.output


def test_columns_nobody_used_are_named(run: Import, session: Session) -> None:
    assert "Columns not used: likes." in run("good,likes\nFine,3\n").output


def test_one_refresh_of_the_themes_is_queued(run: Import, session: Session) -> None:
    run("good\nFine\nWell\n")
    run("good\nOther\n")
    jobs = [(job.name, job.subject) for job in session.scalars(select(Job))]
    assert jobs == [("themes.refresh", "living-together")]


def test_nothing_new_queues_nothing(run: Import, session: Session) -> None:
    run("good\n \n")
    assert session.scalars(select(Job)).all() == []


def test_the_first_answer_locks_the_questionnaire(
    run: Import, session: Session, consultation: Consultation
) -> None:
    run("good\nFine\n")
    session.expire_all()
    assert current_version(session, consultation.id).locked


@pytest.mark.parametrize(("state", "status"), [("draft", 0), ("closed", 0), ("reported", 2)])
def test_late_answers_are_taken_until_the_report(
    run: Import, session: Session, consultation: Consultation, state: str, status: int
) -> None:
    consultation.state = state
    session.commit()
    assert run("good\nFine\n").exit_code == status
    assert len(stored(session)) == (status == 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--column", "good"), "as NAME=CODE"),
        (("--column", "nothing=good"), "no column “nothing”"),
        (("--column", "good=best"), "no question “best”"),
        (("--channel", "pigeon"), "no channel"),
        (("--language", "Elvish"), "no language"),
        (("--id-column", "number"), "no column “number”"),
        (("--question-column", "good"), "go together"),
    ],
)
def test_options_that_do_not_fit_end_with_a_message(
    run: Import, session: Session, options: tuple[str, ...], words: str
) -> None:
    done = run("good,x\nFine,1\n", *options)
    assert done.exit_code == 2
    assert words in done.stderr
    assert stored(session) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"good\n\xff\xfe\xfa\n", "a.csv"),
        (b"good,good\na,b\n", "a.csv"),
        (b"good\nFine\n", "a.doc"),
        (b"not a workbook", "a.xlsx"),
        (b'{"good": "Fine"}\n{"good": \n', "a.jsonl"),
        (b'{"good": "a\\ud800b"}\n', "a.jsonl"),
        (b'{"good": "a\\u0000b"}\n', "a.jsonl"),
        (b"good\n" + b"a" * 20_001 + b"\n", "a.csv"),
        (b"x\n1\n", "a.csv"),
    ],
)
def test_a_file_that_cannot_be_taken_ends_with_a_message(
    run: Import, session: Session, content: bytes, name: str
) -> None:
    done = run(content, name=name)
    assert (done.exit_code, stored(session)) == (2, [])
    assert done.stderr.strip().splitlines()[-1].startswith("Error: ")


def test_a_consultation_without_questions_ends_with_a_message(
    consult: Commands, session: Session, consultation: Consultation, tmp_path: Path
) -> None:
    session.delete(current_version(session, consultation.id))
    session.commit()
    file = tmp_path / "a.csv"
    file.write_text("good\nFine\n")
    done = consult("import", "answers", file, "--consultation", consultation.slug)
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: This consultation has no questions yet.\n",
    )
