"""Live updates by server-sent events: encoded once a change, no task and no queue a reader, resumed by number.

One pump steps every caught-up reader's `send()` itself. ASGI's `send()` does not suspend while the socket's buffer has
room, so a step is a plain call that ends in one write. A reader whose `send()` would suspend leaves the fast path: a
task of its own replays what it missed with ordinary waiting, then puts it back; one that cannot be served within
TIMEOUT_S is dropped and comes back with the number that it has. So memory a reader is bounded by the server's buffer,
never by what the reader missed. This leans on uvicorn's `send()`, which writes nothing before it suspends.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from typing import Any, Final

from starlette.types import Receive, Scope, Send

RING: Final = 1024  # changes kept for resuming; an older reader is told to fetch anew
CHUNK: Final = 256  # readers served between two breaths of the event loop
TIMEOUT_S: Final = 20.0
HEARTBEAT_S: Final = 20.0
MOST_READERS: Final = 15_000  # open files are limited; beyond it readers poll
RETRY_S: Final = 10

HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


class Reader:
    """One open page: where to send, and the number of the last change that it has."""

    __slots__ = ("at", "send", "task")

    def __init__(self, send: Send, at: int, task: asyncio.Task[Any] | None) -> None:
        self.send, self.at, self.task = send, at, task


class Hub:
    """The live stream of one coverage. Made and used on one event loop."""

    def __init__(self, *, n: int) -> None:
        self.n = n
        self._ring: deque[tuple[int, bytes]] = deque(maxlen=RING)
        self._fast: dict[int, Reader] = {}
        self._kick = asyncio.Event()
        self._jobs: set[asyncio.Task[None]] = set()
        self._readers = 0

    def publish(self, n: int, event: str, payload: dict[str, Any]) -> None:
        """Send one change to all readers; numbers rise. The payload becomes JSON, once."""
        data = json.dumps(payload, ensure_ascii=False)
        self._ring.append((n, f"id: {n}\nevent: {event}\ndata: {data}\n\n".encode()))
        self.n = n
        self._kick.set()

    def forget(self, words: Iterable[str]) -> None:
        """Drop from the ring every frame that holds any of the words: after a takedown nothing is replayed (H14).

        A reader that would need a dropped frame is told to fetch anew, and fetches what is left.
        """
        needles = [w.encode() for w in words]
        if any(needle in frame for _, frame in self._ring for needle in needles):
            self._ring.clear()

    def since(self, at: int) -> bytes:
        """What a reader at number `at` has missed; a reset where it is older than the ring."""
        if at >= self.n:
            return b""
        missed = [frame for n, frame in self._ring if n > at]
        first = self._ring[0][0] if self._ring else self.n + 1
        if first > at + 1:
            return f"id: {self.n}\nevent: reset\ndata: {{}}\n\n".encode()
        return b"".join(missed)

    async def run(self) -> None:
        """Pump until cancelled."""
        while True:
            try:
                await asyncio.wait_for(self._kick.wait(), HEARTBEAT_S)
                self._kick.clear()
                await self._step(b"")
            except TimeoutError:
                await self._step(b": beat\n\n")

    async def _step(self, beat: bytes) -> None:
        for i, reader in enumerate(list(self._fast.values())):
            if i % CHUNK == CHUNK - 1:
                await asyncio.sleep(0)
            if id(reader) in self._fast and (beat or reader.at < self.n):
                self._send(reader, beat)

    def _send(self, reader: Reader, beat: bytes) -> None:
        to = self.n
        step: Any = reader.send(
            {"type": "http.response.body", "body": self.since(reader.at) or beat, "more_body": True}
        )
        try:
            step.send(None)
        except StopIteration:
            reader.at = to
            return
        except (OSError, RuntimeError):
            self._fast.pop(id(reader), None)
            return
        step.close()  # it wrote nothing: it waits for room before it writes
        self._fast.pop(id(reader), None)
        job = asyncio.create_task(self._catch_up(reader))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def _catch_up(self, reader: Reader) -> None:
        try:
            while reader.at < self.n:
                to = self.n
                body = {"type": "http.response.body", "body": self.since(reader.at), "more_body": True}
                await asyncio.wait_for(reader.send(body), TIMEOUT_S)
                reader.at = to
            self._fast[id(reader)] = reader
        except (TimeoutError, OSError, RuntimeError):
            if reader.task is not None:
                reader.task.cancel()

    async def serve(self, scope: Scope, receive: Receive, send: Send, *, after: int | None) -> None:
        """Hold one reader's stream open until it leaves; 503 with Retry-After where there are too many."""
        if self._readers >= MOST_READERS:
            await send({"type": "http.response.start", "status": 503, "headers": [(b"retry-after", b"%d" % RETRY_S)]})
            await send({"type": "http.response.body", "body": b""})
            return
        self._readers += 1
        reader = Reader(send, self.n if after is None or after > self.n else after, asyncio.current_task())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
            await self._hold(reader, receive)
        finally:
            self._readers -= 1
            self._fast.pop(id(reader), None)

    async def _hold(self, reader: Reader, receive: Receive) -> None:
        first = b"retry: 3000\n: hello\n\n"
        while True:  # replay, then join the fast path with no waiting in between
            to = self.n
            body = first + self.since(reader.at)
            await reader.send({"type": "http.response.body", "body": body, "more_body": True})
            reader.at, first = to, b": on\n\n"
            if reader.at == self.n:
                break
        self._fast[id(reader)] = reader
        while (await receive())["type"] != "http.disconnect":
            pass


def after_of(scope: Scope) -> int | None:
    """The number that a reader has: from Last-Event-ID, else from `?after=`; None where it says neither."""
    header = next((v for k, v in scope["headers"] if k == b"last-event-id"), b"")
    query = scope.get("query_string", b"")
    asked = next((p[6:] for p in query.split(b"&") if p.startswith(b"after=")), b"")
    found = header or asked
    return int(found) if found.isdigit() and len(found) < 16 else None
