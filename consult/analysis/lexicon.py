"""Finds terms in a text: whole words, beginnings of words, phrases."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from consult.analysis.text import fold, is_han, words

# In these languages particles grow in front of a word, so a term may begin inside it.
PREFIXING = frozenset({"ar", "am", "ti", "fa", "prs", "ur", "ckb", "ps", "ga", "sw", "ka", "he"})
# In these, endings are long, so a short term may go on further.
AGGLUTINATING = frozenset({"hu", "tr", "eu", "ka", "so", "sq", "kmr", "ne", "bn", "hi", "sw"})
FEMININE = "ه"  # written as another letter before an ending, in Arabic
LEAST_INSIDE = 3  # letters of a term that may begin inside a word
LEAST_OPEN = 4  # letters of a term that may go on freely: shorter ones must be nearly all
Hit = tuple[str, str]


class Lexicon:
    """The terms of one language, given as `{key: terms}`; a key is a theme or a concept.

    A term matches words it begins; a short one only words at most two letters longer. Of terms
    that lie within each other in a word the longest counts. A phrase matches the same sequence
    of words, the last one open at its end; Han terms match anywhere. Texts and terms are folded.
    """

    def __init__(self, terms: Mapping[str, Iterable[str]], lang: str) -> None:
        self.reach = 5 if lang in PREFIXING else 1
        self.ending = 4 if lang in AGGLUTINATING else 2
        self.single: dict[str, set[str]] = {}
        self.phrases: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self.signs: dict[str, set[str]] = {}
        for key, listed in terms.items():
            for term in listed:
                self._add(key, words(fold(term)))
        self.longest = max(map(len, self.signs), default=0)
        self._of_word = lru_cache(maxsize=200_000)(self._find_in_word)

    def _add(self, key: str, parts: list[str]) -> None:
        if not parts:
            return
        if is_han(parts[0]):
            self.signs.setdefault("".join(parts), set()).add(key)
        elif len(parts) > 1:
            begun = self.phrases.setdefault(parts[0], {})
            begun.setdefault(tuple(parts[1:]), set()).add(key)
        else:
            self.single.setdefault(parts[0], set()).add(key)
            if parts[0].endswith(FEMININE) and len(parts[0]) > LEAST_INSIDE:
                self.single.setdefault(parts[0][:-1] + "ت", set()).add(key)

    def find(self, text: str) -> set[Hit]:
        """The `(term, key)` pairs found in a text, each once."""
        return self.find_in_words(words(fold(text)))

    def find_in_words(self, found: list[str]) -> set[Hit]:
        """As `find`, for text already folded and split."""
        hits = {pair for word in found for pair in self._of_word(word)}
        for at, word in enumerate(found):
            if word in self.phrases:
                hits.update(self._phrases_at(found, at))
        return hits

    def _phrases_at(self, found: list[str], at: int) -> list[Hit]:
        return [
            (" ".join((found[at], *rest)), key)
            for rest, keys in self.phrases[found[at]].items()
            if _goes_on(found, at + 1, rest)
            for key in keys
        ]

    def _find_in_word(self, word: str) -> tuple[Hit, ...]:
        if is_han(word):
            return self._find_signs(word)
        terms = {
            word[start : start + size]
            for start in range(min(self.reach, len(word)))
            for size in range(1, len(word) - start + 1)
            if self._fits(word, start, size)
        }
        return _pairs(terms, self.single)

    def _find_signs(self, run: str) -> tuple[Hit, ...]:
        terms = {
            run[start : start + size]
            for start in range(len(run))
            for size in range(1, min(self.longest, len(run) - start) + 1)
            if run[start : start + size] in self.signs
        }
        return _pairs(terms, self.signs)

    def _fits(self, word: str, start: int, size: int) -> bool:
        term = word[start : start + size]
        if term not in self.single or (start and size < LEAST_INSIDE):
            return False
        return size >= LEAST_OPEN or len(word) - start - size <= (self.ending if size == 3 else 0)


def _goes_on(found: list[str], at: int, rest: tuple[str, ...]) -> bool:
    """Whether the words from `at` on are `rest`, the last one open at its end."""
    last = at + len(rest) - 1
    if last >= len(found) or not found[last].startswith(rest[-1]):
        return False
    return all(found[at + step] == word for step, word in enumerate(rest[:-1]))


def _pairs(terms: set[str], index: Mapping[str, set[str]]) -> tuple[Hit, ...]:
    longest = [t for t in terms if not any(t != other and t in other for other in terms)]
    return tuple((term, key) for term in sorted(longest) for key in sorted(index[term]))
