"""A real server over the small coverage in memory, and a browser that looks at it."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import Page
from starlette.applications import Starlette

from sayso.web.deltas import payload
from sayso.web.front import Front
from sayso.web.live import Hub
from sayso.web.public import Public, routes_of
from tests.house import free_port
from tests.publish.factory import COVERAGE, REPLAY, MemoryViews

ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic"]


class Room:
    """The pages of the small coverage on loopback; `tell` makes a public change and sends it to open pages."""

    def __init__(self, media: Path, *, most_readers: int = 100, poll_s: float = 10) -> None:
        for width in (480, 960, 1440):
            for kind in ("webp", "jpg"):
                Image.new("RGB", (width, width * 9 // 16), "#b9c7cf").save(media / f"shore-{width}.{kind}")
        Image.new("RGB", (640, 360), "#345").save(media / "clip.jpg")
        self.views = MemoryViews(media=media)
        replayed = MemoryViews(media=media, coverage=replace(COVERAGE, name="replay", replay=REPLAY), feeds=False)
        arabic = MemoryViews(media=media, coverage=replace(COVERAGE, name="arabic", language="ar"))
        self.hub = Hub(self.views.n(), most_readers=most_readers)
        hubs = {"tesk": self.hub, "replay": Hub(replayed.n()), "arabic": Hub(arabic.n())}
        self.told = {"tesk": (self.views, self.hub), "arabic": (arabic, hubs["arabic"])}
        self.port = free_port()
        public = Public({"tesk": self.views, "replay": replayed, "arabic": arabic}, poll_s=poll_s)
        self.shelves = tuple(public.shelves.values())
        app = Front(Starlette(routes=routes_of(public)), public.shelves, hubs)
        config = uvicorn.Config(app, port=self.port, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        while not self.server.started:
            threading.Event().wait(0.01)

    def _serve(self) -> None:
        async def serve() -> None:
            self.loop = asyncio.get_running_loop()
            await self.server.serve()

        asyncio.run(serve())

    def url(self, path: str) -> str:
        """An address of the server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def tell(self, kind: Any, view: Any = None, *, to: str = "tesk") -> None:
        """One public change of a coverage, as the broadcaster sends it."""
        views, hub = self.told[to]
        views.change(kind, view)
        for shelf in self.shelves:
            shelf.changed()
        change = views.log[-1]
        data = payload(views, change)
        assert self.loop is not None
        self.loop.call_soon_threadsafe(hub.publish, change.n, change.kind, data)

    def close(self) -> None:
        """Stop serving."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self.hub.close)
        self.server.should_exit = True
        self.thread.join(timeout=10)


def connected(page: Page, room: Room, to: str = "tesk") -> None:
    """Wait until the page's stream is open."""
    for _ in range(200):
        if room.told[to][1].readers:
            return
        page.wait_for_timeout(10)
    raise AssertionError("the page opened no stream")


def top_of(page: Page, id_: str) -> float:
    return float(page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", id_))
