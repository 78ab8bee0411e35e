"""Dates and times as said, resolved against the day of publication."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sayso.read.features import flags
from sayso.read.words import Cell

Kind = Literal["point", "since", "period", "past"]
CLOCK: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\Z", re.ASCII)
YEAR: Final = re.compile(r"(?:19|20|21)\d\d\Z", re.ASCII)
SHORT_YEAR: Final = re.compile(r"\d\d\Z", re.ASCII)
DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z", re.ASCII)
NOONS: Final = frozenset(("noon", "midnight", "midday"))
#: What a date expression can begin with.
TIMELY_FEATURES: Final = ("since", "day", "month", "weekday", "num", "0-9", *(f"={w}" for w in sorted(NOONS)))
TIMELY: Final = flags(*TIMELY_FEATURES)
REACH: Final = 12  # cells looked through after "since" for its date


@dataclass(frozen=True, slots=True)
class When:
    """A date expression: what it says (`first`..`last`, ISO; None where it cannot be resolved) and where it stands.

    `future` is the same read forwards ("on Sunday" of a plan). A "past" one is before the escalation: background.
    """

    kind: Kind
    first: str | None
    last: str | None
    start: int
    end: int
    future: str | None = None


def when_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """The date expression that starts at a cell, and the index after it."""
    cell = cells[i]
    if not cell.flags & TIMELY:
        return None
    if cell.has("since"):
        return since_at(cells, i, published)
    if cell.has("day"):
        return day_word(cells, i, published)
    if (found := calendar_at(cells, i, published)) is not None:
        day, after = found
        return When("point", day, day, cell.start, cells[after - 1].end), after
    if cell.has("weekday") and not cell.has("noun"):
        return weekday_at(cells, i, published)
    if (clock := CLOCK.match(cell.low)) is not None:
        at = f"{published.isoformat()[:10]}T{int(clock[1]):02}:{clock[2]}" if published else None
        return When("point", at, at, cell.start, cell.end), i + 1
    return hour_at(cells, i, published) or ago_at(cells, i, published)


def calendar_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[str, int] | None:
    """ "September 27", "27 September 2020", "October 2023": the ISO date (or month) and the index after it."""
    if (month := month_of(cells, i)) is not None:
        at, day = i + 1, day_of(cells, i + 1)
    elif (day := day_of(cells, i)) is not None and (month := month_of(cells, i + 1)) is not None:
        at = i + 1
    else:
        return None
    at += 1 if day is not None else 0
    if at < len(cells) and cells[at].low == "," and at + 1 < len(cells) and YEAR.match(cells[at + 1].low):
        at += 1
    year = int(cells[at].low) if at < len(cells) and YEAR.match(cells[at].low) else None
    if year is None and day is not None and (short := short_year(cells, at, published)) is not None:
        return (iso, at + 1) if (iso := iso_date(short, month, day, published)) else None
    if day is None and year is None and cells[i].low in ("may", "march", "mar", "sun", "sat"):
        return None
    iso = iso_date(year, month, day, published)
    return (iso, at + (year is not None)) if iso else None


def short_year(cells: Sequence[Cell], i: int, published: date | None) -> int | None:
    """The year in "3 Jan 90 -" and "3 Jan 90 (": two digits behind a day and month, with no word behind them."""
    if i >= len(cells) or not SHORT_YEAR.match(cells[i].low):
        return None
    if i + 1 < len(cells) and (cells[i + 1].low[:1].isalnum() or cells[i + 1].low in (",", ".")):
        return None
    this = published.year if published is not None else 1999
    year = this - this % 100 + int(cells[i].low)
    return year if year <= this + 1 else year - 100


def month_of(cells: Sequence[Cell], i: int) -> int | None:
    """The month that a cell names, written with a capital."""
    found = cells[i].one("month") if 0 <= i < len(cells) and cells[i].cap else None
    return int(found.value) if found and found.value else None


def day_of(cells: Sequence[Cell], i: int) -> int | None:
    """The day of the month that a cell names."""
    found = DAY.match(cells[i].low) if 0 <= i < len(cells) else None
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def iso_date(year: int | None, month: int, day: int | None, published: date | None) -> str | None:
    """The ISO form; without a year the latest such day that is not after publication (a little ahead is a plan)."""
    if year is None:
        if published is None:
            return None
        year = published.year
        ahead = (month, day or 1) > (published.month, published.day)
        far = (month - published.month) % 12 > 3
        year -= 1 if ahead and far else 0
    try:
        return date(year, month, day).isoformat() if day is not None else f"{year:04}-{month:02}"
    except ValueError:
        return None


def weekday_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int]:
    """A weekday: the last such day up to publication, and the next one for plans."""
    found, cell = cells[i].one("weekday"), cells[i]
    if published is None or found is None or found.value is None:
        return When("point", None, None, cell.start, cell.end), i + 1
    back = (published.weekday() - int(found.value)) % 7
    day = as_day(published)
    past = (day - timedelta(days=back)).isoformat()
    future = (day + timedelta(days=(7 - back) % 7 or 7)).isoformat()
    return When("point", past, past, cell.start, cell.end, future), i + 1


def as_day(moment: date) -> date:
    """The calendar day of a date or date-time."""
    return date(moment.year, moment.month, moment.day)


SHIFTS: Final[dict[str, tuple[int, int, Kind]]] = {
    "today": (0, 0, "point"),
    "overnight": (0, 0, "point"),
    "yesterday": (-1, -1, "point"),
    "tomorrow": (1, 1, "point"),
    "pastday": (-1, 0, "period"),
    "pastweek": (-7, 0, "period"),
}


def day_word(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int]:
    """ "today", "overnight", "in the past day"; with "of October 7" behind it, that day."""
    cell, word = cells[i], cells[i].one("day")
    if i + 2 < len(cells) and cells[i + 1].low == "of" and (found := calendar_at(cells, i + 2, published)):
        return When("point", found[0], found[0], cell.start, cells[found[1] - 1].end), found[1]
    first, last, kind = SHIFTS[word.cls] if word else (0, 0, "point")
    if published is None:
        return When(kind, None, None, cell.start, cell.end), i + 1
    day = as_day(published)
    a, b = ((day + timedelta(days=n)).isoformat() for n in (first, last))
    return When(kind, a, b, cell.start, cell.end), i + 1


def since_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int]:
    """ "since September 27", "since the beginning of the fighting on 27 September", "since Monday", "since last October"."""
    limit = min(len(cells), i + REACH)
    for at in range(i + 1, limit):
        cell = cells[at]
        if cell.low in (",", ";", ":", ".", "-"):
            break
        if cell.has("month") and cell.cap and cells[at - 1].low == "last" and published:
            return since_last(cells, i, at, published)
        if (found := calendar_at(cells, at, published)) is not None:
            return When("since", not_ahead(found[0], published), None, cells[i].start, cells[found[1] - 1].end), found[
                1
            ]
        if cell.has("weekday"):
            day, after = weekday_at(cells, at, published)
            return When("since", day.first, None, cells[i].start, day.end), after
        if cell.low == "year" and cells[at - 1].low == "new" and published:
            return When("since", f"{published.year}-01-01", None, cells[i].start, cell.end), at + 1
        if cell.has("day") and (day_when := day_word(cells, at, published)[0]).first:
            return When("since", day_when.first, None, cells[i].start, cell.end), at + 1
        if YEAR.match(cell.low):
            return When("since", cell.low, None, cells[i].start, cell.end), at + 1
        if cell.has("aux"):
            break
    return When("since", None, None, cells[i].start, cells[i].end), i + 1


def not_ahead(iso: str, published: date | None) -> str:
    """The same day a year earlier where it lies after publication: what has lasted since then has begun."""
    if published is None or iso <= published.isoformat()[: len(iso)]:
        return iso
    return f"{int(iso[:4]) - 1:04}{iso[4:]}"


def since_last(cells: Sequence[Cell], i: int, at: int, published: date) -> tuple[When, int]:
    """ "since last October": that month of the year before, or of this year where it is well past."""
    month = month_of(cells, at) or 1
    year = published.year - (month >= published.month)
    return When("since", f"{year:04}-{month:02}", None, cells[i].start, cells[at].end), at + 1


HOURS: Final = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}


def hour_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "at four in the morning", "at 6 a.m.", "noon", "midnight"."""
    cell = cells[i]
    if cell.low in NOONS:
        hour, after = (0 if cell.low == "midnight" else 12), i + 1
    else:
        number = HOURS.get(cell.low) or day_of(cells, i)
        half = cells[i + 1].one("ampm") if number and i + 1 < len(cells) else None
        if number is None or half is None or number > 12:
            return None
        hour, after = number % 12 + (12 if half.cls == "pm" else 0), i + 2
    at = f"{published.isoformat()[:10]}T{hour:02}:00" if published else None
    return When("point", at, at, cell.start, cells[after - 1].end), after


def ago_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """A settled past: "two years ago", "in the early 1990s", "in 1994"; the year of publication is none."""
    cell = cells[i]
    if published is not None and cell.low == str(published.year):
        return When("point", cell.low, cell.low, cell.start, cell.end), i + 1
    if YEAR.match(cell.low[:4]) and (cell.low.endswith("s") or len(cell.low) == 4):
        return When("past", None, None, cell.start, cell.end), i + 1
    if i + 2 < len(cells) and cells[i + 1].low in ("years", "decades", "months") and cells[i + 2].has("ago"):
        return When("past", None, None, cell.start, cells[i + 2].end), i + 3
    return None
