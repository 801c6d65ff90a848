"""A facilitator's and an officer's road in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.journey import sign_in
from tests.factories.site import Site

pytestmark = pytest.mark.browser
HOME = "/desk/valdora/everyday-life"
PAGES = ("/desk/valdora", HOME, f"{HOME}/themes", f"{HOME}/themes/none", f"{HOME}/strategy",
         f"{HOME}/reports", f"{HOME}/reports/summary", f"{HOME}/reports/strategy",
         f"{HOME}/log")  # fmt: skip


@pytest.fixture
def desk(site: Site, narrow: BrowserContext) -> Page:
    """An officer, signed in."""
    page = narrow.new_page()
    sign_in(page, site.address)
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(site: Site, desk: Page, path: str, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(f"{site.address}{path}")
    found = Axe().run(desk, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(wide) == 0


def test_a_theme_is_renamed_and_the_act_undone(site: Site, desk: Page) -> None:
    desk.goto(f"{site.address}{HOME}/themes")
    with desk.expect_navigation():
        desk.locator("article h2 a, .card h2 a").first.click()
    before = desk.locator("h1").inner_text()
    name = desk.locator("input[name=name]")
    desk.locator("details", has=name).locator("summary").first.click()
    name.fill("A better name")
    with desk.expect_navigation():
        name.press("Enter")
    assert "A better name" in desk.locator("h1").inner_text()
    desk.goto(f"{site.address}{HOME}/log")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Undo").first.click()
    desk.goto(f"{site.address}{HOME}/themes")
    assert "A better name" not in desk.locator("main").inner_text()
    assert before.split("\n")[0] in desk.locator("main").inner_text()
