"""A person's own phone that keeps what is typed, and whose browser may be killed at any moment."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.journey import SURVEY, press

RECORDS = """async () => {
  const sheet = document.querySelector("link[rel=stylesheet]").href;
  return (await import(sheet.replace("consult.css", "store.js"))).phone.all();
}"""
LEFT = """async () => ({
  databases: (await indexedDB.databases()).length, pages: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  tab: sessionStorage.length, local: localStorage.length,
})"""
NOTHING = {"databases": 0, "pages": [], "workers": 0, "tab": 0, "local": 0}
PATIENCE = 10  # seconds


class OwnPhone:
    """A Chromium with a profile of its own, opened again after each kill."""

    def __init__(self, driver: Playwright, profile: Path, address: str) -> None:
        self.driver, self.profile, self.address = driver, profile, address
        self.context: BrowserContext = self._launch()

    def open(self, lang: str = "") -> Page:
        """The start page in a tab."""
        page = self.context.pages[0]
        page.goto(f"{self.address}{SURVEY}" + (f"?lang={lang}" if lang else ""))
        return page

    def kill(self) -> None:
        """End the browser as a phone without power would, and start it again."""
        own = f"--user-data-dir={self.profile}"
        listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True)
        for line in listed.stdout.splitlines():
            if own in line and "--type=" not in line:
                os.kill(int(line.split()[0]), signal.SIGKILL)
        with suppress(Error):  # that is what a kill is
            self.context.close()
        self.context = self._launch()

    def _launch(self) -> BrowserContext:
        (self.profile / "SingletonLock").unlink(missing_ok=True)
        return self.driver.chromium.launch_persistent_context(
            str(self.profile), executable_path=CHROMIUM, args=list(QUIET),
            viewport={"width": 360, "height": 640},
        )  # fmt: skip


def begin_kept(page: Page) -> None:
    """Choose “keep on this phone” and begin."""
    page.locator("#keep input").check()
    press(page, "main form button.primary")


def wait_until_kept(page: Page) -> None:
    """Until the phone's record holds what this page shows."""
    typed = page.evaluate(
        "() => Object.fromEntries([...new FormData(document.getElementById('survey'))]"
        ".filter(([name]) => !['csrf_token', 'form', 'shown'].includes(name)))"
    )
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        records = page.evaluate(RECORDS)
        fields = records[-1]["fields"] if records else {}
        if all(value in fields.get(name, [""]) for name, value in typed.items()):
            return
        time.sleep(0.05)
    raise AssertionError(f"{typed} is not in {records}")


def go_on_with_kept(page: Page) -> None:
    """Press “Go on” where the start page says that answers are kept."""
    press(page, "form.card button.primary")


def shown(page: Page) -> dict[str, object]:
    """What stands in the fields of a screen."""
    values: dict[str, object] = page.evaluate(
        "() => { const found = {}; for (const [name, value] of new FormData("
        "document.getElementById('survey'))) (found[name] ??= []).push(value); "
        "delete found.csrf_token; return found; }"
    )
    return values
