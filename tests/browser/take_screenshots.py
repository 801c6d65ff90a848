"""Takes the pictures of `docs/screenshots` from a served demo: its address is the argument."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.journey import SURVEY, press, sign_in, to_open_text

SCREENSHOTS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pl", "uk")
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}


def question_in(browser: Browser, address: str, lang: str) -> None:
    """The first open question, on a phone."""
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{address}{SURVEY}?lang={lang}")
    press(page, "main form button.primary")
    to_open_text(page)
    page.screenshot(path=SCREENSHOTS / f"question-{lang}.png")
    page.close()


def desk(browser: Browser, address: str) -> None:
    """The themes under review and the strategy."""
    page = browser.new_page(viewport=DESK)
    sign_in(page, address)
    for name in ("themes", "strategy"):
        page.goto(f"{address}/desk/valdora/everyday-life/{name}")
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.close()


def overview(browser: Browser) -> None:
    """A phone in Arabic beside the desk, for the README."""
    page = browser.new_page(viewport={"width": 1000, "height": 480})
    page.goto(SCREENSHOTS.as_uri() + "/")
    page.set_content(
        "<body style='margin:0;display:flex;gap:24px;padding:24px;background:#e4f0ec'>"
        f"<img src='{SCREENSHOTS.as_uri()}/question-ar.png' height=432>"
        f"<img src='{SCREENSHOTS.as_uri()}/themes.png' height=432>"
    )
    page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth)")
    page.screenshot(path=SCREENSHOTS / "overview.png")
    page.close()


def main() -> None:
    """Everything, in a headless Chromium."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for lang in LANGUAGES:
            question_in(browser, sys.argv[1], lang)
        desk(browser, sys.argv[1])
        overview(browser)
        browser.close()


if __name__ == "__main__":
    main()
