"""Themes for statements that came after a run, without doing the run again."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from consult.analysis.duplicates import NearDuplicates
from consult.analysis.local_words import lifted
from consult.analysis.neighbours import NeighbourVote
from consult.analysis.pipeline import ThemeFinder, Work, silent
from consult.analysis.reading import read_statements
from consult.analysis.types import Progress, Standing, Statement, StatementResult

ALIKE = 0.85  # cosine from which a text may be a copy
MOST_ALIKE = 5  # texts that a new one is compared with in full


class LaterFinder(ThemeFinder):
    """Finds themes of new statements beside a run that stands.

    The code-book's views, the standing statements of like meaning, the run's local words and its
    discovered clusters speak as in a run; nothing that stands changes. The cost grows with the
    new statements, apart from one product of their vectors with the standing ones.
    After `extend`: `found_`, `vectors_`.
    """

    def extend(
        self, statements: Sequence[Statement], standing: Standing, progress: Progress = silent
    ) -> "LaterFinder":
        """Analyses `statements`, none of which stands already."""
        self.prepare()
        work = self._start(read_statements(statements, self.table_, self.random_state, progress))
        self._score(work, progress)
        self._add_standing_themes(work, standing)
        self._hear_standing(work, standing)
        self._assign(work)
        self._join_clusters(work, standing)
        self.vectors_ = work.vectors
        copies = self._copies(work, standing)
        self.found_: tuple[StatementResult, ...] = tuple(
            _as_copied(result, standing, copies[at]) if at in copies else result
            for at, result in enumerate(self._results(work))
        )
        progress(1.0, "Done")
        return self

    def _add_standing_themes(self, work: Work, standing: Standing) -> None:
        decided = np.flatnonzero(standing.decided).tolist()
        codes = {row: {theme.code for theme in standing.themes[row]} for row in decided}
        rows = [[row for row in decided if theme.code in codes[row]] for theme in self.told_]
        self._widen(work, [standing.vectors[at] for at in rows])

    def _hear_standing(self, work: Work, standing: Standing) -> None:
        spoken = np.zeros((len(standing.ids), work.scores.shape[1]))
        columns = {code: at for at, code in enumerate(self.codebook_.codes)}
        for row, themes in enumerate(standing.themes):
            for theme in themes:
                if theme.code in columns:
                    spoken[row, columns[theme.code]] = theme.score
        work.scores = NeighbourVote().hear(
            work.vectors, work.scores, standing.vectors, spoken, standing.decided
        )
        lifts = np.ones_like(work.scores)
        for row, lang in enumerate(work.reading.langs):
            familiar = self.assigner_.familiar(lang) if self.assigner_ else frozenset()
            for word in set(work.reading.tokens.words(row)) - familiar:
                said = standing.local_words.get(word)
                if said is not None and said.code in columns:
                    lifts[row, columns[said.code]] *= said.lift
        work.scores = lifted(work.scores, lifts)

    def _join_clusters(self, work: Work, standing: Standing) -> None:
        """What has no theme joins the discovered cluster it is as near to as its members are."""
        members: dict[str, list[int]] = {}
        for row, cluster in enumerate(standing.clusters):
            if cluster is not None:
                members.setdefault(cluster, []).append(row)
        if not members:
            return
        names = sorted(members)
        middles = np.stack([standing.vectors[members[name]].mean(axis=0) for name in names])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True) + 1e-9
        within = np.array(
            [
                (standing.vectors[members[name]] @ middles[at]).mean()
                for at, name in enumerate(names)
            ]
        )
        near = work.vectors @ middles.T
        for row, best in enumerate(near.argmax(axis=1).tolist()):
            is_left = work.clusters[row] is None and not work.reading.empty[row]
            if is_left and near[row, best] >= within[best]:
                work.clusters[row] = names[best]

    def _copies(self, work: Work, standing: Standing) -> dict[int, int]:
        """By row, that of the standing statement that a new one repeats nearly word by word."""
        if not len(standing.ids) or not len(work.vectors):
            return {}
        alike = work.vectors @ standing.vectors.T
        found: dict[int, int] = {}
        for row in np.flatnonzero(alike.max(axis=1) >= ALIKE).tolist():
            near = np.argsort(-alike[row], kind="stable")[:MOST_ALIKE].tolist()
            texts = [standing.text_of(standing.ids[at]) for at in near]
            texts.append(work.reading.statements[row].text)
            first = NearDuplicates(random_state=self.random_state).fit(texts).labels_[-1]
            if first < len(near):
                found[row] = near[first]
        return found


def _as_copied(result: StatementResult, standing: Standing, row: int) -> StatementResult:
    """A copy has the themes of the text it copies."""
    themes = standing.themes[row]
    cluster = themes[0].code if themes else standing.clusters[row]
    return replace(result, themes=themes, cluster=cluster, duplicate_of=standing.ids[row])
