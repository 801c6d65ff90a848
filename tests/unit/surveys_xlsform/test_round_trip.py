"""What is written is read back as it was, and pyxform takes it."""

import io
from pathlib import Path

import pyxform.xls2xform
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.kernel.localized import LocalizedText
from consult.surveys.xlsform.form import Form, FormOption, FormQuestion, FormSection
from consult.surveys.xlsform.reader import read_xlsform
from consult.surveys.xlsform.workbook import clean
from consult.surveys.xlsform.writer import write_xlsform
from tests.factories.workbooks import xlsform

DEMO = Path(__file__).resolve().parents[3] / "consult" / "cli" / "demo" / "questionnaire.xlsx"
LANGUAGES = ("en", "es", "ar", "kmr", "de-x-easy", "zh-Hans")

KINDS = ("text", "choice", "choices", "rating", "rank", "integer", "range", "note", "date")
NUMBERS = st.integers(1, 99)
PARAMETERS = {
    "text": st.fixed_dictionaries({}, optional={"longest": NUMBERS}),
    "integer": st.fixed_dictionaries({}, optional={"start": st.integers(-9, 0), "end": NUMBERS}),
    "range": st.fixed_dictionaries({"start": st.just(0), "end": NUMBERS, "step": st.just(0.5)}),
}
words = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Co", "Cn")), max_size=30)
text = words.map(clean).filter(lambda t: t and "_x" not in t and "${" not in t)
label = st.builds(
    lambda first, others: LocalizedText({"en": first, **others}),
    text,
    st.dictionaries(st.sampled_from(LANGUAGES[1:]), text),
)
audio = st.dictionaries(st.sampled_from(LANGUAGES), st.just("a.mp3")).map(LocalizedText)
option_lists = st.lists(
    st.tuples(st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True), label,
              st.sampled_from(("", "a.png", "b c.jpg")), audio),
    min_size=1, max_size=4, unique_by=lambda row: row[0],
).map(lambda rows: tuple(FormOption(*row) for row in rows))  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, code: str) -> FormQuestion:
    kind = draw(st.sampled_from(KINDS))
    has_options = kind in ("choice", "choices", "rating", "rank")
    return FormQuestion(
        code, kind, draw(label), draw(st.just(LocalizedText()) | label), draw(st.booleans()),
        appearance=draw(st.sampled_from(("likert", "faces"))) if kind == "rating" else "",
        list_name=f"list_{code}" if has_options else "",
        parameters=draw(PARAMETERS.get(kind, st.just({}))),
        options=draw(option_lists) if has_options else (),
        audio=draw(audio),
    )  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> Form:
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    sections = tuple(
        FormSection(
            f"s{n}", draw(st.just(LocalizedText()) | label), "" if n == 0 else "${q0_0} != ''",
            tuple(draw(questions(f"q{n}_{m}")) for m in range(count)),
        )
        for n, count in enumerate(counts)
    )  # fmt: skip
    return Form(draw(label), "form", "7", "en", LANGUAGES, sections)


@settings(max_examples=25, deadline=None)
@given(forms())
def test_any_questionnaire_is_read_back_as_it_was(form: Form) -> None:
    assert read_xlsform(write_xlsform(form)).form == form


def test_the_demo_questionnaire_is_read_back_as_it_was() -> None:
    form = read_xlsform(DEMO.read_bytes()).form
    assert read_xlsform(write_xlsform(form)).form == form


def test_pyxform_converts_what_is_written() -> None:
    data = write_xlsform(read_xlsform(DEMO.read_bytes()).form)
    done = pyxform.xls2xform.convert(io.BytesIO(data), validate=False, file_type=".xlsx")
    assert 'lang="Arabic (ar)"' in done.xform


def test_nested_groups_are_read_back_as_the_same_screens() -> None:
    form = read_xlsform(
        xlsform(
            ["text", "a", "A?"],
            ["begin_group", "outer", "Outer", "${a} = 'x'"],
            ["text", "b", "B?"],
            ["begin_group", "inner", "Inner", "${b} = 'y'"],
            ["text", "c", "C?"],
            ["end_group"],
            ["text", "d", "D?"],
            ["end_group"],
        )
    ).form
    assert read_xlsform(write_xlsform(form)).form == form


def test_one_list_name_never_stands_for_two_lists() -> None:
    yes, no = (FormOption(code, LocalizedText(en=code)) for code in ("yes", "no"))
    asked = LocalizedText(en="A?")
    both = (
        FormQuestion("a", "choice", asked, list_name="l", options=(yes,)),
        FormQuestion("b", "choice", asked, list_name="l", options=(no,)),
    )
    section = FormSection("s", LocalizedText(), "", both)
    form = Form(LocalizedText(en="F"), "f", "", "en", ("en",), (section,))
    found = read_xlsform(write_xlsform(form)).form.questions
    assert [question.options for question in found] == [(yes,), (no,)]


def test_other_with_its_text_is_read_back_as_it_was() -> None:
    form = read_xlsform(
        xlsform(
            ["select_one kind or_other", "kind", "What kind?"],
            ["select_multiple kind or_other", "more", "What else?"],
            choices=[["kind", "ngo", "NGO"]],
        )
    ).form
    assert [(q.code, q.kind) for q in form.questions] == [
        ("kind", "choice"), ("kind_other", "text"), ("more", "choices"), ("more_other", "text"),
    ]  # fmt: skip
    assert [option.code for option in form.questions[0].options] == ["ngo", "other"]
    assert read_xlsform(write_xlsform(form)).form == form


def test_a_screen_that_is_a_table_stays_one() -> None:
    form = read_xlsform(
        xlsform(
            ["begin_group", "g", "Ease", None, None, "table-list"],
            ["select_one ease", "work", "Work"],
            ["select_one ease", "home", "A home"],
            ["end_group"],
            choices=[["ease", "1", "Hard"], ["ease", "2", "Easy"]],
        )
    ).form
    assert form.sections[0].appearance == "table-list"
    assert read_xlsform(write_xlsform(form)).form == form
