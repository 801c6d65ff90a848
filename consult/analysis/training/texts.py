"""The texts the table learns from: public parallel units and the project's own sentences."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from consult.analysis.codebook import shipped_sentences
from consult.analysis.concepts import lexicon_languages, shipped_concepts

# How much a text of a source counts: whole sentences more than interface strings and word lists.
PUBLIC = {
    "ntrex": 1.0,
    "tico19": 1.0,
    "hornmt": 1.0,
    "your_priorities": 0.7,
    "wikipedia_android": 0.5,
    "odk_collect": 0.5,
    "id_tagging_schema": 0.5,
    "omw_wiktionary_cldr": 0.5,
    "tico19_terms": 0.5,
}
EVERYDAY, NOISY, TERMS = 4.0, 2.0, 1.0
MOST_TERMS = 6  # of a concept that stand for it in English


@dataclass(frozen=True)
class Text:
    """One text in one language; `english` is the text whose meaning it has, `unit` its name.

    `concept` is what an own sentence is about.
    """

    unit: str
    lang: str
    text: str
    english: str
    weight: float
    concept: str = ""


def public_texts(folder: Path) -> Iterator[Text]:
    """The texts of `public.jsonl.xz`; raises FileNotFoundError where there is none."""
    with lzma.open(folder / "public.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            unit = json.loads(line)
            name, texts = f"{unit['source']} {unit['id']}", unit["text"]
            for lang, text in sorted(texts.items()):
                yield Text(name, lang, text, texts["en"], PUBLIC[unit["source"]])


def own_sentences() -> list[Text]:
    """The shipped everyday sentences; the unit is the sentence's id.

    Sentences that were written in one language only mean what the English ones of their concept
    mean together.
    """
    rows = shipped_sentences()
    english = {ident: text for ident, _, _, lang, text in rows if lang == "en"}
    of_concept: dict[str, list[str]] = {}
    for _, _, concept, lang, text in rows:
        if lang == "en":
            of_concept.setdefault(concept, []).append(text)
    return [
        Text(
            ident,
            lang,
            text,
            english.get(ident) or " ".join(of_concept[concept]),
            EVERYDAY,
            concept,
        )
        for ident, _, concept, lang, text in rows
    ]


def noisy(texts: list[Text], random_state: int) -> list[Text]:
    """A copy of each text with a word left out and two letters of another swapped."""
    random = np.random.RandomState(random_state)
    return [
        Text(row.unit, row.lang, _spoilt(row.text, random), row.english, NOISY) for row in texts
    ]


def _spoilt(text: str, random: np.random.RandomState) -> str:
    words = text.split()
    if len(words) < 4:
        return text
    words.pop(random.randint(len(words)))
    at = random.randint(len(words))
    if len(words[at]) > 3:
        cut = random.randint(1, len(words[at]) - 2)
        words[at] = words[at][:cut] + words[at][cut + 1] + words[at][cut] + words[at][cut + 2 :]
    return " ".join(words)


def concept_texts() -> list[Text]:
    """Each term of each concept means what the English terms of the concept mean together."""
    english = {c.name: ", ".join(c.terms[:MOST_TERMS]) for c in shipped_concepts("en")}
    return [
        Text(f"concept {concept.name}", lang, term, english[concept.name], TERMS)
        for lang in lexicon_languages()
        for concept in shipped_concepts(lang)
        if concept.name in english
        for term in concept.terms
    ]
