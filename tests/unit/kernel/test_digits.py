"""Digits of any script."""

from consult.kernel.digits import ascii_digits, to_ascii_number


def test_arabic_persian_and_bengali_digits_are_read() -> None:
    assert ascii_digits("٠١٢ ۳۴-৫") == "012345"


def test_a_number_keeps_its_sign_and_point() -> None:
    assert to_ascii_number(" \u2212١٢.٥ ") == "-12.5"


def test_letters_are_no_digits() -> None:
    assert ascii_digits("abc ²½") == ""
