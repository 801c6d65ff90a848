"""Measures on the shipped sentences, language by language, how far a model helps the table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from consult.analysis.codebook import shipped_sentences
from consult.analysis.encoder import Vectors
from consult.analysis.own.blend import SHARE, BlendedEncoder
from consult.analysis.own.folder import WEIGHTS, EncoderUnusable, ModelFolder
from consult.analysis.seeds import Seeds, seed_vectors
from consult.analysis.types import Progress

NEIGHBOURS = 10
HEARD = 0.4  # how much neighbours count beside the classifier, as in `NeighbourVote`
BATCH = 500
LEARNT_FROM = 20_000  # sentences
REGULARISATION = 0.1
SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)  # the first is the table alone, the last the model
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Weighed:
    """How often the main theme of a sentence is found, by table, model and blend.

    Means over the `sentences` of a language; `weight` is the model's share in the blend.
    """

    sentences: int
    table: float
    model: float
    blend: float
    weight: float


def weigh(encoder: BlendedEncoder, progress: Progress, most: int = 600) -> dict[str, Weighed]:
    """What `encoder`, which has been fitted, is worth by language, and the share that suits.

    About `most` sentences are asked in all their languages, by a classifier that learnt from
    others. Neither the table's vectors nor the model's have seen them. Each of SHARES is tried in
    all languages at once, for both uses of vectors in a run: the classifier, and which of the ten
    nearest neighbours of a sentence, its translations left out, share its theme. A language gets
    the share nearest to one half that is not clearly worse than its best in the sum of both, so
    that shares, and with them languages, stay comparable.
    """
    sample = _Sample(encoder, most)
    right: dict[float, Array] = {}
    worth: dict[float, Array] = {}
    for number, share in enumerate(SHARES):
        progress(number / (len(SHARES) + 1), f"Trying a share of {share:.0%}")
        vectors = sample.vectors(dict.fromkeys(sample.languages, share))
        right[share] = sample.right(vectors)
        worth[share] = right[share] + HEARD * sample.kinship(vectors)
    rows = {lang: sample.langs == lang for lang in sample.languages}
    weights = {lang: _best(worth, of) for lang, of in rows.items()}
    progress(len(SHARES) / (len(SHARES) + 1), "Trying the chosen shares together")
    mixed = sample.right(sample.vectors(weights))
    return {
        lang: Weighed(
            sentences=int(of.sum()),
            table=float(right[SHARES[0]][of].mean()),
            model=float(right[SHARES[-1]][of].mean()),
            blend=float(mixed[of].mean()),
            weight=weights[lang],
        )
        for lang, of in rows.items()
    }


def keep_weights(folder: ModelFolder, found: Mapping[str, Weighed]) -> Path:
    """Writes the small file beside the model that `own_encoder` reads."""
    stored = {
        "model": folder.name,
        "prefix": folder.prefix,
        "weights": {lang: row.weight for lang, row in found.items()},
    }
    path = folder.path / WEIGHTS
    try:
        path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise EncoderUnusable(f"{path} cannot be written: {error.strerror}.") from None
    return path


class _Sample:
    """Sentences that are asked and others to learn from, evenly spread, with both vectors."""

    def __init__(self, encoder: BlendedEncoder, most: int) -> None:
        idents = sorted({row[0] for row in shipped_sentences()})
        number = {ident: at for at, ident in enumerate(idents[:: -(-len(idents) // most)])}
        asked = [row for row in shipped_sentences() if row[0] in number]
        others = [row for row in shipped_sentences() if row[0] not in number]
        spread = np.random.RandomState(0).permutation(len(others))[:LEARNT_FROM]
        rows = asked + [others[at] for at in spread.tolist()]
        _, codes, _, langs, texts = zip(*rows, strict=True)
        self.asked = len(asked)
        self.units = np.array([number[row[0]] for row in asked])
        self.codes, self.every_lang = np.array(codes), np.array(langs)
        self.langs = self.every_lang[: self.asked]
        self.languages = sorted(set(langs))
        self.table = seed_vectors(Seeds(texts, langs, codes), encoder.table)
        self.model = encoder.by_model(texts, langs)

    def vectors(self, shares: Mapping[str, float]) -> Vectors:
        """Of all sentences, the asked ones first, the model having these shares."""
        by_row = np.array([[shares[lang]] for lang in self.every_lang.tolist()], np.float32)
        return np.hstack([np.sqrt(1 - by_row) * self.table, np.sqrt(by_row) * self.model])

    def right(self, vectors: Vectors) -> Array:
        """By asked sentence whether a classifier finds its theme."""
        classifier = LogisticRegression(C=REGULARISATION, max_iter=100)
        classifier.fit(vectors[self.asked :], self.codes[self.asked :])
        found = classifier.predict(vectors[: self.asked]) == self.codes[: self.asked]
        return np.asarray(found, np.float32)

    def kinship(self, vectors: Vectors) -> Array:
        """By asked sentence the part of its nearest neighbours that share its theme."""
        vectors, codes = vectors[: self.asked], self.codes[: self.asked]
        parts = []
        for start in range(0, self.asked, BATCH):
            rows = slice(start, min(start + BATCH, self.asked))
            alike = vectors[rows] @ vectors.T
            alike[self.units[rows, None] == self.units] = -2
            near = np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
            parts.append((codes[near] == codes[rows, None]).mean(axis=1))
        return np.concatenate(parts).astype(np.float32)


def _best(found: Mapping[float, Array], rows: NDArray[np.bool_]) -> float:
    """Of the true blends the one nearest to one half within a standard error of the best."""
    by_share = {share: found[share][rows] for share in SHARES[1:-1]}
    best = max(by_share.values(), key=lambda worth: float(worth.mean()))
    near = [
        share
        for share, worth in by_share.items()
        if (best - worth).mean() <= (best - worth).std() / len(best) ** 0.5
    ]
    return min(near, key=lambda share: (abs(share - SHARE), share))
