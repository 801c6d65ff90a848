"""Tells answers that say nothing: signs, emoji, "no", "nothing", "I do not know"."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from consult.analysis.text import fold, is_han, words

LONGEST = 6  # words; a longer answer says something
DATA = Path(__file__).parent / "data" / "empty.json"


def is_empty(text: str) -> bool:
    """Whether an answer says nothing one could count: no letters, or a known empty phrase.

    Only whole answers are judged, and only against phrases, so that a short answer with a
    meaning ("buses") is kept.
    """
    return says_nothing(words(fold(text)))


def says_nothing(found: Sequence[str]) -> bool:
    """As `is_empty`, for the folded words of an answer."""
    letters = [word for word in found if not word.isdigit()]
    if not letters or all(len(word) == 1 and not is_han(word) for word in letters):
        return True
    return len(found) <= LONGEST and " ".join(found) in _phrases()


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    listed = json.loads(DATA.read_text(encoding="utf-8"))
    return frozenset(
        " ".join(words(fold(phrase))) for phrases in listed.values() for phrase in phrases
    )
