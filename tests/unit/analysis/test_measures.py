"""Measures of themes and clusters."""

import numpy as np
import pytest

from consult.analysis import measures

CODED = measures.flags([["A"], ["A", "B"], ["B"], []], ["A", "B"])


def test_f1_is_one_for_the_same_and_nothing_for_the_opposite() -> None:
    assert measures.micro_f1(CODED, CODED) == 1
    assert measures.micro_f1(~CODED, CODED) == 0
    assert measures.macro_f1(CODED, CODED) == 1
    assert measures.interval(CODED, CODED, ["a", "b", "b", "c"]) == (1, 1)


def test_codes_outside_the_codebook_are_left_out() -> None:
    assert not measures.flags([["Z"]], ["A"]).any()


def test_a_row_without_a_cluster_is_alone() -> None:
    assert measures.agreement(["a", "a", "b", "b"], ["A", "A", "B", "B"]) == pytest.approx(1)
    assert measures.agreement([None, None, None, None], ["A", "A", "B", "B"]) < 0.1


def test_clusters_that_are_languages_leak() -> None:
    assert measures.leakage(["a", "a", "b", "b"], ["de", "de", "fr", "fr"]) == pytest.approx(1)
    assert measures.leakage(["a", None], ["de", "fr"]) == 0


def test_bcubed_counts_shared_codes() -> None:
    assert measures.bcubed(["a", "a", "b"], CODED[:3]) == pytest.approx(
        2 * 1 * (1 + 2 / 3 + 1 / 2) / 3 / (1 + (1 + 2 / 3 + 1 / 2) / 3), abs=0.2
    )
    assert measures.bcubed([None, None, None], CODED[:3]) == 0


def test_pairs_count_only_across_languages() -> None:
    coded = measures.flags([["A"], ["A"], ["B"]], ["A", "B"])
    assert measures.pairs_f1(["x", "x", "y"], coded, ["de", "fr", "fr"]) == 1
    assert measures.pairs_f1(["x", "y", "y"], coded, ["de", "fr", "es"]) == 0


def test_translations_are_together_when_their_clusters_are() -> None:
    assert measures.kept_together(["x", "x", "y"], [[0, 1, 2]]) == pytest.approx(1 / 3)
    assert measures.kept_together([None, None], [[0, 1]]) == 0
    assert np.isclose(measures.kept_together([], []), 1)
