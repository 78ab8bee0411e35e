"""The desk in a real browser: keys, words linked with claims, proof of looking, and the same without JavaScript."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from sayso.flow.newsroom import Newsroom
from sayso.flow.regrouping import Regrouping
from sayso.flow.review import Review
from sayso.flow.staff import Staff, first_password
from sayso.web.desk import desk_routes
from tests.web.desk_room import newsroom, take_in

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
LONG = "The Tesk Guard said 12 soldiers were killed near Ubel.\n" + "\n".join(
    f"Line {n} of the message tells of the lake, the weather and the road." for n in range(120)
)
LONG += "\nAnd at Verst another 34 soldiers were killed, the Tesk Guard said."


class Desk:
    """A running desk: its address, its newsroom and its password."""

    def __init__(self, room: Newsroom, port: int) -> None:
        self.room = room
        self.base = f"http://127.0.0.1:{port}"
        self.password = first_password(room.store) or ""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    room = newsroom(tmp_path)
    app = Starlette(routes=desk_routes({"orland": Review(room)}, Staff(room.store)))
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield Desk(room, sock.getsockname()[1])
        server.should_exit = True
        thread.join(10)
    room.store.close()


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[object]:
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def signed_in(chrome, desk: Desk, **options):  # type: ignore[no-untyped-def]
    """A page of a signed-in editor at the inbox."""
    page = chrome.new_context(**{"viewport": {"width": 1280, "height": 860}, **options}).new_page()
    page.goto(f"{desk.base}/desk/")
    page.fill("[name=password]", desk.password)
    page.click("button.go")
    page.wait_for_selector(".rows, .empty")
    return page


def test_a_statement_is_published_with_the_keyboard_alone(chrome, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    it = take_in(desk.room, TEXT)
    page = signed_in(chrome, desk)
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


def test_words_that_were_not_on_the_screen_stop_the_key(chrome, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    it = take_in(desk.room, LONG)
    page = signed_in(chrome, desk, viewport={"width": 390, "height": 700})
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


def test_a_click_on_words_goes_to_their_claim(chrome, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    it = take_in(desk.room, LONG)
    page = signed_in(chrome, desk)
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    page.click("mark.figure:has-text('34')")
    assert page.evaluate("document.activeElement.id") == "c1"
    assert page.locator("mark.figure.lit").inner_text() == "34"
    page.context.close()


def test_keys_can_be_turned_off(chrome, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    it = take_in(desk.room, TEXT)
    page = signed_in(chrome, desk)
    page.goto(f"{desk.base}/desk/c/orland/s/{it.id}")
    page.click("summary:has-text('Keys')")
    page.click("[data-keys-switch]")
    page.keyboard.press("h")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert page.url.endswith(it.id)
    assert desk.room.store.posts_of(it.id) == ()
    page.context.close()


def test_everything_works_without_javascript(chrome, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    it = take_in(desk.room, TEXT)
    page = signed_in(chrome, desk, java_script_enabled=False)
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
def test_the_desk_is_accessible_and_never_wider_than_the_screen(chrome, desk: Desk, options) -> None:  # type: ignore[no-untyped-def]
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    out, held = take_in(desk.room, TEXT), take_in(desk.room, LONG.replace("said 12", "said more than 12"))
    Review(desk.room).publish(out.id, accepted=(0,), seen=(f"{out.id}.0",), who="editor")
    ((question, _, _),) = desk.room.store.questions()
    Regrouping(desk.room).move(f"{out.id}.0", question=question, into=None, reason="another ambush", who="editor")
    ((apart, _, _),) = desk.room.store.questions()
    page = signed_in(chrome, desk, **options)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    inside = "/desk/c/orland"
    paths = [
        "/",
        "/paste",
        "/summary",
        "/overview/2031-05-06",
        f"/s/{out.id}",
        f"/s/{held.id}",
        f"/s/{held.id}/c/0",
        f"/s/{out.id}/c/0",
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
