"""The whole way from statements to themes, clusters and their labels."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from consult.analysis.assign import MOST_THEMES, Scores, ThemeAssigner
from consult.analysis.codebook import default_codebook
from consult.analysis.discover import Discoverer
from consult.analysis.duplicates import NearDuplicates
from consult.analysis.empty import is_empty
from consult.analysis.encoder import Encoder, Vectors, default_encoder
from consult.analysis.figures import figures_of
from consult.analysis.labels import keywords
from consult.analysis.language import identify
from consult.analysis.representatives import representatives
from consult.analysis.sentiment import sentiment_hint
from consult.analysis.text import word_count
from consult.analysis.types import (
    Cluster,
    Codebook,
    Decision,
    Progress,
    Result,
    Statement,
    StatementResult,
    ThemeScore,
)

LABEL_WORDS = 3


def silent(fraction: float, message: str) -> None:
    """Progress nobody watches."""


@dataclass
class _Work:
    """What is known of the statements so far, one entry a statement."""

    statements: Sequence[Statement]
    langs: list[str]
    empty: NDArray[np.bool_]
    first: NDArray[np.int_]  # index of the first statement of the near-identical group
    groups: list[list[int]]
    vectors: Vectors
    scores: Scores
    themes: list[tuple[ThemeScore, ...]]
    clusters: list[str | None]
    silhouette: float = 0.0


class ThemeFinder(BaseEstimator):  # type: ignore[misc]
    """Finds the themes of statements in many languages at once.

    `codebook` None means the default one; an empty code-book means discovery only. A theme is
    proposed when its score reaches `threshold`, and a second and third also `share` of the best.
    With `guess`, a statement whose best score reaches at least that gets its one best theme.
    After `fit`: `result_`, `assigner_`. Same input, same output.
    """

    def __init__(
        self,
        codebook: Codebook | None = None,
        encoder: Encoder | None = None,
        threshold: float = 0.25,
        share: float = 0.6,
        n_clusters: int | None = None,
        random_state: int = 0,
    ) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self.threshold = threshold
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
        self.codebook_ = default_codebook() if self.codebook is None else self.codebook
        self.encoder_ = self.encoder or default_encoder()
        work = self._prepare(statements, progress)
        if self.codebook_.themes:
            progress(0.35, "Learning the code-book")
            self._assign(work, decisions)
        progress(0.7, "Looking for new themes")
        self._discover(work)
        progress(0.8, "Choosing words and voices for each theme")
        self.result_ = self._result(work)
        progress(1.0, "Done")
        return self

    def _prepare(self, statements: Sequence[Statement], progress: Progress) -> _Work:
        progress(0.0, "Reading the statements")
        texts = [statement.text for statement in statements]
        langs = []
        for at, statement in enumerate(statements):
            langs.append(identify(statement.text, statement.lang))
            if at % 500 == 499:
                progress(0.1 * at / len(texts), "Telling the languages")
        empty = np.array([is_empty(text) for text in texts], bool)
        progress(0.1, "Looking for near-identical texts")
        near = NearDuplicates(random_state=self.random_state).fit(texts)
        progress(0.2, "Turning texts into vectors")
        return _Work(
            statements=statements,
            langs=langs,
            empty=empty,
            first=near.labels_,
            groups=near.groups(),
            vectors=self._vectors(statements, langs),
            scores=np.zeros((len(texts), len(self.codebook_.themes))),
            themes=[()] * len(texts),
            clusters=[None] * len(texts),
        )

    def _vectors(self, statements: Sequence[Statement], langs: list[str]) -> Vectors:
        """Where there is a translation, its vector and the original's count alike."""
        vectors = self.encoder_.encode([statement.text for statement in statements], langs)
        translated = [i for i, statement in enumerate(statements) if statement.translation]
        if translated:
            english = [statements[i].translation or "" for i in translated]
            both = vectors[translated] + self.encoder_.encode(english, ["en"] * len(english))
            norms = np.linalg.norm(both, axis=1, keepdims=True)
            vectors[translated] = both / np.where(norms > 0, norms, 1)
        return vectors

    def _assign(self, work: _Work, decisions: Sequence[Decision]) -> None:
        self.assigner_ = ThemeAssigner(self.codebook_, self.encoder_).fit()
        texts = [statement.text for statement in work.statements]
        work.scores = self.assigner_.predict_proba(texts, work.langs, work.vectors)
        for group in work.groups:
            work.scores[group] = work.scores[group].mean(axis=0)
        self._obey(work, decisions)
        for at, row in enumerate(work.scores):
            if not work.empty[at]:
                work.themes[at] = self._chosen(row)
            if work.themes[at]:
                work.clusters[at] = work.themes[at][0].code

    def _obey(self, work: _Work, decisions: Sequence[Decision]) -> None:
        rows = {statement.id: at for at, statement in enumerate(work.statements)}
        columns = {code: at for at, code in enumerate(self.codebook_.codes)}
        for decision in decisions:
            if decision.statement_id in rows and decision.code in columns:
                at = rows[decision.statement_id], columns[decision.code]
                work.scores[at] = float(decision.belongs)

    def _chosen(self, row: NDArray[np.float64]) -> tuple[ThemeScore, ...]:
        best = np.argsort(-row, kind="stable")[:MOST_THEMES]
        least = max(self.threshold, self.share * row[best[0]])
        codes = self.codebook_.codes
        return tuple(ThemeScore(codes[c], round(float(row[c]), 4)) for c in best if row[c] >= least)

    def _discover(self, work: _Work) -> None:
        """Groups what has no theme; near-identical texts weigh once."""
        left = [
            at
            for at, cluster in enumerate(work.clusters)
            if cluster is None and not work.empty[at] and work.first[at] == at
        ]
        found = Discoverer(self.n_clusters, random_state=self.random_state).fit(work.vectors[left])
        work.silhouette = found.silhouette_
        named = {
            at: f"N{label + 1:02d}"
            for at, label in zip(left, found.labels_.tolist(), strict=True)
            if label >= 0
        }
        for at, first in enumerate(work.first.tolist()):
            if work.clusters[at] is None and not work.empty[at]:
                work.clusters[at] = named.get(first)

    def _result(self, work: _Work) -> Result:
        ids = [statement.id for statement in work.statements]
        results = tuple(
            StatementResult(
                id=statement.id,
                lang=work.langs[at],
                themes=work.themes[at],
                cluster=work.clusters[at],
                is_empty=bool(work.empty[at]),
                duplicate_of=None if work.first[at] == at else ids[work.first[at]],
                sentiment=sentiment_hint(statement.text, work.langs[at], statement.translation),
            )
            for at, statement in enumerate(work.statements)
        )
        groups = tuple(tuple(ids[at] for at in group) for group in work.groups)
        figures = figures_of(results, work.vectors, work.silhouette)
        return Result(results, self._clusters(work), groups, figures)

    def _clusters(self, work: _Work) -> tuple[Cluster, ...]:
        single = [at for at in range(len(work.clusters)) if work.first[at] == at]
        found = keywords(
            [work.statements[at].text for at in single],
            [work.langs[at] for at in single],
            [work.clusters[at] for at in single],
        )
        names = {theme.code: theme.name for theme in self.codebook_.themes}
        clusters = []
        for name in sorted({cluster for cluster in work.clusters if cluster is not None}):
            rows = [at for at, cluster in enumerate(work.clusters) if cluster == name]
            clusters.append(self._cluster(work, name, rows, names.get(name), found.get(name, {})))
        return tuple(sorted(clusters, key=lambda cluster: (-cluster.texts, cluster.id)))

    def _cluster(
        self,
        work: _Work,
        name: str,
        rows: list[int],
        label: str | None,
        words: dict[str, tuple[str, ...]],
    ) -> Cluster:
        texts = [at for at in rows if work.first[at] == at]
        languages = Counter(work.langs[at] for at in rows)
        main = min(languages, key=lambda lang: (-languages[lang], lang))
        picked = representatives(
            work.vectors[texts],
            [work.themes[at][0].score if work.themes[at] else 0.0 for at in texts],
            [word_count(work.statements[at].text) for at in texts],
        )
        return Cluster(
            id=name,
            label=label or ", ".join(words.get(main, ())[:LABEL_WORDS]) or name,
            discovered=label is None,
            size=len(rows),
            texts=len(texts),
            languages=dict(sorted(languages.items())),
            keywords=words,
            representatives=tuple(work.statements[texts[at]].id for at in picked),
        )
