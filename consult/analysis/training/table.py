"""Trains the table of the encoder: a ridge regression from pieces of words to meanings."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from consult.analysis.encoder import Vectors
from consult.analysis.features import HashedCounts
from consult.analysis.training.metric import concept_metric
from consult.analysis.training.texts import Text

VERSION = "6"
FOLDS = 3
STRANGE_SOURCES = frozenset({"ntrex", "your_priorities", "id_tagging_schema", "wikipedia_android"})
MOST_STRANGE = 30_000
LEAST_TEXTS = 20  # of a language, from which it has a mean of its own
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """What was chosen in training: size of the table, strength and steps of the regression, and
    how far concepts are told apart (`concept_metric`)."""

    buckets: int = 196_608
    dimensions: int = 128
    ridge: float = 1.0
    steps: int = 14
    more_steps: int = 5
    apart: float = 0.6
    own_share: int = 8  # how often an own sentence counts when the dimensions are chosen


def train(
    public: Sequence[Text],
    own: Sequence[Text],
    extra: Sequence[Text],
    teacher: Mapping[str, Vectors],
    recipe: Recipe,
    folder: Path,
    tell: Tell,
) -> None:
    """Writes `encoder.npy`, `encoder.npz` and `seed_vectors.npz` into `folder`.

    `own` are the sentences that classifiers learn from; the vectors written of each come from a
    table that had not seen it in any language. `extra` are noisy copies and terms; a copy shares
    its sentence's unit and is held out with it.
    """
    texts = [*public, *extra, *own]
    tell(f"Counting the pieces of {len(texts)} texts")
    problem, idf = _problem(texts, _targets(texts, teacher, recipe, len(public)), recipe)
    fold = _folds([row.unit for row in own])
    folds = np.array([fold.get(row.unit, -1) for row in texts])
    tell("Learning from the public texts")
    first = problem.solve(folds == -1, recipe.steps, tell)
    tell("Learning from the own sentences")
    table = problem.solve(np.ones(len(texts), bool), recipe.more_steps, tell, first)
    vectors = np.zeros((len(texts), recipe.dimensions), np.float32)
    for number in range(FOLDS):
        tell(f"Learning without part {number + 1} of the own sentences")
        partial = problem.solve(folds != number, recipe.more_steps, tell, first)
        rows = np.flatnonzero(folds == number)
        vectors[rows] = problem.encode(rows, partial)
    mine = vectors[len(texts) - len(own) :]
    metric = concept_metric(mine, [row.concept for row in own], recipe.apart)
    mine = np.asarray(normalize(mine @ metric), np.float32)
    means = {lang: mean @ metric for lang, mean in problem.means(table).items()}
    _write_table(folder, table @ metric, idf, means, recipe)
    _write_vectors(folder, own, mine)
    tell("Learning what is about other things")
    strange = problem.encode(strange_rows(public, {row.lang for row in own}), table)
    np.save(folder / "outside.npy", learn_outside(mine, normalize(strange @ metric)))


def strange_rows(public: Sequence[Text], langs: set[str]) -> NDArray[np.intp]:
    """Public texts about other things: news, suggestions of all kinds, places, an encyclopedia."""
    rows = [
        at
        for at, row in enumerate(public)
        if row.lang in langs and row.unit.split()[0] in STRANGE_SOURCES
    ]
    return np.random.RandomState(0).permutation(rows)[:MOST_STRANGE]


def learn_outside(own: Vectors, strange: Vectors) -> Vectors:
    """Weights and, last, intercept of the log odds that a vector is not of our sentences' kind."""
    model = LogisticRegression(C=0.1, max_iter=200)
    model.fit(np.vstack([own, strange]), np.repeat([0, 1], [len(own), len(strange)]))
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


