"""The concepts of the shipped lexicon: what people talk about, under the themes, by language."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
STATE = "# State:"


@dataclass(frozen=True)
class Concept:
    """Something people talk about; the first of its `terms` is its label in the language."""

    name: str
    theme: str
    terms: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.terms[0]


@lru_cache(maxsize=1)
def themes_of_concepts() -> dict[str, str]:
    """The theme's code of each concept, in the order of the themes."""
    lines = (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines()
    parted = (line.partition("\t") for line in lines)
    return {name: code for name, _, code in parted}


@lru_cache(maxsize=1)
def lexicon_languages() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    return tuple(sorted(path.stem for path in (DATA / "concepts").glob("*.tsv")))


@lru_cache(maxsize=64)
def shipped_concepts(lang: str) -> tuple[Concept, ...]:
    """The concepts of a language, empty where it has no lexicon."""
    if lang not in lexicon_languages():
        return ()
    return read_concepts((DATA / "concepts" / f"{lang}.tsv").read_text(encoding="utf-8"))


def lexicon_state(lang: str) -> str:
    """How far a language's lexicon has been reviewed, as its first line says."""
    first = (DATA / "concepts" / f"{lang}.tsv").read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix(STATE).strip()


def read_concepts(text: str) -> tuple[Concept, ...]:
    """The concepts in lines of `concept<TAB>label, term, ...`; `#` begins a remark.

    Raises ValueError that names the line where a concept is unknown or has no term.
    """
    themes, found = themes_of_concepts(), []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, listed = line.partition("\t")
        terms = tuple(dict.fromkeys(part.strip() for part in listed.split(",") if part.strip()))
        if name not in themes or not terms:
            raise ValueError(f"line {number}: {name!r} is no concept, or has no terms")
        found.append(Concept(name, themes[name], terms))
    return tuple(found)
