"""Live updates by server-sent events: bytes encoded once a change, written to every reader without a task of its own.

One pump steps the `send()` of each reader that has caught up. ASGI's send does not suspend while the socket's buffer
has room, so that a step is a plain call. A reader whose send would suspend leaves the fast path: a task replays what it
missed from the ring with ordinary awaits, then puts it back; one that cannot be served for `TIMEOUT_S` is dropped and
returns with Last-Event-ID. Memory a reader is bounded by the server's buffer and one write of `WRITE_BYTES`, never by what
the reader missed; the ring is bounded in changes and in bytes.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from sayso.web.headers import HEADERS

RING: Final = 1024
RING_BYTES: Final = 16_000_000
#: Who missed more than this is told it in several writes, unless one change alone is longer.
WRITE_BYTES: Final = 65_536
CHUNK: Final = 256
TIMEOUT_S: Final = 20.0
HEARTBEAT_S: Final = 15.0
GOODBYE_S: Final = 0.5
MOST_READERS: Final = 10_000
RETRY_S: Final = 5
#: A page may be drawn at a change that is not broadcast yet: such a reader waits for what comes after it.
AHEAD: Final = 200
#: A server that starts anew tells so many of the latest changes again, for those who were reading before.
RESUMED: Final = 100
BEAT: Final = b": still here\n\n"
HEAD: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    *((k.lower().encode(), v.encode()) for k, v in HEADERS.items()),
]


class Reader:
    """One open page: how to write to it, and the number of the last change that it has."""

    __slots__ = ("at", "ended", "send", "task")

    def __init__(self, send: Send, at: int, task: "asyncio.Task[Any] | None") -> None:
        self.send, self.at, self.task, self.ended = send, at, task, False


class Frame:
    """One change as the bytes on the wire, its kind, and which post (None: which parts of the page) it is about."""

    __slots__ = ("about", "body", "event", "n")

    def __init__(self, n: int, event: str, about: str | None, payload: Mapping[str, Any] | None) -> None:
        self.n, self.event, self.about = n, event, about
        self.body = b"id: %d\n\n" % n
        if payload is not None:
            data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
            self.body = b"id: %d\nevent: %b\ndata: %b\n\n" % (n, event.encode(), data)


class Hub:
    """All open readers of one coverage, and the latest changes for those who come back. An ASGI application.

    `n` is the number of the last change that was published here; start it at the public change that pages show.
    """

    def __init__(
        self, n: int = 0, *, ring: int = RING, ring_bytes: int = RING_BYTES, most_readers: int = MOST_READERS
    ) -> None:
        self.n = n
        self.readers = 0
        self.lagged = self.dropped = 0
        self._most = most_readers
        self._most_kept, self._most_bytes = ring, ring_bytes
        self._ring: deque[Frame] = deque()
        self._bytes = 0
        self._fast: dict[int, Reader] = {}
        self._open: dict[int, Reader] = {}
        self._kick = asyncio.Event()
        self._jobs: set[asyncio.Task[None]] = set()
        self._pump: asyncio.Task[None] | None = None
        self._closing = False

    def publish(self, n: int, event: str, payload: Mapping[str, Any]) -> None:
        """Send change number `n` to every reader. Numbers only rise; after a gap older readers are told to reset.

        What the ring held of the same post is erased, so that a version that was corrected or taken down is sent to
        nobody any more (H14); whoever missed its arrival gets the new version as one. Parts of the page that count are
        always sent whole, so that the same holds for them.
        """
        about = payload.get("post")
        if n > self.n:
            arrived = "add" in self.forget([about]) and event == "put"
            self._put(Frame(n, "add" if arrived else event, about, payload))

    def skip(self, n: int, event: str, about: str | None) -> None:
        """Count a change that a later one tells again: readers get its number only."""
        if n > self.n:
            self._put(Frame(n, event, about, None))

    def _put(self, frame: Frame) -> None:
        if frame.n != self.n + 1:
            self.forget_all()
        self._ring.append(frame)
        self._bytes += len(frame.body)
        while len(self._ring) > self._most_kept or (self._bytes > self._most_bytes and len(self._ring) > 1):
            self._bytes -= len(self._ring.popleft().body)
        self.n = frame.n
        self._kick.set()

    def forget(self, about: Iterable[str | None]) -> set[str]:
        """Erase what the ring holds of these posts (None: of the parts that count); only their numbers stay. Returns the
        kinds of change that were erased."""
        gone, erased = set(about), set()
        for frame in self._ring:
            if frame.event and frame.about in gone:
                erased.add(frame.event)
                self._bytes -= len(frame.body)
                frame.body, frame.event, frame.about = b"id: %d\n\n" % frame.n, "", None
                self._bytes += len(frame.body)
        return erased

    def forget_all(self) -> None:
        """Erase all that the ring holds: after a takedown its words may stand in other posts, too, and in the summary
        (H14). Whoever comes back from before it is told to load anew."""
        self._ring.clear()
        self._bytes = 0

    def since(self, at: int, *, most: int = WRITE_BYTES) -> tuple[bytes, int]:
        """The next frames for a reader who has `at`, about `most` bytes of them, and the number that they reach; or the
        word to load anew if they are gone."""
        missed = self.n - at
        if -AHEAD <= missed <= 0:
            return b"", max(at, self.n)
        if missed < 0 or missed > len(self._ring):
            return b"id: %d\nevent: reset\ndata: {}\n\n" % self.n, self.n
        if missed == 1:
            return self._ring[-1].body, self.n
        found: list[bytes] = []
        size = 0
        for frame in islice(self._ring, len(self._ring) - missed, None):
            if found and size + len(frame.body) > most:
                break
            found.append(frame.body)
            size += len(frame.body)
            at = frame.n
        return b"".join(found), at

    def close(self) -> None:
        """End every stream and the pump; the readers come back when they can."""
        self._closing = True
        for task in (self._pump, *self._jobs):
            if task is not None:
                task.cancel()
        for reader in list(self._open.values()):
            self._end(reader)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one reader until it goes away."""
        if self._closing or self.readers >= self._most:
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
            if not reader.ended:
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
            body, to = self.since(reader.at)
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    await reader.send({"type": "http.response.body", "body": first + body, "more_body": True})
            except TimeoutError:
                self._drop(reader)
                break
            first, reader.at = b"", to
            if reader.at >= self.n:
                self._fast[id(reader)] = reader
                break
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
        body, to = self.since(reader.at) if reader.at < self.n else (BEAT, reader.at)
        step: Any = reader.send({"type": "http.response.body", "body": body, "more_body": True})
        if not hasattr(step, "send"):  # a server whose send is no coroutine: ordinary await
            self._lag(reader)
            return
        try:
            step.send(None)
        except StopIteration:
            reader.at = to
            if to < self.n:  # the rest with the next round, after everybody else
                self._kick.set()
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
                body, to = self.since(reader.at)
                async with asyncio.timeout(TIMEOUT_S):
                    await reader.send({"type": "http.response.body", "body": body, "more_body": True})
                reader.at = to
        except Exception:  # noqa: BLE001 - a broken or stalled line, whatever the server calls it
            self._drop(reader)
            return
        if id(reader) in self._open:
            self._fast[id(reader)] = reader

    def _drop(self, reader: Reader) -> None:
        """Let go of a reader that takes nothing; it comes back with the number of the last change that it has."""
        self.dropped += 1
        self._fast.pop(id(reader), None)
        line = getattr(getattr(reader.send, "__self__", None), "transport", None)
        if line is not None:  # uvicorn's: a polite end would wait for ever behind what the reader does not take
            line.abort()
        else:
            self._end(reader)

    def _end(self, reader: Reader) -> None:
        reader.ended = True
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
