"""Walks through the test questionnaire as a browser without scripts does."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import csrf_token

START = "/s/living-together"


def begin(client: FlaskClient, query: str = "") -> TestResponse:
    page = client.get(START + query)
    data = {"csrf_token": csrf_token(page.text)}
    return client.post(START + query, data=data, follow_redirects=True)


def send_screen(
    client: FlaskClient, number: int, step: str = "next", **fields: Any
) -> TestResponse:
    """Fill the screen that is shown and press a button; the reply, not followed."""
    address = f"{START}/q/{number}"
    page = client.get(address).text
    shown = re.findall(r'name="shown" value="(\w+)"', page)
    handle = re.search(r'name="form" value="(\w+)"', page)
    data = {"csrf_token": csrf_token(page), "shown": shown, step: "1", **fields}
    if handle:
        data["form"] = handle[1]
    return client.post(address, data=data)


def answer_all(client: FlaskClient, **texts: str) -> None:
    """Consent, newcomer, the texts, may be quoted."""
    begin(client)
    send_screen(client, 1, consent="yes")
    send_screen(client, 2, who="moved_here")
    send_screen(client, 3, quote="yes", **(texts or {"good": "The neighbours"}))


def send(client: FlaskClient) -> str:
    """Press “Send” and give the 24 digits of the receipt."""
    page = client.get(f"{START}/review").text
    reply = client.post(f"{START}/review", data={"csrf_token": csrf_token(page)})
    assert reply.location == f"{START}/thanks", reply.text
    return receipt_of(client.get(f"{START}/thanks").text)


def receipt_of(page: str) -> str:
    found = re.search(r'class="receipt">([\d ]+)<', page)
    assert found
    return found[1]
