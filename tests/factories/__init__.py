"""Makers of rows for tests: each gives a valid row, whatever is not named is made up."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult.accounts.models import Staff
from consult.accounts.services import create_staff, grant_role
from consult.consultations.models import ConsentText, Consultation
from consult.kernel.clock import today
from consult.kernel.localized import LocalizedText
from consult.regions.models import Region
from consult.responses.models import Answer, Response
from consult.surveys.models import Option, Question, QuestionnaireVersion, Section

PASSWORD = "a long enough password"  # nosec: tests only


def make_region(session: Session, slug: str = "valdora", **values: Any) -> Region:
    region = Region(slug=slug, name=LocalizedText(en=slug.title()), country="XX", **values)
    session.add(region)
    session.flush()
    return region


def make_consultation(
    session: Session, region: Region | None = None, slug: str = "living-together", **values: Any
) -> Consultation:
    """An open consultation in English, Spanish and Arabic with its questionnaire."""
    day: date = today()
    consultation = Consultation(
        **{
            "region_id": (region or make_region(session)).id,
            "slug": slug,
            "title": LocalizedText(en="Living together", es="Vivir juntos", ar="العيش معا"),
            "purpose": LocalizedText(en="We ask what helps.", es="Preguntamos.", ar="نسأل"),
            "decision": LocalizedText(en="It feeds the strategy.", es="La estrategia.", ar="الخطة"),
            "state": "open",
            "opens_on": day - timedelta(days=5),
            "closes_on": day + timedelta(days=20),
            "languages": ["en", "es", "ar"],
            **values,
        }
    )
    consultation.consents.append(
        ConsentText(
            version=1, text=LocalizedText(en="You may stop.", es="Puede parar.", ar="يمكنك التوقف")
        )
    )
    session.add(consultation)
    session.flush()
    make_questionnaire(session, consultation)
    return consultation


def make_questionnaire(session: Session, consultation: Consultation) -> QuestionnaireVersion:
    """Three screens: consent; who and a relevant organisation question; two open texts."""
    version = QuestionnaireVersion(
        consultation_id=consultation.id,
        number=1,
        form_id="test",
        title=LocalizedText(en="Test"),
        languages=["en", "es", "ar"],
    )
    yes_no = [("yes", "Yes", "Sí", "نعم"), ("no", "No", "No", "لا")]
    who = [
        ("moved_here", "I moved here", "Vine aquí", "انتقلت"),
        ("organisation", "I answer for an organisation", "Organización", "منظمة"),
    ]
    version.sections = [
        Section(
            position=0,
            code="s1",
            questions=[
                _question(
                    0, "consent", "choice", "Do you want to take part?", yes_no, required=True
                )
            ],
        ),
        Section(
            position=1,
            code="s2",
            relevant="${consent} = 'yes'",
            questions=[
                _question(0, "who", "choices", "Who are you?", who),
                _question(
                    1,
                    "organisation",
                    "text",
                    "What kind?",
                    relevant="selected(${who}, 'organisation')",
                ),
            ],
        ),
        Section(
            position=2,
            code="s3",
            relevant="${consent} = 'yes'",
            questions=[
                _question(0, "good", "text", "What is going well?", appearance="multiline"),
                _question(1, "hardest", "text", "What is hardest?", appearance="multiline"),
                _question(2, "quote", "choice", "May we quote you?", yes_no),
            ],
        ),
    ]
    session.add(version)
    session.flush()
    return version


def _question(
    position: int,
    code: str,
    kind: str,
    label: str,
    options: list[tuple[str, str, str, str]] = (),
    **values: Any,  # type: ignore[assignment]
) -> Question:
    return Question(
        position=position,
        code=code,
        kind=kind,
        label=LocalizedText(en=label, es=f"{label} (es)", ar=f"{label} (ar)"),
        options=[
            Option(position=n, code=key, label=LocalizedText(en=en, es=es, ar=ar))
            for n, (key, en, es, ar) in enumerate(options)
        ],
        **values,
    )


def make_staffed_consultation(session: Session) -> Consultation:
    """A consultation of a region with one facilitator."""
    region = make_region(session)
    make_staff(session, region)
    return make_consultation(session, region)


def make_response(
    session: Session,
    consultation: Consultation,
    texts: dict[str, str] | None = None,
    values: dict[str, Any] | None = None,
    **fields: Any,
) -> Response:
    """A stored response with open texts and coded values by question code."""
    from consult.surveys.queries import current_version

    response = Response(
        **{
            "consultation_id": consultation.id,
            "version_id": current_version(session, consultation.id).id,
            "language": "en",
            "may_quote": True,
            **fields,
        }
    )
    response.answers = [Answer(question_code=c, text=t) for c, t in (texts or {}).items()]
    response.answers += [Answer(question_code=c, value=v) for c, v in (values or {}).items()]
    session.add(response)
    session.flush()
    return response


def make_staff(
    session: Session,
    region: Region | None = None,
    role: str = "facilitator",
    email: str = "facilitator@valdora.example",
) -> Staff:
    staff = create_staff(session, email, email.split("@")[0].title(), PASSWORD)
    if region:
        grant_role(session, staff, region.id, role)
    return staff


def sign_in(client: Any, email: str = "facilitator@valdora.example") -> None:
    """Sign a test client in through the real form."""
    page = client.get("/desk/login").text
    reply = client.post(
        "/desk/login", data={"email": email, "password": PASSWORD, "csrf_token": csrf_token(page)}
    )
    assert reply.status_code == 302, reply.text


def csrf_token(page: str) -> str:
    """The token of the first form of a page."""
    import re

    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "no CSRF token on this page"
    return found[1]
