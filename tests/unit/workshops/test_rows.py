"""What rows become."""

from typing import Any

from consult.kernel.localized import LocalizedText
from consult.kernel.tables import Row
from consult.surveys.models import Option, Question
from consult.workshops.keys import Keys
from consult.workshops.mapping import AnswerMapping, fit_mapping
from consult.workshops.rows import Reading, RowReader, read_rows


def ask(code: str, kind: str, *options: tuple[str, str, str], **parameters: Any) -> Question:
    return Question(
        code=code,
        kind=kind,
        label=LocalizedText(en=f"{code}?"),
        parameters=parameters,
        options=[Option(code=c, label=LocalizedText(en=en, es=es)) for c, en, es in options],
    )


YES_NO = (("yes", "Yes", "Sí"), ("no", "No", "No"))
QUESTIONS = [
    ask("consent", "choice", *YES_NO),
    ask("good", "text"),
    ask("hardest", "text"),
    ask("who", "choices", ("moved", "I moved here", "Vine"), ("lived", "I live here", "Vivo")),
    ask("quote", "choice", *YES_NO),
    ask("years", "integer"),
    ask("scale", "range", start=1, end=5, step=1),
    ask("met", "date"),
    ask("order", "rank", ("work", "Work", "Trabajo"), ("home", "A home", "Casa")),
]


def read(*rows: dict[str, str], **mapping: Any) -> Reading:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    plan = fit_mapping(AnswerMapping(**mapping), columns, QUESTIONS)
    reader = RowReader(plan, Keys("here", plan.mapping.source), "en")
    return read_rows([Row(n, row) for n, row in enumerate(rows, 2)], reader)


def answers(*rows: dict[str, str], **mapping: Any) -> list[dict[str, Any]]:
    reading = read(*rows, **mapping)
    assert [str(problem) for problem in reading.problems] == []
    return [entry.answers for entry in reading.entries]


def problem(row: dict[str, str], **mapping: Any) -> str:
    (found,) = read({"good": "Fine", **row}, **mapping).problems
    return str(found)


LONG = {"question_column": "q", "text_column": "t"}


def test_a_text_is_kept_exactly_as_typed() -> None:
    assert answers({"good": " Fine, \n thanks "}) == [{"good": " Fine, \n thanks "}]


def test_choices_may_be_codes_or_labels_in_any_language() -> None:
    assert answers({"who": "moved"}, {"who": "I live here"}, {"who": "vine"}) == [
        {"who": ["moved"]},
        {"who": ["lived"]},
        {"who": ["moved"]},
    ]


def test_several_choices_may_be_separated_in_several_ways() -> None:
    rows = ({"who": text} for text in ("moved lived", "moved;lived", "Vine, I live here"))
    assert answers(*rows) == [{"who": ["moved", "lived"]}] * 3


def test_an_order_keeps_its_order() -> None:
    assert answers({"order": "A home; trabajo"}) == [{"order": ["home", "work"]}]


def test_numbers_and_dates_are_read_by_their_question() -> None:
    assert answers({"years": "٧", "scale": "4", "met": "2026-03-01"}) == [
        {"years": 7, "scale": 4, "met": "2026-03-01"}
    ]


def test_a_cell_that_does_not_fit_its_question_is_a_fault_of_its_column() -> None:
    assert problem({"who": "martian"}).startswith("Line 2, column who: “martian” is no choice")
    for cells in ({"years": "many"}, {"scale": "6"}, {"met": "yesterday"}):
        assert problem(cells).startswith(f"Line 2, column {next(iter(cells))}:")


def test_a_text_that_is_too_long_is_a_fault() -> None:
    assert "20001 characters" in problem({"hardest": "a" * 20_001})


def test_broken_characters_are_a_fault() -> None:
    assert "broken character" in problem({"hardest": "a\0b"})
    assert "broken character" in problem({"hardest": "a\ud800b"})


def test_an_unknown_language_or_channel_is_a_fault() -> None:
    assert "no language" in problem({"l": "Elvish"}, language_column="l")
    assert "the channels are: web, paper" in problem({"c": "pigeon"}, channel_column="c")


def test_languages_may_be_tags_or_names() -> None:
    rows = ({"good": "x", "l": name} for name in ("es", "Spanish", "español", "Dari", ""))
    entries = read(*rows, language_column="l").entries
    assert [entry.language for entry in entries] == ["es", "es", "es", "prs", "en"]


