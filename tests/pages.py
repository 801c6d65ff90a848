"""A test client that looks at every page it fetches."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HTML = "{http://www.w3.org/1999/xhtml}"


class PageCheckingClient(FlaskClient):
    """Fails on a page that is not valid HTML or breaks a rule every page keeps."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():  # a request's own `g`, also inside a test's context
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            check_page(response.text)
        return response


def check_page(page: str) -> None:
    """Valid HTML5, language and direction, one title, one h1, no double id, no foreign host."""
    root = html5lib.HTMLParser(strict=True).parse(page)
    elements = list(root.iter())
    assert root.get("lang"), "no lang"
    assert root.get("dir") in ("ltr", "rtl"), "no dir"
    assert _count(elements, "title") == 1, "not one title"
    assert _count(elements, "h1") == 1, "not one h1"
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert not [key for key, times in ids.items() if times > 1], f"double ids in {ids}"
    for element in elements:
        assert not element.get("style"), "inline style"
        assert element.tag != f"{HTML}script" or element.get("src"), "inline script"
        for attribute in ("src", "srcset", "data", "poster"):
            assert "//" not in (element.get(attribute) or ""), "another host"
        if element.tag == f"{HTML}link":
            assert "//" not in element.get("href", ""), "another host"
    _check_labels(elements, set(ids))


def _check_labels(elements: list[Element], ids: set[str]) -> None:
    named = {element.get("for") for element in elements if element.tag == f"{HTML}label"}
    inside = {child for label in elements if label.tag == f"{HTML}label" for child in label.iter()}
    for element in elements:
        kind = element.get("type")
        if element.tag in (f"{HTML}input", f"{HTML}select", f"{HTML}textarea") and kind not in (
            "hidden", "submit",
        ):  # fmt: skip
            labelled = element.get("id") in named or element in inside
            assert labelled or element.get("aria-label"), f"no label: {element.attrib}"
        for reference in (element.get("aria-describedby") or "").split():
            assert reference in ids, f"aria-describedby names {reference}, which is not there"


def _count(elements: list[Element], name: str) -> int:
    return sum(1 for element in elements if element.tag == HTML + name)
