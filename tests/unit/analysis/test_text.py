"""Text made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.text import fold, split_statements, word_count, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ärger", "arger"),
        ("ŁÓDŹ", "lodz"),
        ("مدرسة", "مدرسه"),
        ("كتاب", "کتاب"),
        ("عَرَبِيّ", "عربي"),
        ("ሐኪም", "ሀኪም"),
        ("sığınmacı", "siginmaci"),
        ("a\u200fb\u202ec", "abc"),
        ("١٢٣ 456", "0 0"),
    ],
)
def test_variants_of_a_script_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_apostrophe_ends_a_word() -> None:
    assert words(fold("l’escola d'aquí")) == ["l", "escola", "d", "aqui"]


def test_indic_vowel_signs_stay_inside_their_word() -> None:
    assert words(fold("भाषा पढ्न")) == [fold("भाषा"), fold("पढ्न")]


def test_two_han_signs_count_as_one_word() -> None:
    assert word_count("我们需要医生") == 3


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The bus is late. The doctor is far away.",
            ["The bus is late.", "The doctor is far away."],
        ),
        ("ቤት የለኝም ወንድሜ። ስራም የለኝም እዚህ።", ["ቤት የለኝም ወንድሜ።", "ስራም የለኝም እዚህ።"]),
        ("مفيش شغل هنا؟ ومفيش بيت كمان.", ["مفيش شغل هنا؟", "ومفيش بيت كمان."]),
        ("No. We need more buses here.", ["No. We need more buses here."]),
        ("Dr. Klein is kind to us all.", ["Dr. Klein is kind to us all."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_end_at_the_signs_of_all_scripts(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split_statements(text)] == parts


@given(st.text(max_size=300))
def test_spans_lie_in_order_within_the_text(text: str) -> None:
    spans = split_statements(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
