"""What the desk is warned of now, made of what is in the store: it is the same after a reload, and in every process."""

import time
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from sayso.desk.alerts import Alert, Kind, alert_id, alerts_of, of_entry
from sayso.flow.arrival.listening import MANY_FAILURES, silent_sources
from sayso.flow.arrival.pausing import paused_sources
from sayso.flow.desk.quoting import words_left
from sayso.flow.desk.sorting import Sorting
from sayso.flow.newsroom import Newsroom
from sayso.store import Arrived, Which

#: How long the desk is warned. [ours] Nobody has to click it away, so that who comes on in the morning sees it too.
WARNED_FOR: Final = timedelta(hours=24)
#: Statements that are looked at together: the newest, and the newest of those that went from their sources.
LOOKED_AT: Final = 200
#: The first look goes further back; what warned then is looked at again with each later one.
FIRST: Final = 2_000
GONE: Final = 50
#: A statement in one of these states warns; one that was put away does not.
WARNING: Final = ("new", "held", "accepted", "gone")
#: How often sources are listened to, and what is new is looked at, at most: seconds.
LISTEN_S: Final = 30.0
LOOK_S: Final = 0.9


class Alerting:
    """The alerts of one coverage, kept until something happens; safe for many threads."""

    def __init__(self, room: Newsroom, sorting: Sorting) -> None:
        self._room = room
        self._sorting = sorting
        self._one_at_a_time = Lock()
        self._told: tuple[Alert, ...] = ()
        self._sources: tuple[Alert, ...] = ()
        self._seq: int | None = None
        self._looked_s = self._listened_s = -LISTEN_S

    def now(self) -> tuple[Alert, ...]:
        """The alerts of the last 24 hours of the coverage's clock, the newest first."""
        with self._one_at_a_time:
            now_s = time.monotonic()
            if now_s - self._listened_s >= LISTEN_S:
                self._listened_s, self._sources = now_s, tuple(self._of_sources())
            seq = self._room.store.size()
            if seq != self._seq and now_s - self._looked_s >= LOOK_S:
                self._told, self._seq, self._looked_s = tuple(self._found()), seq, now_s
            return tuple(sorted((*self._told, *self._sources), key=lambda a: (a.at, a.id), reverse=True))

    def _found(self) -> Iterator[Alert]:
        since = self._room.clock.now() - WARNED_FOR
        rows = [row for row in self._rows(since) if row.statement.first_seen_at >= since or row.gone_at is not None]
        for begin in range(0, len(rows), LOOKED_AT):  # others may ask between two of them
            for line in self._sorting.lines(rows[begin : begin + LOOKED_AT]):
                yield from (a for a in alerts_of(line) if a.at >= since)
        yield from map(of_entry, words_left(self._room, since=since))

    def _rows(self, since: datetime) -> Collection[Arrived]:
        """The newest statements, those that went from their sources, and those that warned before, each once."""
        store = self._room.store
        warned = {a.path.removeprefix("s/") for a in self._told if a.path.startswith("s/")}
        found = (
            *store.arrived(Which(states=WARNING), limit=FIRST if self._seq is None else LOOKED_AT),
            *store.arrived(Which(states=("gone",), gone_since=since), limit=GONE),
            *(store.arrived(Which(states=WARNING, ids=warned), limit=FIRST) if warned else ()),
        )
        return {row.statement.id: row for row in found}.values()

    def _of_sources(self) -> Iterator[Alert]:
        """The sources that are silent, and those that could not be fetched many times in a row: nobody knows what they say.
        Each is one and the same warning for as long as it lasts."""
        for silence in silent_sources(self._room, self._room.clock.now()):
            sentence = silence.sentence[:1].upper() + silence.sentence[1:] + "."
            id_ = alert_id("silent", silence.source, silence.last_at.isoformat())
            yield of_source("silent", id_, silence.title, sentence, at=silence.last_at)
        paused = paused_sources(self._room.store)
        for health in self._room.store.health():
            source, answered = self._room.coverage.source(health.source), health.ok_at
            if source and health.asked_at and health.failures >= MANY_FAILURES and source.name not in paused:
                id_ = alert_id("failing", source.name, answered.isoformat() if answered else "never")
                yield of_source("failing", id_, source.title, f"{health.error}.", at=answered or health.asked_at)


def of_source(kind: Kind, id_: str, title: str, sentence: str, *, at: datetime) -> Alert:
    """A warning about a source."""
    return Alert(id=id_, kind=kind, whose=title, sentence=sentence, at=at, path="sources")
