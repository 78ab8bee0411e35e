"""How each source does, in words: whether it answers, whether it speaks as it usually does, what to do if not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

from sayso.desk.habits import Habit, habit_of, span_words
from sayso.flow.arrival.pausing import paused_sources
from sayso.flow.newsroom import Newsroom
from sayso.model.coverage import Source
from sayso.store.records import SourceHealth

#: The newest items in which the habits of sources are looked for.
LOOKED_AT: Final = 4_000
#: Failures in a row after which a person should look.
MANY_FAILURES: Final = 5


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
    coverage's order. One that is paused or cannot be fetched is not silent: nobody knows what it says."""
    unheard = {h.source for h in room.store.health() if h.error} | paused_sources(room.store)
    return tuple(_silent(room, habits_of(room, now), now, unheard))


def _silent(room: Newsroom, habits: dict[str, Habit], now: datetime, unheard: Collection[str]) -> Iterator[Silence]:
    for s in room.coverage.sources:
        if s.name not in unheard and (h := habits.get(s.name)) is not None and h.broken(now):
            yield Silence(source=s.name, title=s.title, last_at=h.last_at, lasts=now - h.last_at, every=h.every)


def habits_of(room: Newsroom, now: datetime) -> dict[str, Habit]:
    """The habit of each source that has one, from what it said until `now` among the newest items."""
    spoken, zone = room.store.spoken(newest=LOOKED_AT), room.coverage.tz
    found = {name: habit_of((t for t in times if t <= now), zone=zone) for name, times in spoken.items()}
    return {name: habit for name, habit in found.items() if habit is not None}


State = Literal["well", "silent", "failing", "paused", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNow:
    """How one source does. `asked_at` and `ok_at` are of the world, `last_at` of the coverage's clock; `words` say what is
    the matter and `advice` what to do about it, empty where nothing is."""

    source: Source
    state: State
    words: str
    advice: str
    asked_at: datetime | None
    ok_at: datetime | None
    last_at: datetime | None
    today: int
    every: str  # how often it usually speaks, in words; empty where it has no habit yet


def sources_now(room: Newsroom, *, now: datetime) -> tuple[SourceNow, ...]:
    """Each source of the coverage and how it does at `now`, a time of the coverage's clock, in the order of the file."""
    zone = room.coverage.tz
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    health = {h.source: h for h in room.store.health()}
    today, habits = room.store.came_in(since=midnight), habits_of(room, now)
    paused = paused_sources(room.store)
    silences = {s.source: s for s in _silent(room, habits, now, paused)}
    found = []
    for source in room.coverage.sources:
        known, habit = health.get(source.name, SourceHealth(source=source.name)), habits.get(source.name)
        state, words, advice = how_it_does(known, silences.get(source.name), paused=source.name in paused)
        found.append(
            SourceNow(
                source=source, state=state, words=words, advice=advice, asked_at=known.asked_at, ok_at=known.ok_at,
                last_at=habit.last_at if habit else None, today=today.get(source.name, 0),
                every=span_words(habit.every) if habit else "",
            )
        )  # fmt: skip
    return tuple(found)


def how_it_does(health: SourceHealth, silence: Silence | None, *, paused: bool) -> tuple[State, str, str]:
    """The state of a source, what is the matter in words, and what to do about it."""
    if paused:
        return "paused", "paused at the desk: it is not asked", "Resume it to hear what it says by now."
    if health.error:
        return "failing", health.error, what_to_do(health)
    if health.asked_at is None:
        return "never", "not asked yet", ""
    if silence is not None:
        return "silent", silence.sentence, "Open its address and look whether it still speaks there."
    return "well", "answers", ""


def what_to_do(health: SourceHealth) -> str:
    """What to do about a source that cannot be fetched: its error names what a person must mend."""
    again = "It is asked again by itself"
    times = f", {health.failures} times in a row so far" if health.failures > 1 else ""
    if health.failures < MANY_FAILURES:
        return f"{again}{times}."
    return f"{again}{times}. Open its address in a browser: mend the address here, or pause it."
