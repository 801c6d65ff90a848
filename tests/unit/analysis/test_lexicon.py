"""Finding terms, and the shipped lexicon of concepts."""

import pytest

from consult.analysis.checks import check_lexicon
from consult.analysis.concepts import (
    lexicon_languages,
    read_concepts,
    shipped_concepts,
    themes_of_concepts,
)
from consult.analysis.lexicon import Lexicon


def found(terms: dict[str, list[str]], lang: str, text: str) -> set[str]:
    return {key for _, key in Lexicon(terms, lang).find(text)}


def test_a_term_matches_words_it_begins() -> None:
    assert found({"T05": ["vermiet"]}, "de", "Mein VERMIETER ruft an") == {"T05"}
    assert found({"T05": ["vermiet"]}, "de", "unvermietet") == set()


def test_a_short_term_matches_only_nearly_whole_words() -> None:
    assert found({"T17": ["bus"]}, "en", "two buses") == {"T17"}
    assert found({"T17": ["bus"]}, "en", "our business") == set()


def test_a_phrase_matches_its_words_in_order_open_at_the_end() -> None:
    terms = {"T05": ["raises the ren"]}
    assert found(terms, "en", "The landlord raises the rent!") == {"T05"}
    assert found(terms, "en", "The rent raises") == set()


def test_a_term_may_begin_after_a_particle_in_arabic() -> None:
    assert found({"T04": ["مدرسة"]}, "ar", "والمدرسة بعيدة") == {"T04"}


def test_han_terms_match_anywhere_and_the_longest_counts() -> None:
    terms = {"T06": ["医生"], "T03": ["医生执照"]}
    assert found(terms, "zh", "我的医生执照不被承认") == {"T03"}
    assert found(terms, "zh", "没有医生。") == {"T06"}


def test_empty_terms_and_texts_find_nothing() -> None:
    assert found({"T01": ["", "-"]}, "en", "") == set()


def test_concepts_are_read_with_label_and_theme() -> None:
    concepts = read_concepts("# State: draft\nmould_and_cold\tmould, damp wall, mould\n")
    assert [(c.label, c.theme, c.terms) for c in concepts] == [
        ("mould", "T05", ("mould", "damp wall"))
    ]


@pytest.mark.parametrize("line", ["no_such_concept\tx", "mould_and_cold\t", "mould_and_cold"])
def test_a_faulty_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_concepts(f"# State: draft\n{line}\n")


@pytest.mark.parametrize("lang", lexicon_languages())
def test_every_shipped_lexicon_names_known_concepts_once(lang: str) -> None:
    names = [concept.name for concept in shipped_concepts(lang)]
    assert len(names) == len(set(names))
    assert set(names) <= set(themes_of_concepts())


def test_a_check_names_gaps_and_collisions() -> None:
    concepts = read_concepts("mould_and_cold\tdoctor, damp\nfinding_a_doctor\tdoctor\n")
    findings = check_lexicon(concepts, "en")
    assert "job_search" in findings.missing
    assert findings.few == ("mould_and_cold", "finding_a_doctor")
    assert findings.collisions == ("doctor: mould_and_cold (T05), finding_a_doctor (T06)",)
    assert 0 < findings.coverage < 1
