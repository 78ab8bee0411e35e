"""One editor's night with the keyboard alone: 30 statements, 8 posts, 2 corrections, 1 takedown, 1 overview."""

from collections import Counter
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk_server import Desk, signed_in
from tests.desk.factory import GUARD, NOW
from tests.web.desk_room import take_in

pytestmark = pytest.mark.browser

STATEMENTS = 30
HOURS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
#: Where the focus is: what a screen reader would say of it.
FOCUSED = """(() => {
  const e = document.activeElement;
  return [e.tagName, e.name || "", (e.getAttribute("aria-label") || e.innerText || e.value || "").trim()];
})()"""


class Keyboard:
    """A page that is worked with keys only; counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> "Keyboard":
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
        return self

    def tab_to(self, tag: str, *, name: str = "", words: str = "") -> "Keyboard":
        """Move the focus with Tab until it is on that; fails where it is never reached."""
        for _ in range(250):
            self.press("Tab")
            at_tag, at_name, at_words = self.page.evaluate(FOCUSED)
            if at_tag == tag and (not name or at_name == name) and words in at_words:
                return self
        raise AssertionError(f"Tab never reaches <{tag.lower()} {name}> {words!r} on {self.page.url}")

    def follow(self, tag: str, **at: str) -> "Keyboard":
        """Press Enter on that, and wait for the page that comes."""
        self.tab_to(tag, **at)
        with self.page.expect_navigation():
            self.press("Enter")
        return self

    def type(self, text: str) -> "Keyboard":
        """Type a text."""
        self.page.keyboard.type(text)
        return self

    def act(self, key: str) -> "Keyboard":
        """One of the desk's keys that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)
        return self

    def open(self, nth: int = 1) -> "Keyboard":
        """Open a statement of the inbox, and wait until its claims were on the screen."""
        self.press(*"j" * nth).act("Enter")
        self.page.wait_for_selector(".card.seen")
        return self


def comes_in(desk: Desk, n: int) -> str:
    """The n-th statement of the night."""
    hour, more = HOURS[n % 10], ("", " of the day", " of the night")[n // 10]
    at = NOW + timedelta(minutes=n)
    text = f"The Tesk Guard said {n + 3} soldiers were killed near Ubel in the {hour} hour{more}."
    it = take_in(desk.room, text, GUARD, published_at=NOW, first_seen_at=at)
    desk.room.changed()
    return it.id


def on_the_page(keys: Keyboard) -> Keyboard:
    """The statements that are out, from the inbox."""
    keys.tab_to("SELECT", name="state").type("on the page")
    return keys.follow("BUTTON", words="Show")


def inside(keys: Keyboard, summary: str) -> Keyboard:
    """Open one of the forms under a statement."""
    return keys.tab_to("SUMMARY", words=summary).press("Enter")


def test_a_new_statement_is_published_with_six_keys_at_most(browser: Browser, desk: Desk) -> None:
    keys = Keyboard(signed_in(browser, desk))
    keys.page.wait_for_selector(".news.on")
    it = comes_in(desk, 0)
    keys.page.wait_for_selector(".news >> text=1 new")
    keys.act("n").open()
    card = keys.page.locator(".card")
    for role in ("figure", "speaker"):  # every mark was on the screen, whole
        assert keys.page.locator(f"mark.{role}").first.is_visible()
    assert (card.count(), keys.page.locator(".card.seen").count()) == (1, 1)
    assert "side Tesk" in " ".join(card.inner_text().split())
    keys.act("a")
    assert keys.pressed <= 6
    (post,) = desk.room.store.posts_of(it)
    assert post.head.startswith("Tesk Guard")
    assert [s.id for s in desk.room.store.said(statement=it)] == [f"{it}.0"]
    keys.page.context.close()


def test_a_whole_night_with_the_keyboard_alone(browser: Browser, desk: Desk) -> None:
    taken = [comes_in(desk, n) for n in range(STATEMENTS)]
    keys = Keyboard(signed_in(browser, desk))
    for _ in range(7):
        keys.open().act("a")
    for _ in range(5):
        keys.open().act("h")
        keys.page.wait_for_url("**done=hold**")
    # what is held stays in the inbox: the rest is rejected until none is left but the five
    for _ in range(STATEMENTS - 7):
        keys.open().act("r")
    write(keys)
    for nth, wrong in enumerate(("It was near Verst.", "The hour was another."), 2):
        on_the_page(to_the_inbox(keys)).open(nth)
        inside(keys, "Correct it").tab_to("TEXTAREA", name="wrong").type(wrong)
        keys.follow("BUTTON", words="Correct")
    on_the_page(to_the_inbox(keys)).open()
    inside(keys, "Take it down").tab_to("TEXTAREA", name="reason").type("A court ordered it.")
    keys.tab_to("INPUT", name="confirm").press("Space").follow("BUTTON", words="Take down")
    keys.follow("A", words="Overview").tab_to("TEXTAREA", name="text").follow("BUTTON", words="Publish")
    keys.page.context.close()

    store = desk.room.store
    posts = store.posts(limit=99, kinds=("update", "media"))
    assert Counter(p.state for p in posts) == {"published": 7, "taken_down": 1}
    assert sorted(c.text for p in posts for c in p.corrections) == ["It was near Verst.", "The hour was another."]
    states = Counter(store.statement_state(s) for s in taken)
    assert states["accepted"] == 6
    assert states["rejected"] == STATEMENTS - 7
    (overview,) = store.posts(limit=9, kinds=("overview",))
    assert overview.lines
    assert all(line.cites for line in overview.lines)


def to_the_inbox(keys: Keyboard) -> Keyboard:
    """By the first link of the bar."""
    return keys.follow("A", words="Inbox")


def write(keys: Keyboard) -> None:
    """An entry of the desk's own."""
    keys.follow("A", words="Write")
    keys.tab_to("INPUT", name="head").type("The desk: roads to Ubel are closed")
    keys.tab_to("TEXTAREA", name="text").type("Desk: Nobody of ours is there.")
    with keys.page.expect_navigation():
        keys.press("Control+Enter")
