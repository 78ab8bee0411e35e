"""Make the pictures of docs/pictures anew: each kind of page of the example, in the morning of the day on which it opens.

python -m tools.pictures [NAME ...], from the project's top; needs Chromium and playwright.
"""

import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from tests.flow.retelling import EXAMPLES, retold

from sayso.coverage import load
from sayso.flow.arrival.looking import note_looked
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.page import time_stamp
from sayso.sources.sandbox import Parser
from sayso.web.live import Hub
from sayso.web.public import public_routes

NAME: Final = "karabakh-2020"
PICTURES: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"
#: Since the story opened: two sides have just accused each other of the same.
MORNING: Final = timedelta(hours=10, minutes=45)
SCREEN: Final = {"width": 1280, "height": 1000}
PHONE: Final = {"width": 390, "height": 844}


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture: what kind of page, at which address under the coverage's (as `addresses` fills it), on which screen."""

    kind: str
    path: str
    phone: bool = False  # in the dark, on a narrow screen
    to: str = ""  # what is scrolled to the top


#: Name of the file -> picture. Each kind of page has one; those that a phone shows otherwise have a second.
SHOTS: Final[dict[str, Shot]] = {
    "live": Shot(kind="live", path=""),
    "live-phone": Shot(kind="live", path="", phone=True),
    "entry-phone": Shot(kind="live", path="", phone=True, to="#entries > article"),
    "filtered": Shot(kind="filtered", path="with/party/{party}/"),
    "post": Shot(kind="post", path="p/{post}/"),
    "statement": Shot(kind="statement", path="s/{statement}/"),
    "question": Shot(kind="question", path="q/{question}/"),
    "question-phone": Shot(kind="question", path="q/{question}/", phone=True),
    "answers": Shot(kind="answers", path="q/{question}/all/"),
    "questions": Shot(kind="questions", path="q/"),
    "tally": Shot(kind="tally", path="tally/"),
    "tally-phone": Shot(kind="tally", path="tally/", phone=True),
    "charts": Shot(kind="tally", path="tally/", to="figure"),
    "map": Shot(kind="map", path="map/"),
    "map-phone": Shot(kind="map", path="map/", phone=True),
    "party": Shot(kind="party", path="party/{party}/"),
    "place": Shot(kind="place", path="place/{place}/"),
    "places": Shot(kind="places", path="place/"),
    "day": Shot(kind="day", path="day/{day}/"),
    "days": Shot(kind="days", path="days/"),
    "changed": Shot(kind="changed", path="changed/{then}/"),
    "then": Shot(kind="live", path="at/{then}/"),
    "corrections": Shot(kind="corrections", path="corrections/"),
    "search": Shot(kind="search", path="search/?q={word}"),
    "method": Shot(kind="method", path="method/"),
    "index": Shot(kind="index", path="../../"),
    "message": Shot(kind="message", path="q/nothing/"),
}


def main() -> int:
    """Write the pictures that are named, or all."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is missing: apt-get install chromium")
        return 1
    wanted = {name: shot for name, shot in SHOTS.items() if name in sys.argv[1:] or not sys.argv[1:]}
    with example() as room, served(room) as here, sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        filled = addresses(room)
        for name, shot in wanted.items():
            shoot(browser, here + shot.path.format_map(filled), PICTURES / f"{name}.png", shot)
        browser.close()
    return 0


@contextmanager
def example() -> Iterator[Newsroom]:
    """The example as it stands that morning."""
    replay = load(EXAMPLES / NAME).replay
    assert replay is not None
    parser = Parser(children=1)
    with tempfile.TemporaryDirectory() as made:
        room = retold(EXAMPLES / NAME, Path(made), parser, until=replay.opens_at + MORNING)
        for source in room.coverage.sources:
            room.store.note_fetch(source.name, at=world_now(), ok=True)
        note_looked(room)
        yield room
        room.store.close()
    parser.close()


@contextmanager
def served(room: Newsroom) -> Iterator[str]:
    """The address of the coverage's pages on loopback."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        name = room.coverage.name
        app = Starlette(routes=public_routes({name: CoverageViews(room)}, {name: Hub(0)}))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}/c/{name}/"
        server.should_exit = True
        thread.join()


def addresses(room: Newsroom) -> Mapping[str, str]:
    """What stands in the addresses: the place that most claimants dispute, with its question; an entry with two to four claims;
    the first party; nine hours ago."""
    views, coverage = CoverageViews(room), room.coverage
    page = views.live_page()
    assert page is not None
    found = [(view, views.place_page(view.place)) for view in views.map_page().held]
    asked = [
        (view.place, view.name, place.holds) for view, place in found if place is not None and place.holds is not None
    ]
    place, name, question = max(
        asked, key=lambda one: (len({a.claimant.side for a in one[2].answers}), len(one[2].answers))
    )
    entry = next(v for v in page.entries if v.statement and 1 < len(v.claims) <= 4 and v.beside)
    assert entry.statement is not None
    return {
        "place": place, "word": name, "question": question.id, "post": entry.post.id, "statement": entry.statement.id,
        "party": coverage.conflict.parties[0].id, "day": str(coverage.day_number(page.frame.day) - 1),
        "then": time_stamp(room.clock.now() - timedelta(hours=9)),
    }  # fmt: skip


def shoot(browser: Browser, address: str, file: Path, shot: Shot) -> None:
    """Write what a reader sees first at an address, in 256 colours: a page has few, and the file a quarter of the size."""
    looks: dict[str, Any] = {"viewport": PHONE, "color_scheme": "dark"} if shot.phone else {"viewport": SCREEN}
    page = browser.new_page(locale="en-GB", **looks)
    answer = page.goto(address, wait_until="load")
    assert answer and (answer.ok or shot.kind == "message"), f"{address} answered {answer and answer.status}"
    if shot.to:
        page.locator(shot.to).first.evaluate("it => it.scrollIntoView()")
    page.wait_for_timeout(150)  # its script has put its buttons there
    page.screenshot(path=file)
    page.close()
    with Image.open(file) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
