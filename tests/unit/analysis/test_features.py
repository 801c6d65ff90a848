"""Counting words and pieces of words."""

import numpy as np

from consult.analysis.features import HashedCounts, pieces
from consult.analysis.tokens import MAX_LETTERS, tokenize


def test_a_word_gives_itself_and_its_parts() -> None:
    assert set(pieces("bus")) == {"wbus", "c bu", "cbus", "cus ", "c bus", "cbus ", "c bus "}


def test_han_text_gives_signs_and_pairs() -> None:
    assert set(pieces("医生")) == {"w医", "w生", "w医生"}


def test_each_word_is_read_once_and_kept_in_order() -> None:
    tokens = tokenize(["bus and bus", "", "and"])
    assert tokens.vocabulary == ["bus", "and"]
    assert [tokens.words(row) for row in range(3)] == [["bus", "and", "bus"], [], ["and"]]
    assert tokens.counts().toarray().tolist() == [[2, 1], [0, 0], [0, 1]]


def test_counts_are_damped_and_the_same_every_time() -> None:
    one = HashedCounts(1024).transform(["bus bus", ""])
    two = HashedCounts(1024).transform(["bus bus", ""])
    assert np.isclose(one.data, 1 + np.log(2)).all()
    assert one.indices.tolist() == two.indices.tolist()
    assert one[1].nnz == 0


def test_a_very_long_text_is_read_up_to_a_limit() -> None:
    assert len(tokenize(["a " * MAX_LETTERS]).flat) == MAX_LETTERS // 2
