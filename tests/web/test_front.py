"""The way in: what is kept is served from memory alone, and never once something may have changed."""

import asyncio
import gzip
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette

from sayso.web import shelf as shelves
from sayso.web.front import Front
from sayso.web.live import Hub
from sayso.web.public import Public, routes_of
from tests.publish.factory import MemoryViews, new_entry

ONE = "/c/tesk/"


class Counted(MemoryViews):
    """Views that count how often they are asked for the number of the last change."""

    asked = 0

    def n(self) -> int:
        self.asked += 1
        return super().n()


class House:
    """The application over one coverage, asked without a server."""

    def __init__(self) -> None:
        self.views = Counted()
        public = Public({"tesk": self.views})
        self.shelf, self.hub = public.shelves["tesk"], Hub(most_readers=0)
        self.routed = 0
        self._router = Starlette(routes=routes_of(public))
        self.front = Front(self.counted, public.shelves, {"tesk": self.hub})

    async def counted(self, scope: Any, receive: Any, send: Any) -> None:
        self.routed += 1
        await self._router(scope, receive, send)

    def get(self, path: str, query: str = "", **headers: str) -> tuple[int, Mapping[bytes, bytes], bytes]:
        told: list[Any] = []

        async def ask() -> None:
            async def receive() -> Any:
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: Any) -> None:
                told.append(message)

            named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
            scope = {
                "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": named,
                "query_string": query.encode(), "root_path": "", "scheme": "http", "http_version": "1.1",
                "server": ("x", 80), "client": ("x", 1),
            }  # fmt: skip
            await self.front(scope, receive, send)

        asyncio.run(ask())
        return told[0]["status"], dict(told[0]["headers"]), b"".join(m.get("body", b"") for m in told[1:])


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(shelves, "time", Clock())
    return House()


class Clock:
    """A clock that stands where a test puts it."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


def test_a_kept_page_is_served_without_a_router_and_without_asking_the_store(house: House) -> None:
    first = house.get(ONE)
    routed, asked = house.routed, house.views.asked
    for _ in range(5):
        assert house.get(ONE) == first
    assert (house.routed, house.views.asked, house.views.drawn) == (routed, asked, 1)


def test_after_a_commit_of_this_process_nothing_is_served_unasked(house: House) -> None:
    house.get(ONE)
    house.views.change("add", new_entry("n1", "Words that came."))
    assert b"Words that came." not in house.get(ONE)[2], "another process wrote, which is not told"
    house.shelf.changed()
    assert b"Words that came." in house.get(ONE)[2]


def test_a_commit_of_another_process_is_noticed_soon(house: House) -> None:
    house.get(ONE)
    house.views.change("add", new_entry("n1", "Words that came."))
    shelves.time.now += shelves.LOOK_S + 0.01  # type: ignore[attr-defined]
    assert b"Words that came." in house.get(ONE)[2]


def test_a_commit_while_the_store_is_asked_is_not_taken_for_seen(house: House) -> None:
    draw = house.views.live_page

    def late(before: str | None = None) -> Any:
        page = draw(before)
        house.views.change("add", new_entry("n1", "Words that came."))
        house.shelf.changed()
        house.views.live_page = draw  # type: ignore[method-assign]
        return page

    house.views.live_page = late  # type: ignore[method-assign]
    assert b"Words that came." not in house.get(ONE)[2]
    assert b"Words that came." in house.get(ONE)[2]


def test_kept_answers_are_packed_plain_or_not_sent_again_as_the_reader_asks(house: House) -> None:
    house.get(ONE)
    routed = house.routed
    status, headers, body = house.get(ONE)
    packed = house.get(ONE, accept_encoding="br, gzip")
    assert status == 200 and int(headers[b"content-length"]) == len(body)
    assert packed[1][b"content-encoding"] == b"gzip" and gzip.decompress(packed[2]) == body
    again = house.get(ONE, if_none_match=headers[b"etag"].decode())
    assert again[0] == 304 and again[2] == b"" and again[1][b"etag"] == headers[b"etag"]
    for answer in (headers, packed[1], again[1]):
        assert b"default-src 'none'" in answer[b"content-security-policy"]
        assert answer[b"cache-control"].startswith(b"public, max-age=1") and answer[b"vary"] == b"Accept-Encoding"
    assert house.routed == routed


def test_what_carries_a_query_or_is_not_kept_goes_to_the_router(house: House) -> None:
    house.get(ONE)
    routed = house.routed
    house.get(ONE, "x=1")
    house.get("/")
    house.get("/c/nowhere/")
    assert house.routed == routed + 3 and house.views.drawn == 1


def test_streams_are_answered_before_the_router(house: House) -> None:
    assert house.get(f"{ONE}events")[0] == 503 and house.routed == 0
