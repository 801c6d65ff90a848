"""What a run says of itself, by language and when it is run anew."""

import pytest

from consult.analysis.figures import figures_by_language
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.stability import measure_stability
from consult.analysis.types import Statement, StatementResult, ThemeScore

HOMES = ("en", "The rent is so high that I cannot find a flat for house number {}.")
COURSES = ("de", "Der Sprachkurs ist voll, ich warte seit {} Monaten auf einen Platz.")


def result(lang: str, cluster: str | None, is_empty: bool = False) -> StatementResult:
    themes = (ThemeScore(cluster, 0.8),) if cluster and cluster.startswith("T") else ()
    return StatementResult("0", lang, themes, cluster, is_empty)


def statements(*kinds: tuple[str, str], each: int = 20) -> list[Statement]:
    return [
        Statement(f"{lang}{number}", text.format(number), lang)
        for lang, text in kinds
        for number in range(each)
    ]


def test_a_language_has_its_counts() -> None:
    rows = [result("en", "T05"), result("en", "N01"), result("en", None), result("en", None, True)]
    assert figures_by_language(rows)["en"] == {
        "statements": 4, "empty": 1, "without_theme": 2, "unclustered": 1, "leakage": None,
    }  # fmt: skip


def test_a_language_with_clusters_of_its_own_leaks_and_one_that_shares_them_does_not() -> None:
    shared = [result(lang, f"T0{at % 4}") for lang in ("en", "es") for at in range(40)]
    found = figures_by_language([*shared, *[result("so", "N01")] * 40])
    assert found["so"]["leakage"] > 0.5
    assert found["en"]["leakage"] < 0.2
    assert figures_by_language(shared)["en"]["leakage"] == pytest.approx(0, abs=0.05)


def test_too_few_statements_and_a_single_language_tell_no_leakage() -> None:
    few = [result("so", "T05")] * 4
    assert figures_by_language([*few, *[result("en", "T05")] * 9])["so"]["leakage"] is None
    assert figures_by_language([result("en", "T05")] * 9)["en"]["leakage"] is None


def test_a_run_carries_the_figures_of_its_languages() -> None:
    found = ThemeFinder().fit(statements(HOMES, COURSES, each=3)).result_.by_language
    assert {lang: row["statements"] for lang, row in found.items()} == {"de": 3, "en": 3}


def test_clear_themes_are_stable_overall_and_in_each_large_language() -> None:
    told: list[float] = []
    rows = [*statements(HOMES, COURSES), Statement("fr", "Le loyer est trop cher.", "fr")]
    found = measure_stability(
        rows, runs=2, progress=lambda fraction, _message: told.append(fraction)
    )
    assert (found.statements, found.seeds) == (41, 1)
    assert found.samples > 0.9
    assert set(found.languages) == {"de", "en"}
    assert told == sorted(told)
    assert max(told) < 1


def test_the_same_statements_give_the_same_stability() -> None:
    rows = statements(HOMES, COURSES, each=8)
    assert measure_stability(rows, runs=1) == measure_stability(rows, runs=1)


def test_no_statement_or_one_is_no_error() -> None:
    assert measure_stability([], runs=1).statements == 0
    assert measure_stability(statements(HOMES, each=1), runs=1).seeds == 1
