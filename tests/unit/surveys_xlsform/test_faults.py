"""Every fault of a workbook is named with its place."""

import io
import zipfile

import pytest

from consult.kernel.errors import ConsultError
from consult.surveys.xlsform import workbook as limits
from consult.surveys.xlsform.problems import FormError
from consult.surveys.xlsform.reader import read_xlsform
from tests.factories.workbooks import workbook, xlsform

A = ["text", "a", "A?"]


def faults(data: bytes) -> list[tuple[str, int, str]]:
    with pytest.raises(FormError) as caught:
        read_xlsform(data)
    return [(fault.sheet, fault.row, fault.column) for fault in caught.value.problems]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["txt", "a", "A?"]], (2, "type")),
        ([["geopoint", "a", "A?"]], (2, "type")),
        ([["select_one_from_file yn.csv", "a", "A?"]], (2, "type")),
        ([["select_one_external yn", "a", "A?"]], (2, "type")),
        ([["begin_repeat", "r", "R"], A], (2, "type")),
        ([["select_one nowhere", "a", "A?"]], (2, "type")),
        ([[None, "a", "A?"]], (2, "type")),
        ([A, ["text", "a", "Again?"]], (3, "name")),
        ([["text", "1a", "A?"]], (2, "name")),
        ([["text", "a b", "A?"]], (2, "name")),
        ([["text", "a" * 65, "A?"]], (2, "name")),
        ([["text", None, "A?"]], (2, "name")),
        ([["text", "a", None]], (2, "label")),
        ([A, ["end_group"]], (3, "type")),
        ([["begin_group", "g"], A], (2, "type")),
        ([A, ["text", "b", "B?", "${c} = 1"]], (3, "relevant")),
        ([["text", "b", "B?", "${a} = 1"], A], (2, "relevant")),
        ([["text", "a", "A?", "${a} = 1"]], (2, "relevant")),
        ([A, ["text", "b", "B?", "${a} ="]], (3, "relevant")),
        ([A, ["text", "b", "B?", "regex(${a}, 'x')"]], (3, "relevant")),
        ([A, ["text", "b", "B?", "${a"]], (3, "relevant")),
        ([A, ["text", "b", "B?", "(" * 200 + "${a} = 1" + ")" * 200]], (3, "relevant")),
        ([["text", "a", "A?", None, "perhaps"]], (2, "required")),
        ([["range", "a", "A?", None, None, None, "start=5 end=1"]], (2, "parameters")),
        ([["range", "a", "A?", None, None, None, "start=1 end=five"]], (2, "parameters")),
        ([["range", "a", "A?", None, None, None, "start=1 end=5 step=0"]], (2, "parameters")),
        ([["range", "a", "A?", None, None, None, "start=0 end=inf"]], (2, "parameters")),
    ],
)
def test_a_fault_of_the_survey_names_row_and_column(
    rows: list[list[object]], place: tuple[int, str]
) -> None:
    assert faults(xlsform(*rows, choices=[["yn", "yes", "Yes"]])) == [("survey", *place)]


@pytest.mark.parametrize(
    ("choice", "column"),
    [
        (["l", "a", "Again"], "name"),
        (["l", "b c", "B"], "name"),
        (["l", None, "B"], "name"),
        ([None, "b", "B"], "list_name"),
        (["l" * 65, "b", "B"], "list_name"),
        (["l", "b", None], "label"),
    ],
)
def test_a_fault_of_the_choices_names_row_and_column(choice: list[object], column: str) -> None:
    data = xlsform(A, choices=[["l", "a", "A"], choice])
    assert faults(data) == [("choices", 3, column)]


@pytest.mark.parametrize("header", ["label::Spanish", "label::Spanish (español)", "label::(zz9)"])
def test_a_language_without_code_is_a_fault(header: str) -> None:
    data = workbook(survey=[["type", "name", "label", header], ["text", "a", "A?", "B?"]])
    assert faults(data) == [("survey", 1, header)]


def test_a_default_language_without_labels_is_a_fault() -> None:
    settings = [["default_language"], ["French (fr)"]]
    assert faults(xlsform(A, settings=settings)) == [("settings", 2, "default_language")]


def test_a_default_language_that_is_none_is_a_fault() -> None:
    settings = [["default_language"], ["Elvish"]]
    assert faults(xlsform(A, settings=settings)) == [("settings", 2, "default_language")]


def test_all_faults_are_told_at_once_in_the_order_of_the_rows() -> None:
    found = faults(xlsform(["txt", "1a", "A?"], ["text", None, None]))
    assert [(row, column) for _, row, column in found] == [
        (2, "type"),
        (2, "name"),
        (3, "name"),
        (3, "label"),
    ]


def test_conditions_too_long_together_are_a_fault() -> None:
    long = " or ".join(f"${{a}} = '{'x' * 90}{n}'" for n in range(12))
    groups = [["begin_group", f"g{n}", None, long] for n in range(3)]
    ends = [["end_group"]] * 3
    assert faults(xlsform(A, *groups, ["text", "b", "B?"], *ends)) == [("survey", 6, "relevant")]


def test_what_only_pyxform_finds_is_a_fault_too() -> None:
    settings = [["form_title", "allow_choice_duplicates"], ["A", "perhaps"]]
    data = xlsform(["text", "meta", "A?"], settings=settings)
    with pytest.raises(FormError) as caught:
        read_xlsform(data)
    assert "pyxform" in str(caught.value.problems[0])


def test_a_sheet_without_questions_is_a_fault() -> None:
    assert faults(xlsform()) == [("survey", 2, "type")]


def test_a_sheet_without_the_column_type_is_a_fault() -> None:
    assert faults(workbook(survey=[["name", "label"], ["a", "A?"]])) == [("survey", 1, "type")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not an XLSX workbook"),
        (b"PK\x03\x04 and nothing more", "not an XLSX workbook"),
        (b"type,name,label\ntext,a,A?\n", "not an XLSX workbook"),
        (workbook(Answers=[["a"], [1]]), "no sheet “survey”"),
    ],
)
def test_what_is_no_xlsform_is_refused_in_plain_words(data: bytes, words: str) -> None:
    with pytest.raises(ConsultError, match=words):
        read_xlsform(data)


def test_a_workbook_cut_in_half_is_refused() -> None:
    data = xlsform(A)
    with pytest.raises(ConsultError, match="workbook"):
        read_xlsform(data[: len(data) // 2])


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(ConsultError, match="cannot be read"):
        read_xlsform(out.getvalue())


def test_a_workbook_with_an_entity_bomb_is_refused() -> None:
    source, out = io.BytesIO(xlsform(A)), io.BytesIO()
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, bomb + text if name.endswith("sheet1.xml") else text)
    with pytest.raises(ConsultError, match="cannot be read"):
        read_xlsform(out.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(limits.MAX_UNPACKED_BYTES + 1))
    assert len(out.getvalue()) < limits.MAX_FILE_BYTES
    with pytest.raises(ConsultError, match="unpack to more than"):
        read_xlsform(out.getvalue())


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(ConsultError, match="larger than"):
        read_xlsform(bytes(limits.MAX_FILE_BYTES + 1))


def test_too_many_rows_are_refused() -> None:
    rows = [["text", f"q{n}", "Q?"] for n in range(limits.MAX_ROWS + 1)]
    with pytest.raises(FormError, match="rows"):
        read_xlsform(workbook(survey=[["type", "name", "label"], *rows]))


def test_a_very_long_cell_is_refused() -> None:
    with pytest.raises(FormError, match="characters"):
        read_xlsform(xlsform(["text", "a", "A" * (limits.MAX_CELL_LENGTH + 1)]))
