"""What the live page does for its readers: entries in context, times, keys, cards, folds, filters; in a real browser."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.reading_room import Room, connected, top_of
from tests.publish.factory import NOW, new_entry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONE = "/c/tesk/"


def test_a_shared_entry_that_is_too_old_for_the_live_page_opens_among_those_around_it(
    browser: Browser, room: Room
) -> None:
    room.views.kept = 3
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(room.url(f"{ONE}#pw"))
    page.wait_for_url("**/around/pw/#pw")
    page.wait_for_function("document.activeElement.id === 'pw'")
    assert 0 <= top_of(page, "pw") < 400
    assert page.locator("#pw").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.goto(room.url(f"{ONE}#p3"))
    page.wait_for_timeout(200)
    assert page.url.endswith(f"{ONE}#p3")
    page.goto(room.url(f"{ONE}around/p1/"))
    assert page.evaluate("document.activeElement.id") == "p1"
    context.close()


def test_a_page_of_older_entries_counts_what_is_new_and_takes_in_corrections_only(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.goto(room.url(f"{ONE}around/p2/#p2"))
    connected(page, room)
    before = top_of(page, "p2")
    room.tell("add", new_entry("n1", "One."))
    room.tell("add", new_entry("n2", "Two."))
    view = room.views.entry("p2")
    assert view is not None
    room.tell("put", replace(view, post=replace(view.post, version=2, note="A later note.")))
    page.get_by_text("A later note.").wait_for(timeout=2000)
    assert page.locator("#n1").count() == 0 and abs(top_of(page, "p2") - before) <= 1
    page.get_by_role("button", name="2 new updates on the live page").click()
    page.wait_for_url(room.url(ONE))
    assert page.locator("#n2").count() == 1
    context.close()


def test_without_script_an_entry_opens_among_those_around_it_and_leads_both_ways(browser: Browser, room: Room) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(room.url(f"{ONE}p/p2/"))
    page.get_by_role("link", name="On the live page").click()
    assert page.url.endswith(f"{ONE}around/p2/#p2") and page.locator("#p2[aria-current]").count() == 1
    page.get_by_role("link", name="Newer entries").click()
    assert page.url.endswith(f"{ONE}after/2/")
    page.get_by_role("link", name="Older entries").click()
    assert page.url.endswith(f"{ONE}before/2/")
    context.close()


def at_time(context: BrowserContext, when: datetime) -> Page:
    """A page whose reader's clock stands at that time."""
    page = context.new_page()
    page.clock.set_fixed_time(when)
    return page


