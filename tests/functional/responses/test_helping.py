"""Staff who help someone to answer, or interview: the channel is theirs alone to choose."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult.regions.models import Region
from consult.responses.models import Response
from tests.factories import csrf_token, make_consultation, make_region, make_staff, sign_in
from tests.factories.journey import START, answer_all, begin, send, send_screen

INVITE = "/desk/valdora/living-together/invite"


@pytest.fixture(autouse=True)
def region(session: Session) -> Region:
    made = make_region(session)
    make_consultation(session, made)
    make_staff(session, made)
    session.commit()
    return made


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


def help_people(client: FlaskClient, channel: str) -> TestResponse:
    token = csrf_token(client.get(INVITE).text)
    return client.post(f"{INVITE}/help", data={"csrf_token": token, "channel": channel})


@pytest.mark.parametrize("channel", ["assisted", "interview"])
def test_what_staff_take_down_is_counted_by_its_channel(
    staff: FlaskClient, session: Session, channel: str
) -> None:
    assert help_people(staff, channel).location == START
    answer_all(staff)
    send(staff)
    assert session.query(Response).one().channel == channel


@pytest.mark.parametrize("channel", ["assisted", "interview", "paper"])
def test_a_visitor_cannot_choose_the_channel(
    client: FlaskClient, session: Session, channel: str
) -> None:
    page = client.get(f"{START}?channel={channel}").text
    client.post(START, data={"csrf_token": csrf_token(page), "channel": channel})
    send_screen(client, 1, consent="yes")
    send(client)
    assert session.query(Response).one().channel == "web"


def test_after_signing_out_nobody_helps(staff: FlaskClient, session: Session) -> None:
    help_people(staff, "interview")
    staff.post("/desk/logout", data={"csrf_token": csrf_token(staff.get("/desk/valdora").text)})
    answer_all(staff)
    send(staff)
    assert session.query(Response).one().channel == "web"


def test_a_channel_that_is_not_help_is_refused(staff: FlaskClient) -> None:
    assert help_people(staff, "paper").location == INVITE
    assert "Read" not in staff.get(START).text


def test_each_screen_says_what_to_read_aloud(staff: FlaskClient) -> None:
    help_people(staff, "assisted")
    assert "Read this page aloud" in staff.get(START).text
    answer_all(staff)
    assert "Read each question aloud" in staff.get(f"{START}/q/3").text
    assert "Read the answers back" in staff.get(f"{START}/review").text


def test_one_press_leads_from_the_receipt_to_the_next_person(
    staff: FlaskClient, session: Session
) -> None:
    help_people(staff, "interview")
    answer_all(staff)
    send(staff)
    page = staff.get(f"{START}/thanks").text
    assert "Next person" in page
    assert "/receipt" not in page
    answer_all(staff)
    send(staff)
    assert [r.channel for r in session.query(Response)] == ["interview", "interview"]


def test_helping_can_be_ended(staff: FlaskClient) -> None:
    help_people(staff, "interview")
    assert "You are taking down answers" in staff.get(INVITE).text
    assert help_people(staff, "").location == INVITE
    begin(staff)
    assert 'class="aloud"' not in staff.get(f"{START}/q/1").text


def test_staff_of_another_region_help_nobody_here(client: FlaskClient, session: Session) -> None:
    make_staff(session, make_region(session, "elsewhere"), email="other@valdora.example")
    session.commit()
    sign_in(client, "other@valdora.example")
    assert client.get(INVITE).status_code == 403
    data = {"csrf_token": csrf_token(client.get("/desk/elsewhere").text), "channel": "interview"}
    assert client.post(f"{INVITE}/help", data=data).status_code == 403
