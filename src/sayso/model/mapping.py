"""What the map shows, as whole records: where entries say that something happened, and who is said to hold what."""

from dataclasses import dataclass
from datetime import date, datetime

from sayso.model.finding import Answered
from sayso.model.geography import Area
from sayso.model.page import EntryView, PageFrame

#: Longitude and latitude, as exactly as they may be shown (H8).
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place that entries name. `place` is its part of an address; `spot` None where no point is shown: a region, or a
    place without a position. `entries` are all that name it, the newest first."""

    number: int
    place: str
    names: tuple[str, ...]
    spot: Spot | None
    precision: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A place that somebody is said to hold, with the latest answer of each claimant, the newest first.

    `holders` are the sides that are said to hold it, in the order of the answers; `differ`: the claims do not agree, or one
    of them says that it is fought for.
    """

    place: str
    name: str
    spot: Spot | None
    precision: str
    answers: tuple[Answered, ...]
    holders: tuple[str, ...]
    differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town for orientation; nothing is said of it here. The first name stands on the map."""

    names: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """The map: pins of the entries from `since` to `until`, and who is said to hold what by then.

    `towns` stand in the order of their size. `days` are the days with entries, oldest first, for the way to the map as it
    stood at the end of each; `today` is the day of the page.
    """

    frame: PageFrame
    since: datetime
    until: datetime
    pins: tuple[Pin, ...] = ()
    held: tuple[Held, ...] = ()
    areas: tuple[Area, ...] = ()
    towns: tuple[Town, ...] = ()
    days: tuple[date, ...] = ()
