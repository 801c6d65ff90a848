"""The whole way from statements to themes, clusters and their labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from consult.analysis.assign import (
    MOST_THEMES,
    Scores,
    ThemeAssigner,
    assigner_beside,
    default_assigner,
)
from consult.analysis.clusters import describe_clusters
from consult.analysis.codebook import default_codebook
from consult.analysis.discover import Discoverer
from consult.analysis.encoder import Encoder, TableEncoder, Vectors, default_encoder
from consult.analysis.figures import figures_by_language, figures_of
from consult.analysis.local_words import LocalWords, new_words
from consult.analysis.neighbours import NeighbourVote
from consult.analysis.prototypes import PrototypeScorer
from consult.analysis.reading import Reading, read_statements, vectors_of
from consult.analysis.sentiment import sentiment_hint
from consult.analysis.text import fold, words
from consult.analysis.types import (
    Codebook,
    CodebookTheme,
    Decision,
    LocalWord,
    Progress,
    Result,
    Statement,
    StatementResult,
    ThemeScore,
)

LEAST_EXAMPLES = 30
TRUST = 3.0  # how much more a statement that a person decided on says of its words
BATCH = 20_000  # statements whose pieces are held in memory at once
SLOW_BATCH = 500  # statements an operator's model reads between two signs of progress


def examples_of(theme: CodebookTheme) -> int:
    """How many examples a theme has, in all languages."""
    return sum(map(len, theme.examples.values()))


def silent(fraction: float, message: str) -> None:
    """Progress nobody watches."""


@dataclass
class Work:
    """What is known of the statements so far, one entry a statement."""

    reading: Reading
    vectors: Vectors
    scores: Scores
    themes: list[tuple[ThemeScore, ...]]
    clusters: list[str | None]
    silhouette: float = 0.0


class ThemeFinder(BaseEstimator):  # type: ignore[misc]
    """Finds the themes of statements in many languages at once.

    `codebook` None means the default one; an empty code-book means discovery only. Themes with
    LEAST_EXAMPLES examples, as the shipped ones, are learnt from them; the others, and `added`
    ones that people made beside the code-book, are told by likeness (`PrototypeScorer`). Where a
    code-book has some of the shipped themes, the others stand behind it unseen, so that what is
    about them is not forced into those it has. A theme is
    proposed when its score reaches `threshold`; a second and third also `more` and `share` of
    the best. After `fit`: `result_`, `vectors_`, `assigner_`, and `local_words_`, what each word
    learnt from the statements says. Same input, same output.
    """

    def __init__(
        self,
        codebook: Codebook | None = None,
        encoder: Encoder | None = None,
        added: Sequence[CodebookTheme] = (),
        threshold: float = 0.16,
        more: float = 0.2,
        share: float = 0.4,
        n_clusters: int | None = None,
        random_state: int = 0,
    ) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self.added = added
        self.threshold = threshold
        self.more = more
        self.share = share
        self.n_clusters = n_clusters
        self.random_state = random_state

    def fit(
        self,
        statements: Sequence[Statement],
        decisions: Sequence[Decision] = (),
        progress: Progress = silent,
    ) -> "ThemeFinder":
        """Analyses `statements`; ids must differ (ValueError).

        `decisions` are people's: those on statements of this run teach it, and its proposals
        never speak against them. `progress` is called throughout and may raise to end the run.
        """
        if len({statement.id for statement in statements}) < len(statements):
            raise ValueError("statement ids must differ")
        self.prepare()
        work = self._start(read_statements(statements, self.table_, self.random_state, progress))
        self._score(work, progress)
        self._add_themes(work, decisions)
        progress(0.7, "Comparing the statements with one another")
        self._compare(work, decisions)
        self._obey(work, decisions)
        self._assign(work)
        progress(0.8, "Looking for new themes")
        self._discover(work)
        progress(0.85, "Choosing words and voices for each theme")
        self.result_, self.vectors_ = self._result(work), work.vectors
        progress(1.0, "Done")
        return self

    def prepare(self) -> None:
        """Learns the code-book; once a process for the default one."""
        self.encoder_ = self.encoder or default_encoder()
        own = self.encoder_ if isinstance(self.encoder_, TableEncoder) else None
        self.table_ = own or default_encoder()
        given = default_codebook() if self.codebook is None else self.codebook
        taught = tuple(theme for theme in given.themes if examples_of(theme) >= LEAST_EXAMPLES)
        told = tuple(theme for theme in given.themes if theme not in taught)
        self.taught_, self.told_ = taught, (*told, *self.added)
        self.codebook_ = Codebook((*self.taught_, *self.told_))
        self.assigner_: ThemeAssigner | None = None
        if self.codebook is None:
            self.assigner_ = default_assigner(self.encoder)
        elif taught:
            self.assigner_ = assigner_beside(taught, self.encoder_)

    def _start(self, reading: Reading) -> Work:
        return Work(
            reading=reading,
            vectors=np.zeros((len(reading), 0), np.float32),
            scores=np.zeros((len(reading), len(self.taught_))),
            themes=[()] * len(reading),
            clusters=[None] * len(reading),
        )

    def _score(self, work: Work, progress: Progress) -> None:
        """Fills in vectors and scores, batch by batch."""
        reading, vectors = work.reading, []
        size = BATCH if self.encoder_ is self.table_ else SLOW_BATCH
        for start in range(0, len(reading), size):
            progress(0.3 + 0.4 * start / len(reading), "Comparing with the code-book")
            rows = slice(start, min(start + size, len(reading)))
            counts = reading.tokens.counts(rows.start, rows.stop)
            weighed = self.table_.weigh_words(counts, reading.of_words)
            vectors.append(vectors_of(reading, rows, weighed, self.encoder_))
            if self.assigner_ is not None:
                found = [reading.tokens.words(row) for row in range(rows.start, rows.stop)]
                langs = reading.langs[rows]
                chances = self.assigner_.predict_proba(found, langs, weighed, vectors[-1])
                work.scores[rows] = chances[:, : len(self.taught_)]
                self._hear_translations(work, self.assigner_, rows)
        work.vectors = np.concatenate(vectors) if vectors else work.vectors

    def _hear_translations(self, work: Work, assigner: ThemeAssigner, rows: slice) -> None:
        """An English translation has half a say."""
        given = [
            (at, statement.translation)
            for at, statement in enumerate(work.reading.statements[rows], rows.start)
            if statement.translation
        ]
        if not given:
            return
        texts, langs = [text for _, text in given], ["en"] * len(given)
        heard = assigner.predict_proba(
            [words(fold(text)) for text in texts],
            langs,
            self.table_.weigh(texts),
            self.encoder_.encode(texts, langs),
        )
        at = [row for row, _ in given]
        work.scores[at] = (work.scores[at] + heard[:, : len(self.taught_)]) / 2

    def _add_themes(self, work: Work, decisions: Sequence[Decision]) -> None:
        """Themes without lessons get their columns, from what people put there and say of them."""
        first = len(self.taught_)
        rows: list[list[int]] = [[] for _ in self.told_]
        for row, column, belongs in self._decided(work.reading, decisions):
            if belongs and column >= first:
                rows[column - first].append(row)
        self._widen(work, [work.vectors[at] for at in rows])

    def _widen(self, work: Work, members: Sequence[Vectors]) -> None:
        """Columns for the themes told of, of which `members` has the vectors of statements."""
        if not len(work.reading):
            work.scores = np.zeros((0, len(self.codebook_.codes)))
        elif self.told_:
            scorer = PrototypeScorer(self.told_).fit(members, self.encoder_)
            work.scores = scorer.join(work.scores, work.vectors)

    def _compare(self, work: Work, decisions: Sequence[Decision]) -> None:
        """Statements of like meaning, and people's decisions on them, change the scores."""
        reading = work.reading
        said: dict[int, NDArray[np.float64]] = {}
        for row, column, belongs in self._decided(reading, decisions):
            if belongs:
                said.setdefault(row, np.zeros(work.scores.shape[1]))[column] = 1
        shares = {row: scores / scores.sum() for row, scores in said.items()}
        usable = ~reading.empty & (reading.first == np.arange(len(reading)))
        work.scores = NeighbourVote().vote(work.vectors, work.scores, usable, shares)
        self._hear_local_words(work, usable, shares)
        for group in reading.groups:
            work.scores[group] = work.scores[group].mean(axis=0)

    def _hear_local_words(
        self, work: Work, usable: NDArray[np.bool_], said: Mapping[int, NDArray[np.float64]]
    ) -> None:
        """Words of the place, learnt from the statements and what people decided, have a say."""
        self.local_words_: dict[str, LocalWord] = {}
        if self.assigner_ is None or not len(work.reading):
            return
        tokens, langs = work.reading.tokens, work.reading.langs
        familiar = {lang: self.assigner_.familiar(lang) for lang in sorted(set(langs))}
        counts = new_words(tokens.counts(), tokens.vocabulary, langs, familiar)
        heard, weights = work.scores.copy(), usable.astype(float)
        for row, scores in said.items():
            heard[row], weights[row] = scores, TRUST
        learner = LocalWords().fit(counts, langs, heard, weights)
        work.scores = learner.vote(work.scores)
        self.local_words_ = {
            tokens.vocabulary[word]: LocalWord(self.codebook_.codes[column], lift)
            for word, (column, lift) in learner.learned_.items()
        }

    def _decided(
        self, reading: Reading, decisions: Sequence[Decision]
    ) -> list[tuple[int, int, bool]]:
        """Row, column and answer of the decisions on statements and themes of this run."""
        rows = {statement.id: at for at, statement in enumerate(reading.statements)}
        columns = {code: at for at, code in enumerate(self.codebook_.codes)}
        return [
            (rows[decision.statement_id], columns[decision.code], decision.belongs)
            for decision in decisions
            if decision.statement_id in rows and decision.code in columns
        ]

    def _obey(self, work: Work, decisions: Sequence[Decision]) -> None:
        for row, column, belongs in self._decided(work.reading, decisions):
            work.scores[row, column] = float(belongs)

    def _assign(self, work: Work) -> None:
        if not self.codebook_.themes:
            return
        for at in np.flatnonzero(~work.reading.empty).tolist():
            work.themes[at] = self._chosen(work.scores[at])
            if work.themes[at]:
                work.clusters[at] = work.themes[at][0].code

    def _chosen(self, row: NDArray[np.float64]) -> tuple[ThemeScore, ...]:
        best = np.argsort(-row, kind="stable")[:MOST_THEMES]
        least = max(self.more, self.share * row[best[0]])
        codes = self.codebook_.codes
        return tuple(
            ThemeScore(codes[column], round(float(row[column]), 4))
            for rank, column in enumerate(best)
            if row[column] >= (least if rank else self.threshold)
        )

    def _discover(self, work: Work) -> None:
        """Groups what has no theme; near-identical texts weigh once."""
        first, empty = work.reading.first, work.reading.empty
        left = [
            at
            for at, cluster in enumerate(work.clusters)
            if cluster is None and not empty[at] and first[at] == at
        ]
        found = Discoverer(self.n_clusters, random_state=self.random_state).fit(work.vectors[left])
        work.silhouette = found.silhouette_
        free = (
            name for name in map("N{:02d}".format, count(1)) if name not in self.codebook_.codes
        )
        names = list(islice(free, len(found.centers_)))
        named = {
            at: names[label]
            for at, label in zip(left, found.labels_.tolist(), strict=True)
            if label >= 0
        }
        for at, of in enumerate(first.tolist()):
            if work.clusters[at] is None and not empty[at]:
                work.clusters[at] = named.get(of)

    def _results(self, work: Work) -> tuple[StatementResult, ...]:
        reading = work.reading
        ids = [statement.id for statement in reading.statements]
        return tuple(
            StatementResult(
                id=statement.id,
                lang=reading.langs[at],
                themes=work.themes[at],
                cluster=work.clusters[at],
                is_empty=bool(reading.empty[at]),
                duplicate_of=None if reading.first[at] == at else ids[reading.first[at]],
                sentiment=sentiment_hint(statement.text, reading.langs[at], statement.translation),
            )
            for at, statement in enumerate(reading.statements)
        )

    def _result(self, work: Work) -> Result:
        reading, results = work.reading, self._results(work)
        ids = [statement.id for statement in reading.statements]
        groups = tuple(tuple(ids[at] for at in group) for group in reading.groups)
        names = {theme.code: theme.name for theme in self.codebook_.themes}
        clusters = describe_clusters(reading, work.vectors, work.themes, work.clusters, names)
        figures = figures_of(results, work.vectors, work.silhouette)
        return Result(results, clusters, groups, figures, figures_by_language(results))
