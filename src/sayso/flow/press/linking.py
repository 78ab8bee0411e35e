"""An address in the desk's own text -> a source card: the page is fetched through the one door and archived first."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

import structlog

from sayso.errors import SaysoError
from sayso.fetch import Answer, Limits
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom, door_of
from sayso.model.post import SourceCard
from sayso.sources.context import Context
from sayso.sources.sandbox import Parser

log = structlog.get_logger()

PAGE_LIMITS: Final = Limits(max_bytes=10 * 2**20, total_s=15.0)
LONGEST_TITLE: Final = 200


def card_of_page(room: Newsroom, url: str) -> SourceCard:
    """The card of a page. One that cannot be fetched gives a card without a hash: readers see that it is not archived.

    Waits for the network; not to be called where an event loop runs.
    """
    plain = SourceCard(url=url, host=urlsplit(url).hostname or url, at=room.clock.now())
    try:
        answer = asyncio.run(fetched(room, url))
    except SaysoError as err:
        log.warning("desk.page_not_archived", host=plain.host, error=type(err).__name__)
        return plain
    sha256 = room.archive.keep(answer.body)
    return SourceCard(url=url, host=plain.host, at=plain.at, title=title_in(room, answer), sha256=sha256)


async def fetched(room: Newsroom, url: str) -> Answer:
    """The page at an address. Raises SaysoError where there is none to be had."""
    door = door_of(room.settings)  # the room's own belongs to the loop that polls
    try:
        return await door.get(url, limits=PAGE_LIMITS)
    finally:
        await door.close()


def title_in(room: Newsroom, answer: Answer) -> str:
    """What the page calls itself, "" where it cannot be read; strange bytes are read in the parser's own process."""
    parser: Parser = room.parser
    context = Context(
        source="desk",
        url=answer.url,
        media_type=answer.media_type,
        zone=room.coverage.zone,
        fetched_at=world_now(),
        headers=answer.headers,
    )
    try:
        found = parser.parse("page", answer.body, context)
    except SaysoError:
        return ""
    return " ".join((found.title or "").split())[:LONGEST_TITLE]
