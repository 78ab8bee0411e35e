"""How often a source usually speaks, and whether it has been silent for longer than that.

The habit of a source is the middle one of the gaps between what it said. Where enough of it is known, what it says in
each hour of its day counts too: who sleeps from eleven to seven is not missed at four in the morning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from statistics import median
from typing import Final

#: What comes so soon after the last counts as the same speaking: one post in several parts, one page with many entries.
ONE_SPEAKING: Final = timedelta(minutes=3)
#: Gaps without which there is no habit yet.
FEWEST_GAPS: Final = 6
#: What must be known before the hours of the day count: over so long, and so often.
DAYS_KNOWN: Final = timedelta(days=5)
SPEAKINGS_KNOWN: Final = 60
#: So much of what it would usually have said must be missing. One that speaks by chance, not by the clock, is then called
#: silent about once in a hundred of its gaps.
MISSING: Final = 6.0
#: No shorter silence is worth a word, whoever keeps it.
SHORTEST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a source speaks: `every` is its middle gap, `by_hour` how often it speaks in each hour of a day of its zone (None
    where too little is known), `last_at` when it spoke last."""

    every: timedelta
    by_hour: tuple[float, ...] | None
    last_at: datetime
    zone: tzinfo

    def missing(self, now: datetime) -> float:
        """How often it would usually have spoken since it did last."""
        if self.by_hour is None:
            return max(timedelta(), now - self.last_at) / self.every
        return sum(self.by_hour[hour] * part for hour, part in hours_between(self.last_at, now, self.zone))

    def broken(self, now: datetime) -> bool:
        """Whether it has been silent for longer than its habit."""
        return now - self.last_at >= SHORTEST and self.missing(now) >= MISSING


def habit_of(times: Iterable[datetime], *, zone: tzinfo) -> Habit | None:
    """The habit of a source that said something at these times, aware and in any order; None where they are too few."""
    spoken = speakings(times)
    gaps = [later - earlier for earlier, later in pairwise(spoken)]
    if len(gaps) < FEWEST_GAPS:
        return None
    every = timedelta(seconds=median(gap.total_seconds() for gap in gaps))
    return Habit(every=every, by_hour=by_hour(spoken, zone), last_at=spoken[-1], zone=zone)


def speakings(times: Iterable[datetime]) -> list[datetime]:
    """When it spoke, oldest first; of what came close together, the last."""
    found: list[datetime] = []
    for at in sorted(times):
        if found and at - found[-1] < ONE_SPEAKING:
            found[-1] = at
        else:
            found.append(at)
    return found


def by_hour(spoken: list[datetime], zone: tzinfo) -> tuple[float, ...] | None:
    """How often it spoke in each hour of a day, on average; None where too little is known."""
    known = spoken[-1] - spoken[0]
    if known < DAYS_KNOWN or len(spoken) < SPEAKINGS_KNOWN:
        return None
    counts = [0] * 24
    for at in spoken:
        counts[at.astimezone(zone).hour] += 1
    return tuple(n / (known / timedelta(days=1)) for n in counts)


def hours_between(begin: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[int, float]]:
    """The hours of the day from one time to another, each with the part of it that lies between them."""
    at = begin
    while at < end:
        local = at.astimezone(zone)
        rest = timedelta(hours=1) - timedelta(
            minutes=local.minute, seconds=local.second, microseconds=local.microsecond
        )
        part = min(rest, end - at)
        yield local.hour, part / timedelta(hours=1)
        at += part


def span_words(span: timedelta) -> str:
    """A length of time as one says it: 40 min, 5 h, 3 days."""
    minutes = round(span / timedelta(minutes=1))
    if minutes < 120:
        return f"{max(1, minutes)} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
