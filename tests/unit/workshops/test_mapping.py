"""How columns find their questions."""

import pytest

from consult.kernel.localized import LocalizedText
from consult.surveys.models import Question
from consult.workshops.mapping import AnswerMapping, MappingError, fit_mapping, read_mapping

QUESTIONS = [
    Question(code="good", kind="text", label=LocalizedText(en="What is good?", es="¿Qué va bien?")),
    Question(code="hardest", kind="text", label=LocalizedText(en="What is hard?")),
    Question(code="thanks", kind="note", label=LocalizedText(en="Thanks")),
]


def fitted(headers: tuple[str, ...], **mapping: object) -> dict[str, str]:
    plan = fit_mapping(AnswerMapping(**mapping), headers, QUESTIONS)
    return {header: question.code for header, question in plan.columns.items()}


@pytest.mark.parametrize(
    "header", ["good", "GOOD", "What is good?", " what  is GOOD? ", "¿Qué va bien?"]
)
def test_a_column_named_like_a_code_or_label_maps_itself(header: str) -> None:
    assert fitted((header,)) == {header: "good"}


def test_a_stated_column_goes_before_what_its_header_says() -> None:
    assert fitted(("good", "x"), columns={"good": "hardest"}) == {"good": "hardest"}


def test_a_header_is_found_without_regard_to_case() -> None:
    assert fitted(("Comment ",), columns={"comment": "good"}) == {"Comment ": "good"}


def test_a_column_with_a_role_is_no_answer() -> None:
    assert fitted(("good", "hardest"), id_column="good") == {"hardest": "hardest"}


def test_columns_nobody_uses_are_told() -> None:
    plan = fit_mapping(AnswerMapping(), ("good", "likes", "thanks"), QUESTIONS)
    assert plan.unused == ("likes", "thanks")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"columns": {"comments": "good"}}, "Is it “comment”"),
        ({"columns": {"comment": "gut"}}, "no question “gut”"),
        ({"columns": {"comment": "thanks"}}, "no question “thanks”"),
        ({"columns": {"comment": "good", "other": "good"}}, "Two columns"),
        ({"id_column": "zzz"}, "no column “zzz”"),
        ({"question_column": "comment"}, "go together"),
        ({"text_column": "comment"}, "go together"),
        ({"questions": {"a": "gut"}, "columns": {"other": "good"}}, "no question “gut”"),
        ({}, "No column of the file belongs to a question"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping: dict[str, object], words: str) -> None:
    with pytest.raises(MappingError, match=words):
        fitted(("comment", "other"), **mapping)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not a JSON object"),
        ('{"colums": {}}', "it may say"),
        ('{"columns": ["a"]}', "wrong form"),
        ('{"columns": {"a": 1}}', "wrong form"),
        ('{"id_column": 1}', "wrong form"),
    ],
)
def test_a_mapping_file_with_a_fault_is_refused(text: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        read_mapping(text)
