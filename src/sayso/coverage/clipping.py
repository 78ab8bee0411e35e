"""Cutting lines to a box and leaving out points that nobody would see. Pure; degrees in, degrees out."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from math import hypot

from sayso.model.geography import Box, Line

Point = tuple[float, float]


def points_of(line: Sequence[float]) -> list[Point]:
    """A flat line as points."""
    return list(zip(line[0::2], line[1::2], strict=True))


def flat(points: Sequence[Point], *, digits: int = 4) -> Line:
    """Points as a flat line, rounded."""
    return tuple(round(v, digits) for v in chain.from_iterable(points))


def meets(line: Sequence[float], box: Box) -> bool:
    """Whether the rectangle round a line meets the box."""
    west, south, east, north = box
    lons, lats = line[0::2], line[1::2]
    return bool(lons) and min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


def cut_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring inside the box, closed along its edges; empty where nothing is (Sutherland and Hodgman:
    one edge of the box after the other)."""
    west, south, east, north = box
    edges: tuple[tuple[Callable[[Point], bool], Callable[[Point, Point], Point]], ...] = (
        (lambda p: p[0] >= west, lambda a, b: at_lon(a, b, west)),
        (lambda p: p[0] <= east, lambda a, b: at_lon(a, b, east)),
        (lambda p: p[1] >= south, lambda a, b: at_lat(a, b, south)),
        (lambda p: p[1] <= north, lambda a, b: at_lat(a, b, north)),
    )
    points = list(ring)
    for inside, crossing in edges:
        points = list(cut_at(points, inside, crossing))
    return [*points, points[0]] if points and points[0] != points[-1] else points


def cut_at(
    ring: Sequence[Point], inside: Callable[[Point], bool], crossing: Callable[[Point, Point], Point]
) -> Iterator[Point]:
    """The part of a ring on one side of an edge."""
    before = ring[-1] if ring else (0.0, 0.0)
    was = bool(ring) and inside(before)
    for point in ring:
        now = inside(point)
        if now != was:
            yield crossing(before, point)
        if now:
            yield point
        before, was = point, now


def at_lon(a: Point, b: Point, lon: float) -> Point:
    """Where the way from `a` to `b` crosses a meridian."""
    return lon, a[1] + (b[1] - a[1]) * (lon - a[0]) / (b[0] - a[0])


def at_lat(a: Point, b: Point, lat: float) -> Point:
    """Where the way from `a` to `b` crosses a parallel."""
    return a[0] + (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]), lat


def cut_line(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of an open line inside the box, in order."""
    pieces: list[list[Point]] = []
    for a, b in pairwise(line):
        kept = cut_step(a, b, box)
        if kept is None:
            continue
        if pieces and pieces[-1][-1] == kept[0]:
            pieces[-1].append(kept[1])
        else:
            pieces.append([*kept])
    return pieces


def cut_step(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of one step inside the box, None where there is none (Liang and Barsky)."""
    west, south, east, north = box
    dx, dy = b[0] - a[0], b[1] - a[1]
    first, last = 0.0, 1.0
    for step, room in ((-dx, a[0] - west), (dx, east - a[0]), (-dy, a[1] - south), (dy, north - a[1])):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    start = a if first == 0 else (a[0] + first * dx, a[1] + first * dy)
    return start, b if last == 1 else (a[0] + last * dx, a[1] + last * dy)


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie nearer than the tolerance to what is left (Douglas and Peucker); its ends
    stay, and so does the way round a ring."""
    kept = {0, len(line) - 1}
    open_ = [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = tolerance, 0
        for n in range(first + 1, last):
            away = distance(line[n], line[first], line[last])
            if away > far:
                far, at = away, n
        if at:
            kept.add(at)
            open_ += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)] if line else []


def distance(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the step between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    if length == 0:
        return hypot(point[0] - a[0], point[1] - a[1])
    share = min(max(((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length, 0), 1)
    return hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)


def length_of(line: Sequence[Point]) -> float:
    """How long a line is."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))


def area_of(ring: Sequence[Point]) -> float:
    """How much a closed ring holds, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
