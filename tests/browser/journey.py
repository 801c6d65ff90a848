"""Walking through the demo's survey with a browser."""

from collections.abc import Callable

from playwright.sync_api import Page

SURVEY = "/s/living-together"
MOST_SCREENS = 30
Look = Callable[[Page], object]


def nothing(_page: Page) -> None:
    """Look at no screen."""


def press(page: Page, button: str) -> None:
    """Press a button, or follow a link, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(button).click()


def sign_in(page: Page, address: str) -> None:
    """Sign in the demo's officer."""
    page.goto(f"{address}/desk/login?lang=en")
    page.fill("#email", "officer@valdora.example")
    page.fill("#password", "valdora-demo")
    press(page, "main form button")


def walk(page: Page, text: str, look: Look = nothing) -> None:
    """From the start page to the review, saying yes or the first choice and `text` everywhere."""
    look(page)
    press(page, "main form button.primary")
    for _ in range(MOST_SCREENS):
        look(page)
        if page.url.endswith("/review"):
            return
        fill(page, text)
        go_on(page)
    raise AssertionError(f"no end in sight at {page.url}")


def go_on(page: Page) -> None:
    """Press “Next” and wait for the next page."""
    press(page, "button[name=next]")


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
    press(page, "main form button.primary")
    return page.locator(".receipt").inner_text()
