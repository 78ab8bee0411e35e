"""Make the pictures of docs/pictures/desk anew: the desk of the example, in the morning of the day on which it opens.

python -m tools.desk_pictures [NAME ...], from the project's top; needs Chromium and playwright.
"""

import shutil
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright
from starlette.applications import Starlette
from tools.pictures import PHONE, PICTURES, SCREEN, Shot, example

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import EDITOR, Staff, new_password
from sayso.store import Which
from sayso.web.desk import desk_routes

DESK_PICTURES: Final = PICTURES / "desk"

#: Name of the file -> picture; addresses under the desk's of the coverage.
DESK_SHOTS: Final[dict[str, Shot]] = {
    "inbox": Shot(kind="inbox", path="?state=all"),
    "inbox-phone": Shot(kind="inbox", path="?state=all", phone=True),
    "statement": Shot(kind="statement", path="s/{statement}"),
    "statement-phone": Shot(kind="statement", path="s/{statement}", phone=True),
    "correct": Shot(kind="edit", path="s/{statement}/c/0"),
    "compose": Shot(kind="compose", path="compose?with={statement}"),
    "overview": Shot(kind="overview", path="overview"),
    "question": Shot(kind="question", path="q/{question}"),
    "sources": Shot(kind="sources", path="sources"),
    "handover": Shot(kind="handover", path="handover"),
}


def main() -> int:
    """Write the pictures that are named, or all."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is missing: apt-get install chromium")
        return 1
    wanted = {name: shot for name, shot in DESK_SHOTS.items() if name in sys.argv[1:] or not sys.argv[1:]}
    DESK_PICTURES.mkdir(exist_ok=True)
    with example() as room, desk_of(room) as base, sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        filled, password = addresses(room), new_password(room.store)
        for phone in (False, True):
            looks = {"viewport": PHONE, "color_scheme": "dark"} if phone else {"viewport": SCREEN}
            context = browser.new_context(locale="en-GB", **looks)  # type: ignore[arg-type]
            sign_in(context, base, password)
            for name, shot in wanted.items():
                if shot.phone is phone:
                    at = f"{base}/desk/c/{room.coverage.name}/{shot.path.format_map(filled)}"
                    shoot(context, at, DESK_PICTURES / f"{name}.png")
        browser.close()
    return 0


@contextmanager
def desk_of(room: Newsroom) -> Iterator[str]:
    """The address of a server of the coverage's desk on loopback."""
    app = Starlette(routes=desk_routes({room.coverage.name: Review(room)}, Staff(room.store)))
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def addresses(room: Newsroom) -> Mapping[str, str]:
    """A statement of two to four claims that has something to look at twice, and a question that it answers."""
    review = Review(room)
    for row in room.store.arrived(Which(), limit=400):
        sheet = review.sheet(row.statement.id)
        asked = [id_ for ids in review.questions_of(sheet).values() for id_, _ in ids]
        amber = [card for card in sheet.cards if card.risks]
        if 1 < len(sheet.cards) <= 4 and asked and amber and len(amber) < len(sheet.cards):
            return {"statement": row.statement.id, "question": asked[0]}
    raise SystemExit("no statement of the example can be pictured")


def sign_in(context: BrowserContext, base: str, password: str) -> None:
    """Sign the browser in."""
    page = context.new_page()
    page.goto(f"{base}/desk/login")
    page.fill("[name=name]", EDITOR)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.close()


def shoot(context: BrowserContext, address: str, file: Path) -> None:
    """Write what an editor sees first at an address, in 256 colours."""
    page = context.new_page()
    answer = page.goto(address, wait_until="domcontentloaded")
    assert answer and answer.ok, f"{address} answered {answer and answer.status}"
    page.wait_for_timeout(400)  # its script has put its buttons there
    page.screenshot(path=file)
    page.close()
    with Image.open(file) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
