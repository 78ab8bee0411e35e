"""The reader's pages in a real browser: live updates that move nothing, accessibility, hostile words, small screens."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sayso.web.deltas import SEGMENT
from tests.browser.reading_room import Room, connected, top_of
from tests.publish.factory import NOW, WHO_HOLDS, new_entry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONE = "/c/tesk/"
ARABIC = "/c/arabic/"
PAGES = [
    "/", ONE, "/c/replay/", f"{ONE}before/2/", f"{ONE}around/p2/", f"{ONE}at/20310513T100000Z/",
    f"{ONE}at/20310513T100000Z/tally/",
    f"{ONE}day/11/", f"{ONE}days/", f"{ONE}tally/", f"{ONE}q/", f"{ONE}q/{WHO_HOLDS.id}/",
    f"{ONE}q/{WHO_HOLDS.id}/all/", f"{ONE}changed/",
    f"{ONE}s/guard1/", f"{ONE}s/post1/", f"{ONE}p/p3/", f"{ONE}p/pt/", f"{ONE}method/", f"{ONE}corrections/",
    f"{ONE}with/key/", f"{ONE}with/party/TK/", f"{ONE}with/question/{WHO_HOLDS.id}/before/2/",
    f"{ONE}party/TK/", f"{ONE}party/UNC/", f"{ONE}map/", f"{ONE}place/", f"{ONE}place/ubel/",
    f"{ONE}search/", f"{ONE}search/?q=ubala", f"{ONE}text/",
]  # fmt: skip


def test_a_new_entry_appears_at_the_top_of_a_page_that_is_at_its_top(page: Page, room: Room) -> None:
    room.tell("add", new_entry("n1", "Fresh words."))
    page.get_by_text("Fresh words.").wait_for(timeout=2000)
    assert page.locator("#entries > article").first.get_attribute("id") == "n1"
    assert page.locator("#pill").is_hidden()


def test_new_entries_wait_and_nothing_moves_while_the_reader_is_down_the_page(page: Page, room: Room) -> None:
    page.evaluate("scrollTo(0, 1400)")
    page.wait_for_timeout(100)
    before = top_of(page, "p1")
    room.tell("add", new_entry("n1", "One."))
    room.tell("add", new_entry("n2", "Two."))
    page.get_by_role("button", name="2 new updates").wait_for(timeout=2000)
    assert abs(top_of(page, "p1") - before) <= 1
    assert page.title().startswith("(2) ") and page.locator("#n1").count() == 0
    assert page.locator("[role=status]").inner_text() in ("1 new update", "2 new updates")
    page.get_by_role("button", name="2 new updates").click()
    assert page.locator("#entries > article").nth(0).get_attribute("id") == "n2"
    assert page.evaluate("document.activeElement.id") == "n2" and not page.title().startswith("(")


def test_an_edit_above_keeps_the_words_that_are_being_read_in_place(page: Page, room: Room) -> None:
    page.evaluate("scrollTo(0, 1400)")
    page.wait_for_timeout(100)
    before = top_of(page, "p1")
    view = room.views.all[0]
    longer = replace(view.post, version=3, note="A long note of the desk. " * 30)
    room.tell("put", replace(view, post=longer))
    page.locator("#p4[data-version='3']").wait_for(state="attached", timeout=2000)
    page.wait_for_timeout(150)
    moved = abs(top_of(page, "p1") - before)
    print(f"moved {moved:.2f} px")
    assert moved <= 1


def test_a_takedown_reaches_the_open_page(page: Page, room: Room) -> None:
    view = room.views.entry("p2")
    assert view is not None
    gone = replace(view.post, state="taken_down", reason="It showed a minor.", head="", version=2)
    room.tell("drop", replace(view, post=gone, statement=None, claims=(), beside=()))
    page.get_by_text("It showed a minor.").wait_for(timeout=2000)
    assert "heights above Ubel" not in page.content()


def test_a_paused_page_holds_everything_but_a_takedown(page: Page, room: Room) -> None:
    page.get_by_role("button", name="Pause updates").click()
    room.tell("add", new_entry("n1", "Held."))
    view = room.views.all[1]
    room.tell("put", replace(view, post=replace(view.post, version=2, note="A later note.")))
    page.get_by_role("button", name="1 new update").wait_for(timeout=2000)
    assert page.get_by_text("Held.").count() == 0 and page.get_by_text("A later note.").count() == 0
    page.get_by_role("button", name="Pause updates").click()
    page.get_by_text("Held.").wait_for(timeout=2000)


def test_the_summary_is_replaced_in_place(page: Page, room: Room) -> None:
    room.views.summary = room.views.summary[1:]
    room.tell("summary")
    page.wait_for_function("document.querySelectorAll('#summary .lines > li').length === 2", timeout=2000)


def test_a_page_that_was_away_catches_up_and_shows_nothing_twice(page: Page, room: Room) -> None:
    for n in range(5):
        room.tell("add", new_entry(f"n{n}", f"Number {n}."))
    page.get_by_text("Number 4.").wait_for(timeout=2000)
    assert room.loop is not None
    room.loop.call_soon_threadsafe(room.hub.close)
    page.wait_for_timeout(200)
    for n in range(5, 8):
        room.tell("add", new_entry(f"n{n}", f"Number {n}."))
    page.get_by_text("Number 7.").wait_for(timeout=15_000)
    ids = page.eval_on_selector_all("#entries > article", "all => all.map((a) => a.id)")
    assert len(ids) == len(set(ids)) and {f"n{n}" for n in range(8)} <= set(ids)


def test_a_page_that_gets_no_stream_asks_and_shows_the_same(browser: Browser, tmp_path: Path) -> None:
    room = Room(tmp_path, most_readers=0, poll_s=0.2)
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    try:
        page.goto(room.url(ONE))
        for n in range(SEGMENT + 3):  # more than a segment, so that files of numbers are read, too
            room.tell("add", new_entry(f"n{n}", f"Number {n}."))
        page.get_by_text(f"Number {SEGMENT + 2}.").wait_for(timeout=10_000)
        assert page.locator("#entries > article[id^=n]").count() == SEGMENT + 3
        view = room.views.entry("n1")
        assert view is not None
        room.tell("put", replace(view, post=replace(view.post, version=2, note="A later note.")))
        page.get_by_text("A later note.").wait_for(timeout=5000)
        gone = replace(view.post, state="taken_down", reason="It showed a minor.", head="", version=3)
        room.tell("drop", replace(view, post=gone, statement=None, claims=(), beside=()))
        page.get_by_text("It showed a minor.").wait_for(timeout=5000)
        assert page.get_by_text("A later note.").count() == 0
        room.views.summary = room.views.summary[1:]
        room.tell("summary")
        page.locator("#summary .lines > li").nth(2).wait_for(state="detached", timeout=5000)
        assert page.locator("#summary .lines > li").count() == 2
        ids = page.evaluate("[...document.querySelectorAll('#entries > article')].map((a) => a.id)")
        assert len(ids) == len(set(ids))
    finally:
        context.close()
        room.close()


def test_keys_go_from_entry_to_entry_and_times_can_be_the_readers_own(page: Page, room: Room) -> None:
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert first and page.evaluate("document.activeElement.id") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    there = page.locator("#p3 .permalink time").inner_text()
    page.get_by_role("button", name="My time").click()
    own = page.locator("#p3 .permalink time").inner_text()
    assert there == "14:55" and own != there and "your time" in page.locator("#p3 .place").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_no_page_breaks_a_rule_of_accessibility_or_overflows(
    browser: Browser, room: Room, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        page.goto(room.url(path))
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(v["id"], v["nodes"][0]["html"][:200]) for v in found])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    context.close()


def test_a_tables_name_runs_across_a_phone(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(room.url(f"{ONE}tally/"))
    assert page.locator("caption").first.evaluate("c => c.getBoundingClientRect().width") > 300
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_in_arabic_run_from_the_right_and_with_large_type_without_overflow(
    browser: Browser, room: Room, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for path in (p.replace(ONE, ARABIC) for p in PAGES if ONE in p):
        page.goto(room.url(path))
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl", path
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(v["id"], v["nodes"][0]["html"][:200]) for v in found])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    context.close()


def test_in_arabic_the_script_counts_and_tells_times_in_arabic_and_figures_keep_their_order(
    browser: Browser, room: Room
) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800}, timezone_id="Europe/Paris")
    page = context.new_page()
    page.goto(room.url(ARABIC))
    connected(page, room, "arabic")
    page.evaluate("scrollTo(0, 1400)")
    for n in range(3):
        room.tell("add", new_entry(f"n{n}", "Words."), to="arabic")
    page.get_by_role("button", name="3 تحديثات جديدة").wait_for(timeout=2000)
    page.get_by_role("button", name="توقيتي").click()
    assert page.locator("#p3 .place").inner_text() == "توقيتك"
    assert page.locator("#p3 .permalink time").inner_text() == "12:55"
    page.goto(room.url(f"{ARABIC}tally/"))
    figure = page.locator("td.number a bdi").first
    assert figure.inner_text() == "more than 250" and figure.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator("svg").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    context.close()


def test_the_page_is_whole_without_script(browser: Browser, room: Room) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(room.url(ONE))
    assert page.locator("article.entry").count() == len(room.views.all)
    assert page.get_by_role("link", name="Reload for newer updates").is_visible()
    assert page.locator("#pause").is_hidden()
    page.get_by_role("link", name="Older entries").click()
    assert page.locator("article.entry").count() == len(room.views.all) - 2
    context.close()


def test_a_covered_video_loads_nothing_until_it_is_shown(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 3000})
    page, asked = context.new_page(), []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(room.url(ONE))
    page.wait_for_timeout(400)
    assert not [u for u in asked if "clip" in u] and [u for u in asked if "shore" in u]
    context.close()


def test_a_covered_player_takes_its_room_at_once_and_gets_its_controls_a_moment_later(
    browser: Browser, room: Room
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(room.url(ONE))
    cover = page.locator("#entries details.cover", has=page.locator("video")).first
    look = """(cover) => new Promise((told) => {
      const video = cover.querySelector("video");
      const now = () => [getComputedStyle(video).contentVisibility, video.offsetHeight];
      cover.open = true;
      const first = now();
      setTimeout(() => told([first, now()]), 400);
    })"""
    (first, room_of_it), (then, still) = cover.evaluate(look)
    page.close()
    assert (first, then) == ("hidden", "visible") and room_of_it == still > 100


def test_nothing_is_asked_of_another_host(browser: Browser, room: Room) -> None:
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda r: asked.append(r.url))
    for path in PAGES:
        page.goto(room.url(path))
    assert asked and all(u.startswith(room.url("/")) for u in asked)
    context.close()


def test_hostile_words_run_nothing_and_ask_nothing_outside(browser: Browser, room: Room, shared: Path) -> None:
    rows = [json.loads(row) for row in (shared / "corpora/xss/payloads.jsonl").read_text("utf-8").splitlines()]
    bad = [r["html"] for r in rows[:: max(len(rows) // 300, 1)]][:300]
    template = room.views.all[2]
    assert template.statement is not None and template.source is not None
    for n, words in enumerate(bad):
        short = words[:200]
        statement = replace(
            template.statement, id=f"x{n}", text=f"{words}\n{words}", title=short, url=words, media=(), credit=short,
            lang=words[:20],
        )  # fmt: skip
        post = replace(
            template.post, id=f"x{n}", head=f"Tesk Guard: {words[:200]}", note=words, at=NOW, statements=(f"x{n}",)
        )
        room.views.all.append(replace(template, post=post, statement=statement, claims=(), beside=()))
    room.tell("tally")
    context = browser.new_context()
    page, asked, ran = context.new_page(), [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("dialog", lambda d: (ran.append(d.message), d.dismiss()))
    page.on("popup", lambda p: ran.append(p.url))
    page.add_init_script(
        "window.__ran = 0; for (const f of ['alert', 'confirm', 'prompt']) window[f] = () => { window.__ran += 1; };"
    )
    page.goto(room.url(ONE), wait_until="load")
    page.wait_for_timeout(500)
    assert page.locator("article.entry").count() == len(room.views.all)
    connected(page, room)
    for n in range(0, 300, 10):  # the same words as live fragments
        view = room.views.entry(f"x{n}")
        assert view is not None
        room.tell("put", replace(view, post=replace(view.post, version=2)))
    page.locator("#x290[data-version='2']").wait_for(state="attached", timeout=5000)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    for n in range(0, 300, 30):
        page.goto(room.url(f"{ONE}s/x{n}/"))
        page.wait_for_timeout(30)
        assert page.evaluate("window.__ran || 0") == 0
    outside = [u for u in asked if not u.startswith(room.url("/"))]
    print(f"{len(bad)} payloads: {len(ran)} ran, {len(outside)} requests outside")
    assert ran == [] and outside == []
    context.close()
