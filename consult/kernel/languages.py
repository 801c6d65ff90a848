"""Languages: own names, direction of writing, fallbacks."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError

RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "ckb", "he", "yi", "sd", "ug", "dv"})

# Own names where CLDR, as Babel ships it, has none or only an English one.
OWN_NAMES = {
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "prs": "دری",
    "kmr": "Kurmancî",
    "ckb": "سۆرانی",
    "ps": "پښتو",
    "en": "English",
    "es": "Español",
    "ar": "العربية",
    "uk": "Українська",
    "de": "Deutsch",
    "pl": "Polski",
    "ro": "Română",
    "it": "Italiano",
    "fr": "Français",
    "tr": "Türkçe",
    "fa": "فارسی",
    "ru": "Русский",
    "bs": "Bosanski",
    "zh": "中文",
    "ca": "Català",
    "eu": "Euskara",
    "ga": "Gaeilge",
    "pt": "Português",
    "hu": "Magyar",
    "sq": "Shqip",
    "bg": "Български",
    "bn": "বাংলা",
    "ne": "नेपाली",
    "ur": "اردو",
    "am": "አማርኛ",
    "ka": "ქართული",
    "en-x-easy": "Easy English",
    "de-x-easy": "Einfache Sprache",
    "es-x-easy": "Lectura fácil",
}

# Languages CLDR, as Babel ships it, has no dates and numbers for: those of their nearest kin.
FORMATTED_AS = {"prs": "fa_AF", "kmr": "ku"}

EASY = "-x-easy"  # short words and sentences, for people to whom others are hard

FALLBACKS = {"prs": ("fa",), "ca": ("es",), "eu": ("es",), "ga": ("en",), "bs": ("hr", "sr")}


def base_language(tag: str) -> str:
    """The primary subtag, lower case: `de-x-easy` gives `de`."""
    return tag.replace("_", "-").split("-")[0].lower()


def same_language(wish: str, tags: Sequence[str]) -> list[str]:
    """Those of `tags` in the language of `wish`: the very same, the plain one, its variants."""
    base = base_language(wish)
    found = [tag for tag in tags if base_language(tag) == base]
    return sorted(found, key=lambda tag: (tag.lower() != wish.lower(), tag != base))


def direction(tag: str) -> str:
    """`rtl` or `ltr`, from the tag's script when it names one, else from the language."""
    for part in tag.replace("_", "-").lower().split("-x-")[0].split("-")[1:]:
        if len(part) == 4:
            return "rtl" if part.title() in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if base_language(tag) in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """A language's name in itself, for menus; the tag where no name is known."""
    for known in (tag, base_language(tag)):
        if known in OWN_NAMES:
            return OWN_NAMES[known]
    name = known_locale(tag) and known_locale(tag).get_display_name()  # type: ignore[union-attr]
    return str(name or tag)


@lru_cache(maxsize=2048)
def display_name(tag: str, locale: str) -> str:
    """A language's name for readers of `locale`, or its own name."""
    if is_easy(tag):
        return _easy_name(tag, locale)
    reader, spoken = known_locale(locale), known_locale(tag)
    name = spoken.get_language_name(reader) if reader and spoken else None
    return str(name or own_name(tag))


def is_easy(tag: str) -> bool:
    """Whether a tag names the easy variant of a language, such as `de-x-easy`."""
    return tag.lower().endswith(EASY)


def _easy_name(tag: str, locale: str) -> str:
    """`German (Einfache Sprache)`; a reader of German needs the name in brackets alone."""
    base = base_language(tag)
    if base == base_language(locale) and tag in OWN_NAMES:
        return OWN_NAMES[tag]
    return f"{display_name(base, locale)} ({OWN_NAMES.get(tag, 'easy')})"


@lru_cache(maxsize=512)
def formatting_locale(tag: str, default: str = "en") -> Locale:
    """The locale that writes dates and numbers for readers of `tag`."""
    base = base_language(tag)
    known = map(known_locale, (tag, FORMATTED_AS.get(base, base), default))
    return next(locale for locale in known if locale is not None)


def fallback_chain(tag: str, default: str = "en") -> list[str]:
    """Languages to try for a reader of `tag`, best first, `default` and English last."""
    base = base_language(tag)
    chain = [tag, base, *FALLBACKS.get(base, ()), default, "en"]
    return list(dict.fromkeys(chain))


def known_locale(tag: str) -> Locale | None:
    """What Babel knows of a language; None for one it does not know."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