def test_a_blank_row_is_noted_and_left_out() -> None:
    reading = read({"good": "  ", "x": "7"}, {"good": "Fine", "x": ""})
    assert (reading.blank, len(reading.entries)) == ([2], 1)


def test_a_row_of_the_long_form_without_text_is_blank() -> None:
    reading = read({"q": "good", "t": "", "who": "moved"}, **LONG)
    assert (reading.blank, reading.entries) == ([2], [])


def test_who_does_not_take_part_is_left_out() -> None:
    reading = read({"consent": "No", "good": "Fine"})
    assert (reading.declined, reading.entries) == ([2], [])


def test_who_does_not_take_part_is_left_out_of_the_long_form_whole() -> None:
    rows = ({"r": "1", "q": "good", "t": "Fine"}, {"r": "1", "q": "consent", "t": "no"})
    reading = read(*rows, **LONG, respondent_column="r")
    assert (reading.declined, reading.entries) == ([2, 3], [])


def test_only_a_yes_lets_words_be_quoted() -> None:
    rows = ({"good": "x", "may": may} for may in ("yes", "Sí", "1", "no", ""))
    entries = read(*rows, quote_column="may").entries
    assert [entry.may_quote for entry in entries] == [True, True, True, False, False]
    assert "no choice" in problem({"may": "?"}, quote_column="may")


def test_the_question_about_quotes_counts_as_permission() -> None:
    entries = read({"good": "x", "quote": "yes"}, {"good": "y", "quote": ""}).entries
    assert [entry.may_quote for entry in entries] == [True, False]


def test_questions_of_the_long_form_may_be_renamed() -> None:
    rows = ({"q": "G1", "t": "Fine"}, {"q": "hardest?", "t": "Rent"})
    assert answers(*rows, **LONG, questions={"g1": "good"}) == [
        {"good": "Fine"},
        {"hardest": "Rent"},
    ]


def test_an_unknown_question_of_the_long_form_is_a_fault() -> None:
    (found,) = read({"q": "best", "t": "Fine"}, **LONG).problems
    assert str(found).startswith("Line 2, column q: “best” is no question")


def test_rows_of_one_respondent_become_one_response() -> None:
    rows = (
        {"r": "7", "q": "good", "t": "Fine"},
        {"r": "8", "q": "good", "t": "Well"},
        {"r": "7", "q": "hardest", "t": "Rent"},
    )
    found = answers(*rows, **LONG, respondent_column="r")
    assert found == [{"good": "Fine", "hardest": "Rent"}, {"good": "Well"}]


def test_a_respondent_with_a_faulty_row_is_refused_whole() -> None:
    rows = (
        {"r": "7", "q": "good", "t": "Fine"},
        {"r": "7", "q": "worst", "t": "Rent"},
        {"r": "8", "q": "good", "t": "Well"},
    )
    reading = read(*rows, **LONG, respondent_column="r")
    assert (sorted(reading.refused), len(reading.entries)) == ([2, 3], 1)


def test_two_answers_of_a_respondent_to_one_question_are_a_fault() -> None:
    rows = ({"r": "7", "q": "good", "t": "Fine"}, {"r": "7", "q": "good", "t": "Well"})
    (found,) = read(*rows, **LONG, respondent_column="r").problems
    assert found.line == 3


def test_an_id_that_stands_twice_or_is_missing_is_a_fault() -> None:
    rows = [{"id": text, "good": "Fine"} for text in ("1", "1", "")]
    found = read(*rows, id_column="id").problems
    assert [(p.line, p.column) for p in found] == [(3, "id"), (4, "id")]


def test_every_fault_of_a_row_is_told() -> None:
    row = {"good": "Fine", "who": "martian", "l": "Elvish", "c": "pigeon"}
    assert len(read(row, language_column="l", channel_column="c").problems) == 3


def test_like_rows_get_unlike_keys_and_the_same_ones_again() -> None:
    first, second = ([e.key for e in read(*[{"good": "Fine"}] * 2).entries] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2


def test_keys_do_not_tell_the_id() -> None:
    (entry,) = read({"id": "ana@valdora.example", "good": "Fine"}, id_column="id").entries
    assert "ana" not in entry.key
    assert len(entry.key) <= 128


def test_sources_keep_like_ids_apart() -> None:
    row = {"id": "1", "good": "Fine"}
    keys = {read(row, id_column="id", source=name).entries[0].key for name in ("a", "b")}
    assert len(keys) == 2
