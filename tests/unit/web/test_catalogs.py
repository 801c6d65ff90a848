"""A language is offered only when it is complete."""

from pathlib import Path

import pytest

from consult.web.catalogs import compile_catalogs, offered_languages

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """Two strings, whole in Spanish, one blank in Arabic, one doubtful in German."""
    for domain in ("participant", "desk"):
        (tmp_path / f"{domain}.pot").write_text(
            HEADER + 'msgid "Yes"\nmsgstr ""\n\nmsgid "No"\nmsgstr ""\n', encoding="utf-8"
        )
    texts = {
        "es": 'msgid "Yes"\nmsgstr "Sí"\n\nmsgid "No"\nmsgstr "No"\n',
        "ar": 'msgid "Yes"\nmsgstr "نعم"\n\nmsgid "No"\nmsgstr ""\n',
        "de": 'msgid "Yes"\nmsgstr "Ja"\n\n#, fuzzy\nmsgid "No"\nmsgstr "Nein"\n',
    }
    for tag, text in texts.items():
        folder = tmp_path / tag / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "participant.po").write_text(HEADER + text, encoding="utf-8")
    return tmp_path


def test_only_whole_languages_are_offered(translations: Path) -> None:
    compile_catalogs(translations)
    assert offered_languages(translations, "participant") == ("en", "es")


def test_without_compiled_catalogs_english_is_offered(tmp_path: Path) -> None:
    assert offered_languages(tmp_path, "participant") == ("en",)
