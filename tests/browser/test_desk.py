"""The desk in a real browser: keys, words linked with claims, proof of looking, and the same without JavaScript."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser

from sayso.flow.desk.regrouping import Regrouping
from sayso.flow.desk.review import Review
from tests.browser.desk_server import Desk, signed_in
from tests.web.desk_room import take_in

pytestmark = pytest.mark.browser

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
LONG = "The Tesk Guard said 12 soldiers were killed near Ubel.\n" + "\n".join(
    f"Line {n} of the message tells of the lake, the weather and the road." for n in range(120)
)
LONG += "\nAnd at Verst another 34 soldiers were killed, the Tesk Guard said."


def test_a_statement_is_published_with_the_keyboard_alone(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = signed_in(browser, desk)
    begin = time.monotonic()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.seen")
    page.keyboard.press("a")
    page.wait_for_selector("text=Published.")
    assert time.monotonic() - begin < 5
    assert desk.room.store.statement_state(it.id) == "accepted"
    assert len(desk.room.store.said(statement=it.id)) == 1
    page.context.close()


def test_words_that_were_not_on_the_screen_stop_the_key(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, LONG)
    page = signed_in(browser, desk, viewport={"width": 390, "height": 700})
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    page.wait_for_timeout(300)
    assert page.locator("[data-claim='1'].seen").count() == 0
    page.evaluate("document.querySelectorAll('[name=accept]').forEach((b) => { b.checked = true; })")
    page.keyboard.press("a")
    page.wait_for_selector("text=Look at the words of this claim first")
    assert desk.room.store.statement_state(it.id) == "held"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_selector("[data-claim='1'].seen")
    page.context.close()


def test_a_click_on_words_goes_to_their_claim(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, LONG)
    page = signed_in(browser, desk)
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    page.click("mark.figure:has-text('34')")
    assert page.evaluate("document.activeElement.id") == "c1"
    assert page.locator("mark.figure.lit").inner_text() == "34"
    page.context.close()


def test_keys_can_be_turned_off(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = signed_in(browser, desk)
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    page.click("summary:has-text('Keys')")
    page.click("[data-keys-switch]")
    page.keyboard.press("h")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert page.url.endswith(it.id)
    assert desk.room.store.posts_of(it.id) == ()
    page.context.close()


def test_everything_works_without_javascript(browser: Browser, desk: Desk) -> None:
    it = take_in(desk.room, TEXT)
    page = signed_in(browser, desk, java_script_enabled=False)
    page.click(f"text={TEXT}")
    page.click("button.go")
    assert "not on your screen yet" in page.inner_text(".refused")
    page.check("text=I have looked at its words")
    page.click("button.go")
    assert "Published" in page.inner_text(".done")
    assert len(desk.room.store.said(statement=it.id)) == 1
    page.context.close()


LOOKS = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}]


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "phone"])
def test_the_desk_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, desk: Desk, options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    out, held = take_in(desk.room, TEXT), take_in(desk.room, LONG.replace("said 12", "said more than 12"))
    Review(desk.room).publish(out.id, accepted=(0,), seen=(f"{out.id}.0",), who="editor")
    ((question, _, _),) = desk.room.store.questions()
    Regrouping(desk.room).move(f"{out.id}.0", question=question, into=None, reason="another ambush", who="editor")
    ((apart, _, _),) = desk.room.store.questions()
    page = signed_in(browser, desk, **options)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    inside = "/desk/c/orland"
    paths = [
        "/",
        "/alerts",
        "/paste",
        "/summary",
        "/overview/2031-05-06",
        f"/s/{out.id}",
        f"/s/{held.id}",
        f"/s/{held.id}/c/0",
        f"/s/{out.id}/c/0",
        f"/s/{held.id}/add",
        f"/s/{held.id}/compare/{out.id}",
        "/q",
        f"/q/{apart}",
    ]
    for path in [*(inside + p for p in paths), "/desk/login", "/desk/c/nothing/"]:
        page.goto(desk.base + path)
        found = [(v["id"], v["nodes"][0]["target"]) for v in axe.run(page).response["violations"]]
        assert found == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    assert [f for f in faults if "404" not in f] == []
    page.context.close()
