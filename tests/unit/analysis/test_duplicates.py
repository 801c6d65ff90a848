"""Grouping near-identical texts."""

import pytest

from consult.analysis.duplicates import NearDuplicates

CAMPAIGN = (
    "We demand that the region builds two hundred affordable flats near the station this year"
)


def groups(*texts: str) -> list[list[int]]:
    return NearDuplicates().fit(list(texts)).groups()


def test_copies_and_edited_copies_are_one_group() -> None:
    edited = CAMPAIGN.replace("this year", "next year, please!")
    assert groups(CAMPAIGN, "Something else that nobody copied from anyone", edited.upper()) == [
        [0, 2]
    ]


def test_short_texts_are_never_grouped() -> None:
    assert groups("more buses please", "more buses please") == []


def test_texts_on_the_same_subject_stay_apart() -> None:
    assert groups(CAMPAIGN, "The region should finally build flats that families can afford") == []


def test_the_label_is_the_first_text_of_the_group() -> None:
    labels = NearDuplicates().fit(["x", CAMPAIGN, "y", CAMPAIGN, CAMPAIGN]).labels_
    assert labels.tolist() == [0, 1, 2, 1, 1]


def test_han_texts_are_compared_by_their_signs() -> None:
    assert groups("我们需要更多的德语课程和老师", "我们需要更多的德语课程和老师!") == [[0, 1]]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["🙂"], ["a"]])
def test_next_to_nothing_gives_no_groups(texts: list[str]) -> None:
    assert NearDuplicates().fit(texts).groups() == []


def test_a_crowd_of_one_text_is_one_group() -> None:
    assert len(groups(*[CAMPAIGN] * 3000)[0]) == 3000
