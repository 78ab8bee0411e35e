"""The hub under any schedule: fast, slow, stalled and returning readers, bursts, takedowns, a server that starts anew.

Time is not waited for: the loop's clock jumps to whatever is due next.
"""

import asyncio
import json
import re
import selectors
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model.post import Change
from sayso.web.deltas import MOST_CHANGES, superseded, tell
from sayso.web.live import RESUMED, TIMEOUT_S, WRITE_BYTES, Hub

HIGH, LOW = 65_536, 16_384  # where uvicorn lets a writer wait, and lets it go on
RING_BYTES = 200_000
BIGGEST = 40_000
BLOCK = re.compile(rb"((?:[a-z]*: ?[^\n]*\n)+)\n")
POSTS = tuple("abcdefghijkl")
NOW = datetime(2031, 5, 13, tzinfo=UTC)


class Jumping(selectors.DefaultSelector):
    """Never waits: the time that would have been waited is added to the clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        assert found or timeout is not None, "everybody waits for ever"
        self.now += 0 if found or timeout is None else timeout
        return found


def run(main: Callable[[], Any]) -> None:
    """Run a coroutine on a clock that jumps."""
    selector = Jumping()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()


class Wire:
    """One connection with a server's flow control: its writer waits while more than HIGH is not taken."""

    def __init__(self) -> None:
        self.transport = self
        self.pending, self.most = bytearray(), 0
        self.ended = self.refused = False
        self.gone, self.room = asyncio.Event(), asyncio.Event()
        self.room.set()

    async def send(self, message: Mapping[str, Any]) -> None:
        if not self.room.is_set():
            await self.room.wait()
        if message["type"] == "http.response.start":
            self.refused = message["status"] != 200
        if self.gone.is_set() or message["type"] == "http.response.start":
            return
        self.pending += message.get("body", b"")
        self.most = max(self.most, len(self.pending))
        self.ended = not message.get("more_body", False)
        if len(self.pending) > HIGH:
            self.room.clear()

    async def receive(self) -> dict[str, str]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    def take(self, most: int) -> bytes:
        taken = bytes(self.pending[:most])
        del self.pending[:most]
        if len(self.pending) <= LOW:
            self.room.set()
        return taken

    def abort(self) -> None:
        self.gone.set()
        self.room.set()
        self.pending.clear()


class World:
    """The coverage's public changes, the newest version of each post, and the server of the moment."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self.versions: dict[str, int] = {}
        self.parts = 0
        self.size = 10
        self.drawn = 0
        self.start()

    def n(self) -> int:
        return len(self.log)

    def start(self) -> None:
        self.hub = Hub(max(0, self.n() - RESUMED), ring=60, ring_bytes=RING_BYTES)

    def change(self, what: str, size: int) -> None:
        self.size = size
        if what == "parts":
            self.parts += 1
            kind, post = "tally", None
        else:
            kind = "add" if what not in self.versions else "drop" if size % 7 == 0 else "put"
            post = what
            self.versions[what] = self.versions.get(what, 0) + 1
        self.log.append(Change(n=self.n() + 1, kind=kind, post=post, version=None, at=NOW))  # type: ignore[arg-type]

    def told(self, change: Change) -> dict[str, Any]:
        if change.post is None:
            return {"parts": {"tally": f"{self.parts} " + "x" * self.size}}
        return {"post": change.post, "html": f"{self.versions[change.post]} " + "x" * self.size}

    async def broadcast(self) -> None:
        changes = tuple(self.log[self.hub.n :])
        again = superseded(changes)

        async def draw(change: Change) -> dict[str, Any]:
            assert change.n not in again, "drawn though a later change tells it again"
            self.drawn += 1
            return self.told(change)

        await tell(self.hub, changes, draw)


class Page:
    """A reader's open page: what it shows, and the number of the last change that it has."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.n, self.shown, self.parts = world.n(), dict(world.versions), world.parts
        self.anew = self.caught_up = 0
        self.open()

    def open(self) -> None:
        self.wire, self.rest = Wire(), b""
        scope = {
            "type": "http", "method": "GET", "path": "/events", "query_string": b"",
            "headers": [(b"last-event-id", b"%d" % self.n)],
        }  # fmt: skip
        self.task = asyncio.create_task(self.world.hub(scope, self.wire.receive, self.wire.send))  # type: ignore[arg-type]

    def leave(self) -> None:
        self.wire.abort()

    def read(self, most: int) -> None:
        """Take what has come, as a browser does; come back where the line has ended."""
        taken = self.wire.take(most)
        self.rest += b"" if self.wire.refused else taken
        while found := BLOCK.match(self.rest):
            self.rest = self.rest[found.end() :]
            self.hear(dict(line.split(b": ", 1) for line in found[1].splitlines() if not line.startswith(b":")))
        if self.wire.gone.is_set() or (self.wire.ended and not self.wire.pending):
            self.leave()
            self.open()

    def hear(self, told: Mapping[bytes, bytes]) -> None:
        if told.get(b"event") == b"reset":
            return self.catch_up()
        if b"id" in told:
            n = int(told[b"id"])
            assert n == self.n + 1, f"after {self.n} came {n}"
            self.n = n
        if b"event" in told:
            self.show(told[b"event"].decode(), json.loads(told[b"data"]))

    def show(self, kind: str, data: Mapping[str, Any]) -> None:
        if "parts" in data:
            version = int(data["parts"]["tally"].split()[0])
            assert version >= self.parts
            self.parts = version
        else:
            assert kind == "add" or data["post"] in self.shown, "a change of a post that never arrived"
            version = int(data["html"].split()[0])
            assert version >= self.shown.get(data["post"], 0), "an older version after a newer one"
            self.shown[data["post"]] = version

    def catch_up(self) -> None:
        """As the page's script does: the numbers from head and segments, the newest words of each, then the stream."""
        self.caught_up += 1
        missed = [c for c in self.world.log if c.n > self.n]
        if len(missed) > MOST_CHANGES:
            self.anew += 1
        for change in missed:
            self.show("add", self.world.told(change))
        self.n = self.world.n()
        self.leave()
        self.open()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


