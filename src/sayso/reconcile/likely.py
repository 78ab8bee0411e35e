"""Questions that look like one: names spelt alike, the days on both sides of a midnight, a district and its town.

They are proposed to an editor with the reason, and never put together by themselves. Statuses and measures are never
mixed (R6, R7): only the place or the day of two questions may differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Final
from zoneinfo import ZoneInfo

from sayso.model.conflict import Conflict, Place
from sayso.model.question import Key, Said
from sayso.reconcile.names import place_named
from sayso.reconcile.spelling import names_area, spelt_alike

#: Told so near to a midnight, the same event may have been filed under either day (R14). [ours]
NEAR_MIDNIGHT: Final = timedelta(hours=6)
#: A town so near to the point that stands for a district may lie in it (R16). [ours]
DISTRICT_KM: Final = 25.0
EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A question with how many claims answer it, and some of these."""

    key: Key
    claims: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two questions that may be one, the better founded second, and why."""

    question: Key
    into: Key
    reason: str


def likely(seen: Iterable[Seen], conflict: Conflict) -> tuple[Likely, ...]:
    """The likely merges among these questions, in the order of their ids; the same questions in any order give the
    same."""
    asked = sorted({s.key.id: s for s in seen if s.key.apart is None}.values(), key=lambda s: s.key.id)
    found: dict[tuple[str, str], Likely] = {}
    for one, other, reason in (*same_day(asked, conflict), *same_place(asked, conflict)):
        first, second = sorted((one, other), key=lambda s: (is_known(s, conflict), s.claims, s.key.id))
        found.setdefault((first.key.id, second.key.id), Likely(question=first.key, into=second.key, reason=reason))
    return tuple(found[ids] for ids in sorted(found))


def is_known(seen: Seen, conflict: Conflict) -> bool:
    """Whether the place of a question is one that the coverage or its gazetteer knows."""
    return seen.key.place is not None and place_named(seen.key.place, conflict) is not None


def same_day(asked: Sequence[Seen], conflict: Conflict) -> Iterator[tuple[Seen, Seen, str]]:
    """Pairs that differ in the place only, where the places may be one."""
    alike: dict[Key, list[Seen]] = defaultdict(list)
    for s in asked:
        if s.key.place is not None:
            alike[replace(s.key, place=None)].append(s)
    for group in alike.values():
        for one, other in combinations(group, 2):
            reason = one_place(str(one.key.place), str(other.key.place), conflict)
            if reason:
                yield one, other, reason


def one_place(one: str, other: str, conflict: Conflict) -> str:
    """Why two places may be one, or one lie in the other; empty where nothing says so, and of two places that the
    coverage knows as two, unless one is a district round the other."""
    a, b = place_named(one, conflict), place_named(other, conflict)
    if a is not None and b is not None:
        return in_district(a, b) or in_district(b, a)
    why = spelt_alike(one, other)
    return f"“{one.title()}” and “{other.title()}” {why}." if why else ""


def in_district(district: Place, town: Place) -> str:
    """That a town lies near the middle of a district, by their positions; empty where it does not or nobody knows.

    A district is what a name of it calls so: a village whose precision nobody entered stands as "district" too.
    """
    if not any(names_area(n) for n in district.names) or town.precision not in ("point", "settlement"):
        return ""
    if None in (district.lat, district.lon, town.lat, town.lon):
        return ""
    km = distance_km(district, town)
    if km > DISTRICT_KM:
        return ""
    return f"{district.name} is an area, and {town.name} lies {km:.0f} km from its middle."


def distance_km(one: Place, other: Place) -> float:
    """The distance between two places that have positions, over the ground."""
    lat, lon, to_lat, to_lon = (radians(x or 0.0) for x in (one.lat, one.lon, other.lat, other.lon))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def same_place(asked: Sequence[Seen], conflict: Conflict) -> Iterator[tuple[Seen, Seen, str]]:
    """Pairs that differ in the day only: two days in a row, told near to the midnight between."""
    by_id = {s.key.id: s for s in asked}
    for one in asked:
        for key in days_beside(one.key):
            other = by_id.get(key.id)
            if other is None or other.key.id <= one.key.id:
                continue
            night = midnight(str(other.key.day), conflict)
            if any(is_near(s, night) for s in (*one.said, *other.said)):
                yield one, other, "It is the same place on two days in a row, told near to the midnight between."


def days_beside(key: Key) -> tuple[Key, ...]:
    """The same question on the day before and the day after; none where it is about no single day."""
    if key.day is None or "/" in key.day or key.place is None:
        return ()
    day = date.fromisoformat(key.day)
    return tuple(replace(key, day=(day + timedelta(days=n)).isoformat()) for n in (-1, 1))


def midnight(day: str, conflict: Conflict) -> datetime:
    """The beginning of a day in the conflict's zone."""
    return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(conflict.zone))


def is_near(said: Said, night: datetime) -> bool:
    """Whether a claim was said near to a midnight, or tells of something that went on over it."""
    first, last = (said.claim.start or "")[:10], (said.claim.end or "")[:10]
    over = first < night.date().isoformat() <= last if first and last else False
    return over or abs(said.said_at - night) <= NEAR_MIDNIGHT
