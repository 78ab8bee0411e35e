"""Bad input, one clear message each: it names the source and says what to do; nothing else stops, nothing is lost."""

import asyncio
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from sayso.errors import SaysoError
from sayso.fetch import Door
from sayso.flow.arrival.intake import poll
from sayso.flow.arrival.polling import note
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.status import status_of
from sayso.sources.sandbox import Parser
from tests.flow.factory import FEED, STAFF, all_statements, clock_of, item, minutes, newsroom, rss
from tests.house import free_port

pytestmark = pytest.mark.slow  # a real door and a server on loopback

GOOD = rss(item("good", "Ford held", "The Orland General Staff says 7 soldiers were wounded."))
SEVEN_BIT = "The Tesk Guard says 12 soldiers were killed near Übel."
HUGE_MB = 100


class Handler(http.server.BaseHTTPRequestHandler):
    """One bad source an address."""

    bodies: ClassVar[dict[str, bytes]] = {
        "/good": GOOD,
        "/malformed": rss(item("one", "Bridge held", "The Tesk Guard says 12 soldiers were killed."))[:-60] + b"<<&",
        "/page": b"<html><body><h1>Please log in</h1></body></html>",
        "/empty": b"",
        "/encoding": rss(item("enc", "Bridge held", SEVEN_BIT)).replace(
            b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-16"?>'
        ),
        "/mixed": rss(item("enc", "Bridge held", "MARK " + SEVEN_BIT)).replace(
            b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-8"?>'
        ).replace("Ü".encode(), b"\xdc"),
        "/future": rss(item("later", "Victory", "The Tesk Guard says 9 soldiers were killed.", at=minutes(-3000))),
    }  # fmt: skip

    def do_GET(self) -> None:
        if self.path == "/huge":
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            try:
                for _ in range(HUGE_MB):
                    self.wfile.write(b"x" * 2**20)
            except OSError:
                pass  # the door went away, as it should
            return
        body = self.bodies.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    number = free_port()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", number), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield number
    server.shutdown()
    thread.join()
    server.server_close()


def polled_world(folder: Path, parser: Parser, port: int, path: str) -> tuple[Newsroom, dict[str, Any]]:
    """The status after one round of polls, through the real door, of a bad source and of a good one after it."""
    at = f"http://127.0.0.1:{port}"
    bad, good = replace(FEED, url=at + path), replace(STAFF, url=f"{at}/good")
    room = newsroom(folder, parser, sources=(bad, good))
    room.door = cast(Any, Door(user_agent="sayso-test", allow=frozenset({("127.0.0.1", port)})))

    async def rounds() -> None:
        for source in (bad, good):
            try:
                await poll(room, source)
            except SaysoError as err:
                note(room, source, err)
        await room.door.close()

    asyncio.run(rounds())
    return room, status_of(room)


def told(status: dict[str, Any]) -> str:
    """All that the status says of the bad source."""
    bad = next(s for s in status["sources"] if s["name"] == FEED.name)
    return "\n".join([bad["words"], *(u for u in status["unread"] if u.startswith(FEED.name))])


@pytest.mark.parametrize(
    ("path", "says", "do"),
    [
        ("/page", "no RSS, Atom or JSON Feed", "mend the source's address"),
        ("/gone", "404", "address"),
        ("/empty", "empty file", "check the source's address"),
        ("/huge", "larger than 2 MB", "address"),
    ],
)
def test_a_source_that_cannot_be_read_says_so_and_what_to_do(
    tmp_path: Path, parser: Parser, port: int, path: str, says: str, do: str
) -> None:
    room, status = polled_world(tmp_path, parser, port, path)
    bad, good = status["sources"]
    assert bad["failing"]
    assert not good["failing"]
    assert says in bad["words"]
    assert do in bad["words"]
    assert {s.source for s in all_statements(room)} == {STAFF.name}
    room.store.close()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/malformed", "not well-formed"),
        ("/encoding", "it says that it is"),
        ("/mixed", "not in the encoding that it declares"),
        ("/future", "dated in the future"),
    ],
)
def test_what_is_doubtful_is_taken_in_and_listed(
    tmp_path: Path, parser: Parser, port: int, path: str, says: str
) -> None:
    room, status = polled_world(tmp_path, parser, port, path)
    assert says in told(status)
    assert not any(s["failing"] for s in status["sources"])
    assert {s.source for s in all_statements(room)} == {FEED.name, STAFF.name}
    room.store.close()


def test_a_wrong_encoding_never_spoils_the_words_in_silence(tmp_path: Path, parser: Parser, port: int) -> None:
    room, _ = polled_world(tmp_path, parser, port, "/encoding")
    texts = [s.text for s in all_statements(room) if s.source == FEED.name]
    assert any("Übel" in text for text in texts)
    room.store.close()


def test_the_bytes_of_whatever_could_not_be_read_are_kept_but_not_those_over_the_limit(
    tmp_path: Path, parser: Parser, port: int
) -> None:
    room, _ = polled_world(tmp_path / "page", parser, port, "/page")
    assert Handler.bodies["/page"] in [room.archive.read(sha256) for sha256 in room.archive.all()]
    room.store.close()
    room, _ = polled_world(tmp_path / "huge", parser, port, "/huge")
    assert [room.archive.read(sha256) for sha256 in room.archive.all()] == [GOOD]
    room.store.close()


def test_a_statement_from_the_future_waits_and_is_not_on_the_page(tmp_path: Path, parser: Parser, port: int) -> None:
    room, status = polled_world(tmp_path, parser, port, "/future")
    assert status["states"] == {"accepted": 1, "held": 1}
    assert [p.head for p in room.store.posts(limit=9) if "Victory" in p.head] == []
    assert clock_of(room).now() == minutes(0)
    room.store.close()
