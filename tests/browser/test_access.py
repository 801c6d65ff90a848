"""Access: every participant's page and state, with every question type, measured in a browser."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import measures
from tests.browser.journey import SURVEY, fill, press, send
from tests.factories.showcase import add_showcase
from tests.factories.site import Site

pytestmark = pytest.mark.browser
CLOSED = "/s/everyday-life"
Look = Callable[[Page], None]


@pytest.fixture(scope="module")
def showcase(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a survey with every question type."""
    return add_showcase(site, tmp_path_factory.mktemp("showcase"))


def begin(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}?lang={lang}")
    press(page, "main form button.primary")


def press_next(page: Page) -> None:
    press(page, "button[name=next]")


def break_rules(page: Page) -> None:
    """Type what cannot be an answer into every field that has rules."""
    for field in page.locator("input.short, .day input").all():
        field.fill("x")
    for group in page.locator("fieldset").all():
        for choice in group.locator(".places select").all():
            choice.select_option(index=1)
    for area in page.locator("textarea").all():
        area.fill("x" * 70)


def walk_showcase(page: Page, address: str, lang: str, look: Look) -> None:
    """Every screen as it opens and with its faults shown; then on to the receipt and back out."""
    page.goto(f"{address}?lang={lang}")
    look(page)
    press(page, "main form button.primary")
    while not page.url.endswith("/review"):
        look(page)
        here = page.url
        break_rules(page)
        press_next(page)
        if page.url == here:
            assert page.locator("[role=alert] a").count() > 0
            look(page)
            mend(page)
            press_next(page)
        assert page.url != here
    look(page)
    page.goto(f"{address}/whole")
    look(page)
    page.goto(f"{address}/review")
    receipt = send(page)
    look(page)
    withdraw(page, address, receipt, look)


def mend(page: Page) -> None:
    for field in page.locator("input.short").all():
        field.fill("7")
    for place, choice in enumerate(page.locator(".places select").all()):
        choice.select_option(index=place + 1)
    for part, text in (("day", "5"), ("year", "1985")):
        for field in page.locator(f".{part} input").all():
            field.fill(text)
    for month in page.locator(".month select").all():
        month.select_option("3")
    for area in page.locator("textarea").all():
        area.fill("x" * 55)
    fill_choices(page)


def fill_choices(page: Page) -> None:
    texts = [area.input_value() for area in page.locator("textarea").all()]
    fill(page, texts[0] if texts else "")


def withdraw(page: Page, address: str, receipt: str, look: Look) -> None:
    page.goto(f"{address}/receipt")
    look(page)
    page.locator("#digits").fill("1" * 24)
    press(page, "main form button.primary")
    look(page)
    page.locator("#digits").fill(receipt)
    press(page, "main form button.primary")
    look(page)
    press(page, "main form button.danger")
    look(page)


def walk_ends(page: Page, site: Site, address: str, lang: str, look: Look) -> None:
    """Pages where a road ends or none begins."""
    for path in ("/", CLOSED, f"{CLOSED}/results", "/accessibility", "/no-such-page", "/leave"):
        page.goto(f"{site.address}{path}?lang={lang}")
        look(page)
    for path in ("/q/1", "/later", "/resume"):
        page.goto(f"{address}{path}?lang={lang}")
        look(page)
    begin(page, address, lang)
    page.locator("input[value=no]").check()
    press_next(page)
    look(page)
    begin(page, address, lang)
    press(page, "button[name=later]")
    look(page)


@pytest.fixture(params=["en", "ar"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sized(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of a width, in a context of their own."""
    contexts = []

    def open_page(width: int, **options: str) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def measure(page: Page, *scripts: str) -> None:
    """Nothing of what the scripts look for is there."""
    found = [wrong for script in scripts for wrong in page.evaluate(script)]
    assert found == [], f"{page.url}: {found[:5]}"


def check(page: Page, **rules: object) -> None:
    """No finding of axe, nothing sideways, nothing cut, nothing too small to press."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    measure(page, *measures.WHOLE, measures.TARGETS, measures.BROKEN_WORDS)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_and_state_is_accessible(
    site: Site, showcase: str, sized: Callable[..., Page], lang: str, width: int
) -> None:
    page = sized(width)
    walk_showcase(page, showcase, lang, check)
    walk_ends(page, site, showcase, lang, check)


@pytest.mark.parametrize("lang_of_demo", ["en", "de", "pl", "uk", "ar"])
def test_no_word_of_the_default_survey_is_broken(
    site: Site, sized: Callable[..., Page], lang_of_demo: str
) -> None:
    page = sized(320)
    begin(page, f"{site.address}{SURVEY}", lang_of_demo)
    while not page.url.endswith("/review"):
        measure(page, measures.TARGETS, measures.BROKEN_WORDS)
        fill(page, "x")
        press_next(page)


def test_forced_colours_show_what_is_chosen(showcase: str, sized: Callable[..., Page]) -> None:
    page = sized(320, forced_colors="active")
    system = {"color-contrast": {"enabled": False}}  # the colours are the system's own
    walk_showcase(page, showcase, "en", lambda page: check(page, **system))
    begin(page, showcase, "en")
    page.locator("input[value=yes]").check()
    outline = "e => getComputedStyle(e.closest('label')).outlineStyle"
    assert page.locator("input[value=yes]").evaluate(outline) == "solid"


def test_letters_of_double_size_cut_nothing(
    showcase: str, sized: Callable[..., Page], lang: str
) -> None:
    page = sized(320)
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " const sheet = new CSSStyleSheet(); sheet.replaceSync('html { font-size: 200% }');"
        " document.adoptedStyleSheets = [sheet]; })"
    )

    walk_showcase(page, showcase, lang, lambda page: measure(page, *measures.WHOLE))


def test_a_scale_runs_in_the_direction_of_writing(
    showcase: str, sized: Callable[..., Page], lang: str
) -> None:
    page = sized(1280)
    begin(page, showcase, lang)
    places = {}
    while len(places) < 2:
        fill(page, "")
        press_next(page)
        for code in ("mood", "easy_work"):
            boxes = [page.locator(f"[name={code}][value='{n}']") for n in (1, 5)]
            if boxes[0].count():
                places[code] = [box.bounding_box()["x"] for box in boxes]  # type: ignore[index]
    for first, last in places.values():
        assert (first < last) == (lang == "en")


def test_every_question_type_is_answered_by_keyboard(
    site: Site, showcase: str, sized: Callable[..., Page]
) -> None:
    page = sized(320)
    begin(page, showcase, "en")
    while not page.url.endswith("/review"):
        here = page.url
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "next":
                break
            answer_by_keyboard(page)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url != here, page.locator("[role=alert]").inner_text()
    given = page.locator("main").inner_text()
    for text in ("I moved here", "Very bad", "Very hard", "7", "March 7, 1985", "Homes", "Seven"):
        assert text in given


KEYS = {"people": "7", "trust": "7", "since:day": "7", "since:year": "1985", "why": "Seven"}


def answer_by_keyboard(page: Page) -> None:
    """Press what a person would for the field that has the focus."""
    kind, name = page.evaluate("[document.activeElement.type, document.activeElement.name]")
    if kind in ("radio", "checkbox"):
        page.keyboard.press("Space")
    elif kind == "select-one":
        page.keyboard.type({"since:month": "Mar", "needs:1": "Homes"}.get(name, ""))
    elif name in KEYS:
        page.keyboard.type(KEYS[name])
