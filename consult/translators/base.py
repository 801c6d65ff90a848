"""What every connector promises, and what can go wrong with one."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from consult.kernel.errors import ConsultError
from consult.kernel.languages import base_language
from consult.kernel.messages import N_

# What a service may call a language, where it lacks the tag itself.
KIN = {"prs": ("fa",), "kmr": ("ku",), "zh": ("zh-hans",), "pt": ("pt-pt",), "en": ("en-gb",)}


class TranslatorFailed(ConsultError):
    """The service cannot be used now; nothing of the batch was translated."""

    status = 502


class ServiceDown(TranslatorFailed):
    """No sensible answer within the limits, after all tries."""

    def __init__(self) -> None:
        super().__init__(N_("The translation service does not answer. Please try again later."))


class ServiceRefused(TranslatorFailed):
    """The key is wrong, or what it allows is used up."""

    def __init__(self) -> None:
        super().__init__(N_("The translation service refuses the key, or its limit is used up."))


class BatchRefused(TranslatorFailed):
    """The service does not take these texts as they were sent; fewer at once may go through."""

    def __init__(self) -> None:
        super().__init__(N_("The translation service did not accept a text."))


class Translator(Protocol):
    """Translates batches of texts.

    `name` is stored with every text; `host` is where texts go, empty for this server itself.
    """

    name: str
    host: str
    most_texts: int
    most_letters: int

    def sources(self, target: str) -> frozenset[str]:
        """The languages it translates from into `target`; raises TranslatorFailed."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """One translation a text, in order, at most `most_texts` with `most_letters` in all.

        Raises BatchRefused, ServiceRefused or ServiceDown.
        """


def code_for(tag: str, offered: Iterable[str]) -> str | None:
    """The one of `offered` that stands for a language, in any case of letters, or None."""
    by_lower = {code.lower(): code for code in offered}
    base = base_language(tag)
    for wish in (tag.lower(), base, *KIN.get(base, ())):
        if wish in by_lower:
            return by_lower[wish]
    return None
