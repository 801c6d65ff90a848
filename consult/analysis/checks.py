"""Finds what is doubtful in a language's lexicon of concepts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from consult.analysis.codebook import NO_THEME, shipped_sentences
from consult.analysis.concepts import Concept, themes_of_concepts
from consult.analysis.lexicon import Lexicon
from consult.analysis.text import fold, words

LEAST_TERMS = 5
LEAST_HITS = 6  # sentences a term must be found in before it is judged
WRONG = 0.6  # share of wrong hits from which a term is named
EVERYWHERE = 0.03  # share of all sentences


@dataclass(frozen=True)
class Findings:
    """What a check found: concepts without terms or with few, terms under several themes, terms
    that are mostly wrong, terms found everywhere, each as readable text; and the share of the
    language's everyday sentences in which a term of the right theme is found."""

    missing: tuple[str, ...]
    few: tuple[str, ...]
    collisions: tuple[str, ...]
    wrong: tuple[str, ...]
    everywhere: tuple[str, ...]
    coverage: float


def check_lexicon(concepts: Sequence[Concept], lang: str) -> Findings:
    """Checks the concepts of one language against the list of concepts and its sentences."""
    known = {concept.name: concept for concept in concepts}
    hits, right, covered, total = _tried(concepts, lang)
    return Findings(
        missing=tuple(name for name in themes_of_concepts() if name not in known),
        few=tuple(c.name for c in concepts if len(c.terms) < LEAST_TERMS),
        collisions=_collisions(concepts),
        wrong=tuple(
            f"{term} ({code}): {count - right[term, code]} of {count}"
            for (term, code), count in sorted(hits.items())
            if count >= LEAST_HITS and count - right[term, code] >= WRONG * count
        ),
        everywhere=tuple(
            f"{term} ({code}): {count} of {total} sentences"
            for (term, code), count in sorted(hits.items())
            if count > EVERYWHERE * total
        ),
        coverage=covered / total if total else 0.0,
    )


def _collisions(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Terms that, folded, stand under concepts of different themes."""
    under: dict[str, dict[str, str]] = defaultdict(dict)
    for concept in concepts:
        for term in concept.terms:
            under[" ".join(words(fold(term)))].setdefault(concept.theme, concept.name)
    return tuple(
        f"{term}: " + ", ".join(f"{name} ({code})" for code, name in sorted(found.items()))
        for term, found in sorted(under.items())
        if len(found) > 1
    )


def _tried(
    concepts: Sequence[Concept], lang: str
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int], int, int]:
    """Hits and right hits by term and theme, sentences with a right hit, sentences in all."""
    terms: dict[str, list[str]] = defaultdict(list)
    for concept in concepts:
        terms[concept.theme].extend(concept.terms)
    lexicon = Lexicon(terms, lang)
    hits: dict[tuple[str, str], int] = defaultdict(int)
    right: dict[tuple[str, str], int] = defaultdict(int)
    covered = total = 0
    for _, code, _, of, text in shipped_sentences():
        if of != lang or code == NO_THEME:
            continue
        found = lexicon.find(text)
        total += 1
        covered += any(hit[1] == code for hit in found)
        for hit in found:
            hits[hit] += 1
            right[hit] += hit[1] == code
    return hits, right, covered, total
