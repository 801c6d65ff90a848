"""“Other” and the text beside it."""

from types import SimpleNamespace
from typing import Any

import pytest

from consult.surveys.companions import companions


def question(code: str, kind: str = "text", relevant: str = "", *codes: str) -> Any:
    options = [SimpleNamespace(code=one) for one in codes]
    return SimpleNamespace(code=code, kind=kind, relevant=relevant, options=options, parameters={})


ASKED = question("q", "choice", "", "yes", "other")


@pytest.mark.parametrize(
    "relevant", ["selected(${q}, 'other')", 'selected( ${ q },"other" )', "${q} = 'other'"]
)
def test_a_text_that_hangs_on_other_stands_beside_it(relevant: str) -> None:
    text = question("q_other", "text", relevant)
    assert companions([ASKED, text]) == {"q": text}


@pytest.mark.parametrize(
    "text",
    [
        question("q_other", "text", ""),
        question("q_other", "text", "${q} = 'yes'"),
        question("q_other", "text", "${p} = 'other'"),
        question("q_other", "text", "${q} = 'other' and ${p} = '1'"),
        question("q_other", "integer", "${q} = 'other'"),
        question("q_more", "text", "${q} = 'other'"),
    ],
)
def test_any_other_question_stands_for_itself(text: Any) -> None:
    assert companions([ASKED, text]) == {}


def test_a_question_without_the_choice_has_no_text_beside_it() -> None:
    text = question("q_other", "text", "${q} = 'other'")
    assert companions([question("q", "choice", "", "yes"), text]) == {}
