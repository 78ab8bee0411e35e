"""Each kind of page can be pictured and is: a picture of it is in docs/readers.md, and one is made here of the small coverage."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tools.desk_pictures import DESK_PICTURES, DESK_SHOTS
from tools.pictures import PHONE, PICTURES, SCREEN, SHOTS, Shot, shoot

from sayso.model.page import time_stamp
from sayso.publish import pages
from tests.browser.reading_room import ARGS, Room
from tests.house import ROOT
from tests.publish.factory import NOW, WHO_HOLDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_BYTES = 3_000_000
#: A page that is drawn has at least its ink, its paper and what lies between them on the edges of letters.
FEWEST_COLOURS = 12
FILLED = {
    "question": WHO_HOLDS.id, "post": "p3", "statement": "guard1", "party": "TK", "place": "ubel", "word": "ubel", "day": "11",
    "then": time_stamp(NOW),
}  # fmt: skip


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=chromium, args=ARGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("media"))
    yield made
    made.close()


def kinds() -> set[str]:
    """Every kind of page that is drawn for readers."""
    return {name.removesuffix("_page") for name in vars(pages) if re.fullmatch(r"[a-z]+_page", name)}


def test_each_kind_of_page_has_its_picture_in_the_documents() -> None:
    assert kinds() == {shot.kind for shot in SHOTS.values()}
    shown = re.findall(r"!\[[^\]]{8,}\]\(pictures/([a-z-]+)\.png\)", (ROOT / "docs" / "readers.md").read_text("utf-8"))
    assert sorted(shown) == sorted(SHOTS)
    assert {p.stem for p in PICTURES.glob("*.png")} == set(SHOTS)
    assert sum(p.stat().st_size for p in PICTURES.iterdir()) < MOST_BYTES


def test_the_pages_of_the_desk_have_their_pictures_in_the_documents() -> None:
    shown = re.findall(
        r"!\[[^\]]{8,}\]\(pictures/desk/([a-z-]+)\.png\)", (ROOT / "docs" / "desk.md").read_text("utf-8")
    )
    assert sorted(shown) == sorted(DESK_SHOTS)
    assert {p.stem for p in DESK_PICTURES.glob("*.png")} == set(DESK_SHOTS)
    assert sum(p.stat().st_size for p in DESK_PICTURES.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", DESK_SHOTS)
def test_each_picture_of_the_desk_shows_a_whole_screen(name: str) -> None:
    shows_something(DESK_PICTURES / f"{name}.png", DESK_SHOTS[name])


def shows_something(file: Path, shot: Shot) -> None:
    """Fails for a picture of another size than its screen's, of one colour, or light where it should be dark."""
    with Image.open(file) as picture:
        size = PHONE if shot.phone else SCREEN
        assert picture.size == (size["width"], size["height"])
        colours = picture.convert("RGB").getcolors(picture.width * picture.height)
        assert colours and len(colours) >= FEWEST_COLOURS, file
        assert (sum(max(colours)[1]) < 3 * 64) is shot.phone, "dark on a phone, else light"


@pytest.mark.parametrize("name", SHOTS)
def test_each_picture_can_be_made_and_shows_something(name: str, browser: Browser, room: Room, tmp_path: Path) -> None:
    shot, made, kept = SHOTS[name], tmp_path / "made.png", PICTURES / f"{name}.png"
    shoot(browser, room.url("/c/tesk/") + shot.path.format_map(FILLED), made, shot)
    for file in (made, kept):
        shows_something(file, shot)
