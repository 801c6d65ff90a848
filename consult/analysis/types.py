"""What goes into an analysis and what comes out; frozen, and free of heavy imports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[float, str], None]
"""Called with a fraction from 0 to 1 and an English sentence; may raise to end the run."""


@dataclass(frozen=True)
class Statement:
    """Something one person said.

    `lang` is a BCP 47 tag, the interface language for want of a better one, or None. `weight`
    says for how many statements it stands. `translation` is an English translation of `text`.
    """

    id: str
    text: str
    lang: str | None = None
    weight: float = 1.0
    translation: str | None = None
    question: str | None = None


@dataclass(frozen=True)
class CodebookTheme:
    """A theme people agreed on, with terms and example sentences by language."""

    code: str
    name: str
    definition: str = ""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """Themes in their order; codes are unique."""

    themes: tuple[CodebookTheme, ...] = ()

    def __post_init__(self) -> None:
        twice = {theme.code for theme in self.themes if self.codes.count(theme.code) > 1}
        if twice or "" in self.codes:
            raise ValueError(f"theme codes must be given and differ: {sorted(twice)}")

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(theme.code for theme in self.themes)


@dataclass(frozen=True)
class Decision:
    """A person decided that a statement belongs, or does not belong, to a theme."""

    statement_id: str
    code: str
    belongs: bool


@dataclass(frozen=True)
class ThemeScore:
    """A proposed theme; `score` is the estimated chance, 0 to 1, that a coder would agree."""

    code: str
    score: float


@dataclass(frozen=True)
class LocalWord:
    """What a word of the place says: the theme `code` is `lift` times as likely with it."""

    code: str
    lift: float


@dataclass(frozen=True)
class StatementResult:
    """What the analysis says of one statement.

    `themes` are up to three, best first, empty for "no theme yet". `cluster` is the main theme's
    code, the id of a discovered cluster, or None. `duplicate_of` is the first statement of its
    group of near-identical texts. `sentiment` is -1 to 1, None for "not scored".
    """

    id: str
    lang: str
    themes: tuple[ThemeScore, ...] = ()
    cluster: str | None = None
    is_empty: bool = False
    duplicate_of: str | None = None
    sentiment: float | None = None


@dataclass(frozen=True)
class Standing:
    """What a run found, one entry a statement that says something and is no copy.

    `vectors` has a row each; `themes` are the final ones, a person's where `decided`; `clusters`
    the discovered ones. `text_of` gives the text of a statement by its id.
    """

    ids: Sequence[str]
    vectors: "NDArray[np.float32]"
    themes: Sequence[tuple[ThemeScore, ...]]
    decided: "NDArray[np.bool_]"
    clusters: Sequence[str | None]
    text_of: Callable[[str], str]
    local_words: Mapping[str, LocalWord]


@dataclass(frozen=True)
class Cluster:
    """A theme of the code-book in use, or a discovered one that proposes a new theme.

    `names` has its name by language: a discovered one's is the concept most of it is about, in
    all languages of the lexicon, or else a few words in each language of its own; `label` is the
    one in the language most statements are in. `size` counts statements, `texts` counts groups
    of near-identical ones once. `keywords` are by language, best first, `concepts` the names, by
    language, of what its texts are often about; `representatives` are statement ids, most
    typical first.
    """

    id: str
    label: str
    names: Mapping[str, str]
    discovered: bool
    size: int
    texts: int
    languages: Mapping[str, int]
    keywords: Mapping[str, tuple[str, ...]]
    concepts: tuple[Mapping[str, str], ...]
    representatives: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """The outcome of a run: statements in the order given, clusters by falling size.

    `by_language` has the counts and the leakage of each language of answers.
    """

    statements: tuple[StatementResult, ...]
    clusters: tuple[Cluster, ...]
    duplicates: tuple[tuple[str, ...], ...]
    figures: Mapping[str, float]
    by_language: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
