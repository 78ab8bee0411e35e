"""Dates and times as said, resolved against the day of publication."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sayso.model.vocabulary import Basis
from sayso.read.text.features import flags
from sayso.read.text.lapses import COUNTED, DAY, ORDINAL, YEAR, Kind, When, ago_at, as_day, nth_day, span_at
from sayso.read.text.words import Cell

CLOCK: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\Z", re.ASCII)
SHORT_YEAR: Final = re.compile(r"\d\d\Z", re.ASCII)
NOONS: Final = frozenset(("noon", "midnight", "midday"))
#: What a date expression can begin with.
TIMELY_FEATURES: Final = (
    "since",
    "day",
    "nth",
    "span",
    "month",
    "weekday",
    "num",
    "0-9",
    *(f"={w}" for w in sorted(NOONS)),
)
TIMELY: Final = flags(*TIMELY_FEATURES)
REACH: Final = 12  # cells looked through after "since" for its date
BOUNDS: Final = frozenset(("until", "till", "up to", "through"))
JOINTS: Final = frozenset(("on", "at", "of", "from", "in", "after", "before", "by", "around", "about"))
RANGES: Final = frozenset(("to", "-", "–", "—", "and", "until", "till", "through"))


def when_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """The date expression that starts at a cell, and the index after it; a day and a time of day beside it are one."""
    found = part_at(cells, i, published)
    if found is None:
        return None
    when, at = found
    if when.kind == "point":
        at = past_dayparts(cells, at)
        for _ in range(2):
            nxt = at + (at < len(cells) and cells[at].low in JOINTS)
            other = hours_at(cells, at, published) or (part_at(cells, nxt, published) if nxt < len(cells) else None)
            joined = together(when, other[0]) if other is not None else None
            if joined is None or other is None:
                break
            when, at = joined, past_dayparts(cells, other[1])
    if i and cells[i - 1].low in BOUNDS and when.kind == "point" and published is not None:
        when = ending(when, published)
    return when, at


def past_dayparts(cells: Sequence[Cell], at: int) -> int:
    """The index behind "morning", "evening" after a day."""
    return at + 1 if at < len(cells) and cells[at].has("daypart") and not cells[at].has("day") else at


def together(a: When, b: When) -> When | None:
    """A day and a time of day as one, or two readings of one day; None where they are two dates."""
    start, end = min(a.start, b.start), max(a.end, b.end)
    if b.kind != "point" or (a.clock is None) == (b.clock is None):
        named = b.basis == "said" and a.basis == "relative" and a.clock is None and b.clock is None
        return replace(b, start=start, end=end) if named else None
    day, time = (a, b) if a.clock is None else (b, a)
    if day.night and day.first is not None and (time.clock or "") >= "18":  # "last night at 23:15": the evening before
        eve = (date.fromisoformat(day.first) - timedelta(days=1)).isoformat()
        day = replace(day, first=eve, last=eve)
    if day.first is None or len(day.first) != len("2020-01-01") or (day.last or day.first) != day.first:
        return None
    first, last = f"{day.first}T{time.clock}", f"{day.first}T{time.until or time.clock}"
    future = f"{day.future}T{time.clock}" if day.future else None
    return When("point", first, last, start, end, future, day.basis, until=time.until)


def ending(when: When, published: date) -> When:
    """ "until May 1": from publication to that day; a month alone says too little."""
    last = when.future if when.future and (when.first or "") <= published.isoformat()[:10] else when.last
    known = last is not None and len(last) >= len("2020-01-01")
    return replace(
        when, kind="until", first=published.isoformat()[:10] if known else None, last=last if known else None
    )


def part_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """The date, or the time of day, that starts at a cell."""
    cell = cells[i]
    if not cell.flags & TIMELY:
        return None
    lex = cell.lex
    if "since" in lex:
        return since_at(cells, i, published)
    if "day" in lex:
        return day_word(cells, i, published)
    if "nth" in lex or ORDINAL.match(cell.low):
        return nth_day(cells, i, published)
    if "span" in lex:
        return span_at(cells, i, published)
    if (ranged := range_at(cells, i, published)) is not None:
        return ranged
    if (found := calendar_at(cells, i, published)) is not None:
        day, after = found
        return When("point", day, day, cell.start, cells[after - 1].end, basis="said"), after
    if "weekday" in lex and "noun" not in lex:
        return weekday_at(cells, i, published)
    if (clock := CLOCK.match(cell.low)) is not None:
        return of_day(f"{int(clock[1]):02}:{clock[2]}", cells, i, i + 1, published)
    return hour_at(cells, i, published) or ago_at(cells, i, published)


def of_day(clock: str, cells: Sequence[Cell], i: int, after: int, published: date | None) -> tuple[When, int]:
    """A time of day, on the day of publication until a day beside it is known; midnight of a plan is the next one."""
    day = as_day(published) if published else None
    at = f"{day.isoformat()}T{clock}" if day else None
    tomorrow = f"{(day + timedelta(days=1)).isoformat()}T{clock}" if day and clock == "00:00" else None
    return When("point", at, at, cells[i].start, cells[after - 1].end, tomorrow, clock=clock), after


def hours_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "from 8 to 14" behind a day: from hour to hour."""
    if i + 3 >= len(cells) or cells[i].low not in ("from", "between") or cells[i + 2].low not in RANGES:
        return None
    ends = [hour_of(cells[k]) for k in (i + 1, i + 3)]
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    if i + 4 < len(cells) and cells[i + 4].has(*COUNTED, "month"):
        return None
    when, _ = of_day(ends[0], cells, i, i + 4, published)
    return replace(when, until=ends[1]), i + 4


