"""The connector that the settings ask for."""

from urllib.parse import urlsplit

from consult.config import TranslatorSettings
from consult.translators.apertium import Apertium
from consult.translators.base import Translator
from consult.translators.deepl import DeepL
from consult.translators.http import JsonService, Limits
from consult.translators.libretranslate import LibreTranslate

QUICK = Limits(connect=3.0, read=5.0, whole=6.0, tries=1)  # while a person waits for a page


def choose_translator(
    settings: TranslatorSettings, limits: Limits | None = None
) -> Translator | None:
    """The operator's translator, or None where there is none: then nothing leaves the server."""
    limits = limits or Limits()
    host = urlsplit(settings.url).netloc.rpartition("@")[2]
    if settings.kind == "apertium":
        return Apertium()
    if settings.kind == "libretranslate":
        return LibreTranslate(JsonService(settings.url, {}, limits), host, settings.key)
    if settings.kind == "deepl":
        key = {"Authorization": f"DeepL-Auth-Key {settings.key}"}
        return DeepL(JsonService(settings.url, key, limits), host)
    return None
