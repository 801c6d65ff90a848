"""Every screen in every language: nothing blank, in English, cut off or upon something else.

`CONSULT_THOROUGH=1` looks at all of them, also with axe-core, which takes many minutes; otherwise
one a script.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from consult.cli.demo.load import LANGUAGES
from tests.browser import measures
from tests.browser.conftest import THOROUGH
from tests.browser.journey import SURVEY, send, walk
from tests.factories.site import Site

pytestmark = pytest.mark.browser
A_SCRIPT_EACH = ("ar", "ti", "ka", "bn", "zh-Hans", "hu", "bg", "de-x-easy")
LOOKED_AT = LANGUAGES if THOROUGH else A_SCRIPT_EACH
SENTENCE = 3  # words from which a text in English is no name
CHECKS = {
    "blank": measures.BLANK,
    "sideways": measures.SIDEWAYS,
    "cut": measures.CUT,
    "overlapping": measures.OVERLAPPING,
}


@pytest.fixture(scope="module")
def narrow_page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


def texts_of_the_way(page: Page, site: Site, lang: str, faults: list[str]) -> set[str]:
    """Walks from the start to the receipt; all texts seen on the way."""
    seen: set[str] = set()

    def look(page: Page) -> None:
        seen.update(page.evaluate(measures.TEXTS))
        for name, check in CHECKS.items():
            faults.extend(f"{page.url} {name}: {one}" for one in page.evaluate(check))
        if THOROUGH:
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            faults.extend(f"{page.url} {rule['id']}" for rule in found.response["violations"])

    page.goto(f"{site.address}{SURVEY}?lang={lang}")
    walk(page, "…", look)
    page.goto(f"{site.address}{SURVEY}/whole")
    look(page)
    page.goto(f"{site.address}{SURVEY}/review")
    send(page)
    look(page)
    page.goto(f"{site.address}{SURVEY}/receipt")
    look(page)
    return seen


@pytest.fixture(scope="module")
def english(site: Site, narrow_page: Page) -> set[str]:
    faults: list[str] = []
    texts = texts_of_the_way(narrow_page, site, "en", faults)
    assert not faults
    return {text for text in texts if len(text.split()) >= SENTENCE}


@pytest.mark.parametrize("lang", [lang for lang in LOOKED_AT if lang != "en"])
def test_every_screen_is_whole(site: Site, narrow_page: Page, english: set[str], lang: str) -> None:
    faults: list[str] = []
    texts = texts_of_the_way(narrow_page, site, lang, faults)
    allowed = english if lang == "en-x-easy" else set()
    assert (faults, (texts & english) - allowed) == ([], set())


def test_the_checks_see_what_is_wrong(narrow_page: Page) -> None:
    narrow_page.goto("about:blank")
    narrow_page.set_content(
        "<main><h1></h1><p style='line-height:.2'>One line that goes on and on upon the next one of"
        " this text.<b>And more of it, longer than any phone is wide, to lie on the first.</b></p>"
        "<div style='overflow:hidden;height:9px'>hidden<br>more</div><pre>" + "x" * 99 + "</main>"
    )
    assert [name for name, check in CHECKS.items() if not narrow_page.evaluate(check)] == []
