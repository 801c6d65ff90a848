"""Question types as a person without scripts meets them."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.models import Answer
from tests.factories import csrf_token
from tests.factories.journey import START, begin, send, send_screen
from tests.functional.responses.conftest import AskForm

OTHER = (
    ["begin_group", "g", "Work"],
    ["select_one kind", "kind", "What kind?"],
    ["text", "kind_other", "Which one?", "selected(${kind}, 'other')"],
    ["end_group"],
)
KINDS = [["kind", "ngo", "NGO"], ["kind", "other", "Other"], ["kind", "rather_not", "No answer"]]
NEEDS = [["needs", code, code.title()] for code in ("work", "home", "doctor", "school")]


def stored(session: Session) -> dict[str, object]:
    session.expire_all()
    answers = session.scalars(select(Answer))
    return {a.question_code: a.value if a.text is None else a.text for a in answers}


def test_the_text_beside_other_stands_there_from_the_start(
    client: FlaskClient, ask_form: AskForm
) -> None:
    ask_form(*OTHER, choices=KINDS)
    page = begin(client).text
    beside = page[page.index('value="other"') : page.index('value="rather_not"')]
    assert 'name="kind_other"' in beside
    assert page.count('name="kind_other"') == 1


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"kind": "other", "kind_other": "A choir"}, {"kind": "other", "kind_other": "A choir"}),
        ({"kind": "ngo", "kind_other": "A choir"}, {"kind": "ngo"}),
        ({"kind_other": "A choir"}, {"kind": "other", "kind_other": "A choir"}),
        ({"kind": "other", "kind_other": ""}, {"kind": "other"}),
    ],
)
def test_a_text_counts_where_other_is_ticked_or_nothing_is(
    client: FlaskClient, session: Session, ask_form: AskForm,
    fields: dict[str, str], kept: dict[str, str],
) -> None:  # fmt: skip
    ask_form(*OTHER, choices=KINDS)
    begin(client)
    assert send_screen(client, 1, **fields).location == f"{START}/review"
    send(client)
    assert stored(session) == kept


def test_a_text_beside_other_is_kept_while_another_answer_is_wrong(
    client: FlaskClient, ask_form: AskForm
) -> None:
    ask_form(*OTHER[:-1], ["integer", "age", "Age?"], OTHER[-1], choices=KINDS)
    begin(client)
    reply = send_screen(client, 1, kind="ngo", kind_other="A choir", age="old")
    assert reply.status_code == 400
    assert 'value="A choir"' in reply.text


def test_what_is_no_point_of_a_scale_stands_apart(client: FlaskClient, ask_form: AskForm) -> None:
    ask_form(["select_one kind", "kind", "What kind?"], choices=KINDS)
    page = begin(client).text
    assert page.index('value="other"') < page.index('class="apart"')
    assert page.index('class="apart"') < page.index('value="rather_not"')


def test_a_scale_of_faces_has_its_words_beside_them(client: FlaskClient, ask_form: AskForm) -> None:
    scale = [["mood", str(n), f"Mood {n}"] for n in range(1, 6)] + [["mood", "dk", "No idea"]]
    ask_form(["select_one mood", "mood", "How?", None, None, "faces"], choices=scale)
    page = begin(client).text
    drawn = re.findall(r'value="(\w+)"> <svg class="face".*?</svg><span>([^<]+)<', page)
    assert drawn == [(str(n), f"Mood {n}") for n in range(1, 6)]
    assert len(set(re.findall(r"<path d=\"(M8.5[^\"]+)", page))) == 5


def test_a_number_says_its_limits_before_anybody_breaks_them(
    client: FlaskClient, session: Session, ask_form: AskForm
) -> None:
    ask_form(
        ["range", "trust", "Trust?", None, None, None, "start=0 end=10 step=1"],
        ["integer", "age", "Age?", *[None] * 6, ". >= 0 and . < 121"],
    )
    page = begin(client).text
    assert "A number from 0 to 10." in page
    assert "A number from 0 to 120." in page
    reply = send_screen(client, 1, trust="11", age="١٢")
    assert "Please write a number from 0 to 10." in reply.text
    assert 'value="11"' in reply.text
    send_screen(client, 1, trust="٧", age="١٢")
    send(client)
    assert stored(session) == {"trust": 7, "age": 12}


def test_a_date_is_asked_in_parts(client: FlaskClient, session: Session, ask_form: AskForm) -> None:
    ask_form(["date", "since", "Since when?"])
    page = begin(client, "?lang=ar").text
    assert ">مارس</option>" in page
    reply = send_screen(client, 1, **{"since:day": "٥", "since:month": "3", "since:year": ""})
    assert reply.status_code == 400
    assert 'value="٥"' in reply.text
    assert '<option value="3" selected>' in reply.text
    send_screen(client, 1, **{"since:day": "٥", "since:month": "3", "since:year": "1985"})
    assert "5 مارس 1985" in client.get(f"{START}/review").text
    send(client)
    assert stored(session) == {"since": "1985-03-05"}


def test_an_order_is_given_by_lists(
    client: FlaskClient, session: Session, ask_form: AskForm
) -> None:
    ask_form(["rank needs", "needs", "What matters most?"], choices=NEEDS)
    page = begin(client).text
    assert page.count("<select") == 4
    assert "First choice" in page
    reply = send_screen(client, 1, **{"needs:1": "home", "needs:2": "work", "needs:3": "home"})
    assert "one choice two places" in reply.text
    assert reply.text.count('<option value="home" selected>') == 2
    send_screen(client, 1, **{"needs:1": "home", "needs:2": "work", "needs:3": ""})
    review = client.get(f"{START}/review").text
    assert review.index("<li>Home</li>") < review.index("<li>Work</li>")
    send(client)
    assert stored(session) == {"needs": ["home", "work"]}


def test_ratings_of_one_scale_are_the_rows_of_a_table(
    client: FlaskClient, session: Session, ask_form: AskForm
) -> None:
    scale = [["ease", "1", "Hard"], ["ease", "2", "Easy"], ["ease", "na", "Not needed"]]
    rows = [["select_one ease", f"easy_{n}", f"Thing {n}?", None, "yes", "likert"] for n in "ab"]
    ask_form(["begin_group", "g", "Ease"], *rows, ["text", "c", "C?"], ["end_group"], choices=scale)
    page = begin(client).text
    assert page.count('role="radiogroup"') == 2
    assert page.count("<fieldset") == 0
    reply = send_screen(client, 1, easy_a="2")
    assert reply.status_code == 400
    assert 'href="#easy_b"' in reply.text
    assert 'aria-labelledby="easy_b-label" aria-describedby="easy_b-error' in reply.text
    send_screen(client, 1, easy_a="2", easy_b="na")
    send(client)
    assert stored(session) == {"easy_a": "2", "easy_b": "na"}


def test_the_end_of_a_text_is_said_in_words_when_it_is_near(
    client: FlaskClient, ask_form: AskForm
) -> None:
    rows = [["text", code, "Why?", None, None, "multiline", None, None, None,
             "string-length(.) <= 50"] for code in ("a", "b")]  # fmt: skip
    ask_form(["begin_group", "g", "G"], *rows, ["end_group"])
    begin(client)
    send_screen(client, 1, a="x" * 45, b="x" * 20)
    page = client.get(f"{START}/q/1").text
    assert re.findall(r">(Characters left: \d+)<", page) == ["Characters left: 5"]
    reply = send_screen(client, 1, a="x" * 51)
    assert "has 51 characters. Please shorten it to 50." in reply.text
    assert "x" * 51 in reply.text


def test_all_questions_on_one_page_take_the_same_answers(
    client: FlaskClient, session: Session, ask_form: AskForm
) -> None:
    ask_form(*OTHER, ["date", "since", "Since when?"], ["rank needs", "needs", "What first?"],
             choices=KINDS + NEEDS)  # fmt: skip
    begin(client)
    page = client.get(f"{START}/whole").text
    assert page.count('name="kind_other"') == 1
    data = {
        "csrf_token": csrf_token(page), "shown": re.findall(r'name="shown" value="(\w+)"', page),
        "kind": "other", "kind_other": "A choir", "needs:1": "home", "send": "1",
        "since:day": "5", "since:month": "3", "since:year": "1985",
    }  # fmt: skip
    client.post(f"{START}/whole", data=data)
    given = {"kind": "other", "kind_other": "A choir", "since": "1985-03-05", "needs": ["home"]}
    assert stored(session) == given
