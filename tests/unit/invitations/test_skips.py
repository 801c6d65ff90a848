"""Conditions as ticks on paper."""

import pytest

from consult.invitations.skips import Skip, read_condition, stretches
from consult.surveys.models import Option, Question, QuestionnaireVersion, Section


def question(code: str, kind: str = "choice", options: str = "yes no", relevant: str = ""):
    return Question(code=code, kind=kind, relevant=relevant,
                    options=[Option(code=key) for key in options.split()])  # fmt: skip


CONSENT, ADULT = question("consent"), question("adult")
WHO = question("who", "choices", "new old club")
AGE = question("age", "integer", "")
BY_CODE = {q.code: q for q in (CONSENT, ADULT, WHO, AGE)}


def told(expression: str) -> list[tuple[str, list[str], bool]]:
    return [(skip.question.code, [option.code for option in skip.ticks], skip.only)
            for skip in read_condition(expression, BY_CODE)]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("", []),
        ("${consent} = 'yes'", [("consent", ["yes"], True)]),
        ("${adult} != 'no'", [("adult", ["no"], False)]),
        ("not(${adult} = 'no')", [("adult", ["no"], False)]),
        ("selected(${who}, 'club')", [("who", ["club"], True)]),
        ("selected(${who}, 'new') or selected(${who}, 'old')", [("who", ["new", "old"], True)]),
        ("${consent} = 'yes' and ${adult} != 'no'",
         [("adult", ["no"], False), ("consent", ["yes"], True)]),
        ("${consent} = 'yes' or ${adult} = 'yes'", [("adult", [], True), ("consent", [], True)]),
        ("${age} > 17", [("age", [], True)]),
        ("${consent} = 'yes' or ${consent} != 'yes'", []),
    ],
)  # fmt: skip
def test_a_condition_is_told_as_ticks(expression: str, expected: list[object]) -> None:
    assert told(expression) == expected


def test_a_condition_that_never_holds_names_no_tick() -> None:
    assert told("${consent} = 'perhaps'") == [("consent", [], True)]


def version(*screens: tuple[str, list[Question]]) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        sections=[
            Section(relevant=relevant, questions=questions) for relevant, questions in screens
        ]
    )


def test_a_skip_is_said_once_for_all_the_questions_it_holds_for() -> None:
    yes = "${consent} = 'yes'"
    club = question("club", "text", "", "selected(${who}, 'club')")
    made = version(
        ("", [question("consent")]),
        (yes, [question("who", "choices", "new club"), club]),
        (yes, [question("n", "note", ""), question("good", "text", "")]),
        ("", [question("last", "text", "")]),
    )
    found = {
        number: [(s.skip.question.code, s.first, s.last) for s in here]
        for number, here in stretches(made).items()
    }
    assert found == {2: [("consent", 2, 4)], 3: [("who", 3, 3)]}


def test_a_skip_names_its_question_even_without_ticks() -> None:
    assert read_condition("${age} > 17", BY_CODE) == [Skip(AGE, (), True)]
