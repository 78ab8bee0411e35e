"""The map as positions in a drawing: `map.html` writes them as SVG, which needs no script, no tiles and no colour.

It is drawn at the size at which it is shown, for wide screens, for narrow ones and for the panel beside the entries: what is
squeezed cannot be read.
Ground that somebody is said to hold is hatched, never solid; where the claims differ, the hatchings lie over each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil, floor, hypot, log10
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.geography import Area, Box
from sayso.model.mapping import Held, MapPage, Pin, Spot
from sayso.model.page import PageFrame, time_stamp
from sayso.publish.labels import DOT, Label, Labels
from sayso.publish.projection import View, framed, path_of, round_points, zoomed

#: Pixels: as wide as a desktop's column and as a phone show it, so that the words are not scaled there.
WIDE: Final = (960, 820)
NARROW: Final = (380, 420)
PANEL: Final = (420, 360)
#: A pin can be hit with a finger; pins and hatched rings, in pixels.
PIN: Final = 12
RING: Final = 18
#: More pins than these would cover the map; all are in the list below it.
MOST_PINS: Final = 60
#: Days with a link of their own; earlier ones are reached through "As it stood at".
MOST_DAYS: Final = 60
#: The narrow map shows the ground with pins, but never less than this share of the whole.
CLOSEST: Final = 0.3
#: Ways of hatching: degrees and pixels between two lines. They differ in direction and width, not in colour alone.
HATCHES: Final = ((45, 6), (-45, 6), (90, 5), (0, 5), (20, 9), (-20, 9), (70, 9), (-70, 9))
#: Where a pin that would cover another goes: a step outwards in one of eight directions.
STEPS: Final = ((0, -1), (1, 0), (0, 1), (-1, 0), (0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7))
#: What the scale takes in its corner, beside its length.
BAR_HIGH, BAR_WIDE = 28, 80
ROUND_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Side:
    """A side in the legend: its number gives its hatching."""

    number: int
    id: str
    name: str
    angle: int
    gap: int


@dataclass(frozen=True, slots=True)
class Ring:
    """A place that somebody is said to hold; `sides` are the numbers of the sides in question."""

    x: float
    y: float
    held: Held
    sides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """Claimed ground: one path, the number of its side."""

    d: str
    area: Area
    side: int


@dataclass(frozen=True, slots=True)
class Drop:
    """A pin where it is drawn, and the spot that it stands for."""

    x: float
    y: float
    spot: tuple[float, float]
    pin: Pin

    @property
    def moved(self) -> bool:
        """Whether it had to give way to another."""
        return (self.x, self.y) != self.spot


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of longitude or latitude: where it crosses the drawing, its degrees, and which way from zero: N, E, S or W."""

    at: float
    degrees: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDrawing:
    """One drawing. Paths are SVG's; `meridians` and `parallels` are drawn where there is no basemap."""

    name: str
    width: int
    height: int
    land: str = ""
    lakes: str = ""
    islands: str = ""
    rivers: str = ""
    borders: str = ""
    meridians: tuple[GridLine, ...] = ()
    parallels: tuple[GridLine, ...] = ()
    patches: tuple[Patch, ...] = ()
    rings: tuple[Ring, ...] = ()
    drops: tuple[Drop, ...] = ()
    dots: tuple[tuple[float, float], ...] = ()
    labels: tuple[Label, ...] = ()
    bar: tuple[float, int] = (0, 0)  # a length in pixels, and in kilometres


def map_drawings(page: MapPage) -> tuple[MapDrawing, ...]:
    """The map for wide and for narrow screens; none where nothing has a position and there is no basemap."""
    box = box_of(page)
    if box is None:
        return ()
    whole = framed(box, *WIDE)
    return drawn(page, "wide", whole), drawn(page, "narrow", zoomed(box, spots_of(page), *NARROW, closest=CLOSEST))


def map_panel(page: MapPage) -> MapDrawing | None:
    """The map beside the entries of the live page; None where nothing can be drawn."""
    box = box_of(page)
    return None if box is None else drawn(page, "panel", zoomed(box, spots_of(page), *PANEL, closest=CLOSEST))


def box_of(page: MapPage) -> Box | None:
    """What the map shows: the basemap's box, else what holds every spot, with room around it."""
    basemap = page.frame.coverage.basemap
    if basemap is not None:
        return basemap.box
    spots = [*spots_of(page), *(s for a in page.areas for r in a.rings for s in round_points(r))]
    return around(spots) if spots else None


def around(spots: Sequence[Spot]) -> Box:
    """A box with room round some spots."""
    lons, lats = [s[0] for s in spots], [s[1] for s in spots]
    room = max(max(lons) - min(lons), max(lats) - min(lats), 0.5) * 0.15
    return min(lons) - room, min(lats) - room, max(lons) + room, max(lats) + room


def spots_of(page: MapPage) -> list[Spot]:
    """Every spot of which something is said."""
    spots = (*(p.spot for p in page.pins), *(h.spot for h in page.held))
    return [s for s in spots if s is not None]


def sides_of(page: MapPage) -> tuple[Side, ...]:
    """Every party of the conflict, then camps and others that are said to hold something."""
    conflict = page.frame.coverage.conflict
    said = (*(h for held in page.held for h in held.holders), *(a.claimant for a in page.areas))
    ids = dict.fromkeys((*(p.id for p in conflict.parties), *said))
    return tuple(side(n, id_, conflict) for n, id_ in enumerate(ids))