SIZES = st.sampled_from((7, 50, 20_000, BIGGEST - 1))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("burst"), st.lists(st.tuples(st.sampled_from((*POSTS, "parts")), SIZES), min_size=1, max_size=25)),
        st.tuples(st.just("broadcast"), st.none()),
        st.tuples(st.just("read"), st.tuples(st.integers(0, 5), st.sampled_from((100, 5_000, 70_000, 1_000_000)))),
        st.tuples(st.just("leave"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from((0.1, 1.0, TIMEOUT_S + 1))),
        st.tuples(st.just("restart"), st.none()),
    ),
    min_size=8,
    max_size=60,
)  # fmt: skip


async def restart(world: World) -> None:
    world.hub.close()
    await settle()
    world.start()


async def play(world: World, pages: list[Page], steps: list[tuple[str, Any]]) -> None:
    """What happens in a schedule, one after the other."""
    for what, how in steps:
        match what:
            case "burst":
                for post, size in how:
                    world.change(post, size)
            case "broadcast":
                await world.broadcast()
            case "read":
                pages[how[0]].read(how[1])
            case "leave":
                pages[how].leave()
            case "wait":
                await asyncio.sleep(how)
            case "restart":
                await restart(world)
        await settle()
        assert world.hub._bytes <= RING_BYTES and world.hub._bytes == sum(len(f.body) for f in world.hub._ring)


async def rest(world: World, pages: list[Page]) -> None:
    """All are told everything, and all read."""
    await world.broadcast()
    for _ in range(400):
        for page in pages:
            page.read(1_000_000)
        await settle()
        if all(page.n == world.n() for page in pages):
            break
        await asyncio.sleep(0.5)


async def end(world: World, pages: list[Page]) -> None:
    """Nobody reads any more, and the server stops."""
    for page in pages:
        page.leave()
    await settle()
    world.hub.close()
    await settle()


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_each_reader_has_each_change_once_and_in_order_whatever_happens(steps: list[tuple[str, Any]]) -> None:
    async def main() -> None:
        world = World()
        pages = [Page(world) for _ in range(6)]
        await play(world, pages, steps)
        before = world.drawn
        await rest(world, pages)
        assert world.drawn - before <= len(POSTS) + 1, "drawn for each reader"
        for page in pages:
            assert page.n == world.n() and page.shown == world.versions and page.parts == world.parts
            assert page.wire.most <= HIGH + max(WRITE_BYTES, BIGGEST + 200) + 200, "held for one reader"
        await end(world, pages)

    run(main)


def test_a_reader_who_takes_nothing_is_dropped_while_the_others_go_on_and_then_misses_nothing() -> None:
    async def main() -> None:
        world = World()
        stalled, fast = Page(world), Page(world)
        await settle()
        for n in range(40):
            world.change(POSTS[n % 5], 39_999)
            await world.broadcast()
            await settle()
            fast.read(1_000_000)
        assert fast.n == 40 and not stalled.wire.gone.is_set()
        await asyncio.sleep(TIMEOUT_S + 1)
        await settle()
        assert stalled.wire.gone.is_set() and world.hub.dropped == 1 and world.hub.readers == 1
        while stalled.n < 40:
            stalled.read(1_000_000)
            await settle()
        assert stalled.shown == world.versions == fast.shown
        await end(world, [stalled, fast])

    run(main)


def test_a_reader_hears_over_a_restart_what_it_missed_without_loading_anew() -> None:
    async def main() -> None:
        world = World()
        page = Page(world)
        for n in range(30):
            world.change(POSTS[n % 5], 50)
        await world.broadcast()
        await settle()
        page.read(200)
        world.change("a", 50)  # while nobody serves
        await restart(world)
        await world.broadcast()
        for _ in range(3):
            page.read(1_000_000)
            await settle()
        assert page.n == world.n() and page.shown == world.versions and page.caught_up == 0
        await end(world, [page])

    run(main)


def test_one_who_missed_much_is_told_it_in_several_writes() -> None:
    async def main() -> None:
        world = World()
        world.hub = Hub(ring=60)
        page = Page(world)
        page.leave()
        await settle()
        for post in POSTS:
            world.change(post, BIGGEST - 1)
            await world.broadcast()
        page.read(0)
        await settle()
        first = page.wire
        assert BIGGEST < len(first.pending) < 3 * BIGGEST
        for _ in range(50):
            page.read(1_000_000)
            await settle()
        assert page.n == len(POSTS) and page.wire is first and page.caught_up == 0
        assert first.most <= HIGH + WRITE_BYTES
        await end(world, [page])

    run(main)
