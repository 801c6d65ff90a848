"""What an XLSForm becomes."""

import pytest

from consult.kernel.localized import LocalizedText
from consult.surveys.xlsform.form import Form
from consult.surveys.xlsform.reader import read_xlsform
from tests.factories.workbooks import workbook, xlsform

YES_NO = [["yn", "yes", "Yes"], ["yn", "no", "No"]]


def read(*questions: list[object], **sheets: list[list[object]]) -> Form:
    return read_xlsform(xlsform(*questions, **sheets)).form


@pytest.mark.parametrize(
    ("written", "appearance", "kind"),
    [
        ("text", "", "text"),
        ("note", "", "note"),
        ("select_one yn", "", "choice"),
        ("select one yn", "minimal", "choice"),
        ("select_one yn", "likert", "rating"),
        ("select_one yn", "faces", "rating"),
        ("select_multiple yn", "", "choices"),
        ("rank yn", "", "rank"),
        ("integer", "", "integer"),
        ("range", "", "range"),
        ("date", "", "date"),
    ],
)
def test_every_supported_type_becomes_a_kind(written: str, appearance: str, kind: str) -> None:
    form = read([written, "a", "A?", None, None, appearance], choices=YES_NO)
    assert [question.kind for question in form.questions] == [kind]


def test_choices_keep_their_codes_and_order() -> None:
    form = read(["select_one yn", "a", "A?"], choices=[["yn", 2, "Two"], ["yn", 1, "One"]])
    assert [option.code for option in form.questions[0].options] == ["2", "1"]


def test_a_range_has_start_end_and_step() -> None:
    form = read(["range", "a", "A?", None, None, None, "start=0 end=1 step=0.25"])
    assert form.questions[0].parameters == {"start": 0, "end": 1, "step": 0.25}


def test_a_range_that_says_nothing_goes_from_one_to_ten() -> None:
    assert read(["range", "a", "A?"]).questions[0].parameters == {"start": 1, "end": 10, "step": 1}


@pytest.mark.parametrize(
    ("kind", "constraint", "parameters"),
    [
        ("integer", ". >= 0 and . <= 120", {"start": 0, "end": 120}),
        ("integer", "(.>0) and (. < 10)", {"start": 1, "end": 9}),
        ("text", "string-length(.) <= 500", {"longest": 500}),
        ("text", "regex(., 'x')", {}),
        ("date", ". >= 0", {}),
    ],
)
def test_limits_are_read_from_the_constraint(
    kind: str, constraint: str, parameters: dict[str, int]
) -> None:
    read_form = read_xlsform(xlsform([kind, "a", "A?", *[None] * 6, constraint]))
    assert read_form.form.questions[0].parameters == parameters
    unchecked = [problem for problem in read_form.warnings if problem.column == "constraint"]
    assert bool(unchecked) == (not parameters)


def test_labels_and_hints_are_kept_in_every_language() -> None:
    form = read(["text", "a", "A?", None, "yes", None, None, "Hint", "¿A?"])
    assert form.languages == ("en", "es")
    assert form.questions[0].label == {"en": "A?", "es": "¿A?"}
    assert form.questions[0].hint == {"en": "Hint"}
    assert form.questions[0].required


def test_a_group_is_a_screen_with_a_title() -> None:
    form = read(["begin group", "g", "About you"], ["text", "a", "A?"], ["end group"])
    (section,) = form.sections
    assert (section.code, section.title["en"]) == ("g", "About you")


def test_questions_outside_groups_share_screens_of_three() -> None:
    form = read(*[["text", f"q{n}", "Q?"] for n in range(7)])
    assert [len(section.questions) for section in form.sections] == [3, 3, 1]


def test_conditions_of_nested_groups_all_hold() -> None:
    form = read(
        ["text", "a", "A?"],
        ["begin_group", "outer", None, "${a} = 'x'"],
        ["begin_group", "inner", None, "${a} != 'y'"],
        ["text", "b", "B?"],
        ["end_group"],
        ["end_group"],
    )
    assert form.sections[1].relevant == "(${a} = 'x') and (${a} != 'y')"


def test_questions_around_an_inner_group_make_screens_of_their_own() -> None:
    form = read(
        ["begin_group", "outer", "Outer"],
        ["text", "a", "A?"],
        ["begin_group", "inner"],
        ["text", "b", "B?"],
        ["end_group"],
        ["text", "c", "C?"],
        ["end_group"],
    )
    assert [section.code for section in form.sections] == ["outer", "inner", "outer_3"]


def test_settings_give_title_id_version_and_default_language() -> None:
    settings = [["form_title", "form_id", "version", "default_language"], ["T", "f", 3, "es"]]
    form = read(["text", "a", "A?", *[None] * 5, "¿A?"], settings=settings)
    assert (form.title, form.form_id, form.form_version) == ({"es": "T"}, "f", "3")
    assert form.default_language == "es"


def test_a_plain_label_is_in_the_language_of_the_consultation() -> None:
    data = workbook(survey=[["type", "name", "label"], ["text", "a", "¿A?"]])
    assert read_xlsform(data, "es").form.questions[0].label == LocalizedText(es="¿A?")


def test_rows_that_would_identify_people_are_left_out() -> None:
    done = read_xlsform(xlsform(["deviceid", "deviceid"], ["text", "a", "A?", *[None] * 5, "¿A?"]))
    assert [question.code for question in done.form.questions] == ["a"]
    assert "nothing that identifies" in str(done.warnings[0])


def test_a_blank_label_in_one_language_is_a_warning() -> None:
    (warning,) = read_xlsform(xlsform(["text", "a", "A?"])).warnings
    assert str(warning).startswith("survey, row 2, column label::Spanish (es):")


def test_a_crowded_screen_is_a_warning() -> None:
    questions = [["text", f"q{n}", "Q?", *[None] * 5, "¿Q?"] for n in range(4)]
    done = read_xlsform(xlsform(["begin_group", "g"], *questions, ["end_group"]))
    assert "more than three questions" in str(done.warnings[0])
