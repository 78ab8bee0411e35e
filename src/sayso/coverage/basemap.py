"""`basemap.json`: coast, lakes, rivers and borders under a coverage's map, drawn once with `sayso basemap`."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from sayso.coverage.sheet import Sheet
from sayso.errors import BadSetting, Refused
from sayso.model.conflict import Place
from sayso.model.geography import Basemap, Box

FILE: Final = "basemap.json"
ANEW: Final = "draw it anew: sayso basemap FOLDER"
LARGEST: Final = 8 * 2**20  # bytes; a box of the whole Mediterranean takes half a megabyte
#: Mercator's projection grows without end towards the poles.
FARTHEST_LAT: Final = 80.0
NARROWEST, WIDEST = 0.05, 90.0
#: Room round the places, as a share of the box that holds them, and the least width and height of a box, in degrees.
MARGIN: Final = 0.12
LEAST: Final = 0.6
BOX: Final = re.compile(
    r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*"
)


def read_basemap(folder: Path) -> tuple[Basemap | None, Sheet]:
    """The folder's basemap, None where there is none, and every mistake in it."""
    sheet = Sheet(path=folder / FILE)
    if not sheet.path.is_file():
        return None, sheet
    if sheet.path.stat().st_size > LARGEST:
        sheet.wrong(1, f"the basemap is over {LARGEST // 2**20} MB", "draw it anew for a smaller box")
        return None, sheet
    try:
        found = msgspec.json.decode(sheet.path.read_bytes(), type=Basemap)
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        sheet.wrong(1, f"this is no basemap ({err})", ANEW)
        return None, sheet
    fault = fault_of(found.box) or fault_of_lines(found)
    if fault or not found.credit.strip():
        sheet.wrong(1, fault or "the basemap does not say whose data it is", ANEW)
        return None, sheet
    return found, sheet


def fault_of_lines(basemap: Basemap) -> str:
    """What is wrong with the lines of a basemap, empty where nothing is."""
    kinds = {"land": basemap.land, "lakes": basemap.lakes, "islands": basemap.islands}
    for name, lines in {**kinds, "rivers": basemap.rivers, "borders": basemap.borders}.items():
        least = 8 if name in kinds else 4
        for n, line in enumerate(lines, 1):
            if len(line) % 2 or len(line) < least:
                return f"line {n} of {name} is not longitude and latitude in turn, at least {least // 2} points"
            if name in kinds and line[:2] != line[-2:]:
                return f"line {n} of {name} does not end where it begins"
    return ""


def write_basemap(folder: Path, basemap: Basemap) -> Path:
    """Where the basemap was written, each of its lines on a line of the file."""
    parts = [f'"box": {json.dumps(basemap.box)}', f'"credit": {json.dumps(basemap.credit, ensure_ascii=False)}']
    for name in ("land", "lakes", "islands", "rivers", "borders"):
        lines = ",\n ".join(json.dumps(line, separators=(",", ":")) for line in getattr(basemap, name))
        parts.append(f'"{name}": [\n {lines}\n]' if lines else f'"{name}": []')
    path = folder / FILE
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    return path


def box_of(text: str) -> Box:
    """The box of "W,S,E,N" in degrees. Raises BadSetting where it is none."""
    found = BOX.fullmatch(text)
    if found is None:
        raise BadSetting(f'--bbox "{text}" is not four numbers: write west,south,east,north, as 44.4,38.3,50.6,42.0')
    west, south, east, north = map(float, found.groups())
    box = (west, south, east, north)
    if fault := fault_of(box):
        raise BadSetting(f'--bbox "{text}": {fault}')
    return box


def fault_of(box: Box) -> str:
    """What is wrong with a box, empty where nothing is."""
    west, south, east, north = box
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        return "west and east are not between -180 and 180"
    if not (-FARTHEST_LAT <= south <= FARTHEST_LAT and -FARTHEST_LAT <= north <= FARTHEST_LAT):
        return f"south and north are not between -{FARTHEST_LAT:g} and {FARTHEST_LAT:g}"
    if west >= east:
        return f"west ({west:g}) is not west of east ({east:g}); a box across the 180th meridian cannot be drawn"
    if south >= north:
        return f"south ({south:g}) is not south of north ({north:g}): are longitude and latitude in their places?"
    if not (NARROWEST <= east - west <= WIDEST and north - south >= NARROWEST):
        return f"it is {east - west:g} by {north - south:g} degrees; {NARROWEST:g} to {WIDEST:g} can be drawn"
    return ""


def box_round(places: Iterable[Place]) -> Box:
    """A box that holds these places, with room around them; regions are not asked, since they have no point. Raises
    Refused where no place has a position."""
    found = [(p.lon, p.lat) for p in places if p.lon is not None and p.lat is not None and p.precision != "region"]
    if not found:
        raise Refused(
            "no place of places.toml has lat and lon: enter some, or give the box: --bbox WEST,SOUTH,EAST,NORTH"
        )
    (west, east), (south, north) = ((min(v), max(v)) for v in zip(*found, strict=True))
    wide, high = (max((b - a) * (1 + 2 * MARGIN), LEAST) for a, b in ((west, east), (south, north)))
    lon, lat = (west + east) / 2, (south + north) / 2
    return (
        round(max(lon - wide / 2, -180), 2), round(max(lat - high / 2, -FARTHEST_LAT), 2),
        round(min(lon + wide / 2, 180), 2), round(min(lat + high / 2, FARTHEST_LAT), 2),
    )  # fmt: skip
