"""A newsroom in a temporary folder: real store, archive, parser and reader; a door and a clock that tests hold."""

import asyncio
import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from PIL import Image

from sayso.archive import Archive
from sayso.errors import TryLater
from sayso.fetch import Answer, Limits
from sayso.flow.arrival.intake import poll
from sayso.flow.newsroom import Newsroom, reader_for
from sayso.model.coverage import Source
from sayso.model.settings import Settings
from sayso.model.statement import Statement
from sayso.read import Reader
from sayso.sources.sandbox import Parser
from tests.desk.factory import GUARD, NOW, POST, coverage
from tests.store.factory import opened

FEED = replace(GUARD, go_out="auto", rehost="full", interval_s=10.0, url="https://guard.example/feed.xml")
STAFF = Source(
    name="staff", title="Orland General Staff", kind="feed", url="https://staff.example/feed.xml",
    body="Orland General Staff", party="OR", lang="en", go_out="auto", rehost="full", interval_s=10.0,
)  # fmt: skip
OUTLET = replace(POST, url="https://post.example/feed.xml")


@dataclass
class Clock:
    """A clock that stands where a test puts it."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The time that the test set."""
        return self.at


@dataclass
class FakeDoor:
    """Answers from a table: an `Answer`, an error to raise, or a list of them to give in turn."""

    table: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    async def get(
        self, url: str, *, limits: Limits, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """The next answer for an address."""
        self.asked.append((url, etag, last_modified))
        found = self.table.get(url, TryLater(f"{url} did not answer"))
        if isinstance(found, list):
            found = found.pop(0)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Answer)
        return found

    async def close(self) -> None:
        """Nothing is open."""


def answer(
    body: bytes = b"",
    *,
    url: str = FEED.url,
    status: int = 200,
    media_type: str = "application/rss+xml",
    **headers: str,
) -> Answer:
    """What a server answers."""
    named = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return Answer(
        status=status, url=url, headers=(("content-type", media_type), *named), body=body, media_type=media_type
    )


def item(key: str, title: str, text: str = "", *, at: datetime | None = NOW, more: str = "") -> str:
    """One item of an RSS feed."""
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    return (
        f'<item><guid isPermaLink="false">{key}</guid><link>https://guard.example/{key}</link>'
        f"<title>{title}</title><description>{text}</description>{date}{more}</item>"
    )


def rss(*items: str) -> bytes:
    """An RSS feed of those items."""
    inside = "".join(items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Guard</title>{inside}</channel></rss>'.encode()


def minutes(n: float) -> datetime:
    """So many minutes before the clock's time."""
    return NOW - timedelta(minutes=n)


@cache
def reader() -> Reader:
    """The real reader of the invented conflict."""
    return reader_for(coverage())


def newsroom(folder: Path, parser: Parser, *, sources: tuple[Source, ...] = (FEED,), **changes: Any) -> Newsroom:
    """A newsroom over the folder; opened again over the same folder it goes on where it was."""
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    made = coverage(folder=folder, sources=sources, **{"readings": "by_rule", **changes})
    (folder / made.name).mkdir(exist_ok=True)
    return Newsroom(
        coverage=made,
        settings=Settings(data=folder),
        store=opened(folder / "sayso.sqlite3"),
        archive=Archive(folder / "blobs"),
        media=media,
        reader=reader(),
        parser=parser,
        door=cast(Any, FakeDoor()),
        clock=Clock(),
    )


def door_of(room: Newsroom) -> FakeDoor:
    """The newsroom's door, as what it is."""
    return cast(FakeDoor, room.door)


def clock_of(room: Newsroom) -> Clock:
    """The newsroom's clock, as what it is."""
    return cast(Clock, room.clock)


def polled(room: Newsroom, given: Any, source: Source = FEED) -> int:
    """How many statements one poll brings when the door gives that: items, bytes, an answer or an error."""
    if isinstance(given, str):
        given = [given]
    if isinstance(given, bytes):
        given = answer(given, url=source.url)
    elif isinstance(given, list):
        given = answer(rss(*given), url=source.url)
    door_of(room).table[source.url] = given
    return asyncio.run(poll(room, source))


def all_statements(room: Newsroom) -> tuple[Statement, ...]:
    """Every version of everything that came in."""
    return room.store.every_statement()


def keys(room: Newsroom) -> set[tuple[str, str]]:
    """Every item that came in."""
    return {(s.source, s.key) for s in all_statements(room)}


def photo(colour: str = "red", *, canary: str = "") -> bytes:
    """A small real JPEG; the canary stands in its EXIF data."""
    exif = Image.Exif()
    exif[0x010E] = canary  # ImageDescription
    out = io.BytesIO()
    picture = Image.effect_noise((64, 48), 40).convert("RGB")
    picture.paste(colour, (8, 8, 40, 32))
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def files_with(folder: Path, needles: Iterable[bytes]) -> list[str]:
    """Every file under the folder that holds any of the needles."""
    sought = tuple(needles)
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(n in path.read_bytes() for n in sought)
    ]
