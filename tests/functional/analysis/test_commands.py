"""The commands that measure, check and train the analysis."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.cli.encoder import encoder
from consult.cli.evaluate import evaluate
from consult.cli.lexicon import lexicon
from consult.cli.themes import themes
from tests.factories.tiny_model import make_model

ROWS = [
    {"id": "1", "lang": "en", "text": "The rent is too high", "themes": ["T05"]},
    {"id": "2", "lang": "de", "text": "Die Miete ist viel zu hoch", "themes": ["T05"]},
    {"id": "3", "lang": "en", "text": "There is no bus on Sunday", "themes": ["T17"]},
    {"id": "4", "lang": "en", "text": "-", "themes": ["none"]},
]


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONSULT_INSTANCE", str(tmp_path / "instance"))
    return make_model(tmp_path / "mine", {"rent": (1, 0, 0), "miete": (1, 0, 0), "bus": (0, 1, 0)})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "coded.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return file


def run(*args: str) -> Result:
    command = {"evaluate": evaluate, "lexicon": lexicon, "encoder": encoder, "themes": themes}[
        args[0]
    ]
    return CliRunner().invoke(command, args[1:])


def test_a_corpus_is_measured_and_the_table_written(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "evaluation.md"
    done = run("evaluate", str(corpus), "--out", str(out))
    assert done.exit_code == 0
    assert "| micro F1 | 1.000 |" in done.output
    assert "| translations |" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}'])
def test_a_faulty_line_of_a_corpus_is_named(corpus: Path, line: str) -> None:
    corpus.write_text(line, encoding="utf-8")
    done = run("evaluate", str(corpus))
    assert done.exit_code == 1
    assert "coded.jsonl:1" in done.output


def test_an_empty_corpus_is_refused(corpus: Path) -> None:
    corpus.write_text("\n", encoding="utf-8")
    assert "no coded answers" in run("evaluate", str(corpus)).output


def test_a_lexicon_is_checked_by_language() -> None:
    done = run("lexicon", "check", "en", "--verbose")
    assert done.exit_code == 0
    assert done.output.startswith("en (")
    assert run("lexicon", "check", "xx").exit_code == 2


def test_training_without_parallel_texts_says_what_is_missing(tmp_path: Path) -> None:
    done = run("encoder", "train", "--parallel", str(tmp_path), "--out", str(tmp_path))
    assert done.exit_code == 2
    assert "public.jsonl.xz" in done.output


def test_a_model_of_ones_own_is_weighed_and_then_used(
    corpus: Path, model: Path, tmp_path: Path
) -> None:
    done = run("encoder", "weigh", "--encoder", str(model), "--prefix", "query: ")
    assert done.exit_code == 0, done.output
    assert "languages, by" in done.output
    stored = json.loads((model / "consult-weights.json").read_text(encoding="utf-8"))
    assert stored["prefix"] == "query: "
    assert {"so", "ti", "am", "ps", "ga"} < set(stored["weights"])
    assert list((tmp_path / "instance" / "encoder").glob("mine-*-so-*.npy"))
    done = run("evaluate", str(corpus), "--encoder", str(model))
    assert f"+{stored['model']}" in done.output
    assert "| micro F1 | 1.000 |" in done.output


def test_themes_are_found_with_a_model_of_ones_own(
    corpus: Path, model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    args = ("themes", str(corpus), "--out", str(out), "--no-codebook", "--encoder", str(model))
    assert run(*args).exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(ROWS)


@pytest.mark.parametrize("command", ["themes", "evaluate", "weigh"])
def test_a_folder_without_a_model_ends_in_plain_words(
    corpus: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "empty").mkdir()
    args = {
        "themes": ["themes", str(corpus), "--out", str(tmp_path / "out.csv")],
        "evaluate": ["evaluate", str(corpus)],
        "weigh": ["encoder", "weigh"],
    }[command]
    done = run(*args, "--encoder", str(tmp_path / "empty"))
    assert done.exit_code == 1
    assert done.output.startswith("Error: There is no model in")
