"""Chromium on a served demo; one installation for the session."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.factories.site import Site

CHROMIUM = "/usr/bin/chromium"
THOROUGH = os.environ.get("CONSULT_THOROUGH") == "1"  # look at all there is, which takes minutes
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-quic")  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, loaded and served as `make run` does it."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.run("demo")
    with made.serving():
        yield made


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A small phone with scripts off."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=False
    )
    yield context
    context.close()


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[BrowserContext]:
    """The narrowest screen that is supported, with scripts on so that pages can be measured."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield context
    context.close()