def side(number: int, id_: str, conflict: Conflict) -> Side:
    """One side with its hatching."""
    angle, gap = HATCHES[number % len(HATCHES)]
    return Side(number, id_, conflict.name(id_), angle, gap + 4 * (number // len(HATCHES)))


@dataclass(frozen=True, slots=True)
class DayLink:
    """The way to the map as it stood at the end of a day, or as it stands."""

    day: date
    path: str
    current: bool


def day_links(page: MapPage) -> tuple[DayLink, ...]:
    """The ways to the maps of the newest days; that of the newest is the map as it stands."""
    frame, days = page.frame, page.days[-MOST_DAYS:]
    shown = frame.day if frame.as_of else days[-1] if days else None
    return tuple(DayLink(d, f"{frame.root}{'' if d == days[-1] else end_of(d, frame)}map/", d == shown) for d in days)


def end_of(day: date, frame: PageFrame) -> str:
    """What addresses of pages as they stood at the end of a day begin with."""
    last = datetime.combine(day, time(23, 59, 59), frame.coverage.tz)
    return f"at/{time_stamp(last)}/"


def drawn(page: MapPage, name: str, view: View) -> MapDrawing:
    """One drawing of the map."""
    basemap = page.frame.coverage.basemap
    numbers = {s.id: s.number for s in sides_of(page)}
    rings = tuple(rings_of(page.held, numbers, view))
    drops = tuple(drops_of(page.pins[:MOST_PINS], view))
    labels = labels_of(page, view, rings, drops)
    return MapDrawing(
        name=name,
        width=view.width,
        height=view.height,
        land=path_of(basemap.land, view) if basemap else "",
        lakes=path_of(basemap.lakes, view) if basemap else "",
        islands=path_of(basemap.islands, view) if basemap else "",
        rivers=path_of(basemap.rivers, view) if basemap else "",
        borders=path_of(basemap.borders, view) if basemap else "",
        meridians=() if basemap else tuple(graticule(view, across=True)),
        parallels=() if basemap else tuple(graticule(view, across=False)),
        patches=tuple(patch(a, numbers[a.claimant], view) for a in page.areas),
        rings=rings,
        drops=drops,
        dots=tuple(view.point(t.spot) for t in page.towns if t.names[0] in labels.names and view.shows(t.spot)),
        labels=labels.placed,
        bar=scale_bar(view),
    )


def patch(area: Area, number: int, view: View) -> Patch:
    """One area."""
    return Patch(path_of(area.rings, view), area, number)


def rings_of(held: Iterable[Held], numbers: dict[str, int], view: View) -> Iterator[Ring]:
    """The places in view that somebody is said to hold."""
    for one in held:
        if one.spot is not None and view.shows(one.spot):
            yield Ring(*view.point(one.spot), one, tuple(numbers[h] for h in one.holders))


def drops_of(pins: Iterable[Pin], view: View) -> Iterator[Drop]:
    """The pins in view, each as near to its spot as the pins before it leave room."""
    taken: list[tuple[float, float]] = []
    for pin in pins:
        if pin.spot is None or not view.shows(pin.spot):
            continue
        spot = view.point(pin.spot)
        x, y = next(at for at in ways_out(spot) if free(at, taken) and inside(at, view))
        taken.append((x, y))
        yield Drop(x, y, spot, pin)


def ways_out(spot: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The spot itself, then places ever farther around it."""
    yield spot
    step = 1
    while True:
        for dx, dy in STEPS:
            yield round(spot[0] + dx * step * PIN, 1), round(spot[1] + dy * step * PIN, 1)
        step += 1


def free(at: tuple[float, float], taken: Iterable[tuple[float, float]]) -> bool:
    """Whether a pin there covers none of the others."""
    return all(hypot(at[0] - x, at[1] - y) >= 2 * PIN + 1 for x, y in taken)


def inside(at: tuple[float, float], view: View) -> bool:
    """Whether a whole pin there is in the drawing, or nothing but far away would be."""
    x, y = at
    fits = PIN <= x <= view.width - PIN and PIN <= y <= view.height - PIN
    return fits or not (0 <= x <= view.width * 2 and 0 <= y <= view.height * 2)


def labels_of(page: MapPage, view: View, rings: Sequence[Ring], drops: Sequence[Drop]) -> Labels:
    """The names that fit: first of places of which something is said, then of towns by their size."""
    labels = Labels(view.width, view.height)
    labels.keep_box((0, view.height - BAR_HIGH, scale_bar(view)[0] + BAR_WIDE, view.height))
    for drop in drops:
        labels.keep_free(drop.x, drop.y, PIN + 1)
        labels.keep_free(*drop.spot, DOT)
    for ring in rings:
        labels.keep_free(ring.x, ring.y, PIN)
    for ring in rings:
        labels.name(ring.held.name, ring.x, ring.y, RING + 2, said=True)
    for drop in drops:
        labels.name(drop.pin.names[0], drop.x, drop.y, PIN + 3, said=True)
    for town in page.towns:
        if view.shows(town.spot):
            labels.town(town.names[0], *view.point(town.spot))
    return labels


def graticule(view: View, *, across: bool) -> Iterator[GridLine]:
    """Lines of longitude or latitude."""
    west, south, east, north = view.box
    low, high = (west, east) if across else (south, north)
    rough = (high - low) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    for n in range(ceil(low / step), floor(high / step) + 1):
        value = n * step
        x, y = view.point((value, (south + north) / 2) if across else ((west + east) / 2, value))
        way = ("E" if value >= 0 else "W") if across else ("N" if value >= 0 else "S")
        yield GridLine(x if across else y, f"{abs(value):g}", way)


def scale_bar(view: View) -> tuple[float, int]:
    """A round length of at most a quarter of the drawing: pixels and kilometres."""
    km = max((k for k in ROUND_KM if k / view.km_a_pixel <= view.width / 4), default=ROUND_KM[0])
    return round(km / view.km_a_pixel, 1), km
