"""Bad networks, killed browsers and shared devices, with scripts on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser.conftest import THOROUGH
from tests.browser.journey import SURVEY, fill, go_on, press, send, to_open_text, walk
from tests.browser.keeping import (
    LEFT,
    NOTHING,
    RECORDS,
    OwnPhone,
    begin_kept,
    go_on_with_kept,
    shown,
    wait_until_kept,
)
from tests.factories.site import Site

pytestmark = pytest.mark.browser
TEXTS = {
    "en": "The last bus leaves at six.",
    "ar": "آخر حافلة تغادر في السادسة.",
    "uk": "Останній автобус їде о шостій.",
    "ti": "ናይ መወዳእታ ኣውቶቡስ ሰዓት ሽዱሽተ ትኸይድ።",
}
MOST_BYTES = 60 * 1000
# A choice, several choices, an open text; where there is time, every screen in four languages.
KILLED_ON, KILLED_IN = (range(1, 15), TEXTS) if THOROUGH else ((1, 3, 8), ("en", "ar"))
FORBIDDEN = """
for (const name of ["indexedDB", "sessionStorage", "localStorage", "caches"]) {
  const get = () => { throw new DOMException("no", "SecurityError"); };
  Object.defineProperty(globalThis, name, { get });
}"""
FULL = """
IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.fixture
def own(driver: Playwright, site: Site, tmp_path: Path) -> Iterator[OwnPhone]:
    phone = OwnPhone(driver, tmp_path / "profile", site.address)
    yield phone
    phone.context.close()


