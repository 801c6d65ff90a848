"""What tests of importing answers share."""

import pytest
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.consultations.models import Consultation
from tests.factories import make_consultation
from tests.factories.commands import Commands


@pytest.fixture
def consult(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setattr("consult.cli.progress.QUIET_SECONDS", 600)  # also on a busy machine
    return Commands(settings, monkeypatch)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    """An open consultation with the questions consent, who, organisation, good, hardest, quote."""
    made = make_consultation(session)
    session.commit()
    return made
