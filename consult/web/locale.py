"""Which language a page speaks: link, session, browser, default, in that order."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Domain, get_locale, refresh

from consult.kernel.languages import (
    base_language,
    direction,
    display_name,
    formatting_locale,
    is_easy,
    own_name,
    same_language,
)
from consult.web.catalogs import offered_languages

DEFAULT = "en"
EVERY = "mul"  # in a form's menu of languages: show me all of them
SHORT_MENU = 5  # languages such a menu holds, where there are more


def page_languages() -> list[str]:
    """Languages this page can be had in: complete ones, less what the page has no text in."""
    if request.path.startswith("/desk"):
        return list(_offered("desk"))
    return participant_languages(g.get("page_languages"))


def participant_languages(wanted: Sequence[str] | None = None) -> list[str]:
    """Those of the `wanted` languages, or all, in which a participant's pages are complete."""
    offered = _offered("participant")
    return [tag for tag in wanted if tag in offered] or [DEFAULT] if wanted else list(offered)


def likely_first(languages: Sequence[str]) -> list[str]:
    """A menu's order: the page's language, what the browser asks for, the default, the rest."""
    return list(dict.fromkeys([*_likely(languages), *sorted(languages, key=own_name)]))


def few_likely(languages: Sequence[str]) -> list[str]:
    """For a short menu: the likely ones and, up to a handful, the first the consultation names."""
    if len(languages) <= SHORT_MENU + 1:
        return likely_first(languages)
    return list(dict.fromkeys([*_likely(languages), *languages]))[:SHORT_MENU]


def _likely(languages: Sequence[str]) -> list[str]:
    default = g.get("default_language", DEFAULT)
    return [tag for tag in (page_tag(), *_wished(languages), default) if tag in languages]


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Write another language than the reader's for a while: texts, dates, direction."""
    before, g.page_tag = page_tag(), tag
    refresh()
    try:
        yield
    finally:
        g.page_tag = before
        refresh()


def _offered(domain: str) -> tuple[str, ...]:
    return offered_languages(current_app.config["SETTINGS"].translations, domain)


def choose_locale() -> str:
    """The locale, as Babel spells it, that writes the page's dates and numbers."""
    return str(formatting_locale(page_tag()))


class CatalogsByTag(Domain):  # type: ignore[misc]
    """The catalogs of the page's language, found by its tag: Babel does not know each of them."""

    def get_translations(self) -> NullTranslations:
        if not has_request_context():
            return NullTranslations()
        tag = page_tag()
        found: NullTranslations = self.cache.get(tag) or self._load(tag)
        self.cache[tag] = found
        return found

    def _load(self, tag: str) -> Translations:
        """The plain language's catalogs and, over them, those of its variant."""
        whole = Translations()
        for one in dict.fromkeys((base_language(tag), tag)):
            for folder, domain in zip(self.translation_directories, self.domain, strict=True):
                path = Path(folder) / one.replace("-", "_") / "LC_MESSAGES" / f"{domain}.mo"
                if path.exists():
                    with path.open("rb") as file:
                        found = Translations(file, domain)
                    whole.merge(found)
                    whole.plural = found.plural  # a merge leaves the language's rule behind
        return whole


def page_tag() -> str:
    """The tag of the page's language (BCP 47)."""
    if "page_tag" not in g:
        g.page_tag = _pick(page_languages())
    return str(g.page_tag)


def remember_language(tag: str) -> None:
    """Keep a choice for this session; an unknown one is not kept."""
    if tag in page_languages():
        session["lang"] = tag
        g.pop("page_tag", None)
        refresh()


def _pick(languages: list[str]) -> str:
    asked, chosen = request.args.get("lang", ""), str(session.get("lang", ""))
    if _serving(asked, languages):
        session["lang"] = asked
        return _serving(asked, languages)
    g.unknown_language = asked[:20]
    if _serving(chosen, languages):
        return _serving(chosen, languages)
    if "lang" in session and g.get("page_languages") and request.method == "GET":
        g.unknown_language = str(session.pop("lang"))  # perhaps taken away meanwhile: said once
    default = g.get("default_language", DEFAULT)
    fallback = default if default in languages else languages[0]
    return next(iter(_wished(languages)), fallback)


def _serving(tag: str, languages: Sequence[str]) -> str:
    """The very language or, for an easy variant that is not there, its plain one; else nothing."""
    ways = (tag, base_language(tag)) if is_easy(tag) else (tag,)
    return next((one for one in ways if one in languages), "")


def _wished(languages: Sequence[str]) -> list[str]:
    """What the browser asks for, best first: `uk-UA` finds `uk` before a second wish is heard."""
    wishes = request.accept_languages.values()
    return [tag for wish in wishes for tag in same_language(wish, languages)]


def init_locale(app: Flask) -> None:
    """Give every template the language, its direction and the menu."""

    @app.context_processor
    def _language() -> dict[str, object]:
        tag = page_tag()
        return {
            "lang": tag,
            "dir": direction(tag),
            "menu": likely_first(page_languages()),
            "short_menu": few_likely(page_languages()),
            "every_language": EVERY,
            "own_name": own_name,
            "language_name": lambda code: display_name(code, str(get_locale() or DEFAULT)),
            "direction": direction,
        }
