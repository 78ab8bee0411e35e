"""When each source is asked again. One source never stops the others."""

import asyncio
import contextlib
import random
from collections.abc import Iterable

import structlog

from sayso.errors import Refused, SaysoError, SourceChanged, TryLater
from sayso.flow.arrival.intake import fault_in_words, poll, resume
from sayso.flow.arrival.pausing import paused_sources
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.model.coverage import Source

log = structlog.get_logger()

LONGEST_WAIT_S = 15 * 60.0
#: A second doubled so often is longer than the longest wait; a source may fail for weeks.
MOST_DOUBLINGS = 20
#: How soon a source that was added, changed, paused or is wanted at once is seen to.
LOOK_S = 1.0


async def poll_for_ever(room: Newsroom, source: Source, wanted: asyncio.Event | None = None) -> None:
    """Poll a source at its interval until cancelled; failures double the wait, up to a quarter of an hour.

    `wanted` ends the wait, but not a pause that the source asked for.
    """
    wanted = wanted or asyncio.Event()
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
        await asyncio.sleep(asked_wait_s)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, wait_s(source, failures) - asked_wait_s)):
                await wanted.wait()
        wanted.clear()


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
    """Take in what was kept but not finished, then poll every source at its own interval until cancelled.

    Sources that come, go, change or are paused meanwhile are followed within LOOK_S.
    """
    resumed = await asyncio.to_thread(resume, room)
    if resumed:
        log.info("intake.resumed", statements=resumed)
    polling: dict[Source, tuple[asyncio.Task[None], asyncio.Event]] = {}
    async with asyncio.TaskGroup() as tasks:
        while True:
            listed = await asyncio.to_thread(sources_to_ask, room, polling)
            for source in [s for s in polling if s not in listed]:
                polling.pop(source)[0].cancel()
            for source in (s for s in listed if s not in polling):
                wanted = asyncio.Event()
                name = f"poll {source.name}"
                polling[source] = tasks.create_task(poll_for_ever(room, source, wanted), name=name), wanted
            for source, (_, wanted) in polling.items():
                if source.name in room.ask_now:
                    room.ask_now.discard(source.name)
                    wanted.set()
            await asyncio.sleep(LOOK_S)


def sources_to_ask(room: Newsroom, before: Iterable[Source]) -> tuple[Source, ...]:
    """The coverage's sources that are not paused; those of `before` where the database cannot say which are."""
    try:
        paused = paused_sources(room.store)
    except SaysoError as err:  # a busy database must not stop the polling
        log.error("polling.not_looked", error=str(err))
        return tuple(before)
    return tuple(s for s in room.coverage.sources if s.name not in paused)
