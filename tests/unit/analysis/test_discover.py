"""Groups, labels and voices."""

import numpy as np

from consult.analysis.discover import Discoverer
from consult.analysis.labels import distinct, keywords
from consult.analysis.representatives import representatives
from consult.analysis.said import concepts_said


def blobs(per_group: int) -> np.ndarray:
    random = np.random.RandomState(0)
    middles = np.eye(4, dtype=np.float32)[:3]
    points = np.repeat(middles, per_group, axis=0) + 0.05 * random.randn(3 * per_group, 4)
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def test_clear_groups_are_found_and_numbered_by_size() -> None:
    vectors = np.vstack([blobs(10), blobs(10)[:10]])
    labels = Discoverer(3).fit(vectors).labels_
    assert len(set(labels.tolist())) == 3
    assert (np.bincount(labels)[:-1] >= np.bincount(labels)[1:]).all()


def test_the_most_stable_number_of_clusters_is_chosen() -> None:
    random = np.random.RandomState(0)
    points = np.repeat(random.randn(7, 16), 30, axis=0) + 0.3 * random.randn(210, 16)
    found = Discoverer().fit((points / np.linalg.norm(points, axis=1, keepdims=True)).astype("f4"))
    assert len(found.centers_) == 7
    assert found.stability_[7] == max(found.stability_.values()) > 0.99


def test_rows_of_zeros_and_too_few_rows_have_no_group() -> None:
    assert Discoverer().fit(np.zeros((50, 4), np.float32)).labels_.tolist() == [-1] * 50
    assert Discoverer().fit(blobs(1)).labels_.tolist() == [-1] * 3


def test_keywords_set_a_cluster_apart_in_each_language() -> None:
    texts = ["the bus is late", "the bus stop", "the doctor", "the doctor is far", "der Bus fehlt"]
    langs = ["en"] * 4 + ["de"]
    found = keywords(texts, langs, ["A", "A", "B", "B", "A"])
    assert found["A"]["en"][0] == "bus"
    assert found["B"]["en"][0] == "doctor"
    assert "the" not in found["A"]["en"]
    assert "bus" in [word.casefold() for word in found["A"]["de"]]


def test_keywords_do_not_say_one_word_in_several_forms() -> None:
    ranked = ["produkte", "produkten", "produktion", "plastik", "الباص", "باص", "公交", "公交车"]
    assert distinct(ranked, 8) == ["produkte", "plastik", "الباص", "公交"]
    assert distinct(ranked, 1) == ["produkte"]


def test_a_cluster_about_a_concept_is_named_after_it_in_every_language() -> None:
    texts = ["The landlord wants a deposit", "Der Vermieter will Kaution", "El casero pide fianza"]
    others = ["The bus is late", "Der Bus kommt nie", "El autobús no pasa"] * 3
    langs = ["en", "de", "es"] * 4
    said = concepts_said([*texts, *others], langs, ["N01"] * 3 + ["T17"] * 9)["N01"]
    assert {"en", "de", "es", "ti", "ar"} <= said.name.keys()
    few = concepts_said(others, langs[:9], ["N01"] * 2 + ["T17"] * 7)["N01"]
    assert (few.name, few.often) == ({}, ())
    assert concepts_said(texts, langs[:3], [None] * 3) == {}


def test_no_texts_have_no_keywords_and_no_voices() -> None:
    assert keywords([], [], []) == {}
    assert representatives(np.zeros((0, 4), np.float32), [], []) == []


def test_voices_are_unlike_one_another() -> None:
    vectors = np.array([[1, 0], [1, 0], [0.6, 0.8]], np.float32)
    assert set(representatives(vectors, [0.5] * 3, [12] * 3, most=2)) == {0, 2}


def test_what_a_cluster_is_often_about_is_told_by_concepts() -> None:
    texts = [
        "The landlord keeps the deposit",
        "Die Kaution kam nie zurück",
        "No me devuelven la fianza",
    ]
    texts += ["The bus is late", "Der Bus kommt nie", "El autobús no pasa"]
    found = concepts_said(texts, ["en", "de", "es"] * 2, ["T05"] * 3 + ["T17"] * 3)
    assert any("deposit" in names["en"] for names in found["T05"].often)
    assert not any("deposit" in names["en"] for names in found["T17"].often)
    assert concepts_said([], [], []) == {}
