"""The story's clock: real seconds in, story time out. It asks nobody for the time."""

from datetime import datetime, timedelta

DAY_S = 86_400.0


class StoryClock:
    """Story time as a function of a monotonic real time, both given by the caller.

    A day of the story takes `day_s` real seconds. The clock stands at `begins_at` before its start and at `ends_at`
    after its end.
    """

    def __init__(self, *, begins_at: datetime, ends_at: datetime, day_s: float, story: datetime, real_s: float) -> None:
        self._begins_at, self._ends_at = begins_at, ends_at
        self._day_s = _speed(day_s)
        self._story = self._inside(story)
        self._real_s = real_s

    @property
    def day_s(self) -> float:
        """Real seconds that a day of the story takes."""
        return self._day_s

    def story(self, real_s: float) -> datetime:
        """The story time at a real time."""
        passed = timedelta(days=max(0.0, real_s - self._real_s) / self._day_s)
        left = self._ends_at - self._story
        return self._ends_at if passed >= left else self._story + passed

    def running(self, real_s: float) -> bool:
        """Whether the end of the story is still ahead."""
        return self.story(real_s) < self._ends_at

    def set_speed(self, day_s: float, *, real_s: float) -> None:
        """From this real time on, a day of the story takes `day_s` seconds; the story goes on from where it is."""
        self._story, self._real_s = self.story(real_s), real_s
        self._day_s = _speed(day_s)

    def _inside(self, story: datetime) -> datetime:
        return min(max(story, self._begins_at), self._ends_at)


def _speed(day_s: float) -> float:
    """The seconds of a day, refused where they are no time at all."""
    if not 0 < day_s < float("inf"):
        raise ValueError(f"a day of the story cannot take {day_s} seconds")
    return float(day_s)
