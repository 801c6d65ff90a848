"""Languages: direction and names."""

import pytest

from consult.kernel.languages import (
    direction,
    display_name,
    fallback_chain,
    formatting_locale,
    own_name,
    same_language,
)

TO_THE_LEFT = ["ar", "fa", "ur", "ps", "ckb", "prs", "ku-Arab", "ar-EG", "ar-x-easy"]


@pytest.mark.parametrize("tag", TO_THE_LEFT)
def test_right_to_left_follows_the_tag(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "ti", "uk", "kmr", "ur-Latn", "zh-Hans"])
def test_left_to_right_follows_the_tag(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_a_language_is_named_in_itself() -> None:
    assert [own_name(tag) for tag in ("ti", "uk", "so")] == ["ትግርኛ", "Українська", "Soomaali"]


def test_an_easy_variant_has_a_name_of_its_own() -> None:
    assert own_name("de-x-easy") == "Einfache Sprache"
    assert display_name("de-x-easy", "de") == "Einfache Sprache"
    assert display_name("de-x-easy", "en") == "German (Einfache Sprache)"
    assert display_name("fr-x-easy", "en") == "French (easy)"


def test_an_unknown_tag_names_itself() -> None:
    assert own_name("qqq") == "qqq"


def test_english_is_the_last_resort() -> None:
    assert fallback_chain("ca") == ["ca", "es", "en"]


@pytest.mark.parametrize(("tag", "locale"), [
    ("prs", "fa_AF"), ("kmr", "ku_TR"), ("de-x-easy", "de"), ("zh-Hans", "zh_Hans"), ("xx", "en"),
])  # fmt: skip
def test_every_language_has_dates_and_numbers(tag: str, locale: str) -> None:
    assert str(formatting_locale(tag)) == locale


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("uk-UA", ["uk"]),
        ("de", ["de", "de-x-easy"]),
        ("de-x-easy", ["de-x-easy", "de"]),
        ("zh_Hans", ["zh-Hans"]),
        ("fr", []),
    ],
)
def test_a_wish_finds_the_forms_of_its_language(wish: str, found: list[str]) -> None:
    assert same_language(wish, ["de-x-easy", "de", "uk", "zh-Hans"]) == found
