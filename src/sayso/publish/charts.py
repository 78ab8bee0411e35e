"""A chart of losses as positions in a drawing: `charts.html` writes them as SVG, which needs no script and no colour.

Steps, since a figure stands until the next one; dashed over a day without one, dotted after the last: nothing is known of
the days between. A hollow mark is not exact, an arrow says which way the figure is open, a bar spans a range.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final, Literal

from sayso.model.chart import Chart, Figure, Series
from sayso.model.claim import Count
from sayso.model.coverage import Coverage
from sayso.model.question import Claimant, Said
from sayso.publish.figures import as_said

#: As wide as a phone shows it, so that its words are not scaled down there. One without figures is a strip.
WIDTH: Final = 380
HEIGHT: Final = 224
EMPTY: Final = 56
LEFT: Final = 46
RIGHT: Final = 18
TOP: Final = 26
BOTTOM: Final = 28
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Lines of ticks, days with a name, and how close two labels may come.
TICKS: Final = 4
DAYS_NAMED: Final = 5
APART: Final = 14
OPEN_DOWN: Final = ("less_than", "up_to")
NEAR: Final = ("about", "nearly")

Shape = Literal["exact", "about", "up", "down", "range"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure: where it stands, up to `top` for a range; `words` as said; whether it lowered the one before."""

    x: float
    y: float
    top: float
    shape: Shape
    lowered: bool
    said: Said
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One claimant's figures. `steps` are solid, `gaps` dashed, `rest` dotted: SVG paths. `label` is where the name of its
    last figure stands; `letter` leads to the name under the chart."""

    letter: str
    claimant: Claimant
    since: str | None
    definition: str | None
    marks: tuple[Mark, ...]
    steps: str
    gaps: str
    rest: str
    label: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One chart with the curves and the names on its axes: (position, words)."""

    chart: Chart
    curves: tuple[Curve, ...]
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, date], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM

    @property
    def empty(self) -> bool:
        """Whether there is no figure to draw."""
        return not self.curves


@dataclass(frozen=True, slots=True)
class Scale:
    """From a time and a number to a position. `begin` and `end` bound the days, `most` is the top of the axis."""

    begin: datetime
    end: datetime
    most: float

    def x(self, at: datetime) -> float:
        """Where a time stands; what is dated outside of the coverage stands at its edge."""
        share = (at - self.begin) / (self.end - self.begin)
        return round(LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        """Where a number stands."""
        return round(HEIGHT - BOTTOM - value / self.most * (HEIGHT - TOP - BOTTOM), 1)


def drawings(charts: Sequence[Chart], coverage: Coverage, now: datetime) -> tuple[Drawing, ...]:
    """The charts, all on the days from the coverage's beginning to today in its zone, each on its own numbers from zero."""
    begin = datetime.combine(coverage.start, time(), coverage.tz)
    end = datetime.combine(coverage.local_day(now) + timedelta(days=1), time(), coverage.tz)
    return tuple(drawn(chart, begin, max(end, begin + timedelta(days=1))) for chart in charts)


def drawn(chart: Chart, begin: datetime, end: datetime) -> Drawing:
    """One chart."""
    if not chart.series:
        return Drawing(chart=chart, curves=(), ticks=(), days=(), height=EMPTY, left=0, right=WIDTH, base=EMPTY)
    ticks = steps_to(max(f.high for s in chart.series for f in s.figures))
    scale = Scale(begin, end, ticks[-1])
    curves = [curve(s, LETTERS[n % len(LETTERS)], scale) for n, s in enumerate(chart.series)]
    return Drawing(
        chart=chart,
        curves=tuple(spread(curves)),
        ticks=tuple((scale.y(t), f"{t:,.0f}") for t in ticks),
        days=tuple((scale.x(datetime.combine(d, time(12), begin.tzinfo)), d) for d in named_days(begin, end)),
    )


def shape_of(count: Count) -> Shape:
    """How a figure is marked, so that no open figure looks exact (law 2)."""
    if count.exact:
        return "exact"
    if count.operator in ("range", *NEAR):
        return "range" if count.operator == "range" else "about"
    return "down" if count.operator in OPEN_DOWN else "up"


def curve(series: Series, letter: str, scale: Scale) -> Curve:
    """One claimant's figures as marks and steps."""
    marks = tuple(mark(f, scale) for f in series.figures)
    solid: list[str] = []
    dashed: list[str] = []
    for a, b in pairwise(marks):
        (solid if days_between(a, b, scale) <= 1 else dashed).append(f"M{a.x} {a.y}H{b.x}")
        solid.append(f"M{b.x} {a.y}V{b.y}")
    last = marks[-1]
    return Curve(
        letter=letter, claimant=series.claimant, since=series.since, definition=series.definition, marks=marks,
        steps="".join(solid), gaps="".join(dashed), rest=f"M{last.x} {last.y}H{WIDTH - RIGHT}", label=(last.x, last.top - 9),
    )  # fmt: skip


def days_between(a: Mark, b: Mark, scale: Scale) -> int:
    """How many days lie between two figures, in the coverage's zone."""
    first, second = (m.said.said_at.astimezone(scale.begin.tzinfo).date() for m in (a, b))
    return (second - first).days


def mark(figure: Figure, scale: Scale) -> Mark:
    """One figure."""
    count = figure.said.claim.count
    assert count is not None  # a chart holds figures only
    return Mark(
        x=scale.x(figure.said.said_at), y=scale.y(figure.low), top=scale.y(figure.high), shape=shape_of(count),
        lowered=figure.lowered, said=figure.said, words=as_said(count),
    )  # fmt: skip


def spread(curves: Sequence[Curve]) -> Iterator[Curve]:
    """The curves with labels that do not stand on one another, the lowest where it was."""
    floor_ = float("inf")
    moved: dict[str, Curve] = {}
    for c in sorted(curves, key=lambda c: c.label[1], reverse=True):
        y = round(max(min(c.label[1], floor_ - APART), 10.0), 1)
        floor_ = y
        moved[c.letter] = replace(c, label=(c.label[0], y))
    return (moved[c.letter] for c in curves)


def steps_to(highest: float) -> tuple[float, ...]:
    """Round numbers from zero to the highest or above it, in steps of 1, 2 or 5 times a power of ten."""
    rough = max(highest, 1) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = max(next(m * power for m in (1, 2, 5, 10) if m * power >= rough), 1)
    return tuple(n * step for n in range(ceil(max(highest, 1) / step) + 1))


def named_days(begin: datetime, end: datetime) -> list[date]:
    """The days that have a name on the axis: the first, and the others evenly, never so that two names would touch."""
    days = (end.date() - begin.date()).days
    every = max(1, ceil(days / DAYS_NAMED))
    return [begin.date() + timedelta(days=n) for n in range(0, days, every)]
