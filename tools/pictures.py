"""Make the pictures of docs/pictures anew: the example's live page and map in the morning of the day on which it opens.

python -m tools.pictures, from the project's top; needs Chromium and playwright.
"""

import shutil
import socket
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright
from starlette.applications import Starlette
from tests.flow.retelling import EXAMPLES, retold

from sayso.coverage import load
from sayso.flow.clock import world_now
from sayso.flow.looking import note_looked
from sayso.flow.views import CoverageViews
from sayso.sources.sandbox import Parser
from sayso.web.live import Hub
from sayso.web.public import public_routes

NAME = "karabakh-2020"
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH, HEIGHT = 1100, 1110
#: Since the story opened: two sides have just accused each other of the same.
MORNING = timedelta(hours=10, minutes=45)


def main() -> int:
    """Write docs/pictures/live.png and map.png."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    replay = load(EXAMPLES / NAME).replay
    if chromium is None or replay is None:
        print("Chromium is missing: apt-get install chromium")
        return 1
    parser = Parser(children=1)
    with tempfile.TemporaryDirectory() as made, socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        room = retold(EXAMPLES / NAME, Path(made), parser, until=replay.opens_at + MORNING)
        for source in room.coverage.sources:
            room.store.note_fetch(source.name, at=world_now(), ok=True)
        note_looked(room)
        app = Starlette(routes=public_routes({room.coverage.name: CoverageViews(room)}, {room.coverage.name: Hub(0)}))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        here = f"http://127.0.0.1:{sock.getsockname()[1]}/c/{room.coverage.name}/"
        shoot(chromium, here, PICTURES / "live.png")
        shoot(chromium, f"{here}map/", PICTURES / "map.png")
        server.should_exit = True
        thread.join()
        room.store.close()
    parser.close()
    return 0


def shoot(chromium: str, address: str, file: Path) -> None:
    """Write what a reader sees first at an address, in 256 colours: a page has few, and the file a quarter of the size."""
    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_timeout(1_000)  # its script has put its buttons there
        page.screenshot(path=file)
        browser.close()
    with Image.open(file) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
