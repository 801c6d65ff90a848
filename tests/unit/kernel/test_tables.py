"""Reading and writing tables: every form, every kind of bad file."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from consult.kernel import tables
from consult.kernel.table_files import safe_cell, write_table
from consult.kernel.tables import TableError, read_table


def given(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(rows: list[list[object]]) -> io.BytesIO:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    table = read_table(given(tmp_path, "a.csv", f"id{sign}text\n1{sign}hello\n"))
    assert [row.values for row in table] == [{"id": "1", "text": "hello"}]


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    table = read_table(given(tmp_path, "a.csv", 'id,text\n1,"two\nlines"\n\n2,next\n'))
    assert [(row.line, row.values["id"]) for row in table] == [(2, "1"), (5, "2")]


def test_byte_order_mark_and_stated_delimiter_are_no_content(tmp_path: Path) -> None:
    table = read_table(given(tmp_path, "a.csv", "\ufeffsep=;\nid;text\n1;a,b\n"))
    assert table.columns == ("id", "text")
    assert table.rows[0].values["text"] == "a,b"


def test_utf16_of_spreadsheets_is_read(tmp_path: Path) -> None:
    table = read_table(given(tmp_path, "a.csv", "id\ttext\n1\tсвіт\n".encode("utf-16")))
    assert table.rows[0].values["text"] == "світ"


def test_short_rows_are_filled_and_blank_ones_skipped(tmp_path: Path) -> None:
    table = read_table(given(tmp_path, "a.csv", "id,text,lang\n1,a\n,,\n"))
    assert [row.values for row in table] == [{"id": "1", "text": "a", "lang": ""}]


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("a.csv", "id,text\n1,a,b\n", 2, "more cells"),
        ("a.csv", "id,id\n1,a\n", 1, "twice"),
        ("a.csv", "", None, "empty"),
        ("a.csv", b"id,text\n1,caf\xe9\n", 2, "UTF-8"),
        ("a.csv", "id,text\n1," + "x" * 200_000, 2, "CSV"),
        ("a.jsonl", '{"id": "1"}\n{oops\n', 2, "JSON"),
        ("a.jsonl", "[1]\n", 1, "object"),
        ("a.jsonl", "[" * 100_000, 1, "JSON"),
        ("a.jsonl", "\n", None, "empty"),
        ("a.xlsx", "not a workbook", None, "workbook"),
        ("a.pdf", "x", None, ".csv"),
        ("a", "x", None, ".csv"),
    ],
)
def test_bad_files_give_line_and_reason(
    tmp_path: Path, name: str, content: str | bytes, line: int | None, words: str
) -> None:
    with pytest.raises(TableError, match=words) as caught:
        read_table(given(tmp_path, name, content))
    assert caught.value.line == line
    assert line is None or f"Line {line}" in str(caught.value)


def test_missing_file_is_a_table_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="opened"):
        read_table(tmp_path / "none.csv")


def test_json_values_become_text(tmp_path: Path) -> None:
    source = {"id": 7, "weight": 0.5, "n": 2.0, "none": None, "ok": True, "themes": ["T01"]}
    row = read_table(given(tmp_path, "a.jsonl", json.dumps(source))).rows[0]
    assert row.values == {
        "id": "7", "weight": "0.5", "n": "2", "none": "", "ok": "true", "themes": '["T01"]',
    }  # fmt: skip


def test_xlsx_cells_become_text() -> None:
    stream = workbook(
        [["id", "day", "at", "n"], [1, date(2026, 5, 4), datetime(2026, 5, 4, 9), 2.5]]
    )
    row = read_table(stream, "a.xlsx").rows[0]
    assert row.values == {"id": "1", "day": "2026-05-04", "at": "2026-05-04T09:00:00", "n": "2.5"}


def test_zip_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(TableError, match="unpack"):
        read_table(io.BytesIO(out.getvalue()), "a.xlsx")


def test_zip_that_is_no_workbook_is_a_table_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", b"hello")
    with pytest.raises(TableError, match="workbook"):
        read_table(io.BytesIO(out.getvalue()), "a.xlsx")


def test_large_files_and_long_tables_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = given(tmp_path, "a.csv", "id\n1\n2\n3\n")
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(TableError, match="at most 2"):
        read_table(path)
    monkeypatch.setattr(tables, "MAX_FILE_BYTES", 3)
    with pytest.raises(TableError, match="larger"):
        read_table(path)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.jsonl"])
def test_what_is_written_reads_back(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name, ["id", "themes", "score"], [{"id": "ا", "themes": ["T01", "T02"]}])
    values = read_table(tmp_path / name).rows[0].values
    joined = '["T01", "T02"]' if name.endswith("jsonl") else "T01;T02"
    assert values == {"id": "ا", "themes": joined, "score": ""}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1"])
def test_formulas_are_kept_from_running(tmp_path: Path, text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    write_table(tmp_path / "a.xlsx", ["text"], [{"text": text}])
    assert load_workbook(tmp_path / "a.xlsx").active["A2"].data_type == "s"


def test_lone_surrogates_do_not_stop_writing(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.jsonl"):
        write_table(tmp_path / name, ["text"], [{"text": "a\ud800"}])
        assert read_table(tmp_path / name).rows[0].values["text"] == "a?"


def test_unwritable_place_is_a_table_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="written"):
        write_table(tmp_path / "none" / "a.csv", ["a"], [])
    with pytest.raises(TableError, match=r"\.csv"):
        write_table(tmp_path / "a.ods", ["a"], [])
