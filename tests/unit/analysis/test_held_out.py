"""The bars of the analysis, on texts it was not built with (tests/corpus)."""

import json
from pathlib import Path

import pytest

from consult.analysis import evaluation, measures
from consult.analysis.codebook import default_codebook
from consult.analysis.evaluation import Coded
from consult.analysis.pipeline import ThemeFinder
from consult.analysis.types import Codebook, CodebookTheme, Result, Statement

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus() -> list[Coded]:
    return evaluation.read_corpus(CORPUS / "held_out")


@pytest.fixture(scope="module")
def result(corpus: list[Coded]) -> Result:
    return evaluation.run(corpus)


def test_themes_are_found_in_answers_nothing_was_learnt_from(
    corpus: list[Coded], result: Result
) -> None:
    found = evaluation.figures_of_run(corpus, result)
    assert found["micro F1"] > 0.72
    assert found["AMI"] > 0.55
    assert found["leakage"] <= 0.05
    assert found["pairs F1"] > 0.5
    assert found["without theme"] <= 0.1


def test_no_language_is_left_behind(corpus: list[Coded], result: Result) -> None:
    by_language = evaluation.by_language(corpus, result)
    assert len(by_language) == 28
    assert min(found["micro F1"] for found in by_language.values()) > 0.45


def test_groups_found_without_a_codebook_follow_the_concerns(corpus: list[Coded]) -> None:
    finder = ThemeFinder(Codebook()).fit([row.statement for row in corpus])
    found = evaluation.figures_of_run(corpus, finder.result_)
    assert found["AMI"] > 0.4
    assert found["leakage"] <= 0.05


def test_copies_of_a_campaign_are_put_together_and_nothing_else() -> None:
    lines = (CORPUS / "campaigns.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    given = [Statement(str(at), row["text"], row["lang"]) for at, row in enumerate(rows)]
    groups = [[rows[int(at)]["group"] for at in group]
              for group in ThemeFinder().fit(given).result_.duplicates]  # fmt: skip
    copies = [row for row in rows if row["group"]]
    assert sum(len(group) for group in groups) >= 0.95 * len(copies)
    assert all(len(set(group)) == 1 and group[0] for group in groups)


def test_what_is_about_a_missing_theme_is_not_forced_into_another(corpus: list[Coded]) -> None:
    housing = Codebook(tuple(t for t in default_codebook().themes if t.code == "T05"))
    result = ThemeFinder(housing).fit([row.statement for row in corpus]).result_
    placed = [bool(row.themes) for row in result.statements]
    inside = [at for at, row in enumerate(corpus) if "T05" in row.themes]
    outside = [at for at, row in enumerate(corpus) if "T05" not in row.themes]
    assert sum(placed[at] for at in inside) >= 0.7 * len(inside)
    assert sum(placed[at] for at in outside) <= 0.1 * len(outside)


def test_a_codebook_of_names_alone_works_in_every_language(corpus: list[Coded]) -> None:
    bare = [CodebookTheme(f"X{theme.code}", theme.name, theme.definition)
            for theme in default_codebook().themes]  # fmt: skip
    result = ThemeFinder(Codebook(tuple(bare))).fit([row.statement for row in corpus]).result_
    rows = [tuple(f"X{code}" for code in row.themes) for row in corpus]
    codes = [theme.code for theme in bare]
    proposed = [[theme.code for theme in row.themes] for row in result.statements]
    assert measures.micro_f1(measures.flags(proposed, codes), measures.flags(rows, codes)) > 0.55