@pytest.fixture
def page(site: Site, chromium: Browser) -> Iterator[Page]:
    """A tab on the start page of a browser with scripts."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    yield page
    context.close()


def begin(page: Page) -> None:
    press(page, "main form button.primary")


@pytest.mark.parametrize("lang", KILLED_IN)
def test_what_was_typed_survives_a_kill_of_the_browser(own: OwnPhone, lang: str) -> None:
    page = own.open(lang)
    begin_kept(page)
    for number in range(1, max(KILLED_ON) + 1):
        fill(page, TEXTS[lang])
        if number in KILLED_ON:
            wait_until_kept(page)
            before = shown(page)
            own.kill()
            page = own.open()
            go_on_with_kept(page)
            expect(page.locator("html")).to_have_attribute("lang", lang)
            page.wait_for_function("document.getElementById('outbox').textContent")
            assert shown(page) == before
        go_on(page)
    assert page.url.endswith("/review" if THOROUGH else "/q/9")


def test_the_survey_opens_offline_and_is_sent_once_there_is_a_network(own: OwnPhone) -> None:
    page = own.open("en")
    begin_kept(page)
    fill(page, "")
    go_on(page)
    page.wait_for_function(f"async () => !!await caches.match('{SURVEY}/whole')")
    page.wait_for_function("navigator.serviceWorker.controller || navigator.serviceWorker.ready")
    own.context.set_offline(True)
    page.goto(f"{own.address}{SURVEY}")
    expect(page.locator("#outbox")).to_contain_text("will be sent")
    assert page.locator("[name=consent][value=yes]").is_checked()
    page.locator("textarea").first.fill(TEXTS["en"])
    wait_until_kept(page)
    page.locator("button[name=send]").click()
    expect(page.locator("#outbox")).to_contain_text("Waiting")
    own.kill()
    page = own.open()  # the network is back: what waits is sent by itself
    expect(page.locator(".receipt")).to_be_visible(timeout=15_000)
    assert page.evaluate(LEFT) == NOTHING
    page.locator("main a.button").click()


def test_by_default_nothing_stays_on_the_device(page: Page) -> None:
    begin(page)
    to_open_text(page)
    page.locator("textarea").fill("Not to be found")
    assert page.evaluate(LEFT) == {**NOTHING, "tab": 1}
    go_on(page)
    assert page.evaluate(LEFT) == NOTHING
    fresh = page.context.new_page()
    fresh.goto(page.url)
    assert fresh.evaluate(LEFT) == NOTHING


def test_a_lost_connection_says_waiting_and_the_screen_arrives_later(page: Page) -> None:
    begin(page)
    to_open_text(page)
    page.locator("textarea").fill("Typed in the tunnel")
    page.context.set_offline(True)
    page.locator("button[name=next]").click()
    expect(page.locator("#outbox")).to_contain_text("Waiting")
    page.locator("textarea").fill("Typed in the tunnel, and more")
    with page.expect_navigation():
        page.context.set_offline(False)
    page.locator("button[name=back]").click()
    expect(page.locator("textarea").first).to_have_value("Typed in the tunnel, and more")


def test_a_server_that_is_away_for_a_moment_is_tried_again(page: Page) -> None:
    begin(page)
    fill(page, "")
    answers = iter([503, 429])

    def busy(route) -> None:  # type: ignore[no-untyped-def]
        code = next(answers, None) if route.request.method == "POST" else None
        route.fulfill(status=code, body="busy") if code else route.continue_()

    page.route("**/q/1", busy)
    go_on(page)
    assert page.url.endswith("/q/2")


def test_leaving_quickly_clears_the_phone_and_back_shows_nothing(own: OwnPhone) -> None:
    page = own.open("en")
    begin_kept(page)
    to_open_text(page)
    page.locator("textarea").fill("Secret words")
    wait_until_kept(page)
    with page.expect_navigation(url="**/leave*"):
        page.locator("header .leave button").click()
    assert page.title() == "New page"
    assert page.evaluate(LEFT) == NOTHING
    page.go_back()
    assert "Secret words" not in page.content()
    assert page.locator("fieldset, textarea").count() == 0
    assert page.evaluate(LEFT) == NOTHING


@pytest.mark.parametrize("script", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_without_storage_the_survey_works_all_the_same(page: Page, script: str) -> None:
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.add_init_script(script)
    page.reload()
    if page.locator("#keep").is_visible():
        page.locator("#keep input").check()
    walk(page, TEXTS["en"], said_when_full)
    assert send(page)
    assert faults == []


def said_when_full(page: Page) -> None:
    """A phone that was asked to keep and cannot says so."""
    if page.locator("form[data-key] textarea").count():
        page.locator("textarea").first.fill("Too much")
        expect(page.locator("#outbox")).to_contain_text("cannot keep")


@pytest.mark.parametrize("year", ["1999", "2051"])
def test_a_clock_years_off_changes_nothing(page: Page, year: str) -> None:
    page.clock.set_fixed_time(f"{year}-06-01T12:00:00")
    page.reload()
    page.locator("#keep input").check()
    walk(page, TEXTS["en"])
    again = page.context.new_page()
    again.goto(page.url.replace("/review", ""))
    go_on_with_kept(again)
    again.goto(page.url)
    assert send(again)


def test_two_tabs_keep_what_is_typed_in_both(page: Page) -> None:
    begin_kept(page)
    fill(page, "")
    go_on(page)
    to_open_text(page)
    second = page.context.new_page()
    second.goto(page.url)
    fill(second, "")
    go_on(second)
    page.locator("textarea").fill("In the first tab")
    second.locator("textarea").fill("In the second tab")
    wait_until_kept(page)
    wait_until_kept(second)
    typed = [text for values in page.evaluate(RECORDS)[0]["fields"].values() for text in values]
    assert {"In the first tab", "In the second tab"} <= set(typed)
    go_on(page)
    expect(page.locator("textarea").first).to_have_value("In the second tab", timeout=15_000)


def test_pages_of_going_on_are_accessible_and_fit(page: Page) -> None:
    def look() -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, page.url

    page.set_viewport_size({"width": 320, "height": 640})
    look()
    start = page.url
    begin_kept(page)
    fill(page, "")
    wait_until_kept(page)
    look()
    press(page, "button[name=whole]")
    look()
    page.goto(start)
    expect(page.locator("form.card")).to_be_visible()
    look()
    page.goto(start.replace("?", "/later?"))
    look()
    page.locator("main form button.primary").click()
    expect(page.locator(".receipt")).to_be_visible()
    look()
    page.goto(start.replace("?", "/resume?"))
    look()


def test_the_whole_survey_weighs_little(site: Site, narrow: BrowserContext) -> None:
    page = narrow.new_page()
    weights: list[int] = []

    def count(request) -> None:  # type: ignore[no-untyped-def]
        sizes = request.sizes()
        weights.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    page.on("requestfinished", count)
    page.goto(f"{site.address}{SURVEY}?lang=ar")
    walk(page, TEXTS["ar"])
    send(page)
    page.wait_for_load_state("networkidle")
    print(f"\nthe whole survey in Arabic: {sum(weights)} bytes in {len(weights)} requests")
    assert sum(weights) <= MOST_BYTES
