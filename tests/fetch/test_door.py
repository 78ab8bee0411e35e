"""What comes through the door: whole bodies within limits, or an error that says what to do."""

import asyncio
import contextlib
import gzip
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from sayso.errors import Refused, SaysoError, SourceChanged, TryLater
from sayso.fetch import Answer, Door, Limits
from sayso.fetch.guard import next_hop

LIMITS = Limits(max_bytes=100_000, total_s=2.0)
Reply = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def on_loopback(_: str, port: int, *__: object) -> list[object]:
    return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]


@contextlib.asynccontextmanager
async def served(reply: Reply) -> AsyncIterator[tuple[Door, str]]:
    """A server on loopback that answers each request with `reply`, and a door that may go there."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await reply(await reader.readuntil(b"\r\n\r\n"), writer)
            writer.close()
        finally:
            if not writer.is_closing():
                writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    door = Door(user_agent="sayso-test/1", allow=frozenset({("127.0.0.1", port)}), resolver=on_loopback)
    async with server:
        yield door, f"http://127.0.0.1:{port}"
        await door.close()


def fixed(status: str, body: bytes = b"", *headers: str) -> Reply:
    async def reply(_: bytes, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", "connection: close", *headers]
        if not any(h.lower().startswith("content-length") for h in headers):
            lines.append(f"content-length: {len(body)}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return reply


def fetch(reply: Reply, *, limits: Limits = LIMITS, etag: str | None = None) -> Answer:
    async def run() -> Answer:
        async with served(reply) as (door, base):
            return await door.get(f"{base}/feed", limits=limits, etag=etag)

    return asyncio.run(run())


def failure(reply: Reply, *, limits: Limits = LIMITS) -> SaysoError:
    with pytest.raises(SaysoError) as caught:
        fetch(reply, limits=limits)
    return caught.value


def test_an_answer_has_its_body_type_and_headers() -> None:
    answer = fetch(fixed("200 OK", b"<rss/>", "Content-Type: Application/RSS+XML; charset=utf-8", 'ETag: "1"'))
    assert (answer.status, answer.body, answer.media_type) == (200, b"<rss/>", "application/rss+xml")
    assert answer.header("ETag") == '"1"'
    assert not answer.not_modified


def test_we_say_who_we_are_and_what_we_have_already() -> None:
    seen: list[bytes] = []

    async def reply(request: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(request)
        await fixed("304 Not Modified")(request, writer)

    answer = fetch(reply, etag='"7"')
    assert answer.not_modified
    assert b"user-agent: sayso-test/1\r\n" in seen[0]
    assert b'if-none-match: "7"\r\n' in seen[0]
    assert b"accept-encoding: gzip, identity\r\n" in seen[0]
    assert b"cookie" not in seen[0].lower()


def test_not_modified_without_being_asked_is_a_changed_source() -> None:
    assert isinstance(failure(fixed("304 Not Modified")), SourceChanged)


def test_a_packed_body_comes_unpacked() -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two")
    assert fetch(fixed("200 OK", body, "content-encoding: gzip")).body == b"one two"


def test_a_gzip_bomb_is_cut_at_the_unpacked_cap() -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))
    err = failure(fixed("200 OK", bomb, "content-encoding: gzip"))
    assert isinstance(err, Refused)
    assert "larger than" in str(err)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"<rss/>", ["content-encoding: gzip"]),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), ["content-encoding: gzip, gzip"]),
        (b"x", ["content-encoding: br"]),
    ],
)
def test_a_packing_that_is_not_what_it_says_is_a_changed_source(body: bytes, headers: list[str]) -> None:
    assert isinstance(failure(fixed("200 OK", body, *headers)), SourceChanged)


def test_a_body_that_ends_early_is_not_taken_for_whole() -> None:
    packed = gzip.compress(b"x" * 5000)[:-20]
    assert isinstance(failure(fixed("200 OK", packed, "content-encoding: gzip")), TryLater)
    assert isinstance(failure(fixed("200 OK", b"short", "content-length: 999")), TryLater)


def test_a_body_over_the_cap_is_refused_whether_or_not_its_length_is_declared() -> None:
    async def endless(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<rss>")
        while True:
            writer.write(b"<!-- x -->" * 1000)
            await writer.drain()

    assert isinstance(failure(fixed("200 OK", b"", "content-length: 104857600")), Refused)
    assert isinstance(failure(endless), Refused)


def test_a_slow_drip_is_cut_at_the_total_deadline() -> None:
    async def drip(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    began = time.monotonic()
    err = failure(drip, limits=Limits(max_bytes=1000, total_s=0.4))
    assert isinstance(err, TryLater)
    assert "0.4 seconds" in str(err)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "204 No Content", "418 Teapot"])
def test_what_a_person_must_look_at_is_a_changed_source(status: str) -> None:
    assert isinstance(failure(fixed(status)), SourceChanged)


def test_a_busy_server_is_asked_again_after_the_pause_that_it_wants() -> None:
    err = failure(fixed("429 Too Many Requests", b"", "retry-after: 120"))
    assert isinstance(err, TryLater)
    assert err.retry_after_s == 120
    dated = ["date: Wed, 07 Oct 2020 10:00:00 GMT", "retry-after: Wed, 07 Oct 2020 10:05:00 GMT"]
    err = failure(fixed("503 Unavailable", b"", *dated))
    assert isinstance(err, TryLater)
    assert err.retry_after_s == 300
    err = failure(fixed("500 Oops", b"", "retry-after: soon"))
    assert isinstance(err, TryLater)
    assert err.retry_after_s is None


def test_nothing_listening_is_worth_another_try() -> None:
    async def run() -> None:
        async with served(fixed("200 OK")) as (door, base):
            pass
        with pytest.raises(TryLater, match="could not be fetched"):
            await door.get(base, limits=LIMITS)

    asyncio.run(run())


def redirecting(status: int, *locations: str, last: bytes = b"end") -> Reply:
    """A server that sends on, one hop a request (`/0`, `/1`...), to `locations` in turn and then answers."""
    asked = iter(locations)

    async def reply(request: bytes, writer: asyncio.StreamWriter) -> None:
        to = next(asked, None)
        if to is None:
            return await fixed("200 OK", last)(request, writer)
        await fixed(f"{status} Found", b"", f"location: {to}")(request, writer)

    return reply


def test_redirects_are_followed_and_the_last_address_is_reported() -> None:
    answer = fetch(redirecting(302, "/a", "/b"))
    assert answer.body == b"end"
    assert answer.url.endswith("/b")


def expanded(hop: str) -> list[str]:
    kind, _, count = hop.partition(":")
    if kind == "CHAIN":
        return [f"/{i}" for i in range(int(count))]
    return ["/feed"] * 30 if kind == "LOOP" else [hop]


def test_no_redirect_of_the_corpus_is_followed_inside(shared: Path) -> None:
    rows = [json.loads(r) for r in (shared / "corpora/ssrf/redirects.jsonl").read_text().splitlines()]
    wrong = []
    for row in rows:
        hops = [h for hop in row["hops"] for h in expanded(hop)]
        if row["hops"] == ["two Location headers"]:
            reply = fixed("302 Found", b"", "location: /a", "location: http://127.0.0.1/")
        elif row["hops"] == ["https->http"]:
            continue  # needs TLS: held by test_an_encrypted_address_never_leads_to_an_open_one
        elif row["expect"] == "not-followed":
            reply = fixed("200 OK", row.get("body", "").encode(), *([row["header"]] if "header" in row else []))
        else:
            reply = redirecting(row["status"], *hops)
        try:
            fetch(reply)
            outcome = "answered"
        except (Refused, SourceChanged):
            outcome = "refuse"
        if outcome != ("refuse" if row["expect"] == "refuse" else "answered"):
            wrong.append((row, outcome))
    assert wrong == []


def test_an_encrypted_address_never_leads_to_an_open_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def to_http(*_: object) -> str:
        return "http://93.184.216.34/"

    monkeypatch.setattr(Door, "_ask", to_http)
    with pytest.raises(Refused, match="stays encrypted"):
        asyncio.run(Door(user_agent="t").get("https://93.184.216.34/", limits=LIMITS))


def test_a_stranger_cannot_redirect_to_a_host_that_the_operator_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def inside(*_: object) -> str:
        return "http://127.0.0.1:8907/admin"

    monkeypatch.setattr(Door, "_ask", inside)
    door = Door(user_agent="t", allow=frozenset({("127.0.0.1", 8907)}))
    with pytest.raises(Refused):
        asyncio.run(door.get("http://93.184.216.34/", limits=LIMITS))


@pytest.mark.parametrize("location", ["", "http:127.0.0.1", "/a\\b", "/a b", "/a\tb", "javascript:1", "data:,x"])
def test_ambiguous_redirects_are_refused(location: str) -> None:
    with pytest.raises(Refused):
        next_hop(location)


def test_a_lookup_that_hangs_does_not_hold_the_caller() -> None:
    def hang(*_: object) -> list[object]:
        time.sleep(1.0)
        return []

    async def run() -> float:
        began = time.monotonic()
        with pytest.raises(TryLater):
            await Door(user_agent="t", resolver=hang).get("http://a.example/", limits=Limits(max_bytes=1, total_s=0.2))
        return time.monotonic() - began

    assert asyncio.run(run()) < 0.8
