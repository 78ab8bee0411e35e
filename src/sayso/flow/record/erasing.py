"""After a takedown: archived bytes, media files and the database's free pages are erased, at once or as soon as can be."""

import asyncio
import time
from typing import Final

import structlog

from sayso.errors import Refused, TryLater
from sayso.flow.newsroom import Newsroom

log = structlog.get_logger()

#: Set before a takedown is committed and cleared once nothing is left: whoever starts after a crash sees it.
DUE: Final = "erasing_due"
#: How long readers of the log are waited for, and how often is looked.
PATIENCE_S, WAIT_S = 2.0, 0.1
#: How often a running server tries again what had to wait.
RETRY_S: Final = 60.0


def announce_erasing(room: Newsroom) -> None:
    """Note that erasing is due, before the takedown is committed."""
    room.store.set_setting(DUE, b"yes")


def finish_erasing(room: Newsroom) -> None:
    """Erase the files of everything that was ever taken down, and its words in the database's free pages (H14).

    Does nothing where nothing is due. Raises TryLater where another process keeps reading the database as of before
    for some seconds; it stays due.
    """
    if room.store.setting(DUE) != b"yes":
        return
    room.forget()
    blobs, media_names = room.store.blobs_to_erase()
    for sha256 in blobs:
        room.archive.erase(sha256)
    for name in media_names:
        path = room.media / name
        if path.parent == room.media:
            path.unlink(missing_ok=True)
    scrub(room)
    room.store.set_setting(DUE, b"")
    log.info("takedown.erased", blobs=len(blobs), media=len(media_names))


def scrub(room: Newsroom) -> None:
    """Leave no byte of it in the database; readers of the log are waited for, a short while."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return room.store.scrub()
        except TryLater:
            if time.monotonic() > end:  # a backend that waits by itself has had its time
                raise
            time.sleep(WAIT_S)


async def erase_for_ever(room: Newsroom) -> None:
    """Erase what is due at once and then each RETRY_S, until cancelled: a takedown's erasing may have had to wait."""
    while True:
        try:
            await asyncio.to_thread(finish_erasing, room)
        except (TryLater, Refused, OSError) as err:
            log.warning("takedown.not_erased_yet", error=str(err))
        await asyncio.sleep(RETRY_S)
