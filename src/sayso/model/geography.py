"""What a map is drawn on, and areas that somebody claims: degrees, never pixels.

A line is a flat tuple of longitudes and latitudes in turn, as it stands in the file: `(lon, lat, lon, lat, ...)`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

Line = tuple[float, ...]
#: West, south, east, north, in degrees.
Box = tuple[float, float, float, float]
#: Positions are shown no more exactly than this many degrees, by the precision that an editor gave the place (H8): about
#: a kilometre for a settlement, ten for a district. A region has no point at all.
COARSE: Final = {"point": 0.001, "settlement": 0.01, "district": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """Coast, lakes, rivers and borders inside a box, drawn once. Land and lakes are closed: their last point is the first.
    `credit` says whose data it is and stands under every map."""

    box: Box
    credit: str
    land: tuple[Line, ...] = ()
    lakes: tuple[Line, ...] = ()
    islands: tuple[Line, ...] = ()  # in lakes
    rivers: tuple[Line, ...] = ()
    borders: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Ground that somebody is said to hold from a day on, as an editor entered it: never drawn solid, never without its
    claimant. `claimant` is a party's or camp's id, `source` a web address or the words for where it says so."""

    claimant: str
    since: date
    source: str
    rings: tuple[Line, ...]
    title: str = ""


def coarse(lon: float, lat: float, precision: str) -> tuple[float, float] | None:
    """The position as it may be shown: the nearest whole step of that precision; None for a region, which has none."""
    step = COARSE.get(precision)
    return None if step is None else (round(round(lon / step) * step, 4), round(round(lat / step) * step, 4))
