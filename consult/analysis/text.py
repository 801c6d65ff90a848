"""Text made comparable: folding of scripts and accents, words, sentences with their spans."""

import re
import unicodedata
from itertools import pairwise

# Combining marks that go: Latin, Cyrillic and Greek accents, Arabic vowel signs, invisible signs.
# Vowel signs of Indic scripts are letters in all but name and stay.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_LETTERS = str.maketrans(
    {
        # Arabic-script letters that one word meets in the keyboards of several languages
        "ك": "ک", "ڪ": "ک", "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ے": "ی",
        "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۃ": "ه", "ۀ": "ه", "ګ": "گ", "ۆ": "و",
        "ۇ": "و", "ڵ": "ل", "ڕ": "ر", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ړ": "ر",
        "ڑ": "ر", "ڼ": "ن", "ں": "ن", "ٱ": "ا", "ء": "",
        # Latin and Cyrillic letters that do not decompose
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe",
        "þ": "th", "ə": "e", "ґ": "г", "є": "е", "’": "'", "ʼ": "'", "‘": "'", "`": "'",
        "´": "'", "ʻ": "'", "ʿ": "'",
    }
)  # fmt: skip
# Ethiopic syllables written with different signs for one sound, as rows of eight signs.
_ETHIOPIC_ROWS = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
_ETHIOPIC = {
    source + step: target + step for source, target in _ETHIOPIC_ROWS.items() for step in range(7)
}
MIN_WORDS = 3  # a shorter sentence says too little to stand alone

_DIGITS = re.compile(r"\d+")
# Vowel signs of Indic and neighbouring scripts are no word characters to `re`.
_SIGNS = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e4e\u0f00-\u0fff\u1000-\u1049\u1780-\u17d3"
_WORD = re.compile(rf"(?:[^\W_]|[{_SIGNS}])+")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_END = re.compile(r"[.!?…؟۔።፧।॥。！？]+[\"'»”’)\]]*(?=\s|$)|[。！？።፧।॥؟۔]+[\"'»”’)\]]*|[\r\n]+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|dr|mr|mrs|ms|st|nr|no|bzw|etc|prof|ca|str)\.$", re.I
)


def fold(text: str) -> str:
    """`text` with case, accents and spelling variants of a script taken away.

    Digits of any script become `0`, one for a whole number; what is no letter stays. The same
    text always folds to the same, and folding twice changes nothing.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = _DROPPED.sub("", plain.translate(_LETTERS))
    plain = unicodedata.normalize("NFC", plain).translate(_LETTERS).translate(_ETHIOPIC)
    return _DIGITS.sub("0", plain)


def words(text: str) -> list[str]:
    """The words of a folded text; a run of Han signs is one word, numbers count as words.

    An apostrophe ends a word, so that `l'escola` holds `escola`.
    """
    return _WORD.findall(text)


def is_han(word: str) -> bool:
    """Whether a word begins with a Han sign or kana, so that it is a run without spaces."""
    return _HAN.match(word) is not None


def word_count(text: str) -> int:
    """How many words a reader would count; two Han signs count as one word."""
    found = words(text)
    return sum((len(word) + 1) // 2 if is_han(word) else 1 for word in found)


def split_statements(text: str, lang: str | None = None) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text`, trimmed, in order, none empty.

    A sentence of fewer than three words joins the one before it, or the one after where it is
    the first. Ends of sentences are told by the signs of all scripts; `lang` is only used to
    know that a Greek question mark looks like a semicolon.
    """
    pieces = _trimmed(text, _boundaries(text, lang))
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        short = word_count(text[start:end]) < MIN_WORDS
        before_short = joined and word_count(text[joined[-1][0] : joined[-1][1]]) < MIN_WORDS
        if joined and (short or before_short):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _boundaries(text: str, lang: str | None) -> list[int]:
    ends = [0]
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 8) : match.start() + 1]
        if match[0][0] != "." or not _ABBREVIATION.search(before):
            ends.append(match.end())
    if lang == "el":
        ends.extend(match.end() for match in re.finditer(r";(?=\s)", text))
    return [*sorted(ends), len(text)]


def _trimmed(text: str, ends: list[int]) -> list[tuple[int, int]]:
    spans = []
    for start, end in pairwise(ends):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((start + left, start + len(piece.rstrip())))
    return spans
