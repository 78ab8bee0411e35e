"""A date expression as a record, and those that count days: "for a third day", "the past 48 hours", "two weeks ago"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sayso.model.vocabulary import Basis
from sayso.read.text.words import Cell

Kind = Literal["point", "since", "period", "past", "until"]
YEAR: Final = re.compile(r"(?:19|20|21)\d\d\Z", re.ASCII)
DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z", re.ASCII)
ORDINAL: Final = re.compile(r"(\d{1,4})(?:st|nd|rd|th)\Z", re.ASCII)
COUNTED: Final = ("noun", "victim", "weapon", "body", "attack")


@dataclass(frozen=True, slots=True)
class When:
    """A date expression: what it says (`first`..`last`, ISO; None where it cannot be resolved) and where it stands.

    `future` is the same read forwards ("on Sunday" of a plan). A "past" one is before the escalation: background. `basis`
    is how the date is known. `clock` is set for a time of day alone ("at 06:30"), whose day is then that of publication,
    `until` where it ends; `night` for "last night", `opening` for "since the beginning of the war", whose date the conflict gives.
    """

    kind: Kind
    first: str | None
    last: str | None
    start: int
    end: int
    future: str | None = None
    basis: Basis = "relative"
    clock: str | None = None
    until: str | None = None
    opening: bool = False
    night: bool = False


def as_day(moment: date) -> date:
    """The calendar day of a date or date-time."""
    return date(moment.year, moment.month, moment.day)


def nth_day(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "for a third day", "for the 11th day": from then to publication; "in its seventh day": the day itself."""
    cell, word = cells[i], cells[i].one("nth")
    after = i + 1
    if word is None:
        if after >= len(cells) or cells[after].low not in ("day", "straight day", "consecutive day"):
            return None
        after += 1
    n = int(word.value) if word is not None and word.value else int(cell.low[:-2])
    before = cells[i - 1].low if i else ""
    before = cells[i - 2].low if before in ("the", "a", "its") and i > 1 else before
    if published is None:
        return When("point", None, None, cell.start, cells[after - 1].end), after
    day = as_day(published)
    first = day - timedelta(days=n - 1) if before == "for" else day
    return When("point", first.isoformat(), day.isoformat(), cell.start, cells[after - 1].end), after


UNITS: Final = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30}


def count_of(cell: Cell) -> int:
    """The number of days or weeks that a cell says, 0 where it says none."""
    number = cell.one("num")
    if number is not None and number.value:
        return int(number.value)
    return int(cell.low) if cell.low.isascii() and cell.low.isdigit() and len(cell.low) < 4 else 0


def span_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "the past three days", "the last 48 hours": a period up to publication."""
    if i + 2 >= len(cells):
        return None
    n = count_of(cells[i + 1])
    unit = UNITS.get(cells[i + 2].low.removesuffix("s"))
    if not n or unit is None:
        return None
    if published is None:
        return When("period", None, None, cells[i].start, cells[i + 2].end), i + 3
    day = as_day(published)
    first = day - timedelta(days=max(1, round(n * unit)))
    return When("period", first.isoformat(), day.isoformat(), cells[i].start, cells[i + 2].end), i + 3


def ago_at(cells: Sequence[Cell], i: int, published: date | None) -> tuple[When, int] | None:
    """ "three days ago"; a settled past: "two years ago", "in the early 1990s", "in 1994"."""
    cell = cells[i]
    if len(cell.low) == 4 and YEAR.match(cell.low):
        if i + 1 < len(cells) and cells[i + 1].has(*COUNTED):
            return None  # "2014 soldiers"
        if published is not None and int(cell.low) >= published.year:
            return When("point", cell.low, cell.low, cell.start, cell.end, basis="said"), i + 1
    if YEAR.match(cell.low[:4]) and (cell.low.endswith("s") or len(cell.low) == 4):
        return When("past", None, None, cell.start, cell.end), i + 1
    n = count_of(cell)
    unit = (
        UNITS.get(cells[i + 1].low.removesuffix("s")) if n and i + 2 < len(cells) and cells[i + 2].has("ago") else None
    )
    if unit is not None and unit <= UNITS["week"] and published is not None:
        day = (as_day(published) - timedelta(days=int(n * unit))).isoformat()
        return When("point", day, day, cell.start, cells[i + 2].end), i + 3
    if i + 2 < len(cells) and cells[i + 1].low in ("years", "decades", "months") and cells[i + 2].has("ago"):
        return When("past", None, None, cell.start, cells[i + 2].end), i + 3
    return None
