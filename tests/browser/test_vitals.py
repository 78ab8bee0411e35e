"""What moves by itself while the live page is read on a slow phone. How long it takes is printed by `make bench`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.reading_room import ARGS, Room
from tests.browser.vitals import ENTRIES, fill, phone, read_through

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_MOVED = 0.05


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=chromium, args=ARGS)
        yield made
        made.close()


def test_next_to_nothing_moves_by_itself_on_a_slow_phone(browser: Browser, tmp_path: Path) -> None:
    room = Room(tmp_path)
    fill(room, tmp_path)
    try:
        with phone(browser) as page:
            vitals = read_through(page, room, "/c/tesk/", rest_ms=100)
            shown = page.locator("#entries > article").count()
    finally:
        room.close()
    print(f"moved {vitals.moved:.4f}")
    assert shown > ENTRIES and vitals.moved <= MOST_MOVED
