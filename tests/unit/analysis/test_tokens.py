"""Words as numbers."""

from consult.analysis.tokens import tokenize


def test_counting_leaves_the_words_in_their_order() -> None:
    tokens = tokenize(["no bus, no school", "the bus"])
    assert tokens.counts().toarray().tolist() == [[2, 1, 1, 0], [0, 1, 0, 1]]
    assert tokens.words(0) == ["no", "bus", "no", "school"]
    assert tokens.words(1) == ["the", "bus"]
