"""Cuts texts into batches a service takes, and saves what it can of a batch it does not."""

from collections.abc import Iterable, Iterator, Sequence

from consult.translators.base import BatchRefused, Translator


def in_batches(texts: Iterable[str], most_texts: int, most_letters: int) -> Iterator[list[str]]:
    """Batches in order; a text longer than `most_letters` is a batch of its own."""
    batch: list[str] = []
    letters = 0
    for text in texts:
        if batch and (len(batch) == most_texts or letters + len(text) > most_letters):
            yield batch
            batch, letters = [], 0
        batch.append(text)
        letters += len(text)
    if batch:
        yield batch


def translate_batch(
    translator: Translator, texts: Sequence[str], source: str, target: str
) -> list[str | None]:
    """Their translations; None for each text the service does not take even alone."""
    try:
        return [text.strip() or None for text in translator.translate(texts, source, target)]
    except BatchRefused:
        if len(texts) == 1:
            return [None]
    middle = len(texts) // 2
    return [
        *translate_batch(translator, texts[:middle], source, target),
        *translate_batch(translator, texts[middle:], source, target),
    ]
