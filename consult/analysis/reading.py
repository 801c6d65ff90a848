"""The first look at statements: words, language, emptiness, near-identical texts, vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from consult.analysis.duplicates import NearDuplicates
from consult.analysis.empty import says_nothing
from consult.analysis.encoder import Encoder, TableEncoder, Vectors
from consult.analysis.language import identify_all
from consult.analysis.tokens import Tokens, tokenize
from consult.analysis.types import Progress, Statement


@dataclass(frozen=True)
class Reading:
    """What is known of the statements before any theme, one entry a statement.

    `first` is the index of the first statement of the near-identical group; `of_words` has the
    table's buckets of each word of `tokens.vocabulary`.
    """

    statements: Sequence[Statement]
    tokens: Tokens
    of_words: csr_matrix
    langs: list[str]
    empty: NDArray[np.bool_]
    first: NDArray[np.int_]
    groups: list[list[int]]

    def __len__(self) -> int:
        return len(self.statements)


def read_statements(
    statements: Sequence[Statement], table: TableEncoder, random_state: int, progress: Progress
) -> Reading:
    """Reads the statements once; `progress` goes from 0 to 0.3."""
    progress(0.0, "Reading the statements")
    tokens = tokenize(statement.text for statement in statements)
    langs = identify_all(
        [statement.text for statement in statements],
        [statement.lang for statement in statements],
        tokens,
        lambda done: progress(0.02 + 0.18 * done, "Telling the languages"),
    )
    progress(0.2, "Looking for near-identical texts")
    near = NearDuplicates(random_state=random_state).fit(tokens)
    return Reading(
        statements=statements,
        tokens=tokens,
        of_words=table.counts.of_words(tokens.vocabulary),
        langs=langs,
        empty=np.array([says_nothing(tokens.words(row)) for row in range(len(tokens))], bool),
        first=near.labels_,
        groups=near.groups(),
    )


def vectors_of(reading: Reading, rows: slice, weighed: csr_matrix, encoder: Encoder) -> Vectors:
    """Vectors of the statements in `rows`.

    Where there is a translation, its vector and the original's count alike.
    """
    statements, langs = reading.statements[rows], reading.langs[rows]
    if isinstance(encoder, TableEncoder):
        vectors = encoder.encode_weighed(weighed, langs)
    else:
        vectors = encoder.encode([statement.text for statement in statements], langs)
    translated = [i for i, statement in enumerate(statements) if statement.translation]
    if translated:
        english = [statements[i].translation or "" for i in translated]
        both = vectors[translated] + encoder.encode(english, ["en"] * len(english))
        norms = np.linalg.norm(both, axis=1, keepdims=True)
        vectors[translated] = both / np.where(norms > 0, norms, 1)
    return vectors
