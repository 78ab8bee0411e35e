"""The pictures and videos of a statement: fetched through the one door, sealed, re-encoded, attached.

The words do not wait for them: a statement goes out at once and its media follow as a change of its post.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from sayso.errors import Refused, SaysoError, TryLater
from sayso.fetch import Limits
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.media import Prepared, prepare_picture, prepare_video
from sayso.model.event import Attached
from sayso.model.statement import Enclosure, MediaFile, Statement

log = structlog.get_logger()

MEDIA_LIMITS = Limits(max_bytes=50 * 2**20, total_s=30.0)
TRIES = 3
PREPARERS = {"image": prepare_picture, "video": prepare_video}


async def attach_waiting(room: Newsroom) -> int:
    """How many statements got their media attached: all that still wait for them, also from before a restart."""
    waiting = room.store.waiting_for_media()
    for statement in waiting:
        await attach(room, statement)
    return len(waiting)


async def attach(room: Newsroom, statement: Statement) -> None:
    """Fetch and prepare all media of a statement and record the outcome; what failed is recorded with its reason."""
    media: list[MediaFile] = []
    failed: list[str] = []
    for enclosure in statement.enclosures:
        try:
            media.append(await fetched(room, enclosure))
        except SaysoError as err:
            log.warning("media.failed", statement=statement.id, url=enclosure.url, error=str(err))
            failed.append(f"{enclosure.url}: {err}")
        except Exception as err:  # hostile bytes found a fault of ours or of a decoder: the words stay on the page
            log.exception("media.broke_us", statement=statement.id, url=enclosure.url)
            failed.append(f"{enclosure.url}: a fault in sayso: {err!r}")
    with room.store.write(actor="media", at=world_now()) as w:
        there = w.statement(statement.id) is not None
        if there:
            w.append(Attached(statement=statement.id, media=tuple(media), failed=tuple(failed)))
    if there:
        room.changed()
    else:
        forget(room, media)


def forget(room: Newsroom, media: Sequence[MediaFile]) -> None:
    """Erase the files of media that are shown nowhere (any more): a statement was taken down while they were fetched (H14), or
    a draft was thrown away. What a statement, post or draft has stays."""
    for medium in media:
        if not room.store.shows(medium.original) and not room.store.captures_of(medium.original):
            room.archive.erase(medium.original)
        for rendition in medium.renditions:
            if not room.store.shows(rendition.name):
                (room.media / rendition.name).unlink(missing_ok=True)


async def fetched(room: Newsroom, enclosure: Enclosure) -> MediaFile:
    """The public copy of one medium. Raises SaysoError with the reason where there can be none."""
    prepare = PREPARERS.get(enclosure.kind)
    if prepare is None:
        raise Refused(f"media of kind {enclosure.kind} are linked, not shown")
    for attempt in range(TRIES):
        try:
            answer = await room.door.get(enclosure.url, limits=MEDIA_LIMITS)
            break
        except TryLater:
            if attempt == TRIES - 1:
                raise
            await asyncio.sleep(2**attempt)
    prepared = await asyncio.to_thread(prepare, answer.body)
    original = await asyncio.to_thread(room.archive.keep, answer.body)
    await asyncio.to_thread(lay_out, room.media, prepared)
    return media_file(enclosure, original, prepared)


def lay_out(folder: Path, prepared: Prepared) -> None:
    """Write the public files under their own names; the same bytes have the same name."""
    for file in prepared.files:
        target = folder / file.name
        if not target.exists():
            half = target.with_suffix(target.suffix + ".part")
            half.write_bytes(file.body)
            half.replace(target)


def media_file(enclosure: Enclosure, original: str, prepared: Prepared) -> MediaFile:
    """The record of a medium's public copies."""
    return MediaFile(
        original=original,
        kind=enclosure.kind,
        alt=enclosure.alt,
        caption=enclosure.caption,
        credit=enclosure.credit,
        source_url=enclosure.url,
        sensitive=enclosure.sensitive,
        renditions=tuple(f.rendition for f in prepared.files),
        colour=prepared.colour,
        duration_s=prepared.duration_s,
    )
