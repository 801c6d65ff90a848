"""What tests of the questionnaire commands share."""

import pytest
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.consultations.models import Consultation
from tests.factories import make_consultation
from tests.factories.commands import Commands


@pytest.fixture
def consult(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(settings, monkeypatch)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    """A draft consultation whose questionnaire nobody has answered yet."""
    made = make_consultation(session, state="draft")
    session.commit()
    return made
