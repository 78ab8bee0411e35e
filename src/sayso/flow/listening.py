"""How each source does, in words: whether it answers, whether it speaks as it usually does, what to do if not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sayso.desk.habits import Habit, habit_of, span_words
from sayso.flow.newsroom import Newsroom

#: The newest items in which the habits of sources are looked for.
LOOKED_AT: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A source that answers and has said nothing new for longer than its habit."""

    source: str
    title: str
    last_at: datetime
    lasts: timedelta
    every: timedelta

    @property
    def sentence(self) -> str:
        """The silence in words."""
        return f"silent for {span_words(self.lasts)}; usually speaks every {span_words(self.every)}"


def silent_sources(room: Newsroom, now: datetime) -> tuple[Silence, ...]:
    """The sources that have been silent for longer than their habit at `now`, a time of the coverage's clock; in the
    coverage's order. One that cannot be fetched is not silent: nobody knows what it says."""
    failing = {h.source for h in room.store.health() if h.error}
    habits = habits_of(room, now)
    return tuple(
        Silence(source=s.name, title=s.title, last_at=h.last_at, lasts=now - h.last_at, every=h.every)
        for s in room.coverage.sources
        if s.name not in failing and (h := habits.get(s.name)) is not None and h.broken(now)
    )


def habits_of(room: Newsroom, now: datetime) -> dict[str, Habit]:
    """The habit of each source that has one, from what it said until `now` among the newest items."""
    spoken, zone = room.store.spoken(newest=LOOKED_AT), room.coverage.tz
    found = {name: habit_of((t for t in times if t <= now), zone=zone) for name, times in spoken.items()}
    return {name: habit for name, habit in found.items() if habit is not None}
