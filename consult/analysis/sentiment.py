"""A hint of feeling for English text; nothing is said of other languages."""

from consult.analysis.language import base

MOST_LETTERS = 5_000


def sentiment_hint(text: str, lang: str, translation: str | None = None) -> float | None:
    """TextBlob's polarity, -1 to 1, of English text or an English translation, else None.

    None means "not scored". The scorer counts kind and unkind words and misreads needs ("we need
    more help" scores above zero), so it never ranks or filters anything.
    """
    english = text if base(lang) == "en" else translation
    if not english or not english.strip():
        return None
    from textblob.en import polarity  # slow to import, needed for English only

    plain = english[:MOST_LETTERS].encode("utf-8", "replace").decode()
    return round(float(polarity(plain)), 3)
