"""A spoken answer on its way: recorded, heard, sent once, written down at the desk."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.journey import press
from tests.factories.site import Site
from tests.factories.workbooks import xlsform

pytestmark = pytest.mark.browser
SURVEY, DESK = "/s/voices", "/desk/valdora/voices"
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
PLAYS = """async (audio) => {
  const played = new Promise((done) => { audio.ontimeupdate = () => done(true); });
  audio.muted = true;
  await audio.play();
  return played;
}"""
TOML = """region = "valdora"
slug = "voices"
opens_on = 2026-01-01
closes_on = 2126-01-01
languages = ["en", "ar"]
[texts]
title = {en = "Voices"}
purpose = {en = "We ask."}
decision = {en = "It feeds the plan."}
consent = {en = "You may stop."}
"""


@pytest.fixture(scope="module")
def spoken(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The demo with one more consultation, whose first question takes a voice."""
    folder = tmp_path_factory.mktemp("voices")
    (folder / "voices.toml").write_text(TOML, encoding="utf-8")
    form = ["text", "good", "What goes well?", "", "", "multiline voice"]
    (folder / "form.xlsx").write_bytes(xlsform(form, ["text", "more", "What else?"]))
    site.run("create", "consultation", str(folder / "voices.toml"), "--open")
    site.run("import", "questionnaire", str(folder / "form.xlsx"), "--consultation", "voices")
    return site


@pytest.fixture(scope="module")
def speaking(driver: Playwright) -> Iterator[Browser]:
    """A browser with a microphone that hums."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *MICROPHONE])
    yield browser
    browser.close()


@pytest.fixture
def page(spoken: Site, speaking: Browser) -> Iterator[Page]:
    """The question, on a phone."""
    context = speaking.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{spoken.address}{SURVEY}?lang=en")
    press(page, "main form button.primary")
    yield page
    context.close()


def part(name: str) -> str:
    return f"[data-part={name}]"


def record(page: Page, button: str = "record") -> None:
    """Say something for a second."""
    page.locator(part(button)).click()
    for time in ("0:00", "0:01"):  # the time of an earlier recording may still stand there
        expect(page.locator(part("time"))).to_have_text(time, timeout=10_000)


def look(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


def test_recorded_heard_sent_listened_to_and_written_down(spoken: Site, page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    look(page)
    assert not [url for url in fetched if "recorder" in url]
    page.locator(part("open")).click()
    expect(page.locator(part("panel"))).to_contain_text("recognise your voice")
    look(page)
    record(page)
    page.locator(part("stop")).click()
    expect(page.locator(part("player"))).to_be_visible()
    assert page.locator(part("player")).evaluate(PLAYS)
    look(page)
    record(page, "again")
    press(page, "button[name=next]")  # while it still records
    assert page.url.endswith("/review")
    expect(page.locator("main")).to_contain_text("Your recording: 0:0")
    press(page, ".answers > :first-child a")
    assert page.locator(".heard audio").evaluate(PLAYS)
    look(page)
    press(page, "button[name=next]")
    press(page, "main form button.primary")
    expect(page.locator(".receipt")).to_be_visible()
    write_down(spoken, page)


def write_down(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/desk/login")
    page.fill("#email", "facilitator@valdora.example")
    page.fill("#password", "valdora-demo")
    press(page, "main form button")
    page.goto(f"{site.address}{DESK}/voices")
    look(page)
    assert page.locator("article audio").evaluate(PLAYS)
    page.locator("article textarea").fill("A long hum.")
    press(page, "article button[value=save]")
    page.goto(f"{site.address}{DESK}/voices?state=draft")
    expect(page.locator("article textarea")).to_have_value("A long hum.")
    page.goto(f"{site.address}{DESK}/log")
    expect(page.locator("main")).to_contain_text("Listened to a voice answer.")


def test_a_recording_waits_for_the_network_and_survives_a_reload(page: Page) -> None:
    page.locator(part("open")).click()
    record(page)
    page.locator(part("stop")).click()
    expect(page.locator(part("player"))).to_be_visible()
    page.reload()
    expect(page.locator(part("player"))).to_be_visible()
    page.context.set_offline(True)
    page.locator("button[name=next]").click()
    expect(page.locator("#outbox")).to_contain_text("Waiting")
    with page.expect_navigation():
        page.context.set_offline(False)
    expect(page.locator("main")).to_contain_text("Your recording: 0:0")


def test_deleted_is_gone(page: Page) -> None:
    page.locator(part("open")).click()
    record(page)
    page.locator(part("stop")).click()
    page.locator(part("drop")).click()
    expect(page.locator(part("state"))).to_contain_text("deleted")
    press(page, "button[name=next]")
    expect(page.locator("main")).not_to_contain_text("Your recording")


def test_the_recorder_stops_by_itself_when_the_time_is_over(page: Page) -> None:
    page.locator(".speak").evaluate("(box) => { box.dataset.longest = 2; }")
    page.locator(part("open")).click()
    record(page)
    expect(page.locator(part("state"))).to_contain_text("time is over", timeout=10_000)
    expect(page.locator(part("player"))).to_be_visible()


NO_RECORDER = "delete globalThis.MediaRecorder;"
DENIED = """() => {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("no", "NotAllowedError");
  };
}"""


def test_without_a_recorder_or_scripts_the_text_alone_stands_there(
    spoken: Site, speaking: Browser, page: Page
) -> None:
    page.add_init_script(NO_RECORDER)
    page.reload()
    expect(page.locator("textarea")).to_be_visible()
    assert page.locator(part("open")).count() == 0
    context = speaking.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{spoken.address}{SURVEY}?lang=en")
    press(plain, "main form button.primary")
    assert not plain.locator("button", has_text="Answer by voice").count()
    context.close()


def test_a_microphone_that_is_not_allowed_is_said_and_writing_goes_on(page: Page) -> None:
    page.evaluate(DENIED)
    page.locator(part("open")).click()
    page.locator(part("record")).click()
    expect(page.locator(part("state"))).to_contain_text("does not let this page")
    page.locator("textarea").fill("Then I write.")
    press(page, "button[name=next]")
    expect(page.locator("main")).to_contain_text("Then I write.")
