"""How far each party's channels were looked through: what "not found by us" rests on (H5)."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from sayso.errors import Refused, TryLater
from sayso.flow.arrival.pausing import paused_sources
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.model.event import Looked
from sayso.model.question import Checked

log = structlog.get_logger()

LOOKING: Final = "looking"  # the actor of these rows in the ledger
#: A channel that has not answered for so many of its intervals (and at least so long) was not checked.
STALE_INTERVALS: Final = 5
STALE_AT_LEAST: Final = timedelta(minutes=2)
#: What is noted is what a page prints, which is minutes: look so often whether it would print something else.
EVERY_S: Final = 1.0


def looked_through(room: Newsroom, *, world: datetime) -> tuple[Checked, ...]:
    """For each party, in the coverage's order, how far its channels were looked through, from how fetching goes."""
    paused = paused_sources(room.store)
    health = {h.source: h for h in room.store.health() if h.source not in paused}
    found = []
    for party in room.coverage.conflict.parties:
        channels = [s for s in room.coverage.sources if s.party == party.id]
        complete = bool(channels) and all(
            (h := health.get(s.name)) is not None and h.error is None and h.ok_at is not None
            and world - h.ok_at <= max(timedelta(seconds=s.interval_s * STALE_INTERVALS), STALE_AT_LEAST)
            and (s.lang is None or s.lang in room.coverage.languages)
            for s in channels
        )  # fmt: skip
        until = room.clock.now()
        if complete and room.coverage.replay is None:  # as far as the channel that was asked longest ago
            until -= world - min(h.ok_at for s in channels if (h := health[s.name]).ok_at is not None)
        words = until.astimezone(room.coverage.tz)
        found.append(
            Checked(
                party=party.id, channels=len(channels), until=until, complete=complete,
                until_words=f"{words.day} {words:%b %H:%M}",
            )
        )  # fmt: skip
    return tuple(found)


def note_looked(room: Newsroom) -> bool:
    """Whether a page would now say something else than what was noted last; then that is noted."""
    now = world_now()
    found, before = looked_through(room, world=now), room.store.looked() or ()
    if [in_print(c) for c in found] == [in_print(c) for c in before]:
        return False
    with room.store.write(actor=LOOKING, at=now) as w:
        w.append(Looked(checked=found))
    return True


def in_print(checked: Checked) -> tuple[str, int, bool, str]:
    """What of it a page prints; of a party that could not be checked, no time."""
    return checked.party, checked.channels, checked.complete, checked.until_words if checked.complete else ""


async def note_for_ever(room: Newsroom) -> None:
    """Note what we looked through whenever a page would say something new of it, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(note_looked, room)
        except (TryLater, Refused) as err:
            log.error("looking.not_noted", error=str(err))
        await asyncio.sleep(EVERY_S)
