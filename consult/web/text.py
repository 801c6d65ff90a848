"""Template helpers: localized texts and the direction of a person's own words."""

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup

from consult.kernel.languages import direction, own_name
from consult.kernel.localized import LocalizedText, Shown
from consult.web.errors import error_text
from consult.web.locale import page_tag


def shown(text: LocalizedText | None, default: str = "en") -> Shown:
    """The text for this page's reader."""
    return (text or LocalizedText()).best(page_tag(), default)


def localized(text: LocalizedText | None, default: str = "en") -> Markup:
    """Markup of a text in many languages; a fallback carries its language and a mark."""
    best = shown(text, default)
    if best.lang == page_tag():
        return Markup.escape(best.text)
    mark = ""
    if best.is_fallback:
        label = gettext("In %(language)s", language=own_name(best.lang))
        mark = Markup('<small class="fallback" lang="{}" dir="{}">{}</small>').format(
            page_tag(), direction(page_tag()), label
        )
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>{}').format(best.lang, best.dir, best.text, mark)


def words(text: str, lang: str) -> Markup:
    """Markup of a person's own words in their language and direction."""
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(lang, direction(lang), text)


def init_text(app: Flask) -> None:
    """Make the helpers known to templates."""
    app.jinja_env.globals.update(
        localized=localized, words=words, shown=shown, error_text=error_text
    )  # fmt: skip
