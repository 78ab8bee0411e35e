"""Degrees -> pixels: Mercator's projection, which keeps shapes, at the size at which a map is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan, cos, degrees, log, pi, radians, sinh, tan
from typing import Final

from sayso.model.geography import Box, Line

KM_A_DEGREE: Final = 111.3
#: Points nearer than this to the one before, in pixels, are left out of a path.
NEAR: Final = 0.6

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A box in degrees as a drawing of whole pixels; `scale` is pixels a degree of longitude."""

    box: Box
    width: int
    height: int
    scale: float

    def point(self, spot: Point) -> Point:
        """Where a spot stands, to a tenth of a pixel."""
        west, _, _, north = self.box
        return round((spot[0] - west) * self.scale, 1), round((up(north) - up(spot[1])) * self.scale, 1)

    def shows(self, spot: Point) -> bool:
        """Whether a spot is in the drawing."""
        west, south, east, north = self.box
        return west <= spot[0] <= east and south <= spot[1] <= north

    @property
    def km_a_pixel(self) -> float:
        """How many kilometres a pixel is in the middle of the drawing."""
        _, south, _, north = self.box
        return KM_A_DEGREE * cos(radians((south + north) / 2)) / self.scale


def up(lat: float) -> float:
    """A latitude as a length on the map, in degrees of longitude."""
    return degrees(log(tan(pi / 4 + radians(lat) / 2)))


def lat_at(length: float) -> float:
    """The latitude of such a length."""
    return degrees(atan(sinh(radians(length))))


def framed(box: Box, most_wide: int, most_high: int) -> View:
    """A box as large as it can be drawn in so many pixels."""
    west, south, east, north = box
    wide, high = east - west, up(north) - up(south)
    scale = min(most_wide / wide, most_high / high)
    return View(box=box, width=round(wide * scale), height=round(high * scale), scale=scale)


def zoomed(box: Box, spots: Sequence[Point], most_wide: int, most_high: int, *, closest: float) -> View:
    """The part of a box around some spots that fills so many pixels, or all of it where that is less; never narrower than
    a share of the box."""
    west, south, east, north = box
    low, high = up(south), up(north)
    inner = [s for s in spots if west <= s[0] <= east and south <= s[1] <= north] or [(west, south), (east, north)]
    lons, ups = [s[0] for s in inner], [up(s[1]) for s in inner]
    shape = most_wide / most_high
    wide = max((max(lons) - min(lons)) * 1.25, (max(ups) - min(ups)) * 1.25 * shape, (east - west) * closest)
    wide = min(wide, max(east - west, (high - low) * shape))
    left, right = within((min(lons) + max(lons)) / 2, wide, west, east)
    bottom, top = within((min(ups) + max(ups)) / 2, wide / shape, low, high)
    return framed((left, lat_at(bottom), right, lat_at(top)), most_wide, most_high)


def within(middle: float, length: float, low: float, high: float) -> tuple[float, float]:
    """A stretch round the middle, moved or cut so that it lies between low and high."""
    length = min(length, high - low)
    start = min(max(middle - length / 2, low), high - length)
    return start, start + length


def round_points(line: Line) -> list[Point]:
    """A flat line as points."""
    return list(zip(line[0::2], line[1::2], strict=True))


def path_of(lines: Iterable[Line], view: View) -> str:
    """Lines as one SVG path with steps in tenths of a pixel; those that cannot be seen are left out."""
    return "".join(stretch(round_points(line), view) for line in lines if seen(line, view))


def seen(line: Line, view: View) -> bool:
    """Whether the rectangle round a line meets the drawing."""
    west, south, east, north = view.box
    lons, lats = line[0::2], line[1::2]
    return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


def stretch(points: Sequence[Point], view: View) -> str:
    """One line as a path, closed where it ends where it begins."""
    at = [view.point(p) for p in points]
    steps, (x, y) = [], at[0]
    for n, (to_x, to_y) in enumerate(at[1:], 2):
        if abs(to_x - x) + abs(to_y - y) >= NEAR or n == len(at):
            steps.append(f"{number(to_x - x)} {number(to_y - y)}")
            x, y = to_x, to_y
    closed = "z" if points[0] == points[-1] and len(points) > 3 else ""
    return f"M{number(at[0][0])} {number(at[0][1])}l{' '.join(steps)}{closed}" if steps else ""


def number(value: float) -> str:
    """A length to a tenth of a pixel, as short as can be."""
    return f"{round(value, 1):g}"
