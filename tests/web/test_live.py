"""The hub: every reader gets every change once and in order, slow ones and those who come back too."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from sayso.web.front import Front
from sayso.web.live import Hub
from tests.house import free_port

EVENT = re.compile(rb"id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n")


@asynccontextmanager
async def served(hub: Hub) -> AsyncIterator[int]:
    """The hub as `sayso live` serves it, on loopback."""
    port = free_port()
    app = Front(Starlette(), {}, {"tesk": hub})
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=port, log_level="critical", loop="asyncio", timeout_graceful_shutdown=1, lifespan="off"
        )
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        hub.close()
        server.should_exit = True
        await serving


class Line:
    """One reader's connection."""

    def __init__(self, port: int, *, after: int | None = None, last: int | None = None) -> None:
        self.port, self.after, self.last = port, after, last
        self.ids: list[int] = []
        self.rest = b""  # of an event that has only begun to arrive

    async def open(self) -> "Line":
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 16)
        query = "" if self.after is None else f"?after={self.after}"
        header = "" if self.last is None else f"last-event-id: {self.last}\r\n"
        self.writer.write(f"GET /c/tesk/events{query} HTTP/1.1\r\nhost: x\r\n{header}\r\n".encode())
        await self.reader.readuntil(b"retry: 5000\n\n")
        return self

    async def until(self, n: int, *, pause_s: float = 0.0, most: int = 1 << 18) -> list[int]:
        """The ids of all events up to change `n`."""
        while not any(id_ >= n for id_ in self.ids):
            self.rest += await asyncio.wait_for(self.reader.read(most), 20)
            await asyncio.sleep(pause_s)
            whole, end, self.rest = self.rest.rpartition(b"\n\n")
            self.ids += [int(m[1]) for m in EVENT.finditer(whole + end)]
        return self.ids

    def close(self) -> None:
        self.writer.close()


def test_each_of_many_readers_gets_every_change_once_and_in_order() -> None:
    async def run() -> None:
        hub = Hub()
        async with served(hub) as port:
            fast = [await Line(port).open() for _ in range(12)]
            slow = [await Line(port).open() for _ in range(4)]

            async def comes_back() -> list[int]:
                ids: list[int] = []
                while not ids or ids[-1] < 150:
                    line = await Line(port, last=ids[-1] if ids else None, after=0).open()
                    ids += await line.until(min((ids[-1] if ids else 0) + 30, 150))
                    line.close()
                return ids

            async def publish() -> None:
                for n in range(1, 151):
                    hub.publish(n, "add", {"post": f"p{n}", "html": "x" * 20_000})
                    await asyncio.sleep(0.002)

            reading = [
                *(line.until(150) for line in fast),
                *(line.until(150, pause_s=0.004, most=1 << 14) for line in slow),
            ]
            got, *_ = await asyncio.gather(asyncio.gather(*reading, comes_back(), comes_back()), publish())
            assert all(ids == list(range(1, 151)) for ids in got)
            for line in (*fast, *slow):
                line.close()

    asyncio.run(run())


def test_one_who_comes_back_hears_what_was_missed_and_one_too_late_is_told_to_reset() -> None:
    hub = Hub(n=10, ring=5)
    for n in range(11, 19):
        hub.publish(n, "add", {"post": f"p{n}", "html": ""})
    assert [int(m[1]) for m in EVENT.finditer(hub.since(15)[0])] == [16, 17, 18]
    assert hub.since(18) == (b"", 18)
    assert hub.since(12)[0].startswith(b"id: 18\nevent: reset")
    assert hub.since(999)[0].startswith(b"id: 18\nevent: reset")


def test_a_gap_in_the_numbers_is_a_reset_for_those_before_it() -> None:
    hub = Hub()
    hub.publish(1, "add", {"post": "a", "html": ""})
    hub.publish(5, "add", {"post": "b", "html": ""})
    assert b"event: reset" in hub.since(1)[0] and hub.since(4)[0].startswith(b"id: 5\nevent: add")


def test_a_taken_down_version_is_sent_to_nobody_any_more() -> None:
    hub = Hub()
    hub.publish(1, "add", {"post": "a", "html": "secret words"})
    hub.publish(2, "add", {"post": "b", "html": "others"})
    hub.publish(3, "drop", {"post": "a", "html": ""})
    heard, _ = hub.since(0)
    assert b"secret" not in heard and b"others" in heard and b"id: 1\n\n" in heard


def test_a_change_of_a_post_that_was_missed_arrives_as_the_post() -> None:
    hub = Hub()
    hub.publish(1, "add", {"post": "a", "html": "one"})
    hub.publish(2, "put", {"post": "a", "html": "two"})
    assert [(m[1], m[2]) for m in EVENT.finditer(hub.since(0)[0])] == [(b"2", b"add")]


def test_a_stale_number_is_not_sent_again() -> None:
    hub = Hub(n=7)
    hub.publish(7, "add", {"post": "a", "html": ""})
    assert hub.n == 7 and hub.since(7) == (b"", 7)


def test_readers_above_the_cap_are_told_when_to_come_back() -> None:
    async def run() -> None:
        hub = Hub(most_readers=1)
        async with served(hub) as port:
            first = await Line(port).open()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /c/tesk/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 5)
            assert b" 503 " in answer.split(b"\r\n")[0] and b"retry-after: 30" in answer
            writer.close()
            first.close()
            while hub.readers:
                await asyncio.sleep(0.01)

    asyncio.run(run())


def test_a_reader_who_takes_nothing_is_dropped_and_holds_up_nobody(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sayso.web.live.TIMEOUT_S", 0.5)

    async def run() -> None:
        hub = Hub()
        async with served(hub) as port:
            stalled, fast = await Line(port).open(), await Line(port).open()
            for n in range(1, 121):
                hub.publish(n, "add", {"post": f"p{n}", "html": "x" * 200_000})
                await asyncio.sleep(0)
                if n % 20 == 0:
                    await fast.until(n)
            for _ in range(300):
                if hub.dropped and hub.readers == 1:
                    break
                await asyncio.sleep(0.02)
            assert hub.dropped == 1 and hub.readers == 1
            rest = await asyncio.wait_for(stalled.reader.read(), 10)  # its line has an end, and little is kept for it
            assert len(rest) < 60 * 200_000
            stalled.close()
            fast.close()

    asyncio.run(run())


def test_a_page_that_is_ahead_of_the_broadcast_waits_for_what_comes_after_it() -> None:
    async def run() -> None:
        hub = Hub(n=3)
        async with served(hub) as port:
            ahead = await Line(port, after=4).open()
            hub.publish(4, "add", {"post": "p4", "html": ""})
            hub.publish(5, "add", {"post": "p5", "html": ""})
            assert await ahead.until(5) == [5]
            ahead.close()

    asyncio.run(run())
