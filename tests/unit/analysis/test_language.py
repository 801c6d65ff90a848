"""Telling languages, with the interface language as the prior."""

import pytest

from consult.analysis.language import base, identify, identify_all, speak_for_prior
from consult.analysis.tokens import tokenize

SURE = {
    "en": "We have been waiting for the doctor for more than three months now",
    "de": "Wir warten seit drei Monaten auf einen Termin bei der Ausländerbehörde",
    "uk": "Мені потрібна робота і курси мови для моєї дружини",
    "ti": "ኣብዚ ከተማ ስራሕ ክረክብ ኣይከኣልኩን ኩሉ ግዜ ይጽበ ኣለኹ",
    "am": "እዚህ ከተማ ውስጥ ስራ ማግኘት አልቻልኩም ሁሌ እጠብቃለሁ ነው",
    "ckb": "من لە شارەکەدا کارێکم دەوێت بەڵام هیچ کەس وەڵامم ناداتەوە",
}


@pytest.mark.parametrize("lang", SURE)
def test_a_clear_text_is_known_without_a_prior(lang: str) -> None:
    assert identify(SURE[lang]) == lang


def test_fewer_than_three_words_are_never_decided_on() -> None:
    assert identify("Guten Tag", "fr") == "fr"
    assert identify("Guten Tag") == "und"


def test_a_clear_text_overrules_the_interface_language() -> None:
    assert identify(SURE["de"], "en") == "de"


def test_only_offered_languages_are_found() -> None:
    assert identify(SURE["de"], "en", offered=["en", "fr"]) == "en"


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "123 456 789", "\u200f\u202e", "\ud800 x y z"])
def test_texts_without_words_get_the_prior_or_unknown(text: str) -> None:
    assert identify(text, "es") == "es"
    assert base(identify(text)) in ("", base(identify(text)))


def test_many_texts_are_told_apart_in_order_and_progress_is_reported() -> None:
    seen: list[float] = []
    texts = [*SURE.values()] * 400
    found = identify_all(texts, [None] * len(texts), tokenize(texts), seen.append)
    assert found == [*SURE] * 400
    assert seen[-1] == 1.0
    assert len(seen) == 2


def test_texts_full_of_their_priors_words_are_settled() -> None:
    texts = [*SURE.values()]
    assert speak_for_prior(tokenize(texts), [*SURE]).sum() >= 5
    assert not speak_for_prior(tokenize(texts), ["fr"] * len(texts)).any()
    assert not speak_for_prior(tokenize(texts), [None] * len(texts)).any()
