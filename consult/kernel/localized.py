"""One text in many languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from consult.kernel.languages import base_language, direction, fallback_chain


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the text, its language and whether it is a fallback (to be marked)."""

    text: str
    lang: str
    is_fallback: bool

    @property
    def dir(self) -> str:
        return direction(self.lang)

    def __str__(self) -> str:
        return self.text


class LocalizedText(Mapping[str, str]):
    """An immutable map of language tag to text; blanks are never kept.

    >>> LocalizedText({"en": "Home", "es": "Vivienda"}).best("ca").text
    'Vivienda'
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, **by_language: str) -> None:
        merged = {**(texts or {}), **by_language}
        self._texts = {k: v for k, v in merged.items() if v and v.strip()}

    def __getitem__(self, lang: str) -> str:
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"LocalizedText({self._texts!r})"

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def best(self, lang: str, default: str = "en") -> Shown:
        """The text for a reader of `lang`, else the nearest fallback, marked as one.

        An empty text gives an empty string in the asked language, never an error.
        """
        for candidate in [*fallback_chain(lang, default), *self._texts]:
            if candidate in self._texts:
                exact = candidate in (lang, base_language(lang))
                return Shown(self._texts[candidate], candidate, not exact)
        return Shown("", lang, False)

    def with_text(self, lang: str, text: str) -> "LocalizedText":
        """A copy that says `text` in `lang`."""
        return LocalizedText({**self._texts, lang: text})


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """Stores a `LocalizedText` as a JSON object."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> Any:
        return None if value is None else dict(LocalizedText(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalizedText:
        return LocalizedText(value or {})
