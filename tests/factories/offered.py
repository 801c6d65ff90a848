"""Languages offered to participants in a test, whatever catalogs are complete."""

import pytest

from consult.web.catalogs import offered_languages


def offer(monkeypatch: pytest.MonkeyPatch, *tags: str) -> None:
    """Participants can choose these; the desk speaks what it speaks."""
    monkeypatch.setattr(
        "consult.web.locale.offered_languages",
        lambda path, domain: tags if domain == "participant" else offered_languages(path, domain),
    )
