"""A statement with a photograph, published and taken down: no copy of a word or a pixel is left, and the proof stands."""

import asyncio
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from sayso.fetch import Answer, Limits
from sayso.flow.arrival import intake
from sayso.flow.arrival.illustrating import attach_waiting
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom, open_newsroom
from sayso.web.app import make_app
from sayso.web.front import Front
from tests.coverage.factory import write

WORDS = "The canary of Upper Ford sang at noon"
SECOND = "Another bulletin stays where it is"
SERIAL = "CANARY-SERIAL-77"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Staff</title>
<item><guid isPermaLink="false">a</guid><title>Bulletin one</title><description>{words}. At least 12 soldiers were killed
near Upper Ford.</description><pubDate>Fri, 02 May 2031 09:00:00 +0000</pubDate>
<enclosure url="https://army.example/photo.jpg" type="image/jpeg" length="1"/></item>
<item><guid isPermaLink="false">b</guid><title>Bulletin two</title><description>{second}.</description>
<pubDate>Fri, 02 May 2031 08:00:00 +0000</pubDate></item></channel></rss>"""


def photo() -> bytes:
    """A picture that nobody else has, with a serial number in it."""
    image = Image.effect_noise((640, 480), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = SERIAL
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


class Sources:
    """A door behind which a feed and its photograph lie."""

    def __init__(self) -> None:
        self.photo = photo()
        self.feed = FEED.format(words=WORDS, second=SECOND).encode()

    async def get(
        self, url: str, *, limits: Limits, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        picture = url.endswith(".jpg")
        return Answer(
            status=200, url=url, headers=(), body=self.photo if picture else self.feed,
            media_type="image/jpeg" if picture else "application/rss+xml",
        )  # fmt: skip


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2031, 5, 2, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    folder = tmp_path / "two-banks"
    folder.mkdir()
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    if request.param == "postgresql":
        monkeypatch.setenv("SAYSO_DATABASE", request.getfixturevalue("postgres"))
    opened = open_newsroom(write(folder))
    opened.door, opened.clock = Sources(), Noon()  # type: ignore[assignment]
    yield opened
    opened.close()


def poll(room: Newsroom) -> None:
    asyncio.run(intake.poll(room, room.coverage.sources[0]))
    asyncio.run(attach_waiting(room))


def public_bytes(app: Front, room: Newsroom, more: list[str]) -> bytes:
    """Every byte that a reader can get: pages, changes, feed, media, by the addresses that there were before."""
    base = f"/c/{room.coverage.name}/"
    paths = [
        base + p
        for p in (
            "",
            "tally/",
            "q/",
            "map/",
            "days/",
            "day/1/",
            "method/",
            "corrections/",
            "feed.atom",
            "live/head.json",
            "live/parts/1",
        )
    ]
    return b"".join(asyncio.run(get(app, path)) for path in [*paths, *(base + m for m in more)])


async def get(app: Front, path: str) -> bytes:
    """The body of one answer, asked of the application itself."""
    out = bytearray()
    where, _, query = path.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": where, "raw_path": where.encode(), "query_string": query.encode(),
        "headers": [(b"host", b"test")], "scheme": "http", "server": ("test", 80), "client": ("test", 1),
        "http_version": "1.1", "root_path": "", "app": app,
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        out.extend(message.get("body", b""))  # type: ignore[arg-type]

    await app(scope, receive, send)  # type: ignore[arg-type]
    return bytes(out)


def on_disk(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_no_copy_of_a_published_statement_and_its_photograph_is_left(room: Newsroom, tmp_path: Path) -> None:
    poll(room)
    app, broadcast, hub = make_app(room, feeds=True)
    asyncio.run(broadcast())
    statement = next(s for s in room.store.every_statement() if WORDS in s.text)
    (medium,) = statement.media
    names = [r.name for r in medium.renditions]
    pixels = [(room.media / name).read_bytes() for name in names]
    (post,) = room.store.posts_of(statement.id)
    more = [
        f"s/{statement.id}/",
        f"p/{post.id}/",
        f"live/post/{post.id}/1",
        f"card/{post.id}-1.png",
        *(f"media/{n}" for n in names),
    ]
    questions = [f"q/{q}/" for q, _, _ in room.store.questions()]
    before = public_bytes(app, room, more + questions)
    assert WORDS.encode() in before
    assert all(p in before for p in pixels)
    card = public_bytes(app, room, [f"card/{post.id}-1.png"])[-400:]
    assert b"IEND" in card
    assert any(WORDS.encode() in body for body in on_disk(tmp_path / "data").values())

    Review(room).take_down(statement.id, reason="a person asked for it", who="editor")
    asyncio.run(broadcast())

    after = public_bytes(app, room, more + questions) + hub.since(0)[0]
    left = on_disk(tmp_path / "data")
    assert not any(
        n.encode() in after for n in names
    )  # the names of files are hashes: the ledger keeps which it erased
    for canary in (WORDS.encode(), SERIAL.encode(), *pixels, room.door.photo):  # type: ignore[attr-defined]
        assert canary not in after
        assert [where for where, body in left.items() if canary in body] == []
    assert card[-64:] not in after and b"This entry was removed." in after
    assert b"a person asked for it" in after
    assert SECOND.encode() in after, "the other bulletin of the same feed stays"
    assert room.store.verify(has_blob=lambda sha: room.archive.read(sha) is not None) == ()


def test_the_next_poll_does_not_bring_it_back(room: Newsroom, tmp_path: Path) -> None:
    poll(room)
    statement = next(s for s in room.store.every_statement() if WORDS in s.text)
    Review(room).take_down(statement.id, reason="a person asked for it", who="editor")
    room.door.feed += b"<!-- served anew -->"  # type: ignore[attr-defined]
    poll(room)
    assert not any(WORDS in s.text for s in room.store.every_statement())
    assert [w for w, body in on_disk(tmp_path / "data").items() if WORDS.encode() in body] == []
    assert room.store.verify(has_blob=lambda sha: room.archive.read(sha) is not None) == ()


def test_the_tables_rebuilt_afterwards_are_the_same(room: Newsroom) -> None:
    poll(room)
    statement = next(s for s in room.store.every_statement() if WORDS in s.text)
    Review(room).take_down(statement.id, reason="a person asked for it", who="editor")
    before = [(c.n, c.kind, c.post) for c in room.store.changes(0, 100)], room.store.posts(limit=100)
    room.store.rebuild()
    assert ([(c.n, c.kind, c.post) for c in room.store.changes(0, 100)], room.store.posts(limit=100)) == before
