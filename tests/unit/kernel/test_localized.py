"""One text in many languages."""

from consult.kernel.localized import LocalizedText


def test_the_asked_language_is_no_fallback() -> None:
    best = LocalizedText(en="Home", es="Casa").best("es")
    assert (best.text, best.lang, best.is_fallback) == ("Casa", "es", False)


def test_a_variant_is_served_by_its_base_language_without_a_mark() -> None:
    assert LocalizedText(de="Haus").best("de-x-easy").is_fallback is False


def test_a_missing_language_falls_back_and_says_so() -> None:
    best = LocalizedText(en="Home", fa="خانه").best("prs")
    assert (best.text, best.dir, best.is_fallback) == ("خانه", "rtl", True)


def test_blank_texts_are_never_kept() -> None:
    assert dict(LocalizedText(en="Home", es="  ", fr="")) == {"en": "Home"}


def test_an_empty_text_shows_nothing_rather_than_failing() -> None:
    assert LocalizedText().best("ti").text == ""
