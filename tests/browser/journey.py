"""Walking through the demo's survey with a browser."""

from collections.abc import Callable

from playwright.sync_api import Page

SURVEY = "/s/living-together"
MOST_SCREENS = 30
Look = Callable[[Page], object]


def nothing(_page: Page) -> None:
    """Look at no screen."""


def walk(page: Page, text: str, look: Look = nothing) -> None:
    """From the start page to the review, saying yes or the first choice and `text` everywhere."""
    look(page)
    with page.expect_navigation():
        page.locator("main form button.primary").click()
    for _ in range(MOST_SCREENS):
        look(page)
        if page.url.endswith("/review"):
            return
        fill(page, text)
        go_on(page)
    raise AssertionError(f"no end in sight at {page.url}")


def go_on(page: Page) -> None:
    """Press “Next” and wait for the next page."""
    with page.expect_navigation():
        page.locator("button[name=next]").click()


def to_open_text(page: Page) -> None:
    """On to the first screen where something is written."""
    while not page.locator("textarea").count():
        fill(page, "")
        go_on(page)


def fill(page: Page, text: str) -> None:
    """Answer every question of a screen."""
    for group in page.locator("fieldset, [role=radiogroup]").all():
        boxes = group.locator("input[type=radio], input[type=checkbox]")
        if boxes.count() and not group.locator("input:checked").count():
            boxes.first.check()
    for area in page.locator("textarea").all():
        area.fill(text)


def send(page: Page) -> str:
    """Press “Send”; the receipt's digits."""
    with page.expect_navigation():
        page.locator("main form button.primary").click()
    return page.locator(".receipt").inner_text()
