"""A browser, the pages of the small coverage, and one of them open at its stream."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.desk_server import Desk, running_desk
from tests.browser.reading_room import ARGS, Room, connected

ONE = "/c/tesk/"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=chromium, args=ARGS)
        yield made
        made.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running_desk(tmp_path) as made:
        yield made


@pytest.fixture
def page(browser: Browser, room: Room) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    made = context.new_page()
    made.goto(room.url(ONE))
    connected(made, room)
    yield made
    assert context.cookies() == []
    context.close()
