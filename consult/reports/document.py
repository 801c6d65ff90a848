"""A report as a list of blocks in one language; every format renders the same blocks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.kernel.languages import direction
from consult.kernel.localized import LocalizedText, Shown

HIDDEN = "·"  # what stands for a number that is too small to show
SMALLEST_BASE = 30  # people; shares of fewer say little and move with every answer


@dataclass(frozen=True)
class Heading:
    """A heading; `page` begins a new page where there are pages."""

    text: str
    level: int = 2
    page: bool = False


@dataclass(frozen=True)
class Paragraph:
    text: str
    lang: str = ""
    style: str = ""  # "", "lead" or "caveat"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A caption, column heads and rows; from the second column on, numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = True


@dataclass(frozen=True)
class Quotation:
    """A person's words, with the translation and who or what made it, when there is one."""

    text: str
    lang: str
    translation: str = ""
    translation_lang: str = ""
    made_by: str = ""

    @property
    def dir(self) -> str:
        return direction(self.lang)


Block = Heading | Paragraph | Bullets | Table | Quotation


@dataclass(frozen=True)
class Document:
    """A title, the blocks, and what stands at the foot of every page."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    foot: str = ""

    @property
    def dir(self) -> str:
        return direction(self.lang)


@dataclass
class Writer:
    """Collects blocks in the reader's language.

    `gettext` translates a marked English sentence; `formats` gives dates and numbers their
    local form (keys `date`, `number`, `percent`, `language`).
    """

    lang: str
    gettext: Callable[[str], str]
    formats: Mapping[str, Callable[[Any], str]]
    blocks: list[Block] = field(default_factory=list)

    def say(self, message: str, **params: object) -> str:
        text = self.gettext(message)
        return text % params if params else text

    def local(self, texts: Mapping[str, str]) -> Shown:
        return LocalizedText(texts).best(self.lang)

    def count(self, number: int | None) -> str:
        return HIDDEN if number is None else self.formats["number"](number)

    def share(self, part: int | None, whole: int | None) -> str:
        """`part` of `whole` in percent, from rounded counts; hidden where too few answered."""
        if part is None or whole is None or whole < SMALLEST_BASE:
            return HIDDEN
        return self.formats["percent"](min(part / whole, 1.0))

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def paragraph(self, message: str, style: str = "", **params: object) -> None:
        self.add(Paragraph(self.say(message, **params), style=style))

    def heading(self, message: str, level: int = 2, page: bool = False) -> None:
        self.add(Heading(self.say(message), level, page))

    def table(
        self, caption: str, head: Iterable[str], rows: Iterable[tuple[str, ...]], **how: bool
    ) -> None:
        """A table with marked sentences as caption and heads; nothing where it has no rows."""
        if rows := tuple(rows):
            self.add(Table(self.say(caption), tuple(map(self.say, head)), rows, **how))
