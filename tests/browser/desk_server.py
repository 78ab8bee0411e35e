"""A running desk, and a page of an editor who is signed in to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import Staff, first_password
from sayso.web.desk import desk_routes
from tests.web.desk_room import newsroom


class Desk:
    """A running desk: its address, its newsroom and its password."""

    def __init__(self, room: Newsroom, port: int) -> None:
        self.room = room
        self.base = f"http://127.0.0.1:{port}"
        self.password = first_password(room.store) or ""


@contextmanager
def running_desk(folder: Path) -> Iterator[Desk]:
    """A desk that runs until the block ends."""
    room = newsroom(folder)
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


def signed_in(browser: Browser, desk: Desk, **options: Any) -> Page:
    """A page of a signed-in editor at the inbox."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **options}).new_page()
    page.goto(f"{desk.base}/desk/")
    page.fill("[name=password]", desk.password)
    page.click("button.go")
    page.wait_for_selector(".rows, .empty")
    return page
