"""Words that set a cluster apart from the others, in each of its languages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from math import log

from consult.analysis.text import fold, is_han, words

LEAST_LETTERS = 3
SAME_PART = 0.6  # of the longer of two words that begin alike, from which they count as one
PARTICLE = 3  # letters that may stand before a word and leave it the same word


def keywords(
    texts: Sequence[str], langs: Sequence[str], clusters: Sequence[str | None], most: int = 8
) -> dict[str, dict[str, tuple[str, ...]]]:
    """`{cluster: {language: words}}`, best first, as people spelt them.

    A word counts once a text. The measure is the log-odds of a word inside the cluster against
    the same language outside it, with all texts of the language as prior (Monroe, Colaresi and
    Quinn, Fightin' Words, 2008); stop words are left out, and single mentions in larger
    clusters that have other words.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for lang in sorted(set(langs)):
        rows = [
            (candidates(text, lang), cluster)
            for text, of, cluster in zip(texts, langs, clusters, strict=True)
            if of == lang
        ]
        for cluster, best in _of_language(rows, most).items():
            found.setdefault(cluster, {})[lang] = best
    return found


def candidates(text: str, lang: str) -> dict[str, str]:
    """The words of a text worth showing: folded form to the form in the text."""
    found: dict[str, str] = {}
    for word in words(text.casefold()):
        parts = [word[i : i + 2] for i in range(len(word) - 1)] if is_han(word) else [word]
        for part in parts:
            folded = folded_word(part)
            long_enough = is_han(part) or len(folded) >= LEAST_LETTERS
            if long_enough and not folded.isdigit() and folded not in stop_words(lang):
                found.setdefault(folded, part)
    return found


@lru_cache(maxsize=200_000)
def folded_word(word: str) -> str:
    """`fold`, remembered: most words come again and again."""
    return fold(word)


@lru_cache(maxsize=64)
def stop_words(lang: str) -> frozenset[str]:
    """Folded stop words of a language, empty where none are known."""
    import stopwordsiso

    known = {"kmr": "ku", "bs": "hr", "prs": "fa"}.get(lang, lang)
    if not stopwordsiso.has_lang(known):
        return frozenset()
    return frozenset(fold(word) for word in stopwordsiso.stopwords(known))


def _of_language(
    rows: list[tuple[dict[str, str], str | None]], most: int
) -> dict[str, tuple[str, ...]]:
    everywhere, spelt = Counter[str](), dict[str, Counter[str]]()
    inside: dict[str, Counter[str]] = {}
    sizes = Counter[str]()
    for found, cluster in rows:
        everywhere.update(found.keys())
        for folded, form in found.items():
            spelt.setdefault(folded, Counter())[form] += 1
        if cluster is not None:
            inside.setdefault(cluster, Counter()).update(found.keys())
            sizes[cluster] += 1
    return {
        cluster: tuple(
            min(spelt[word], key=lambda form, word=word: (-spelt[word][form], form))  # type: ignore[misc]
            for word in distinct(_ranked(counts, everywhere, sizes[cluster]), most)
        )
        for cluster, counts in inside.items()
    }


def distinct(ranked: Iterable[str], most: int) -> list[str]:
    """The first `most` words of different kinds: no two that look like forms of one."""
    kept: list[str] = []
    for word in ranked:
        if len(kept) == most:
            break
        if not any(_are_one(word, other) for other in kept):
            kept.append(word)
    return kept


def _are_one(one: str, other: str) -> bool:
    """Whether two folded words look like forms of one."""
    if is_han(one) or is_han(other):
        return one in other or other in one
    shorter, longer = sorted((one, other), key=len)
    common = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    has_particle = longer.endswith(shorter) and len(longer) - len(shorter) <= PARTICLE
    return has_particle or common >= max(LEAST_LETTERS + 1, SAME_PART * len(longer))


def _ranked(counts: Mapping[str, int], everywhere: Counter[str], size: int) -> list[str]:
    total, own = sum(everywhere.values()), sum(counts.values())
    least = 2 if size >= 8 else 1

    def odds(word: str) -> float:
        prior = everywhere[word] / total
        here = (counts[word] + prior) / (own - counts[word] + 1)
        there = (everywhere[word] - counts[word] + prior) / (
            total - own - everywhere[word] + counts[word] + 1
        )
        spread = 1 / (counts[word] + prior) + 1 / (everywhere[word] - counts[word] + prior)
        return float((log(here) - log(there)) / spread**0.5)

    kept = [word for word in counts if counts[word] >= least] or list(counts)
    return sorted(kept, key=lambda word: (-odds(word), -counts[word], word))
