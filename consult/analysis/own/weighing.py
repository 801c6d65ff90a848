"""Measures on the shipped sentences, language by language, how far a model helps the table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consult.analysis.codebook import shipped_sentences
from consult.analysis.encoder import Vectors
from consult.analysis.own.blend import SHARE, BlendedEncoder
from consult.analysis.own.folder import WEIGHTS, EncoderUnusable, ModelFolder
from consult.analysis.seeds import Seeds, seed_vectors
from consult.analysis.types import Progress

NEIGHBOURS = 10
SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)  # the first is the table alone, the last the model
BATCH = 500
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Weighed:
    """How many of a sentence's ten nearest neighbours share its theme, by table, model and blend.

    Means over the `sentences` of a language; `weight` is the model's share in the blend.
    """

    sentences: int
    table: float
    model: float
    blend: float
    weight: float


def weigh(encoder: BlendedEncoder, progress: Progress, most: int = 600) -> dict[str, Weighed]:
    """What `encoder`, which has been fitted, is worth by language, and the share that suits.

    About `most` sentences are looked at in all their languages. Neither the table's vectors nor
    the model's have seen them, and a sentence's translations are no neighbours of its. Each of
    SHARES is tried in all languages at once; a language gets the one nearest to one half that is
    not clearly worse than its best, so that shares, and with them languages, stay comparable.
    """
    sample = _Sample(encoder, most)
    found: dict[float, Array] = {}
    for number, share in enumerate(SHARES):
        progress(number / (len(SHARES) + 1), f"Trying a share of {share:.0%}")
        found[share] = sample.kinship(np.full(len(sample.langs), share))
    rows = {lang: sample.langs == lang for lang in sorted(set(sample.langs.tolist()))}
    weights = {lang: _best(found, of) for lang, of in rows.items()}
    progress(len(SHARES) / (len(SHARES) + 1), "Trying the chosen shares together")
    mixed = sample.kinship(np.array([weights[lang] for lang in sample.langs.tolist()]))
    return {
        lang: Weighed(
            sentences=int(of.sum()),
            table=float(found[SHARES[0]][of].mean()),
            model=float(found[SHARES[-1]][of].mean()),
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
    """Sentences, evenly spread, in all their languages, with both vectors."""

    def __init__(self, encoder: BlendedEncoder, most: int) -> None:
        idents = sorted({row[0] for row in shipped_sentences()})
        number = {ident: at for at, ident in enumerate(idents[:: -(-len(idents) // most)])}
        rows = [row for row in shipped_sentences() if row[0] in number]
        _, codes, _, langs, texts = zip(*rows, strict=True)
        self.units = np.array([number[row[0]] for row in rows])
        self.codes, self.langs = np.array(codes), np.array(langs)
        self.table = seed_vectors(Seeds(texts, langs, codes), encoder.table)
        self.model = encoder.by_model(texts, langs)

    def kinship(self, shares: NDArray[np.float64]) -> Array:
        """By sentence the part of its nearest neighbours that share its theme."""
        vectors = self._joined(shares.astype(np.float32)[:, None])
        parts = []
        for start in range(0, len(vectors), BATCH):
            asked = slice(start, start + BATCH)
            alike = vectors[asked] @ vectors.T
            alike[self.units[asked, None] == self.units] = -2
            near = np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
            parts.append((self.codes[near] == self.codes[asked, None]).mean(axis=1))
        return np.concatenate(parts).astype(np.float32)

    def _joined(self, shares: Array) -> Vectors:
        return np.hstack([np.sqrt(1 - shares) * self.table, np.sqrt(shares) * self.model])


def _best(found: Mapping[float, Array], rows: NDArray[np.bool_]) -> float:
    """Of the true blends the one nearest to one half within a standard error of the best."""
    by_share = {share: found[share][rows] for share in SHARES[1:-1]}
    best = max(by_share.values(), key=lambda kinship: float(kinship.mean()))
    near = [
        share
        for share, kinship in by_share.items()
        if (best - kinship).mean() <= (best - kinship).std() / len(best) ** 0.5
    ]
    return min(near, key=lambda share: (abs(share - SHARE), share))
