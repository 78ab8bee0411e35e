"""When each source is asked again. One source never stops the others."""

import asyncio
import random

import structlog

from sayso.errors import Refused, SaysoError, SourceChanged, TryLater
from sayso.flow.clock import world_now
from sayso.flow.intake import fault_in_words, poll, resume
from sayso.flow.newsroom import Newsroom
from sayso.model.coverage import Source

log = structlog.get_logger()

LONGEST_WAIT_S = 15 * 60.0
#: A second doubled so often is longer than the longest wait; a source may fail for weeks.
MOST_DOUBLINGS = 20


async def poll_for_ever(room: Newsroom, source: Source) -> None:
    """Poll a source at its interval until cancelled; failures double the wait, up to a quarter of an hour."""
    failures = 0
    while True:
        try:
            await poll(room, source)
            failures, asked_wait_s = 0, 0.0
        except SaysoError as err:
            failures += 1
            asked_wait_s = getattr(err, "retry_after_s", None) or 0.0
            note(room, source, err)
        except Exception as err:
            failures, asked_wait_s = failures + 1, 0.0
            log.exception("source.broke_us", source=source.name)
            note_failure(room, source, fault_in_words(err))
        await asyncio.sleep(max(wait_s(source, failures), asked_wait_s))


def wait_s(source: Source, failures: int) -> float:
    """Seconds until the next poll; spread by a tenth where it failed, so that sources do not fall into step.

    A source that fails is never asked more often than one that answers.
    """
    if failures == 0:
        return source.interval_s
    longest = max(LONGEST_WAIT_S, source.interval_s)
    doubled = source.interval_s * 2.0 ** min(failures, MOST_DOUBLINGS)
    return min(doubled, longest) * random.uniform(1.0, 1.1)  # noqa: S311 - no secret


def note(room: Newsroom, source: Source, err: SaysoError) -> None:
    """Put a failure into the source's health, named by what to do next."""
    match err:
        case TryLater():
            log.warning("source.unreachable", source=source.name, error=str(err))
        case SourceChanged():
            log.error("source.changed", source=source.name, error=str(err))
        case Refused():
            log.error("source.refused", source=source.name, error=str(err))
        case _:
            raise err
    note_failure(room, source, str(err))


def note_failure(room: Newsroom, source: Source, error: str) -> None:
    """Put a failure into the source's health; a database that is busy or full must not stop the polling itself."""
    try:
        room.store.note_fetch(source.name, at=world_now(), ok=False, error=error)
    except SaysoError as err:
        log.error("source.not_noted", source=source.name, error=str(err))


async def poll_all(room: Newsroom) -> None:
    """Take in what was kept but not finished, then poll every source at its own interval until cancelled."""
    resumed = await asyncio.to_thread(resume, room)
    if resumed:
        log.info("intake.resumed", statements=resumed)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(asyncio.Event().wait(), name="for ever")  # a new coverage has no source yet
        for source in room.coverage.sources:
            tasks.create_task(poll_for_ever(room, source), name=f"poll {source.name}")
