"""Training the table, with few texts and a made-up teacher."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from sklearn.preprocessing import normalize

from consult.analysis.encoder import TableEncoder
from consult.analysis.training import texts
from consult.analysis.training.metric import concept_metric
from consult.analysis.training.table import Recipe, train
from consult.analysis.training.texts import Text, noisy, public_texts

WORDS = {
    "house": ("Haus", "casa"),
    "work": ("Arbeit", "trabajo"),
    "doctor": ("Arzt", "médico"),
    "bus": ("Bus", "autobús"),
    "school": ("Schule", "escuela"),
}
RECIPE = Recipe(buckets=4096, dimensions=3, steps=6, more_steps=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"source": "ntrex", "id": f"{word} {copy}", "text": {"en": word, "de": de, "es": es}}
        for copy in range(25)
        for word, (de, es) in WORDS.items()
    ]
    with lzma.open(tmp_path / "public.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def teacher() -> dict[str, np.ndarray]:
    random = np.random.RandomState(0)
    return {word: random.randn(8).astype(np.float32) for word in WORDS}


def own() -> list[Text]:
    rows = []
    for number, (word, (german, _)) in enumerate(WORDS.items()):
        rows += [
            Text(f"P{number}", lang, text, word, 4, word)
            for lang, text in (("en", word), ("de", german))
        ]
    return rows


def test_a_trained_table_brings_words_of_one_meaning_together(folder: Path) -> None:
    said: list[str] = []
    train(list(public_texts(folder)), own(), [], teacher(), RECIPE, folder, said.append)
    encoder = TableEncoder(folder)
    english = encoder.encode([*WORDS], ["en"] * 5)
    german = encoder.encode([german for german, _ in WORDS.values()], ["de"] * 5)
    assert (english @ german.T).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]
    assert encoder.table.dtype == np.int8
    assert said


def test_every_own_sentence_gets_a_vector_under_its_name(folder: Path) -> None:
    train(list(public_texts(folder)), own(), [], teacher(), RECIPE, folder, lambda _message: None)
    with np.load(folder / "seed_vectors.npz") as stored:
        assert stored["keys"].tolist() == [f"{row.lang} {row.unit}" for row in own()]
        assert stored["vectors"].shape == (10, 3)


def test_the_metric_brings_sentences_of_a_concept_nearer() -> None:
    random = np.random.RandomState(0)
    middle, told_by = random.randn(4, 2), np.repeat(range(4), 25)
    told, noise = middle[told_by] + random.randn(100, 2) / 4, random.randn(100, 6)
    vectors = normalize(np.hstack([told, noise])).astype(np.float32)
    turned = normalize(vectors @ concept_metric(vectors, [f"c{at}" for at in told_by], 0.6))
    same = told_by[:, None] == told_by

    def apart(rows: np.ndarray) -> float:
        alike = rows @ rows.T
        return float(alike[same].mean() - alike[~same].mean())

    assert apart(turned) > 1.5 * apart(vectors)
    still = concept_metric(vectors, ["one"] * 100, 0.0)
    assert np.allclose(still, np.eye(8), atol=1e-5)


def test_noisy_copies_keep_their_name_and_are_the_same_every_time() -> None:
    given = [Text("P1", "en", "the doctor is far away from here", "x", 4)]
    copies = noisy(given, 0)
    assert copies == noisy(given, 0)
    assert copies[0].unit == "P1"
    assert len(copies[0].text.split()) == 6
    assert noisy([Text("P2", "en", "two words", "x", 4)], 0)[0].text == "two words"


def test_terms_stand_for_the_english_ones_of_their_concept() -> None:
    rows = [row for row in texts.concept_texts() if row.unit == "concept mould_and_cold"]
    assert len({row.english for row in rows}) == 1
    assert len({row.lang for row in rows}) > 20
