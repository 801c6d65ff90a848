"""Spotting personal data."""

from itertools import pairwise
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis import personal
from consult.analysis.personal import COUNTRIES, find_personal
from tests.factories.personal import invented, other_numbers

SEEDS = Path(personal.__file__).parent / "data" / "seeds"

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
        ("el meu NIE X-1234567-L no", "identity", "X-1234567-L"),
        ("CF RSS MRA 85T10 A562S ecco", "identity", "RSS MRA 85T10 A562S"),
        ("мій код 1759013776 тут", "identity", "1759013776"),
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
        "Vom 01.03.2022 bis 28.02.2025, verlängert wurde nichts",
        "va nàixer el 03-11-2016 i no té pediatra",
        "Budget : 3 400 000 000 d'euros pour le stade",
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


def is_covered(text: str, part: str) -> bool:
    """Whether every letter and digit of `part` lies in a span."""
    at = text.index(part)
    spans = find_personal(text)
    return all(
        any(span.start <= place < span.end for span in spans)
        for place in range(at, at + len(part)) if text[place].isalnum()
    )  # fmt: skip


def test_nearly_all_of_what_is_personal_is_spotted_in_any_language() -> None:
    found: dict[str, list[bool]] = {}
    for kind, text, part in invented(Random(7)):
        found.setdefault(kind, []).append(is_covered(text, part))
    for kind, hits in found.items():
        print(f"{kind}: {sum(hits)} of {len(hits)} spotted, {sum(hits) / len(hits):.1%}")
    assert all(sum(hits) >= 0.99 * len(hits) for hits in found.values())


def test_sentences_with_other_numbers_hardly_ever_give_a_false_alarm() -> None:
    texts = list(other_numbers(Random(7)))
    alarms = sum(bool(find_personal(text)) for text in texts)
    print(f"false alarms: {alarms} of {len(texts)}, {alarms / len(texts):.1%}")
    assert alarms <= 0.02 * len(texts)


def test_what_people_write_about_their_lives_gives_no_alarm() -> None:
    lines = [line for path in SEEDS.glob("*.tsv") for line in path.read_text("utf-8").splitlines()]
    alarms = [line for line in lines if find_personal(line.split("\t")[-1])]
    print(f"false alarms in examples: {len(alarms)} of {len(lines)}")
    assert len(alarms) <= 0.001 * len(lines)
