"""An open inbox hears of what comes in within moments, and nothing that is being read moves."""

from datetime import timedelta
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from tests.browser.desk_server import Desk, signed_in
from tests.desk.factory import GUARD, NOW
from tests.web.desk_room import TotalReader, take_in

pytestmark = pytest.mark.browser


def said(desk: Desk, text: str, minutes: float = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    it = take_in(desk.room, text, GUARD, published_at=at, first_seen_at=at)
    desk.room.changed()
    return it.id


def test_news_alerts_and_others_appear_and_nothing_moves(browser: Browser, desk: Desk) -> None:
    desk.room.reader = cast(Any, TotalReader())
    first = said(desk, "The Tesk Guard: 31 soldiers in all", -60)
    Review(desk.room).publish(first, accepted={0}, seen={f"{first}.0"}, who="editor")
    for n in range(30):
        said(desk, f"Message {n} of the day", n)
    page = signed_in(browser, desk)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.wait_for_selector(".news.on")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.evaluate("scrollTo(0, 400)")
    reading = "(() => { const r = document.activeElement; return [r.href, r.getBoundingClientRect().top, scrollY]; })()"
    before = page.evaluate(reading)
    lower = said(desk, "The Tesk Guard: 13 soldiers in all", 40)
    desk.room.store.note_presence("ada", f"s/{first}", at=world_now(), forget=world_now())
    page.wait_for_selector(".news >> text=1 new")
    page.wait_for_selector(".news >> text=Lowered figure: Tesk Guard.")
    assert page.title().startswith("(2) Inbox")
    assert page.evaluate(reading) == before
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert [v["id"] for v in axe.run(page).response["violations"]] == []
    page.keyboard.press("n")
    page.wait_for_selector(f"[data-here='s/{lower}']", state="attached")
    page.wait_for_selector(
        ".news >> text=Lowered figure", timeout=5000
    )  # it is still there after the page was loaded anew
    page.click(".news >> text=Lowered figure")
    page.wait_for_url(f"**/s/{lower}")
    page.wait_for_selector(".news:empty", state="attached")
    desk.room.store.note_presence("ada", f"s/{lower}/c/0", at=world_now(), forget=world_now())
    page.wait_for_selector("text=ada is editing this")
    assert faults == []
    page.context.close()


def test_a_lost_line_is_told_and_is_not_the_same_as_no_news(browser: Browser, desk: Desk) -> None:
    page = signed_in(browser, desk)
    page.wait_for_selector(".news.on")
    page.context.clear_cookies()  # as when the session has ended
    page.route("**/stream?*", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(".news >> text=No line to the desk", timeout=20_000)
    page.context.close()


def test_a_sound_is_made_for_a_new_alert_only_where_it_was_turned_on(browser: Browser, desk: Desk) -> None:
    desk.room.reader = cast(Any, TotalReader())
    first = said(desk, "The Tesk Guard: 31 soldiers in all", -60)
    Review(desk.room).publish(first, accepted={0}, seen={f"{first}.0"}, who="editor")
    page = signed_in(browser, desk)
    page.add_init_script(
        """const made = AudioContext.prototype.createOscillator;
        AudioContext.prototype.createOscillator = function () {
          const all = document.documentElement.dataset;
          all.tones = +(all.tones || 0) + 1;
          return made.call(this);
        };"""
    )
    page.goto(f"{desk.base}/desk/c/orland/alerts")
    said(desk, "The Tesk Guard: 13 soldiers in all", 1)
    page.wait_for_selector(".news >> text=Lowered figure")
    assert page.locator("html[data-tones]").count() == 0
    page.click("text=Turn the sound on")
    assert page.locator("html[data-tones='2']").count() == 1, "so that one knows how it sounds"
    said(desk, "The Tesk Guard: 12 soldiers in all", 2)
    page.wait_for_selector("html[data-tones='4']")
    page.reload()
    page.wait_for_selector(".news >> text=1 more")
    assert page.locator("html[data-tones]").count() == 0, "it was heard before"
    page.click("text=I have seen all")
    page.wait_for_selector(".news:empty", state="attached")
    page.context.close()
