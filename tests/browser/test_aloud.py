"""A question read aloud by the device: only with a voice of its own, in the question's language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.journey import SURVEY, press
from tests.factories.site import Site

pytestmark = pytest.mark.browser
# Chromium without a desktop has no voices, so the test brings some.
VOICES = """
globalThis.said = [];
const voices = [{ lang: "es-ES", localService: true, name: "a" },
  { lang: "ar-EG", localService: false, name: "far away" }];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  getVoices: () => voices, cancel() {},
  speak(words) { said.push([words.lang, words.text]); setTimeout(() => words.onend?.(), 300); },
} });"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.add_init_script(VOICES)
    yield page
    context.close()


def first_question(page: Page, site: Site, lang: str) -> None:
    page.goto(f"{site.address}{SURVEY}?lang={lang}")
    press(page, "main form button.primary")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", ["es", "es-x-easy"])
def test_a_voice_of_the_language_reads_question_and_choices(
    site: Site, page: Page, lang: str
) -> None:
    first_question(page, site, lang)
    button = page.locator(".read")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_attribute("aria-pressed", "false")
    said = page.evaluate("said")
    assert {voice for voice, _ in said} == {"es-ES"}
    assert [text for _, text in said][1:] == ["Sí", "No"]


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_without_such_a_voice_or_with_a_distant_one_there_is_no_button(
    site: Site, page: Page, lang: str
) -> None:
    first_question(page, site, lang)
    assert page.locator(".read").count() == 0
