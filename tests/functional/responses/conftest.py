"""What tests of the participant's pages share."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.surveys.services import import_questionnaire
from tests.factories import make_consultation
from tests.factories.workbooks import Rows, xlsform

AskForm = Callable[..., None]


@pytest.fixture
def ask_form(session: Session) -> AskForm:
    """Makes an open consultation of the questions given, as rows of an XLSForm."""

    def make(*questions: Sequence[Any], choices: Rows = ()) -> None:
        consultation = make_consultation(session)
        import_questionnaire(session, consultation, xlsform(*questions, choices=choices))
        session.commit()

    return make
