"""A newsroom's pages served for real, without polling."""

import asyncio
import threading
import time

import uvicorn

from sayso.flow.live import Announcer, each_time
from sayso.flow.newsroom import Newsroom
from sayso.web.app import make_app
from tests.house import free_port


class Served:
    """A newsroom's pages on loopback in a thread, told to open pages as `sayso live` does."""

    def __init__(self, room: Newsroom) -> None:
        self.app, self._broadcast, self.hub = make_app(room, feeds=True)
        self.port = free_port()
        config = uvicorn.Config(self.app, port=self.port, log_level="critical", timeout_graceful_shutdown=1)
        self._server, self._room = uvicorn.Server(config), room
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    async def _serve(self) -> None:
        news, self._loop = Announcer(), asyncio.get_running_loop()
        self._room.heard.append(news.changed)
        telling = asyncio.create_task(each_time(news, self._broadcast))
        await self._server.serve()
        self._room.heard.remove(news.changed)
        telling.cancel()

    def close(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self.hub.close)
        self._server.should_exit = True
        self._thread.join(timeout=10)
