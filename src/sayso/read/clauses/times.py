"""Dates and times as said, resolved against the day of publication, in any of the clause grammar's languages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sayso.read.clauses.tagging import Word
from sayso.read.text.dates import SHIFTS, iso_date, not_ahead
from sayso.read.text.lapses import When, as_day

YEAR: Final = re.compile(r"((?:19|20|21)\d\d)(?:[-'’][^\W\d_]+)?\Z")
DAY: Final = re.compile(r"(\d{1,2})(?:[-'’][^\W\d_]+)?\Z")
REACH: Final = 7  # words looked through after "since" for its date


def times_in(
    words: Sequence[Word], published: date | None, *, month_first: bool = False
) -> Iterator[tuple[int, int, When]]:
    """The date expressions of a sentence with the indices of their words."""
    at = 0
    while at < len(words):
        found = month_day(words, at, published) if month_first else None
        found = found or time_at(words, at, published)
        if found is None:
            at += 1
            continue
        when, after = found
        yield at, after, when
        at = after


def month_day(words: Sequence[Word], i: int, published: date | None) -> tuple[When, int] | None:
    """ "Avqustun 3-də", "օգոստոսի 3-ից ի վեր": a date whose month stands before its day."""
    month = words[i].one("month")
    day = DAY.match(words[i + 1].low) if i + 1 < len(words) else None
    if month is None or month.value is None or day is None or not 1 <= int(day[1]) <= 31:
        return None
    iso = iso_date(None, int(month.value), int(day[1]), published)
    if iso is None:
        return None
    if i + 2 < len(words) and words[i + 2].has("sinceafter"):
        return When("since", not_ahead(iso, published), None, words[i].start, words[i + 2].end), i + 3
    return When("point", iso, iso, words[i].start, words[i + 1].end), i + 2


def time_at(words: Sequence[Word], i: int, published: date | None) -> tuple[When, int] | None:
    """The date expression that starts at a word."""
    word = words[i]
    if word.has("since") and (found := since_at(words, i, published)) is not None:
        return found
    if (calendar := calendar_at(words, i, published)) is not None:
        iso, after = calendar
        kind = "since" if after < len(words) and words[after].has("sinceafter") else "point"
        if kind == "since":
            return When("since", not_ahead(iso, published), None, word.start, words[after].end), after + 1
        return When("point", iso, iso, word.start, words[after - 1].end), after
    if (day := word.one("day")) is not None:
        return day_word(word, day.cls, published), i + 1
    if (weekday := word.one("weekday")) is not None and weekday.value is not None:
        return weekday_of(word, int(weekday.value), published), i + 1
    if word.has("past"):
        return When("past", None, None, word.start, word.end), i + 1
    return None


def since_at(words: Sequence[Word], i: int, published: date | None) -> tuple[When, int] | None:
    """ "с 27 сентября", "с начала боёв", "منذ 3 مايو": the date after "since", None where none follows at once."""
    always = words[i].one("since", "start") is not None  # "since the beginning of the war": with or without a date
    for at in range(i + 1, min(len(words), i + (REACH if always else 2))):
        if not words[at].word:
            break
        if (found := calendar_at(words, at, published)) is not None:
            return When("since", not_ahead(found[0], published), None, words[i].start, words[found[1] - 1].end), found[
                1
            ]
        if (weekday := words[at].one("weekday")) is not None and weekday.value is not None:
            when = weekday_of(words[at], int(weekday.value), published)
            return When("since", when.first, None, words[i].start, when.end), at + 1
        if words[at].one("day", "yesterday", "today"):
            when = day_word(words[at], words[at].lex["day"][0].cls, published)
            return When("since", when.first, None, words[i].start, when.end), at + 1
    return (When("since", None, None, words[i].start, words[i].end), i + 1) if always else None


def calendar_at(words: Sequence[Word], i: int, published: date | None) -> tuple[str, int] | None:
    """ "27 сентября 2020", "3 Mayıs": the ISO date and the index after it."""
    day = DAY.match(words[i].low)
    if day is None or i + 1 >= len(words) or not 1 <= int(day[1]) <= 31:
        return None
    month = words[i + 1].one("month")
    if month is None or month.value is None:
        return None
    year = YEAR.match(words[i + 2].low) if i + 2 < len(words) else None
    iso = iso_date(int(year[1]) if year else None, int(month.value), int(day[1]), published)
    return (iso, i + 2 + (year is not None)) if iso else None


def day_word(word: Word, cls: str, published: date | None) -> When:
    """ "today", "overnight", "in the past day"."""
    first, last, kind = SHIFTS[cls]
    if published is None:
        return When(kind, None, None, word.start, word.end)
    day = as_day(published)
    a, b = ((day + timedelta(days=n)).isoformat() for n in (first, last))
    return When(kind, a, b, word.start, word.end)


def weekday_of(word: Word, weekday: int, published: date | None) -> When:
    """A weekday: the last such day up to publication, and the next one for plans."""
    if published is None:
        return When("point", None, None, word.start, word.end)
    day, back = as_day(published), (published.weekday() - weekday) % 7
    past = (day - timedelta(days=back)).isoformat()
    return When("point", past, past, word.start, word.end, (day + timedelta(days=(7 - back) % 7 or 7)).isoformat())
