"""The whole way, with good input and bad."""

import subprocess
import sys

import pytest

from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Codebook, CodebookTheme, Decision, Result, Statement

ANSWERS = [
    ("en", "The rent is so high that I cannot find a flat for my family."),
    ("es", "No encuentro piso, los alquileres son muy caros."),
    ("de", "Ich suche seit einem Jahr eine Wohnung, die Miete ist zu teuer."),
    ("en", "I need a language course, the waiting list is nine months."),
    ("de", "Der Sprachkurs ist voll, ich warte seit Monaten auf einen Platz."),
    ("en", "-"),
]


def run(*texts: str, lang: str | None = None, **settings: object) -> Result:
    statements = [Statement(str(at), text, lang) for at, text in enumerate(texts)]
    return ThemeFinder(**settings).fit(statements).result_  # type: ignore[arg-type]


def answers() -> list[Statement]:
    return [Statement(str(at), text, lang) for at, (lang, text) in enumerate(ANSWERS)]


def test_answers_about_one_thing_meet_across_languages() -> None:
    clusters = [row.cluster for row in ThemeFinder().fit(answers()).result_.statements]
    assert clusters == ["T05", "T05", "T05", "T01", "T01", None]


def test_the_same_input_gives_the_same_output() -> None:
    assert ThemeFinder().fit(answers()).result_ == ThemeFinder().fit(answers()).result_


def test_what_a_person_decided_stands() -> None:
    decisions = [Decision("0", "T09", True), Decision("1", "T05", False)]
    found = ThemeFinder().fit(answers(), decisions).result_.statements
    assert found[0].themes[0].code == "T09"
    assert "T05" not in [theme.code for theme in found[1].themes]


def test_decisions_on_unknown_statements_and_themes_are_passed_over() -> None:
    decisions = [Decision("99", "T05", True), Decision("0", "X", True)]
    assert ThemeFinder().fit(answers(), decisions).result_ == ThemeFinder().fit(answers()).result_


def test_a_translation_has_a_say() -> None:
    said = Statement("0", "qqqq zzzz wwww", "ti", translation="The rent for the flat is too high")
    assert ThemeFinder().fit([said]).result_.statements[0].themes[0].code == "T05"


def test_copies_share_their_themes_and_count_as_one_text() -> None:
    result = run(*[ANSWERS[0][1]] * 5, lang="en")
    assert [row.duplicate_of for row in result.statements] == [None, "0", "0", "0", "0"]
    assert (result.clusters[0].size, result.clusters[0].texts) == (5, 1)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["buses"],
        [""],
        ["🙂", "👍👍", "❤️"],
        ["same words again and again here"] * 30,
        ["Mi bezonas laboron kaj loĝejon por mia familio"],
        ["wörk шool мedico дом", "раssport паспорт"],
        ["\u202eالبيت غالي جدا\u200f", "\u2067house\u2069"],
        ["rent " * 4_000],
        ["\ud800\udfff broken \x00 text here"],
    ],
)
def test_odd_input_gives_a_result(texts: list[str]) -> None:
    result = run(*texts)
    assert [row.id for row in result.statements] == [str(at) for at in range(len(texts))]
    assert result == run(*texts)


@pytest.mark.parametrize("number", [0, 1, 300])
def test_a_codebook_may_have_no_one_or_very_many_themes(number: int) -> None:
    themes = tuple(CodebookTheme(f"X{at}", f"Subject number {at}") for at in range(number))
    result = run(*[text for _, text in ANSWERS], codebook=Codebook(themes))
    assert len(result.statements) == len(ANSWERS)


def test_ids_must_differ() -> None:
    with pytest.raises(ValueError, match="differ"):
        ThemeFinder().fit([Statement("1", "a"), Statement("1", "b")])


def test_progress_goes_up_and_may_end_the_run() -> None:
    seen: list[float] = []
    ThemeFinder().fit(answers(), progress=lambda done, _message: seen.append(done))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def cancel(done: float, _message: str) -> None:
        if done > 0.2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ThemeFinder().fit(answers(), progress=cancel)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import consult.analysis, sys; print({'flask', 'sqlalchemy', 'sklearn'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