class _Problem:
    """Ridge regression over some of the texts, by conjugate gradients from a first guess."""

    def __init__(
        self, texts: Sequence[Text], rows: csr_matrix, targets: Vectors, ridge: float
    ) -> None:
        self.texts, self.ridge = texts, ridge
        self.weights = np.sqrt(np.array([row.weight for row in texts], np.float32))[:, None]
        self.rows, self.targets = rows, targets * self.weights
        self.rows.data *= np.repeat(self.weights, np.diff(rows.indptr))
        self.turned = self.rows.T.tocsr()

    def solve(
        self, used: NDArray[np.bool_], steps: int, tell: Tell, guess: Vectors | None = None
    ) -> Vectors:
        kept = used[:, None].astype(np.float32)
        shape = self.rows.shape[1], self.targets.shape[1]
        found = np.zeros(shape, np.float32) if guess is None else guess.copy()
        rest = self.turned @ (kept * (self.targets - self.rows @ found)) - self.ridge * found
        way, size = rest.copy(), (rest**2).sum(axis=0)
        for step in range(steps):
            slope = self.turned @ (kept * (self.rows @ way)) + self.ridge * way
            stride = size / ((way * slope).sum(axis=0) + 1e-12)
            found += stride * way
            rest -= stride * slope
            now = (rest**2).sum(axis=0)
            way = rest + now / (size + 1e-12) * way
            size = now
            tell(f"  step {step + 1} of {steps}")
        return found

    def means(self, table: Vectors) -> dict[str, Vectors]:
        """The mean of each language's sentences; word lists do not count."""
        rows: dict[str, list[int]] = {}
        for at, row in enumerate(self.texts):
            if row.weight >= 1 and not row.unit.startswith("concept "):
                rows.setdefault(row.lang, []).append(at)
        return {
            lang: (self.rows[at] @ table / self.weights[at]).mean(axis=0)
            for lang, at in sorted(rows.items())
            if len(at) >= LEAST_TEXTS
        }

    def encode(self, rows: NDArray[np.intp], table: Vectors) -> Vectors:
        """Vectors of some of the texts by a table of one's own."""
        means = self.means(table)
        raw = self.rows[rows] @ table / self.weights[rows]
        mine = np.stack([means[self.texts[at].lang] for at in rows.tolist()])
        return np.asarray(normalize(raw - mine), np.float32)


def _problem(
    texts: Sequence[Text], targets: Vectors, recipe: Recipe
) -> tuple[_Problem, NDArray[np.float32]]:
    counts = HashedCounts(recipe.buckets).transform(row.text for row in texts)
    idf = _idf(counts)
    counts.data *= idf[counts.indices]
    return _Problem(texts, normalize(counts, copy=False), targets, recipe.ridge), idf


def _idf(counts: csr_matrix) -> NDArray[np.float32]:
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + seen)) + 1, np.float16).astype(np.float32)


def _targets(
    texts: Sequence[Text], teacher: Mapping[str, Vectors], recipe: Recipe, public: int
) -> Vectors:
    """The teacher's vectors in the directions that vary most."""
    of_public = {row.unit: row.english for row in texts[:public]}
    of_own = {row.unit: row.english for row in texts[public:]}
    known = np.stack([teacher[text] for text in of_public.values()])
    mine = np.stack([teacher[text] for text in of_own.values()])
    middle = known.mean(axis=0)
    pca = PCA(recipe.dimensions, svd_solver="full", random_state=0)
    pca.fit(np.vstack([known, np.repeat(mine, recipe.own_share, axis=0)]) - middle)
    turned = {text: (vector - middle) @ pca.components_.T for text, vector in teacher.items()}
    return np.stack([turned[row.english] for row in texts]).astype(np.float32)


def _folds(units: Sequence[str]) -> dict[str, int]:
    """The part in which a sentence is held out; sentences of a concept follow one another."""
    return {unit: number % FOLDS for number, unit in enumerate(sorted(set(units)))}


def _write_table(
    folder: Path,
    table: Vectors,
    idf: NDArray[np.float32],
    means: Mapping[str, Vectors],
    recipe: Recipe,
) -> None:
    scales = np.asarray(np.abs(table).max(axis=1) / 127, np.float16)
    safe = np.where(scales > 0, scales, 1).astype(np.float32)[:, None]
    whole = np.clip(np.round(table / safe), -127, 127).astype(np.int8)
    np.save(folder / "encoder.npy", whole)
    about = {"version": VERSION, "dimensions": recipe.dimensions, "languages": len(means)}
    np.savez_compressed(
        folder / "encoder.npz",
        scales=scales,
        idf=idf.astype(np.float16),
        means=np.stack(list(means.values())).astype(np.float32),
        langs=np.array(list(means)),
        about=np.array(json.dumps(about)),
    )


def _write_vectors(folder: Path, own: Sequence[Text], vectors: Vectors) -> None:
    np.savez_compressed(
        folder / "seed_vectors.npz",
        keys=np.array([f"{row.lang} {row.unit}" for row in own]),
        vectors=np.clip(np.round(vectors * 127), -127, 127).astype(np.int8),
    )
