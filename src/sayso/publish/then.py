"""From a page as it stood to other times: steps of an hour and a day, entry by entry, and any minute of the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sayso.catalogue import N_
from sayso.model.page import PageFrame

MINUTE: Final = timedelta(minutes=1)
EARLIER: Final = ((N_("A day earlier"), timedelta(days=1)), (N_("An hour earlier"), timedelta(hours=1)))
BEFORE: Final = N_("The entry before")
AFTER: Final = N_("The next entry")
LATER: Final = ((N_("An hour later"), timedelta(hours=1)), (N_("A day later"), timedelta(days=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The minutes of the day that is looked at: its first one, the number of the last one that has come, of the one that
    is shown, and of those in which entries went out; all counted from the first, which is 0."""

    begin: datetime
    last: int
    here: int
    entries: tuple[int, ...]


def steps(frame: PageFrame) -> Iterator[tuple[str, datetime]]:
    """What leads from a page as it stood to other times, in their order: a message and the time; none beyond what there is
    to see. An entry is stepped to at the end of its minute, when it stood on the page."""
    at, times = frame.as_of, frame.times
    if at is None or times is None:
        return
    whole = [ended(m) for m in times.moments]
    before = [(BEFORE, m) for m in whole if m < at][-1:]
    after = [(AFTER, m) for m in whole if m > at][:1]
    earlier = [(words, at - by) for words, by in EARLIER]
    later = [(words, at + by) for words, by in LATER]
    yield from ((w, t) for w, t in (*earlier, *before, *after, *later) if times.begin <= t <= times.end)


def minutes(frame: PageFrame) -> Day | None:
    """The day of a page as it stood, minute by minute; None for the page as it stands."""
    at, times = frame.as_of, frame.times
    if at is None or times is None:
        return None
    midnight = datetime.combine(frame.coverage.local_day(at), time(), frame.coverage.tz)
    begin = datetime.fromtimestamp(midnight.timestamp(), times.end.tzinfo)
    following = datetime.combine(midnight.date() + timedelta(days=1), time(), frame.coverage.tz).timestamp()
    last = min(following - 60, times.end.timestamp()) - begin.timestamp()  # 23 or 25 hours where clocks are put
    number = [int((ended(m) - begin) / MINUTE) for m in times.moments]
    return Day(
        begin=begin, last=int(last // 60), here=int((at - begin) / MINUTE),
        entries=tuple(sorted({n for n in number if 0 <= n <= last // 60})),
    )  # fmt: skip


def ended(at: datetime) -> datetime:
    """The end of the minute of a time."""
    return at.replace(second=0, microsecond=0) + MINUTE