def hour_of(cell: Cell) -> str | None:
    """The time that a number from 0 to 24, or "14:30", stands for."""
    if (clock := CLOCK.match(cell.low)) is not None:
        return f"{int(clock[1]):02}:{clock[2]}"
    return f"{int(cell.low):02}:00" if cell.low.isascii() and cell.low.isdigit() and int(cell.low) <= 24 else None


def range_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "3 to 5 May", "4 and 5 October", "October 6-7", "May 3 to May 5": the first and the last day."""
    first = second = None
    if (
        (low := day_of(cells, i)) is not None
        and joint(cells, i + 1)
        and (second := calendar_at(cells, i + 2, published))
    ):
        first = f"{second[0][:8]}{low:02}"
    elif (found := calendar_at(cells, i, published)) is not None and len(found[0]) > 7 and joint(cells, found[1]):
        second = calendar_at(cells, found[1] + 1, published)
        first = found[0]
        if second is None and (high := day_of(cells, found[1] + 1)) is not None and cells[i].has("month"):
            second = (f"{found[0][:8]}{high:02}", found[1] + 2)
            if found[1] + 2 < len(cells) and cells[found[1] + 2].has(*COUNTED):
                second = None  # "on May 3 and 5 soldiers"
    if first is None or second is None or len(second[0]) < len("2020-01-01") or first >= second[0]:
        return None
    return When("point", first, second[0], cells[i].start, cells[second[1] - 1].end, basis="said"), second[1]


def joint(cells: Sequence[Cell], i: int) -> bool:
    """Whether a word that ties two dates stands at an index."""
    return i + 1 < len(cells) and cells[i].low in RANGES


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
    before = cells[i - 1].low if i else ""
    back = (published.weekday() - int(found.value)) % 7 or (7 if before == "last" else 0)
    day = as_day(published)
    future = (day + timedelta(days=(7 - back) % 7 or 7)).isoformat()
    past = future if before == "next" else (day - timedelta(days=back)).isoformat()
    return When("point", past, past, cell.start, cell.end, future), i + 1


SHIFTS: Final[dict[str, tuple[int, int, Kind]]] = {
    "today": (0, 0, "point"),
    "overnight": (0, 0, "point"),
    "yesterday": (-1, -1, "point"),
    "tomorrow": (1, 1, "point"),
    "daybeforeyesterday": (-2, -2, "point"),
    "weekago": (-7, -7, "point"),
    "pastday": (-1, 0, "period"),
    "pastweek": (-7, 0, "period"),
}


def day_word(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int]:
    """ "today", "overnight", "in the past day"; with "of October 7" behind it, that day."""
    cell, word = cells[i], cells[i].one("day")
    if i + 2 < len(cells) and cells[i + 1].low in ("of", "on", "to") and word is not None and word.cls == "overnight":
        part = range_at(cells, i + 2, published) or part_at(cells, i + 2, published)
        if part is not None and part[0].kind == "point" and part[0].clock is None:
            return replace(part[0], start=cell.start), part[1]
    first, last, kind = SHIFTS[word.cls] if word else (0, 0, "point")
    if published is None:
        return When(kind, None, None, cell.start, cell.end), i + 1
    day = as_day(published)
    a, b = ((day + timedelta(days=n)).isoformat() for n in (first, last))
    return When(kind, a, b, cell.start, cell.end, night=word is not None and word.cls == "overnight"), i + 1


def since_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int]:
    """ "since September 27", "since the beginning of the fighting on 27 September", "since Monday", "since last October".

    It lasts to the day of publication. The beginning of the war is dated by the conflict, where no date stands beside it.
    """
    opening = False
    for at in range(i + 1, min(len(cells), i + REACH)):
        cell = cells[at]
        if cell.low in (",", ";", ":", ".", "-") or cell.has("aux"):
            break
        if (found := since_date(cells, at, published)) is not None:
            first, after, basis = found
            return since(first, cells[i].start, cells[after - 1].end, published, basis), after
        opening = opening or cell.low in BEGINNINGS or (opening and cell.has("attack"))
    last = as_day(published).isoformat() if published else None
    return When("since", None, last, cells[i].start, cells[i].end, opening=opening or cells[i].low in OPENED), i + 1


BEGINNINGS: Final = frozenset(("beginning", "start", "outbreak", "escalation", "resumption", "war"))
OPENED: Final = frozenset(("from the start of", "since the start of"))


def since(first: str, start: int, end: int, published: date | None, basis: Basis) -> When:
    """A time that lasts from a day to publication."""
    return When("since", first, as_day(published).isoformat() if published else None, start, end, basis=basis)


def since_date(cells: Sequence[Cell], at: int, published: date | None) -> tuple[str, int, Basis] | None:
    """The date at an index behind "since", the index after it, and how it is known."""
    cell = cells[at]
    if cell.has("month") and cell.cap and cells[at - 1].low == "last" and published:
        return since_last(cells, at, published), at + 1, "relative"
    if (found := calendar_at(cells, at, published)) is not None:
        return not_ahead(found[0], published), found[1], "said"
    month = month_of(cells, at) if cell.cap and cells[at - 1].low.endswith("of") else None
    if month is not None and (iso := iso_date(None, month, None, published)) is not None:
        return not_ahead(iso, published), at + 1, "said"  # "since the start of May"
    if cell.has("weekday"):
        day, after = weekday_at(cells, at, published)
        return (day.first, after, "relative") if day.first else None
    if cell.low == "year" and cells[at - 1].low == "new" and published:
        return f"{published.year}-01-01", at + 1, "relative"
    if cell.has("day") and (day_when := day_word(cells, at, published)[0]).first:
        return day_when.first, at + 1, "relative"
    if cell.low in ("morning", "midnight", "dawn", "noon") and published:
        return as_day(published).isoformat(), at + 1, "relative"
    return (cell.low, at + 1, "said") if YEAR.match(cell.low) else None


def not_ahead(iso: str, published: date | None) -> str:
    """The same day a year earlier where it lies after publication: what has lasted since then has begun."""
    if published is None or iso <= published.isoformat()[: len(iso)]:
        return iso
    return f"{int(iso[:4]) - 1:04}{iso[4:]}"


def since_last(cells: Sequence[Cell], at: int, published: date) -> str:
    """ "since last October": that month of the year before, or of this year where it is well past."""
    month = month_of(cells, at) or 1
    return f"{published.year - (month >= published.month):04}-{month:02}"


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
    return of_day(f"{hour:02}:00", cells, i, after, published)
