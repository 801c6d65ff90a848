"""A participant's whole road in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.journey import SURVEY, press, send, to_open_text, walk
from tests.factories.site import Site

pytestmark = pytest.mark.browser
FIRST_ROUND_TRIP = 14 * 1024
TEXTS = {
    "en": "The last bus leaves at six, then I walk.",
    "ar": "آخر حافلة تغادر في السادسة ثم أمشي.",
    "uk": "Останній автобус о шостій, далі йду пішки.",
}
# Words of the English interface that must not stand on a page in another language.
ENGLISH = ("Next", "Back", "Leave quickly", "Thank you", "Your receipt", "Check your answers")


def test_the_road_without_scripts_on_a_small_phone(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    walk(page, TEXTS["en"])
    receipt = send(page)
    page.goto(f"{site.address}{SURVEY}/receipt")
    page.locator("input[name=digits]").fill(receipt)
    press(page, "main form button.primary")
    assert TEXTS["en"] in page.content()


@pytest.mark.parametrize("lang", ["ar", "uk"])
def test_the_road_in_another_language(site: Site, phone: BrowserContext, lang: str) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}{SURVEY}?lang={lang}")

    def look(page: Page) -> None:
        html = page.locator("html")
        assert html.get_attribute("lang") == lang
        assert html.get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        shown = page.locator("body").inner_text()
        assert not [word for word in ENGLISH if word in shown]
        assert page.locator("main .fallback").count() == 0

    walk(page, TEXTS[lang], look)
    assert TEXTS[lang] in page.locator("main").inner_text()
    send(page)
    look(page)


def test_back_and_forward_lose_nothing(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    press(page, "main form button.primary")
    to_open_text(page)
    page.locator("textarea").fill("Half a thought")
    press(page, "button[name=back]")
    press(page, "button[name=next]")
    assert page.locator("textarea").input_value() == "Half a thought"
    page.go_back()
    page.go_forward()
    assert page.locator("textarea").input_value() == "Half a thought"


def test_changing_the_language_keeps_what_is_typed(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    press(page, "main form button.primary")
    to_open_text(page)
    page.locator("textarea").fill("Kept in every language")
    page.locator(".languages summary").click()
    press(page, ".languages button[value=es]")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("textarea").input_value() == "Kept in every language"


def test_the_road_by_keyboard_alone(site: Site, narrow: BrowserContext) -> None:
    page = narrow.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    _press_until(page, "BUTTON", "primary")
    for _ in range(30):
        if page.url.endswith("/review"):
            break
        if page.locator("fieldset input[type=radio]").count():
            _press_until(page, "INPUT", "", press="Space")
        _press_until(page, "BUTTON", "primary")
    _press_until(page, "BUTTON", "primary")
    assert page.locator(".receipt").count() == 1


def _press_until(page: Page, tag: str, css_class: str, press: str = "Enter") -> None:
    """Move with Tab to the first element of that kind within the main part and press a key."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "([tag, name]) => { const e = document.activeElement; return e.tagName === tag && "
            "(!name || e.classList.contains(name)) && !!e.closest('main'); }",
            [tag, css_class],
        )
        if found and press == "Space":
            return page.keyboard.press(press)
        if found:
            with page.expect_navigation():
                return page.keyboard.press(press)
    raise AssertionError(f"no {tag} reached by keyboard on {page.url}")


def test_leaving_quickly_forgets_everything(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}{SURVEY}?lang=en")
    press(page, "main form button.primary")
    press(page, "header .leave button")
    assert [cookie for cookie in phone.cookies() if cookie["name"] == "session"] == []
    page.go_back()
    assert page.locator("fieldset").count() == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_screen_is_accessible_and_fits(site: Site, narrow: BrowserContext, lang: str) -> None:
    page = narrow.new_page()
    page.goto(f"{site.address}{SURVEY}?lang={lang}")

    def look(page: Page) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, page.url

    walk(page, TEXTS[lang], look)
    send(page)
    look(page)
    for path in ("/", f"{SURVEY}/receipt", "/s/everyday-life/results", "/no-such-page"):
        page.goto(f"{site.address}{path}")
        look(page)


def test_the_first_screen_fits_one_round_trip_and_asks_no_other_host(
    site: Site, narrow: BrowserContext
) -> None:
    page = narrow.new_page()
    weights: dict[str, int] = {}

    def count(request) -> None:  # type: ignore[no-untyped-def]
        sizes = request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    page.on("requestfinished", count)
    page.goto(f"{site.address}{SURVEY}?lang=ar", wait_until="networkidle")
    print(f"\nfirst screen in Arabic: {sum(weights.values())} bytes in {len(weights)} requests")
    assert all(url.startswith((site.address, "data:")) for url in weights)
    assert sum(weights.values()) <= FIRST_ROUND_TRIP
