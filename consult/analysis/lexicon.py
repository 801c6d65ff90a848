"""Finds the terms of a theme in a text: whole words, beginnings of words, phrases."""

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


class Lexicon:
    """The terms of one language, given as `{theme: terms}`.

    A term matches words it begins; a short one only words at most two letters longer. Of terms
    that lie within each other the longest counts. Texts and terms are folded before.
    """

    def __init__(self, terms: Mapping[str, Iterable[str]], lang: str) -> None:
        self.reach = 4 if lang in PREFIXING else 1
        self.ending = 4 if lang in AGGLUTINATING else 2
        self.single: dict[str, set[str]] = {}
        self.phrases: list[tuple[str, str]] = []
        for code, listed in terms.items():
            for term in listed:
                self._add(code, words(fold(term)))
        self._of_word = lru_cache(maxsize=50_000)(self._find_in_word)

    def _add(self, code: str, parts: list[str]) -> None:
        if len(parts) == 1 and not is_han(parts[0]):
            self.single.setdefault(parts[0], set()).add(code)
            if parts[0].endswith(FEMININE) and len(parts[0]) > LEAST_INSIDE:
                self.single.setdefault(parts[0][:-1] + "ت", set()).add(code)
        elif parts and is_han(parts[0]):
            self.phrases.append(("".join(parts), code))
        elif parts:
            self.phrases.append((" " + " ".join(parts), code))

    def find(self, text: str) -> set[tuple[str, str]]:
        """The `(term, theme)` pairs found in a text, each once."""
        found_words = words(fold(text))
        found = {pair for word in set(found_words) for pair in self._of_word(word)}
        joined = " " + " ".join(found_words)
        return found | {(term, code) for term, code in self.phrases if term in joined}

    def _find_in_word(self, word: str) -> tuple[tuple[str, str], ...]:
        terms = {
            word[start : start + size]
            for start in range(min(self.reach, len(word)))
            for size in range(1, len(word) - start + 1)
            if self._fits(word, start, size)
        }
        longest = [t for t in terms if not any(t != other and t in other for other in terms)]
        return tuple((term, code) for term in sorted(longest) for code in sorted(self.single[term]))

    def _fits(self, word: str, start: int, size: int) -> bool:
        term = word[start : start + size]
        if term not in self.single or (start and size < LEAST_INSIDE):
            return False
        return size >= LEAST_OPEN or len(word) - start - size <= (self.ending if size == 3 else 0)
