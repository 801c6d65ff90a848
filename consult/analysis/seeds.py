"""Example sentences of a code-book as rows ready to learn from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from consult.analysis.codebook import NO_THEME, shipped_examples, shipped_sentences
from consult.analysis.concepts import DATA
from consult.analysis.encoder import Encoder, TableEncoder, Vectors
from consult.analysis.own.blend import BlendedEncoder
from consult.analysis.types import Codebook, CodebookTheme


@dataclass(frozen=True)
class Seeds:
    """Texts with language and theme; `codes` holds `none` for those that say nothing."""

    texts: tuple[str, ...]
    langs: tuple[str, ...]
    codes: tuple[str, ...]

    def of_language(self, lang: str) -> NDArray[np.intp]:
        """Rows of a language, and of the language-less ones."""
        return np.array([i for i, of in enumerate(self.langs) if of in (lang, "")], np.intp)


def seeds_of(codebook: Codebook) -> Seeds:
    """Every example of the code-book, its names and definitions, and the empty ones."""
    rows = [
        row
        for theme in codebook.themes
        for row in (*_examples(theme.code, theme.examples.items()), *_described(theme))
    ]
    rows += _examples(NO_THEME, shipped_examples()[NO_THEME].items())
    texts, langs, codes = zip(*rows, strict=True)
    return Seeds(texts, langs, codes)


def _examples(
    code: str, by_lang: Iterable[tuple[str, tuple[str, ...]]]
) -> list[tuple[str, str, str]]:
    return [(text, lang, code) for lang, texts in by_lang for text in texts]


def _described(theme: CodebookTheme) -> list[tuple[str, str, str]]:
    """A theme's own words, which is all there is of one that people have just written."""
    written = [(f"{theme.name}. {theme.definition}", "", theme.code), (theme.name, "", theme.code)]
    terms = [(", ".join(listed), lang, theme.code) for lang, listed in theme.terms.items()]
    return written + ([] if theme.examples else terms)


def seed_vectors(seeds: Seeds, encoder: Encoder) -> Vectors:
    """Their vectors. Of shipped sentences those of a table that had not seen them.

    The table was trained on these very sentences and knows them too well: a classifier that
    learns from its own vectors of them trusts it too much on new text.
    """
    if isinstance(encoder, BlendedEncoder):
        return encoder.join(seed_vectors(seeds, encoder.table), seeds.texts, seeds.langs)
    known = _held_out() if isinstance(encoder, TableEncoder) else {}
    rows = [known.get(row) for row in zip(seeds.langs, seeds.texts, strict=True)]
    new = [at for at, vector in enumerate(rows) if vector is None]
    fresh = encoder.encode([seeds.texts[at] for at in new], [seeds.langs[at] for at in new])
    for at, vector in zip(new, fresh, strict=True):
        rows[at] = vector
    return np.stack(rows)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _held_out() -> dict[tuple[str, str], Vectors]:
    with np.load(DATA / "seed_vectors.npz") as stored:
        vectors = stored["vectors"].astype(np.float32) / 127
        rows = {key: row for row, key in enumerate(stored["keys"].tolist())}
    return {
        (lang, text): vectors[rows[f"{lang} {ident}"]]
        for ident, _, _, lang, text in shipped_sentences()
        if f"{lang} {ident}" in rows
    }
