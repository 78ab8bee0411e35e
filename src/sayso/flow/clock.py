"""The only place that asks what time it is."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells a coverage the time."""

    def now(self) -> datetime:
        """The coverage's time: aware, UTC."""
        ...


def world_now() -> datetime:
    """The real time, aware, UTC: for the ledger, sessions and health."""
    return datetime.now(UTC)  # noqa: TID251 - the clock belongs to flow


class WorldClock:
    """The real time."""

    def now(self) -> datetime:
        """The real time, UTC."""
        return world_now()


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """A clock that stands: for pages as they stood."""

    at: datetime

    def now(self) -> datetime:
        """The time at which it stands."""
        return self.at


class ReplayClock:
    """The time inside a replayed story, as its source server last told it, running on at the story's speed.

    Until the server has spoken it stands at `opens_at`; it never runs past `ends_at`.
    """

    def __init__(self, *, opens_at: datetime, ends_at: datetime) -> None:
        self._story = opens_at.astimezone(UTC)
        self._ends_at = ends_at.astimezone(UTC)
        self._told_at_s = time.monotonic()
        self._speed = 0.0

    def tell(self, story: datetime, *, day_s: float, running: bool) -> None:
        """Set the clock to what the replay's server says; a story day takes `day_s` seconds."""
        self._story = story.astimezone(UTC)
        self._told_at_s = time.monotonic()
        self._speed = 86_400 / day_s if running else 0.0

    def now(self) -> datetime:
        """The story's time, UTC."""
        run_s = (time.monotonic() - self._told_at_s) * self._speed
        return min(self._story + timedelta(seconds=run_s), self._ends_at)
