"""Puts together what a run says of each cluster: size, languages, keywords, voices."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from consult.analysis.encoder import Vectors
from consult.analysis.labels import keywords
from consult.analysis.reading import Reading
from consult.analysis.representatives import representatives
from consult.analysis.said import Said, concepts_said
from consult.analysis.types import Cluster, ThemeScore

LABEL_WORDS = 3
MOST_TEXTS = 4_000  # of a language that keywords are looked for in


def describe_clusters(
    reading: Reading,
    vectors: Vectors,
    themes: Sequence[tuple[ThemeScore, ...]],
    clusters: Sequence[str | None],
    names: Mapping[str, str],
) -> tuple[Cluster, ...]:
    """The clusters in use, by falling number of texts; `names` are those of the code-book."""
    heard = _heard(reading)
    texts = [reading.statements[at].text for at in heard]
    langs = [reading.langs[at] for at in heard]
    inside = [clusters[at] for at in heard]
    found, said = keywords(texts, langs, inside), concepts_said(texts, langs, inside)
    scores = np.array([row[0].score if row else 0.0 for row in themes])
    rows: dict[str, list[int]] = {}
    for at, cluster in enumerate(clusters):
        if cluster is not None:
            rows.setdefault(cluster, []).append(at)
    described = [
        _cluster(
            reading, vectors, scores, (name, names.get(name)), rows[name], found.get(name, {}),
            said.get(name, Said()),
        )
        for name in sorted(rows)
    ]  # fmt: skip
    return tuple(sorted(described, key=lambda cluster: (-cluster.texts, cluster.id)))


def _heard(reading: Reading) -> list[int]:
    """Rows that keywords are looked for in: different texts, evenly spread where very many."""
    by_lang: dict[str, list[int]] = {}
    for at, first in enumerate(reading.first.tolist()):
        if first == at:
            by_lang.setdefault(reading.langs[at], []).append(at)
    return sorted(
        at for rows in by_lang.values() for at in rows[:: 1 + (len(rows) - 1) // MOST_TEXTS]
    )


def _cluster(
    reading: Reading,
    vectors: Vectors,
    scores: NDArray[np.float64],
    named: tuple[str, str | None],
    rows: list[int],
    words: dict[str, tuple[str, ...]],
    said: Said,
) -> Cluster:
    name, known = named
    texts = [at for at in rows if reading.first[at] == at]
    languages = Counter(reading.langs[at] for at in rows)
    main = min(languages, key=lambda lang: (-languages[lang], lang))
    lengths = np.diff(reading.tokens.ends)[texts].tolist()
    own = {lang: ", ".join(best[:LABEL_WORDS]) for lang, best in words.items() if best}
    named_in = {"en": known} if known else said.name or own
    picked = representatives(vectors[texts], scores[texts].tolist(), lengths)
    return Cluster(
        id=name,
        label=known or named_in.get(main) or name,
        names=named_in or {"en": name},
        discovered=known is None,
        size=len(rows),
        texts=len(texts),
        languages=dict(sorted(languages.items())),
        keywords=words,
        concepts=said.often,
        representatives=tuple(reading.statements[texts[at]].id for at in picked),
    )
