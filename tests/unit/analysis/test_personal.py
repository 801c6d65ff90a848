"""Spotting personal data."""

from itertools import pairwise

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.personal import COUNTRIES, find_personal

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def kinds(text: str) -> list[str]:
    return [span.kind for span in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Write to anna.b+c@example.org please", "email", "anna.b+c@example.org"),
        ("My account is DE89 3704 0044 0532 0130 00 thanks", "iban", "DE89 3704 0044 0532 0130 00"),
        ("ES9121000418450200051332", "iban", "ES9121000418450200051332"),
        ("call +49 30 901820 now", "phone", "+49 30 901820"),
        ("llámame al 912 345 678", "phone", "912 345 678"),
        ("DNI 54362315K", "identity", "54362315K"),
        ("PESEL 44051401359", "identity", "44051401359"),
        ("Ich wohne in der Gartenstraße 12b", "address", "Gartenstraße 12b"),
        ("vivo en calle del Olmo 7", "address", "calle del Olmo 7"),
    ],
)
def test_personal_data_is_spotted_with_its_span(text: str, kind: str, part: str) -> None:
    (found,) = find_personal(text)
    assert (found.kind, text[found.start : found.end]) == (kind, part)


@pytest.mark.parametrize("digits", [ARABIC, BENGALI])
def test_digits_of_other_scripts_are_understood(digits: dict[int, int]) -> None:
    assert kinds("+49 30 901820".translate(digits)) == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "We waited from 2019 to 2023 for an answer",
        "The rent is 1.250,00 euros and rose by 15 %",
        "On 12.03.2024 at 10:30 they sent me to room 214",
        "A1, B1 and B2 courses on line 7",
        "The street is dark and number 4 is broken",
        "§ 24 AufenthG",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_example_number_of_each_country_is_found(country: str) -> None:
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(country, kind)
        for style in (0, 1, 2):
            assert "phone" in kinds(f"Please call {phonenumbers.format_number(number, style)}")


@given(st.text(max_size=200))
def test_spans_lie_in_order_within_any_text(text: str) -> None:
    spans = find_personal(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
