"""One process: polling, pages, live updates; for a replay also its source server, which is a process of its own."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from sayso.errors import Refused, TryLater
from sayso.fetch import Limits
from sayso.flow.arrival.illustrating import attach_waiting
from sayso.flow.arrival.looking import note_for_ever
from sayso.flow.arrival.polling import poll_all
from sayso.flow.arrival.proposing import Proposing
from sayso.flow.clock import ReplayClock
from sayso.flow.newsroom import Newsroom
from sayso.flow.press.outgoing import let_out_for_ever
from sayso.flow.record.erasing import erase_for_ever
from sayso.flow.record.signing import sign_checkpoint
from sayso.flow.record.stamping import stamp_for_ever
from sayso.flow.shift.staff import forget_for_ever
from sayso.model.coverage import Replay

log = structlog.get_logger()

Job = Callable[[], Coroutine[Any, Any, None]]

#: Another process (a command at the desk) may have written: look at least this often.
LOOK_S = 2.0
CHECKPOINT_S = 60.0
OPEN_WITHIN_S = 8.0
CLOCK_LIMITS = Limits(max_bytes=65_536, total_s=5.0)


class Announcer:
    """Wakes whoever waits for a change; `changed` may be called from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def changed(self) -> None:
        """Something was committed."""
        self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self) -> None:
        """Return once something was committed, or after LOOK_S in any case.

        Not with `asyncio.wait_for`: before Python 3.12 it swallows a cancellation that comes with the news.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await self._event.wait()
        self._event.clear()


async def run(
    room: Newsroom,
    server: uvicorn.Server,
    *,
    broadcast: Job,
    pump: Job,
    proposing: Proposing | None = None,
) -> None:
    """Serve, poll and broadcast until the server is told to stop (Ctrl-C); what is under way is finished first.

    `broadcast` sends what is new to the live stream, `pump` keeps the stream going, `proposing` asks the coverage's
    language model where it has one.
    """
    news, media = Announcer(), Announcer()
    room.heard += [news.changed, media.changed]
    jobs = [
        asyncio.create_task(poll_all(room), name="polling"),
        asyncio.create_task(pump(), name="stream"),
        asyncio.create_task(each_time(news, broadcast), name="broadcast"),
        asyncio.create_task(each_time(media, lambda: attach_waiting(room)), name="media"),
        asyncio.create_task(sign_for_ever(room), name="checkpoints"),
        asyncio.create_task(stamp_for_ever(room), name="time-stamps"),
        asyncio.create_task(note_for_ever(room), name="looking"),
        asyncio.create_task(erase_for_ever(room), name="erasing"),
        asyncio.create_task(let_out_for_ever(room), name="way out"),
        asyncio.create_task(forget_for_ever(room.store), name="forgetting"),
    ]
    if proposing is not None:
        told = Announcer()
        room.heard.append(told.changed)
        jobs.append(asyncio.create_task(each_time(told, proposing.propose_waiting), name="proposals"))
    if room.coverage.replay is not None and isinstance(room.clock, ReplayClock):
        jobs.append(asyncio.create_task(follow_clock(room, room.clock, room.coverage.replay), name="clock"))
    serving = asyncio.create_task(server.serve(), name="pages")
    try:
        done, _ = await asyncio.wait([serving, *jobs], return_when=asyncio.FIRST_COMPLETED)
        if not server.should_exit:
            for task in done - {serving}:
                task.result()  # a job never ends by itself: raise what ended it
    finally:
        server.should_exit = True
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await serving
        await room.door.close()


async def sign_for_ever(room: Newsroom) -> None:
    """Sign a checkpoint at once and then each CHECKPOINT_S, until cancelled. Raises BadSetting for a damaged key."""
    while True:
        try:
            await asyncio.to_thread(sign_checkpoint, room)
        except (TryLater, Refused) as err:  # a busy database, a full disk: the next one holds all that this one would
            log.error("ledger.not_signed", error=str(err))
        await asyncio.sleep(CHECKPOINT_S)


async def each_time(news: Announcer, job: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Do the job at once, and again after each change, until cancelled. A job that fails is tried again."""
    while True:
        try:
            await job()
        except Exception:
            log.exception("live.job_failed")
        await news.wait()


async def follow_clock(room: Newsroom, clock: ReplayClock, replay: Replay) -> None:
    """Keep the coverage's clock at the story time that the replay's source server tells, until cancelled."""
    while True:
        with contextlib.suppress(TryLater):
            answer = await room.door.get(f"http://127.0.0.1:{replay.port}/clock", limits=CLOCK_LIMITS)
            told = json.loads(answer.body)
            clock.tell(datetime.fromisoformat(told["story"]), day_s=float(told["day_s"]), running=bool(told["running"]))
        await asyncio.sleep(1.0)


@contextlib.contextmanager
def replay_server(
    folder: Path, replay: Replay, *, data: Path, day_s: float | None, begin: str | None
) -> Iterator[None]:
    """The replay's source server, running as a process of its own while the block lasts; it saves its clock."""
    command = [
        sys.executable, "-m", "sayso.replay", str(folder),
        "--port", str(replay.port), "--state", str(data / "replay-clock.json"), "--day-s", str(day_s or replay.day_s),
    ]  # fmt: skip
    if begin:
        command += ["--from", begin]
    process = subprocess.Popen(command)  # noqa: S603 - our own module
    try:
        wait_until_open(replay.port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_open(port: int) -> None:
    """Return once something listens on that port of loopback, or after OPEN_WITHIN_S: polling then says what is wrong."""
    until = time.monotonic() + OPEN_WITHIN_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
