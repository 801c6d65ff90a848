"""A kiosk, a poster and a paper form as people meet them."""

import json

import pytest
import typst
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session

from consult.invitations.poster import TEMPLATE, poster_data
from tests.browser.journey import SURVEY, press, send, sign_in, walk
from tests.factories import make_consultation
from tests.factories.site import Site

pytestmark = pytest.mark.browser
KIOSK = f"{SURVEY}?kiosk=1"
INVITE = "/desk/valdora/living-together/invite"
A4 = {"width": 673, "height": 1000}  # between margins of 16 mm, in CSS pixels
SMALLEST_BUTTON = 60

# Elements whose text does not fit into them, or that stand outside the sheet.
CUT = """() => [...document.querySelectorAll("main *")].filter(e => {
  const box = e.getBoundingClientRect(), wide = document.documentElement.clientWidth;
  const hidden = !box.width || e.closest(".visually-hidden");
  return !hidden && (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 &&
    getComputedStyle(e).display !== "inline" || box.left < -1 || box.right > wide + 1);
}).map(e => e.outerHTML.slice(0, 120))"""
# Pieces of text of a drawn page that reach over its edge.
OUTSIDE = """() => { const page = document.querySelector("svg").getBoundingClientRect();
  return [...document.querySelectorAll("use")].map(e => e.getBoundingClientRect())
    .filter(b => b.left < page.left || b.right > page.right || b.top < page.top ||
                 b.bottom > page.bottom).length; }"""


def test_a_kiosk_serves_one_person_after_another_without_scripts(
    site: Site, phone: BrowserContext
) -> None:
    page = phone.new_page()
    for text in ("The first one's thought", "The second one's thought"):
        page.goto(f"{site.address}{KIOSK}")
        walk(page, text, lambda page: _large_buttons(page))
        send(page)
        assert page.locator("main a[href*=receipt]").count() == 0
        _large_buttons(page)
        press(page, "main form button.primary")
        assert page.url == f"{site.address}{KIOSK}"
        page.go_back()
        assert text not in page.content()
        page.goto(f"{site.address}{SURVEY}/thanks")
        assert page.locator(".receipt").count() == 0


def _large_buttons(page: Page) -> None:
    for button in page.locator("main button, main .button, main .choice").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= SMALLEST_BUTTON, button.inner_text()


def test_a_kiosk_begins_anew_when_nobody_touches_it(site: Site, narrow: BrowserContext) -> None:
    page = narrow.new_page()
    page.clock.install()
    page.goto(f"{site.address}{KIOSK}")
    press(page, "main form button.primary")
    page.wait_for_url("**/q/1")
    page.clock.fast_forward("01:50")
    page.mouse.click(5, 300)
    page.clock.fast_forward("02:10")
    assert "Are you still there?" in page.locator("#kiosk").inner_text()
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    with page.expect_navigation():
        page.clock.fast_forward("01:00")
    assert page.url == f"{site.address}{KIOSK}"


@pytest.fixture
def desk(site: Site, chromium: Browser) -> Page:
    page = chromium.new_context(viewport=A4).new_page()  # type: ignore[arg-type]
    sign_in(page, site.address)
    return page


def test_no_text_of_a_paper_form_is_cut_in_any_language(site: Site, desk: Page) -> None:
    desk.goto(f"{site.address}{INVITE}")
    forms = [link.get_attribute("href") for link in desk.locator(".ways a[href*='/paper/']").all()]
    desk.emulate_media(media="print")
    assert forms
    for form in forms:
        desk.goto(f"{site.address}{form}")
        lang = str(form).rsplit("/", 1)[-1]
        assert desk.locator("html").get_attribute("lang") == lang
        assert desk.locator("header.top").is_hidden()
        assert desk.evaluate(CUT) == [], lang
        assert len(desk.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("width", [320, 1280])
def test_the_ways_are_accessible_and_fit(site: Site, desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    for path in (INVITE, f"{INVITE}/paper/en"):
        desk.goto(f"{site.address}{path}")
        found = Axe().run(desk, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.evaluate(wide) == 0, path


@pytest.mark.parametrize("count", [1, 3, 14, 35])
def test_a_poster_is_one_sheet_with_no_text_over_its_edge(
    app: Flask, session: Session, chromium: Browser, count: int
) -> None:
    consultation = make_consultation(session)
    languages = (["en", "es", "ar"] * 12)[:count]
    with app.test_request_context("/desk/valdora"):
        data = poster_data(consultation, languages, "http://localhost/s/living-together")
    drawn = typst.compile(
        TEMPLATE.read_bytes(), format="svg", sys_inputs={"data": json.dumps(data)}
    )
    assert isinstance(drawn, bytes), "more than one sheet"
    page = chromium.new_page()
    page.set_content(drawn.decode())
    assert page.locator("use").count() > 10 * count
    assert page.evaluate(OUTSIDE) == 0
    page.close()


def test_a_poster_speaks_every_language_of_the_demo(site: Site, desk: Page) -> None:
    reply = desk.request.get(f"{site.address}{INVITE}/poster/any.pdf")
    assert (reply.status, reply.body()[:5]) == (200, b"%PDF-")