def test_how_long_ago_stands_beside_the_time_for_a_day_and_never_in_a_replay(browser: Browser, room: Room) -> None:
    context = browser.new_context()
    page = at_time(context, NOW)
    page.goto(room.url(ONE))
    meta = page.locator("#p3 .meta")
    assert meta.locator("time").first.inner_text() == "14:55" and meta.locator(".ago").inner_text() == "25 min ago"
    assert page.locator("#pw .ago").inner_text() == "3 hr ago"
    page.clock.set_fixed_time(NOW + timedelta(minutes=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert meta.locator(".ago").inner_text() == "27 min ago"
    room.tell("add", new_entry("n1", "Fresh words."))
    page.locator("#n1 .ago").get_by_text("1 min ago").wait_for(timeout=2000)
    page.clock.set_fixed_time(NOW + timedelta(hours=24))
    page.reload()
    assert meta.locator(".ago").inner_text() == "" and page.locator("#n1 .ago").inner_text() == "23 hr ago"
    page.goto(room.url("/c/replay/"))
    assert page.locator(".ago").count() == 0 and page.locator("#p3 .place").count() == 1
    context.close()


def test_the_readers_own_time_and_switched_off_keys_outlive_a_page(browser: Browser, room: Room) -> None:
    context = browser.new_context(timezone_id="Europe/Lisbon")
    page = context.new_page()
    page.goto(room.url(ONE))
    page.get_by_role("button", name="My time").click()
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.goto(room.url(f"{ONE}with/key/"))
    assert page.locator("#p3 .permalink time").inner_text() == "11:55"
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") != "ARTICLE"
    page.get_by_role("button", name="My time").click()
    page.reload()
    assert page.locator("#p3 .permalink time").inner_text() == "14:55"
    context.close()


def test_a_browser_that_keeps_nothing_shows_the_same_page(browser: Browser, room: Room) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page, broken = context.new_page(), []
    page.on("pageerror", lambda e: broken.append(str(e)))
    page.goto(room.url(ONE))
    page.get_by_role("button", name="My time").click()
    assert "your time" in page.locator("#p3 .place").inner_text()
    connected(page, room)
    room.tell("add", new_entry("n1", "Fresh words."))
    page.get_by_text("Fresh words.").wait_for(timeout=2000)
    assert broken == []
    context.close()


def test_a_line_stands_under_what_was_new_when_the_reader_came_back_to_it(page: Page, room: Room) -> None:
    first = page.locator("#entries > article").first.get_attribute("id")
    page.evaluate("scrollTo(0, 1400)")
    page.wait_for_timeout(100)
    room.tell("add", new_entry("n1", "One."))
    page.get_by_role("button", name="1 new update").wait_for(timeout=2000)
    assert page.locator("#seen").is_hidden()
    page.keyboard.press("n")
    assert page.locator("#seen").is_visible() and page.locator("#seen + article").get_attribute("id") == first
    assert page.evaluate("document.activeElement.id") == "n1"


def test_a_filtered_page_takes_in_what_is_new_under_it_and_nothing_else(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.goto(room.url(f"{ONE}with/party/OR/"))
    connected(page, room)
    staff = room.views.entry("p3")
    assert staff is not None and staff.statement is not None
    room.tell("add", new_entry("n1", "The Guard speaks."))
    told = replace(staff.statement, id="s-n2", text="The staff speaks again.", title=None)
    post = replace(
        staff.post, id="n2", at=NOW, head="Orland General Staff: The staff speaks again.", statements=("s-n2",)
    )
    room.tell("add", replace(staff, post=post, statement=told, claims=(), beside=()))
    page.get_by_text("The staff speaks again.").wait_for(timeout=10_000)
    assert page.locator("#n1").count() == 0 and page.locator("#entries > article").first.get_attribute("id") == "n2"
    page.evaluate("scrollTo(0, 600)")
    page.wait_for_timeout(100)
    before = top_of(page, "p3")
    post = replace(post, id="n3", at=NOW + timedelta(minutes=1), head="Orland General Staff: And once more.")
    room.tell("add", replace(staff, post=post, statement=replace(told, id="s-n3"), claims=(), beside=()))
    page.get_by_role("button", name="1 new update").wait_for(timeout=10_000)
    assert abs(top_of(page, "p3") - before) <= 1 and page.locator("#n3").count() == 0
    context.close()


def test_key_events_are_cards_that_follow_what_is_marked_changed_and_taken_down(page: Page, room: Room) -> None:
    cards = page.locator(".cards li")
    assert cards.count() == 1 and "Orland General Staff" in cards.inner_text()
    room.tell("add", new_entry("n1", "It begins.", key_event=True))
    page.locator(".cards li[data-for=n1]").wait_for(timeout=5000)
    assert cards.count() == 2 and cards.first.get_attribute("data-for") == "n1"
    view = room.views.entry("n1")
    assert view is not None
    room.tell("put", replace(view, post=replace(view.post, version=2, head="Tesk Guard: It began at five.")))
    page.locator(".cards").get_by_text("It began at five.").wait_for(timeout=5000)
    gone = replace(view.post, state="taken_down", reason="It named a minor.", head="", version=3, key_event=False)
    room.tell("drop", replace(view, post=gone, statement=None))
    page.locator(".cards li[data-for=n1]").wait_for(state="detached", timeout=1500)
    assert "It began at five." not in page.content()


def test_what_is_taken_down_leaves_the_summary_of_a_reader_who_has_paused(page: Page, room: Room) -> None:
    page.get_by_role("button", name="Pause updates").click()
    lines = page.locator("#summary .lines > li")
    room.views.summary = room.views.summary[1:]
    room.tell("summary")
    view = room.views.entry("p0")
    assert view is not None
    room.tell("put", replace(view, post=replace(view.post, version=2, note="A later note.")))
    page.wait_for_timeout(300)
    assert lines.count() == 3
    gone = replace(view.post, state="taken_down", reason="It named a minor.", head="", version=3)
    room.tell("drop", replace(view, post=gone, statement=None, claims=(), beside=()))
    lines.nth(2).wait_for(state="detached", timeout=5000)
    assert lines.count() == 2 and "It named a minor." in page.locator("#p0").inner_text()


def test_what_is_pinned_folds_and_its_copy_is_corrected_with_it(page: Page, room: Room) -> None:
    view = room.views.entry("p2")
    assert view is not None
    pinned = replace(view, post=replace(view.post, version=2, pinned=True))
    room.tell("put", pinned)
    copy = page.locator("#pinned-p2")
    copy.wait_for(timeout=5000)
    assert page.locator("[id=p2]").count() == 1
    page.locator(".pinned > summary").click()
    assert copy.is_hidden() and "Tesk Guard" in page.locator(".pinned > summary").inner_text()
    room.tell("put", replace(pinned, post=replace(pinned.post, version=3, note="A later note.")))
    copy.get_by_text("A later note.").wait_for(state="attached", timeout=5000)
    assert copy.is_hidden()  # it stays folded
    gone = replace(pinned.post, state="taken_down", reason="It named a minor.", head="", version=4)
    room.tell("drop", replace(view, post=gone, statement=None, claims=(), beside=()))
    copy.wait_for(state="detached", timeout=1500)


@pytest.mark.parametrize("scripted", [True, False])
def test_the_summary_folds_to_three_lines_on_a_phone_only(browser: Browser, room: Room, scripted: bool) -> None:
    room.views.summary = room.views.summary * 2
    for width, folded in ((390, True), (1200, False)):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripted)
        page = context.new_page()
        page.goto(room.url(ONE))
        last = page.locator("#summary .lines > li").last
        more = page.get_by_text("3 more lines")
        assert more.is_visible() is folded
        box = page.locator("#summary").bounding_box()
        assert box
        if folded:
            more.click()
            assert last.bounding_box()["height"] > 0  # type: ignore[index]
            assert page.locator("#summary").bounding_box()["height"] > box["height"]  # type: ignore[index]
        else:
            assert last.bounding_box()["height"] > 0  # type: ignore[index]
        context.close()


def test_a_page_as_it_stood_is_led_through_its_day_by_keyboard_and_entry_by_entry(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(room.url(f"{ONE}at/20310513T100000Z/tally/"))
    slider = page.get_by_role("slider", name="Time of the day")
    assert slider.get_attribute("aria-valuetext") == "14:00"
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "14:02" and page.url.endswith("100000Z/tally/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/at/20310513T100200Z/tally/")
    assert page.locator("#slide-entries option").count() == len({v.post.at for v in room.views.all})
    page.evaluate("document.documentElement.dir = 'rtl'")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "14:03"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_without_script_a_page_as_it_stood_leads_to_other_hours_and_days(browser: Browser, room: Room) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(room.url(f"{ONE}at/20310513T100000Z/"))
    assert page.locator("#slide").is_hidden()
    page.get_by_role("link", name="A day earlier").click()
    page.get_by_role("link", name="An hour later").click()
    assert page.url.endswith(f"{ONE}at/20310512T110000Z/")
    context.close()


@pytest.mark.parametrize("turned", ["ltr", "rtl"])
def test_keys_cards_pins_and_other_times_break_no_rule_of_accessibility(
    browser: Browser, room: Room, turned: str
) -> None:
    view = room.views.entry("p2")
    assert view is not None
    room.tell("put", replace(view, post=replace(view.post, version=2, pinned=True)))
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page = context.new_page()
    for path in (ONE, f"{ONE}at/20310513T100000Z/"):
        page.goto(room.url(path))
        page.evaluate("(dir) => { document.documentElement.dir = dir; }", turned)
        assert page.locator(".cards li").count() == 1 and page.locator("#pinned-p2").is_visible()
        for _ in range(2):  # as it is, and with the keys told
            found = Axe().run(page).response["violations"]
            assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            page.keyboard.press("?")
    context.close()
