"""Live updates by server-sent events: bytes encoded once a change, written to every reader without a task of its own.

One pump steps the `send()` of each reader that has caught up. ASGI's send does not suspend while the socket's buffer
has room, so that a step is a plain call. A reader whose send would suspend leaves the fast path: a task replays what it
missed from the ring with ordinary awaits, then puts it back; one that cannot be served for `TIMEOUT_S` is dropped and
returns with Last-Event-ID. Memory a reader is bounded by the server's buffer, never by what the reader missed.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from sayso.web.headers import HEADERS

RING: Final = 1024
CHUNK: Final = 256
TIMEOUT_S: Final = 20.0
HEARTBEAT_S: Final = 15.0
GOODBYE_S: Final = 0.5
MOST_READERS: Final = 10_000
RETRY_S: Final = 5
#: A page may be drawn at a change that is not broadcast yet: such a reader waits for what comes after it.
AHEAD: Final = 100
BEAT: Final = b": still here\n\n"
HEAD: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    *((k.lower().encode(), v.encode()) for k, v in HEADERS.items()),
]


class Reader:
    """One open page: how to write to it, and the number of the last change that it has."""

    __slots__ = ("at", "dropped", "send", "task")

    def __init__(self, send: Send, at: int, task: "asyncio.Task[Any] | None") -> None:
        self.send, self.at, self.task, self.dropped = send, at, task, False


class Frame:
    """One change as the bytes on the wire, and whose post it is about."""

    __slots__ = ("body", "event", "n", "post")

    def __init__(self, n: int, event: str, payload: Mapping[str, Any]) -> None:
        data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        self.n, self.event, self.post = n, event, payload.get("post")
        self.body = b"id: %d\nevent: %b\ndata: %b\n\n" % (n, event.encode(), data)


class Hub:
    """All open readers of one coverage, and the latest changes for those who come back. An ASGI application.

    `n` is the number of the last change that was published here; start it at the public change that pages show.
    """

    def __init__(self, n: int = 0, *, ring: int = RING, most_readers: int = MOST_READERS) -> None:
        self.n = n
        self.readers = 0
        self.lagged = self.dropped = 0
        self._most = most_readers
        self._ring: deque[Frame] = deque(maxlen=ring)
        self._fast: dict[int, Reader] = {}
        self._open: dict[int, Reader] = {}
        self._kick = asyncio.Event()
        self._jobs: set[asyncio.Task[None]] = set()
        self._pump: asyncio.Task[None] | None = None
        self._closing = False

    def publish(self, n: int, event: str, payload: Mapping[str, Any]) -> None:
        """Send change number `n` to every reader. Numbers only rise; after a gap older readers are told to reset.

        What the ring held of the same post is erased, so that a version that was corrected or taken down is sent to
        nobody any more (H14); whoever missed its arrival gets the new version as one.
        """
        if n <= self.n:
            return
        if n != self.n + 1:
            self._ring.clear()
        post = payload.get("post")
        arrived = post is not None and "add" in self.forget([post])
        self._ring.append(Frame(n, "add" if arrived and event == "put" else event, payload))
        self.n = n
        self._kick.set()

    def forget(self, posts: Iterable[str]) -> set[str]:
        """Erase what the ring holds of these posts; only their numbers stay. Returns the events that were erased."""
        gone, erased = set(posts), set()
        for frame in self._ring:
            if frame.post in gone:
                erased.add(frame.event)
                frame.body, frame.event, frame.post = b"id: %d\n\n" % frame.n, "", None
        return erased

    def forget_all(self) -> None:
        """Erase all that the ring holds: after a takedown its words may stand in other posts, too, and in the summary
        (H14). Whoever comes back from before it is told to load anew."""
        self._ring.clear()

    def since(self, at: int) -> bytes:
        """What a reader who has `at` needs: the frames after it, or the word to load anew if they are gone."""
        missed = self.n - at
        if -AHEAD <= missed <= 0:
            return b""
        if missed < 0 or missed > len(self._ring):
            return b"id: %d\nevent: reset\ndata: {}\n\n" % self.n
        if missed == 1:
            return self._ring[-1].body
        return b"".join(f.body for f in list(self._ring)[len(self._ring) - missed :])

    def close(self) -> None:
        """End every stream and the pump; the readers come back when they can."""
        self._closing = True
        for task in (self._pump, *self._jobs):
            if task is not None:
                task.cancel()
        for reader in list(self._open.values()):
            self._drop(reader)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one reader until it goes away."""
        if self.readers >= self._most:
            await refuse(send)
            return
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self.run(), name="live updates")
        reader = Reader(send, self._begin(scope), asyncio.current_task())
        self.readers += 1
        self._open[id(reader)] = reader
        try:
            await self._serve(reader, receive)
        except asyncio.CancelledError:
            if not reader.dropped:
                raise
            if self._closing:  # a proper end, if there is room for it; one that took nothing gets none
                with contextlib.suppress(TimeoutError, OSError, RuntimeError):
                    async with asyncio.timeout(GOODBYE_S):
                        await reader.send({"type": "http.response.body", "body": b""})
        finally:
            self.readers -= 1
            self._fast.pop(id(reader), None)
            self._open.pop(id(reader), None)

    def _begin(self, scope: Scope) -> int:
        """The number after which a reader wants to hear: of its last event, else of its page, else the latest."""
        last = next((v for k, v in scope["headers"] if k == b"last-event-id"), b"").decode("latin-1")
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
        for word in (last, asked):
            if word.isascii() and word.isdigit() and len(word) < 19:
                return int(word)
        return self.n

    async def _serve(self, reader: Reader, receive: Receive) -> None:
        await reader.send({"type": "http.response.start", "status": 200, "headers": HEAD})
        first = b"retry: %d000\n\n" % RETRY_S
        while True:  # replay, then join the fast path without an await in between
            to = self.n
            body = first + self.since(reader.at)
            await reader.send({"type": "http.response.body", "body": body, "more_body": True})
            first, reader.at = b"", to if reader.at > to + AHEAD else max(reader.at, to)
            if reader.at >= self.n:
                break
        self._fast[id(reader)] = reader
        while (await receive())["type"] != "http.disconnect":
            pass

    async def run(self) -> None:
        """Write each change to every reader, and a comment when nothing happens, so that dead lines are noticed.

        For ever; started with the first reader unless somebody runs it already.
        """
        self._pump = asyncio.current_task()
        while True:
            beat = False
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._kick.wait()
            except TimeoutError:
                beat = True
            self._kick.clear()
            for n, reader in enumerate(list(self._fast.values())):
                if n % CHUNK == CHUNK - 1:
                    await asyncio.sleep(0)  # other requests run between chunks
                if id(reader) in self._fast and (beat or reader.at < self.n):
                    self._step(reader)

    def _step(self, reader: Reader) -> None:
        """Write to one reader if its buffer has room, else let a task of its own do it."""
        to = self.n
        body = self.since(reader.at) if reader.at < to else BEAT
        step: Any = reader.send({"type": "http.response.body", "body": body, "more_body": True})
        if not hasattr(step, "send"):  # a server whose send is no coroutine: ordinary await
            self._lag(reader)
            return
        try:
            step.send(None)
        except StopIteration:
            reader.at = to
        except Exception:  # noqa: BLE001 - whatever broke, it is this reader's line only
            self._fast.pop(id(reader), None)
        else:
            step.close()  # nothing was written: the server waits for room before it writes
            self._lag(reader)

    def _lag(self, reader: Reader) -> None:
        self._fast.pop(id(reader), None)
        self.lagged += 1
        job = asyncio.create_task(self._catch_up(reader))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def _catch_up(self, reader: Reader) -> None:
        """Replay what a slow reader missed, then put it back on the fast path; drop it if it takes too long."""
        try:
            while reader.at < self.n:
                to = self.n
                message = {"type": "http.response.body", "body": self.since(reader.at), "more_body": True}
                async with asyncio.timeout(TIMEOUT_S):
                    await reader.send(message)
                reader.at = to
        except Exception:  # noqa: BLE001 - a broken or stalled line, whatever the server calls it
            self._drop(reader)
            return
        if id(reader) in self._open:
            self._fast[id(reader)] = reader

    def _drop(self, reader: Reader) -> None:
        self.dropped += 1
        reader.dropped = True
        self._fast.pop(id(reader), None)
        if reader.task is not None:
            reader.task.cancel()


async def refuse(send: Send) -> None:
    """Too many readers: the page falls back to asking now and then."""
    headers = [
        (b"retry-after", b"30"),
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"Too many readers at once: the page asks again by itself.\n"})
