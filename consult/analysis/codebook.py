"""The default code-book and its seeds, as shipped."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from consult.analysis.concepts import DATA, lexicon_languages, shipped_concepts
from consult.analysis.types import Codebook, CodebookTheme

NO_THEME = "none"  # the code of seed sentences that say nothing


@lru_cache(maxsize=1)
def default_codebook() -> Codebook:
    """The 18 themes T01 to T18, in English, with the shipped terms and examples."""
    listed = json.loads((DATA / "codebook.json").read_text(encoding="utf-8"))
    plain = (CodebookTheme(row["code"], row["name"], row["definition"]) for row in listed)
    return with_shipped_seeds(plain)


def with_shipped_seeds(themes: Iterable[CodebookTheme]) -> Codebook:
    """A code-book of `themes`; those with a default code also get its terms and examples.

    A theme keeps its own name, definition and seeds; the shipped ones are added to them.
    """
    terms, examples = shipped_terms(), shipped_examples()
    return Codebook(
        tuple(
            replace(
                theme,
                terms=_merged(theme.terms, terms.get(theme.code, {})),
                examples=_merged(theme.examples, examples.get(theme.code, {})),
            )
            for theme in themes
        )
    )


def codebook_from_json(text: str) -> Codebook:
    """A code-book from a JSON list of `{code, name, definition, terms, examples}`.

    The last three may be missing; terms and examples are `{language: [text, ...]}`. Raises
    ValueError that names the faulty theme.
    """
    listed = json.loads(text)
    if not isinstance(listed, list):
        raise ValueError("a code-book is a list of themes")
    return with_shipped_seeds([_theme(number, row) for number, row in enumerate(listed, 1)])


def _theme(number: int, row: object) -> CodebookTheme:
    if not isinstance(row, dict) or not all(
        isinstance(row.get(key), str) and row[key].strip() for key in ("code", "name")
    ):
        raise ValueError(f"theme {number} needs a code and a name")
    return CodebookTheme(
        code=row["code"].strip(),
        name=row["name"].strip(),
        definition=str(row.get("definition") or ""),
        terms=_by_language(number, row.get("terms")),
        examples=_by_language(number, row.get("examples")),
    )


def _by_language(number: int, given: object) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(part, list) for part in given.values()):
        raise ValueError(f"theme {number}: terms and examples are lists of texts by language")
    return {str(lang): tuple(str(text) for text in texts) for lang, texts in given.items()}


@lru_cache(maxsize=1)
def shipped_terms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Beginnings of words and phrases, by code and language: those of the theme's concepts."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for lang in lexicon_languages():
        for concept in shipped_concepts(lang):
            terms = found.setdefault(concept.theme, {})
            terms[lang] = (*terms.get(lang, ()), *concept.terms)
    return found


@lru_cache(maxsize=1)
def shipped_sentences() -> tuple[tuple[str, str, str, str, str], ...]:
    """Everyday sentences: id, code, concept, language, text.

    Sentences with one id that begins with P, E or F are translations of one another; the others
    were written in each language for itself.
    """
    found = []
    for path in sorted((DATA / "seeds").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            ident, code, concept, text = line.split("\t")
            found.append((ident, code, concept, path.stem, text))
    return tuple(found)


@lru_cache(maxsize=1)
def shipped_examples() -> dict[str, dict[str, tuple[str, ...]]]:
    """The everyday sentences by code (also `none`) and language, in the order of the files."""
    found: dict[str, dict[str, list[str]]] = {}
    for _, code, _, lang, text in shipped_sentences():
        found.setdefault(code, {}).setdefault(lang, []).append(text)
    return {
        code: {lang: tuple(texts) for lang, texts in by_lang.items()}
        for code, by_lang in found.items()
    }


def _merged(
    own: Mapping[str, tuple[str, ...]], shipped: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {lang: (*own.get(lang, ()), *shipped.get(lang, ())) for lang in sorted({*own, *shipped})}
