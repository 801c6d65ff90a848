"""What people put first, in the report."""

from sqlalchemy.orm import Session

from consult.reports.people import closed_questions, people_analysed
from consult.surveys.queries import current_version
from consult.surveys.services import import_questionnaire
from tests.factories import make_consultation, make_response
from tests.factories.workbooks import xlsform


def test_of_an_order_the_first_choice_is_counted(session: Session) -> None:
    consultation = make_consultation(session)
    needs = [["needs", code, code.title()] for code in ("work", "home", "doctor")]
    form = xlsform(["rank needs", "needs", "What first?"], choices=needs)
    import_questionnaire(session, consultation, form)
    for order in [["home", "work"]] * 20 + [["work", "home", "doctor"]] * 10:
        make_response(session, consultation, values={"needs": order})
    version = current_version(session, consultation.id)
    people = people_analysed(session, consultation.id)
    (found,) = closed_questions(session, version, people, 5)
    assert (found["kind"], found["answered"]) == ("rank", 30)
    assert found["people"] == [10, 20, 0]
