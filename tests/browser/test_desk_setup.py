"""Sources, parties, places and the handover in a real browser: with the keyboard alone, without JavaScript, on a phone."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from playwright.sync_api import Browser

from sayso.flow.clock import world_now
from sayso.flow.desk.handover import Shifts
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.web.app import make_app
from tests.browser.desk_server import Desk, signed_in
from tests.desk.factory import NOW
from tests.flow.arranged import good_folder, room_over
from tests.web.desk_room import take_in

pytestmark = pytest.mark.browser

INSIDE = "/desk/c/two-banks"
ENTRIES = [
    ("sources", {"table": "source", "called": "norrin-army"}),
    ("parties", {"table": "group", "called": "BANKS"}),
    ("parties", {"table": "person", "called": "Ada Kell"}),
    ("places", {"table": "place", "called": "Upper Ford"}),
    ("places", {"table": "place"}),
]
PAGES = [
    *(f"/{file}{way}" for file in ("sources", "parties", "places") for way in ("", "/text")),
    *(f"/{file}/entry?{urlencode(query)}" for file, query in ENTRIES),
    "/parties/remove?table=body&called=Norrin+Army",
    "/handover",
]


@contextmanager
def serving(room: Newsroom) -> Iterator[Desk]:
    """The whole application of a room, until the block ends."""
    app, _, _ = make_app(room, feeds=False)
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield Desk(room, sock.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    room = room_over(good_folder(tmp_path / "two-banks"), tmp_path / "data")
    (source,) = room.coverage.sources
    take_in(room, "The Norrin Army said that 12 soldiers were killed near Kettle Point.", source, published_at=NOW)
    room.store.note_fetch(source.name, at=world_now(), ok=False, error="army.example answers 404: it is gone")
    Shifts(Review(room)).write("Call the lock keeper at nine.", who="ben")
    with serving(room) as made:
        yield made
    room.store.close()


LOOKS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}]


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "phone"])
def test_the_pages_are_accessible_and_never_wider_than_the_screen(
    browser: Browser, desk: Desk, options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = signed_in(browser, desk, **options)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in PAGES:
        answer = page.goto(desk.base + INSIDE + path)
        assert answer is not None and answer.status == 200, path
        found = [(v["id"], v["nodes"][0]["target"]) for v in axe.run(page).response["violations"]]
        assert found == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.goto(f"{desk.base}{INSIDE}{PAGES[6]}")
    page.fill("[name=v-url]", "nowhere")
    page.click("button.go:has-text('Save')")
    page.wait_for_selector(".field.bad")
    assert [v["id"] for v in axe.run(page).response["violations"]] == []
    assert [f for f in faults if "409" not in f] == []
    page.context.close()


def test_a_source_is_added_with_the_keyboard_alone_and_without_javascript(browser: Browser, desk: Desk) -> None:
    page = signed_in(browser, desk, java_script_enabled=False)
    page.goto(f"{desk.base}{INSIDE}/sources")
    page.focus("text=Add a source")
    page.keyboard.press("Enter")
    page.focus("[name=v-name]")
    for words in ("sedd", "Sedd Staff", "feed", "https://sedd.example/"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.focus("button.go")
    page.keyboard.press("Enter")
    assert "taken over" in page.inner_text(".done")
    assert [(s.name, s.kind, s.url) for s in desk.room.coverage.sources][1:] == [
        ("sedd", "feed", "https://sedd.example/")
    ]
    page.context.close()


def test_a_place_that_was_read_and_not_found_fills_its_form(browser: Browser, desk: Desk) -> None:
    page = signed_in(browser, desk)
    page.goto(f"{desk.base}{INSIDE}/places")
    name = page.inner_text("#unlisted ~ .names a")
    page.click("#unlisted ~ .names a")
    assert page.input_value("[name=v-names]") == name
    page.click("button.go:has-text('Add')")
    page.wait_for_selector(".done")
    assert name in [p.name for p in desk.room.coverage.conflict.places]
    assert page.locator("#unlisted").count() == 0
    page.context.close()
