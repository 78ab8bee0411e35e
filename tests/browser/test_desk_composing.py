"""Writing an entry in a real browser: typed, sent out, taken back, sent out again, read; kept where the server has not answered."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from sayso.flow.newsroom import Newsroom
from sayso.flow.press.outgoing import let_out_for_ever
from sayso.flow.shift.staff import first_password
from sayso.model.outgoing import Release
from sayso.web.app import make_app
from tests.web.desk_room import newsroom, take_in

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
UNDO_S = 6
COMPOSE = "/desk/c/orland/compose"


class House:
    """Readers' pages and the desk on one address, and what lets out what is due."""

    def __init__(self, room: Newsroom, port: int) -> None:
        self.room = room
        self.base = f"http://127.0.0.1:{port}"
        self.password = first_password(room.store) or ""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    room = newsroom(tmp_path, release=Release(undo_s=UNDO_S, delay_min=0))
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        app, _, _ = make_app(room, feeds=False)
        servers.append(uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off")))
        job = asyncio.create_task(let_out_for_ever(room))
        await servers[0].serve(sockets=[sock])
        job.cancel()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    yield House(room, sock.getsockname()[1])
    servers[0].should_exit = True
    thread.join(10)
    sock.close()
    room.store.close()


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def signed_in(chrome: Any, house: House, **options: Any) -> Any:
    page = chrome.new_context(**{"viewport": {"width": 1280, "height": 860}, **options}).new_page()
    page.goto(f"{house.base}/desk/")
    page.fill("[name=password]", house.password)
    page.click("button.go")
    page.wait_for_selector(".rows, .empty")
    return page


def write(page: Any, house: House, statement: str) -> None:
    page.goto(f"{house.base}{COMPOSE}?with={statement}")
    page.fill("[name=head]", "Tesk Guard: 12 killed near Ubel")
    page.fill("[name=text]", "The Guard gives **12**.")
    page.check(f"[name=accept][value='{statement}.0']")


def test_an_entry_is_typed_taken_back_sent_again_and_read(chrome: Any, house: House) -> None:
    it = take_in(house.room, TEXT)
    page, reader = signed_in(chrome, house), chrome.new_page()
    write(page, house, it.id)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=On its way out")
    page.wait_for_function(r"/\(in \d s\)/.test(document.querySelector('[data-left]').textContent)")
    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back")
    reader.goto(f"{house.base}/c/orland/")
    assert "12 killed near Ubel" not in reader.content()
    page.goto(f"{house.base}/desk/c/orland/drafts")
    page.click("text=Tesk Guard: 12 killed near Ubel")
    begin = time.monotonic()
    page.click("[data-publish]")
    page.wait_for_selector("text=On its way out")
    while "12 killed near Ubel" not in reader.content():
        assert time.monotonic() - begin < 30
        reader.reload()
    assert time.monotonic() - begin >= UNDO_S  # nothing left before
    assert reader.inner_text(".note strong") == "12"
    assert len(house.room.store.said(statement=it.id)) == 1
    reader.close()
    page.context.close()


def test_undo_works_without_javascript(chrome: Any, house: House) -> None:
    it = take_in(house.room, TEXT)
    page = signed_in(chrome, house, java_script_enabled=False)
    write(page, house, it.id)
    page.check("text=I have looked at its words")
    page.click("[data-publish]")
    page.click(".going button:has-text('Undo')")
    assert "Taken back" in page.inner_text(".done")
    assert (house.room.store.outgoing(), len(house.room.store.drafts())) == ((), 1)
    page.context.close()


def test_what_was_typed_is_kept_in_the_browser_until_the_server_has_it(chrome: Any, house: House) -> None:
    page = signed_in(chrome, house)
    page.goto(house.base + COMPOSE)
    page.fill("[name=text]", "Words that the server never got.")
    page.goto(house.base + COMPOSE)
    assert page.input_value("[name=text]") == ""
    page.click("[data-put-back]")
    assert page.input_value("[name=text]") == "Words that the server never got."
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=Draft saved")
    page.wait_for_load_state()  # its script has heard that the server has it
    page.goto(house.base + COMPOSE)
    assert page.is_hidden("[data-kept]")
    page.context.close()


def test_what_was_typed_leaves_the_browser_with_whoever_signs_out(chrome: Any, house: House) -> None:
    page = signed_in(chrome, house)
    page.goto(house.base + COMPOSE)
    page.fill("[name=text]", "Words that the server never got.")
    assert page.evaluate("JSON.stringify(localStorage)").count("never got") == 1
    page.click("button:has-text('Sign out')")
    page.wait_for_selector("[name=password]")
    assert "never got" not in page.evaluate("JSON.stringify(localStorage)")
    page.context.close()


LOOKS = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}]


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "phone"])
def test_the_pages_of_writing_are_accessible_and_never_wider_than_the_screen(
    chrome: Any, house: House, options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    it = take_in(house.room, TEXT.replace("12", "more than 12"))
    page = signed_in(chrome, house, **options)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    write(page, house, it.id)
    page.fill("[name=head]", "Tesk Guard: 13 killed near Ubel")
    page.click("[data-save]")
    page.wait_for_selector("text=Draft saved")
    draft = page.url.partition("?")[0]
    page.click("[data-publish]")
    page.wait_for_selector("text=Not done")
    paths = [
        f"{COMPOSE}?with={it.id}",
        COMPOSE,
        draft.removeprefix(house.base) + "?words=soldiers",
        "/desk/c/orland/drafts",
    ]
    for path in paths:
        page.goto(house.base + path)
        assert faults_of(axe, page) == [], path
    page.goto(draft)
    page.fill("[name=head]", "Tesk Guard: news")
    page.fill("[name=text]", "It speaks of the lake.")
    page.click("[data-publish]")
    page.wait_for_selector("text=On its way out")
    for path in ("/desk/c/orland/out", "/desk/c/orland/"):
        page.goto(house.base + path)
        assert faults_of(axe, page) == [], path
    while not (posts := house.room.store.posts(limit=1)):
        time.sleep(0.1)
    for path in (f"/desk/c/orland/p/{posts[0].id}", f"{COMPOSE}?post={posts[0].id}"):
        page.goto(house.base + path)
        assert faults_of(axe, page) == [], path
    assert [f for f in faults if "409" not in f] == []
    page.context.close()


def faults_of(axe: Any, page: Any) -> list[Any]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = [(v["id"], v["nodes"][0]["target"]) for v in axe.run(page).response["violations"]]
    return [*found, *([("wider than the screen", wide)] if wide > 0 else [])]
