"""What stands in a folder is read and run, or refused in plain words."""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from consult.analysis.own.folder import EncoderUnusable, read_folder
from consult.analysis.own.models import OnnxModel, load_model
from tests.factories.tiny_model import PADDING, make_model

WORDS = {"rent": (1, 0, 0), "miete": (1, 0, 0), "bus": (0, 1, 0), "query": (0, 0, 1)}
PREFIX = {"prompts": {"query": "query "}, "default_prompt_name": "query"}


def embed(folder: Path, *texts: str) -> list[list[float]]:
    return load_model(read_folder(folder)).embed(texts).astype(float).round(3).tolist()


def test_a_text_is_the_mean_of_its_words_whatever_stands_beside_it(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS)
    assert embed(folder, "rent", "Miete rent rent rent", "rent bus") == [
        [1, 0, 0], [1, 0, 0], [0.707, 0.707, 0],
    ]  # fmt: skip


def test_many_texts_keep_their_order_and_equal_ones_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_model(read_folder(make_model(tmp_path, WORDS)))
    read: list[str] = []
    inner = OnnxModel._run
    monkeypatch.setattr(
        OnnxModel, "_run", lambda self, texts: read.extend(texts) or inner(self, texts)
    )
    found = model.embed(["bus bus bus", "rent"] * 100)
    assert found[::2].tolist() == [[0, 1, 0]] * 100
    assert found[1::2].tolist() == [[1, 0, 0]] * 100
    assert sorted(read) == ["bus bus bus", "rent"]


def test_a_pooled_output_of_the_models_own_is_taken(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS, pooled=True)
    row = np.array([1 + PADDING, PADDING, PADDING])
    assert embed(folder, "rent", "bus bus")[0] == (row / np.linalg.norm(row)).round(3).tolist()


def test_the_first_sign_stands_for_the_text_where_the_folder_says_so(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS, **{"1_Pooling__config": {"pooling_mode_cls_token": True}})
    assert embed(folder, "bus rent rent") == [[0, 1, 0]]


def test_a_model_of_bags_of_words_gets_them_in_a_row(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS, inputs=("input_ids", "offsets"))
    assert embed(folder, "rent", "bus") == [[1, 0, 0], [0, 1, 0]]


def test_a_prefix_the_folder_asks_for_is_put_first(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS, config_sentence_transformers=PREFIX)
    assert embed(folder, "rent") == [[0.707, 0, 0.707]]


def test_long_texts_are_cut_where_the_model_ends(tmp_path: Path) -> None:
    folder = make_model(tmp_path, WORDS, sentence_bert_config={"max_seq_length": 3})
    assert embed(folder, "rent rent rent " + "bus " * 10_000) == [[1, 0, 0]]


@pytest.mark.parametrize("text", ["", " ", "\ud800 rent", "🙂", "a" * 20_000])
def test_odd_texts_give_a_vector(tmp_path: Path, text: str) -> None:
    found = np.array(embed(make_model(tmp_path, WORDS), text))
    assert found.shape == (1, 3)
    assert np.isfinite(found).all()


def test_the_name_has_the_folder_and_changes_with_what_is_in_it(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mine", WORDS)
    first = read_folder(folder).name
    assert first.startswith("mine-")
    assert len(first) == len("mine-") + 12
    (folder / "README.md").write_text("not part of the model")
    assert read_folder(folder).name == first
    assert read_folder(folder, prefix="query ").name != first
    make_model(folder, {**WORDS, "bus": (0, 1, 1)})
    assert read_folder(folder).name != first


def test_a_model_may_lie_in_the_folder_onnx(tmp_path: Path) -> None:
    make_model(tmp_path / "onnx", WORDS)
    assert embed(tmp_path, "bus") == [[0, 1, 0]]


def refused(folder: Path) -> str:
    with pytest.raises(EncoderUnusable) as caught:
        embed(folder, "rent")
    return str(caught.value)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert "no folder" in refused(tmp_path / "nowhere")
    assert "no model in" in refused(tmp_path)


def test_a_model_without_tokenizer_is_refused(tmp_path: Path) -> None:
    (make_model(tmp_path, WORDS) / "tokenizer.json").unlink()
    assert "no tokenizer.json" in refused(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_broken_file_is_refused(tmp_path: Path, name: str) -> None:
    (make_model(tmp_path, WORDS) / name).write_bytes(b"not what it should be")
    assert str(tmp_path) in refused(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_broken_setting_is_refused(tmp_path: Path, content: str) -> None:
    (make_model(tmp_path, WORDS) / "tokenizer_config.json").write_text(content)
    assert "tokenizer_config.json" in refused(tmp_path)


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    make_model(tmp_path, WORDS, inputs=("input_ids", "pixel_values"))
    assert "not a model of sentences" in refused(tmp_path)


def test_unknown_pooling_and_layers_outside_the_file_are_refused(tmp_path: Path) -> None:
    pooling = {"1_Pooling__config": {"pooling_mode_lasttoken": True}}
    assert "not known here" in refused(make_model(tmp_path / "a", WORDS, **pooling))
    modules = [{"type": "sentence_transformers.models.Dense"}]
    assert "last layer" in refused(make_model(tmp_path / "b", WORDS, modules=modules))


def test_a_model_that_gives_no_numbers_is_refused(tmp_path: Path) -> None:
    make_model(tmp_path, {"rent": (float("nan"), 0)})
    assert "does not give one vector" in refused(tmp_path)


@pytest.mark.parametrize(
    ("missing", "advice"),
    [("onnxruntime", "consult[encoder]"), ("sentence_transformers", "sentence-transformers")],
)
def test_a_missing_package_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, advice: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    make_model(tmp_path, WORDS, modules=[])
    if missing == "sentence_transformers":
        (tmp_path / "model.onnx").unlink()
    assert advice in refused(tmp_path)


class FakeTransformer:
    """Stands for sentence_transformers.SentenceTransformer."""

    def __init__(self, path: str, **settings: object) -> None:
        if "broken" in path:
            raise RuntimeError("no weights")
        assert settings["local_files_only"] is True
        assert settings["trust_remote_code"] is False

    def encode(self, texts: list[str], **settings: object) -> np.ndarray:
        return np.array([[len(text), 0.0] for text in texts])


@pytest.fixture
def transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = FakeTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def test_other_formats_are_left_to_sentence_transformers(
    tmp_path: Path, transformers: None
) -> None:
    (tmp_path / "modules.json").write_text("[]")
    assert embed(tmp_path, "rent") == [[1, 0]]
    name = read_folder(tmp_path).name
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_text("hidden")
    assert read_folder(tmp_path).name == name
    (tmp_path / "model.safetensors").write_text("weights")
    assert read_folder(tmp_path).name != name


def test_a_broken_sentence_transformers_folder_is_refused(
    tmp_path: Path, transformers: None
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    assert "no weights" in refused(folder)
