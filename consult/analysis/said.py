"""Which concepts of the lexicon the texts of a cluster are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from consult.analysis.concepts import lexicon_languages, shipped_concepts
from consult.analysis.lexicon import Lexicon

LEAST = 3  # texts that name a concept, before it says something of a cluster
OFTEN, MORE_HERE = 0.06, 1.5  # share of a cluster's texts, and how much more than of all
MOSTLY, ALONE_HERE = 0.3, 3.0  # share of what a cluster is named after, and as above of the others
MOST_CONCEPTS = 4
MOST_TEXTS = 400  # of a cluster that are looked at
Names = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """Names, by language, of the concepts a cluster is `often` about, best first.

    `name` is that of the one it is mostly about; empty if there is none.
    """

    often: tuple[Names, ...] = ()
    name: Names = field(default_factory=dict)


def concepts_said(
    texts: Sequence[str], langs: Sequence[str], clusters: Sequence[str | None]
) -> dict[str, Said]:
    """By cluster the concepts its texts are about, clearly more often than the others'."""
    rows: dict[str, list[int]] = {}
    for at, cluster in enumerate(clusters):
        if cluster is not None:
            rows.setdefault(cluster, []).append(at)
    looked_at = {name: mine[:: 1 + (len(mine) - 1) // MOST_TEXTS] for name, mine in rows.items()}
    said = {
        name: Counter(concept for at in mine for concept in _concepts_in(texts[at], langs[at]))
        for name, mine in looked_at.items()
    }
    everywhere, total = sum(said.values(), Counter[str]()), sum(map(len, looked_at.values()))
    found = {}
    for name, counts in said.items():
        size, often, mostly = len(looked_at[name]), [], []
        for concept, number in counts.most_common():
            share, others = number / size, everywhere[concept] - number
            if number < max(LEAST, OFTEN * size):
                break
            if share >= MORE_HERE * everywhere[concept] / total:
                often.append(concept)
            if share >= max(MOSTLY, ALONE_HERE * (others + 1) / (total - size + 1)):
                mostly.append(concept)
        named = _labels(mostly[0]) if mostly else {}
        found[name] = Said(tuple(_labels(concept) for concept in often[:MOST_CONCEPTS]), named)
    return found


def _concepts_in(text: str, lang: str) -> set[str]:
    return {concept for _, concept in _lexicon(lang).find(text)}


@lru_cache(maxsize=64)
def _lexicon(lang: str) -> Lexicon:
    return Lexicon({concept.name: concept.terms for concept in shipped_concepts(lang)}, lang)


@lru_cache(maxsize=256)
def _labels(name: str) -> Names:
    """What a concept is called, by language."""
    return {
        lang: concept.label
        for lang in lexicon_languages()
        for concept in shipped_concepts(lang)
        if concept.name == name
    }
