"""`areas.geojson`: ground that a side is said to hold, as an editor entered it; optional.

GeoJSON (RFC 7946): a FeatureCollection of polygons, each with `claimant`, `date`, `source` and perhaps a `title`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from sayso.coverage.sheet import Sheet, did_you_mean, fault_of_address
from sayso.model.conflict import Conflict
from sayso.model.geography import Area, Line

FILE: Final = "areas.geojson"
HINT: Final = '{"type": "FeatureCollection", "features": [...]}'
FEATURE: Final = re.compile(r'"type"\s*:\s*"Feature"')
KEYS: Final = ("claimant", "date", "source", "title")
LARGEST: Final = 2 * 2**20
#: No corner is shown more exactly than about a kilometre (H8).
DIGITS: Final = 2


def read_areas(folder: Path, conflict: Conflict) -> tuple[tuple[Area, ...], Sheet]:
    """The folder's areas in the order of the file, and every mistake in it; none where there is no file."""
    sheet = Sheet(path=folder / FILE)
    if not sheet.path.is_file():
        return (), sheet
    if sheet.path.stat().st_size > LARGEST:
        sheet.wrong(1, f"the file is over {LARGEST // 2**20} MB", "leave out detail that no map can show")
        return (), sheet
    try:
        text = sheet.path.read_text(encoding="utf-8-sig")
        values = json.loads(text)
    except json.JSONDecodeError as err:
        sheet.wrong(
            err.lineno, f"this is not JSON: {err.msg[:1].lower()}{err.msg[1:]}", "mend the line or export it anew"
        )
        return (), sheet
    except UnicodeDecodeError:
        sheet.wrong(1, "these letters are not UTF-8", "save the file in the encoding UTF-8")
        return (), sheet
    features = values.get("features") if isinstance(values, dict) else None
    if not isinstance(features, list) or values.get("type") != "FeatureCollection":
        sheet.wrong(1, "this is no FeatureCollection of GeoJSON", f"write {HINT}")
        return (), sheet
    lines = [text.count("\n", 0, m.start()) + 1 for m in FEATURE.finditer(text)]
    numbered = ((lines[n] if n < len(lines) else 1, f) for n, f in enumerate(features))
    return tuple(a for line, f in numbered if (a := _area(sheet, line, f, conflict)) is not None), sheet


def _area(sheet: Sheet, line: int, feature: Any, conflict: Conflict) -> Area | None:
    """One area; None, with a mistake, where it lacks what no area may lack."""
    told = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(told, dict):
        sheet.wrong(line, "this is no feature with properties", f"write {', '.join(KEYS)} into its properties")
        return None
    for key in told:
        if key not in KEYS:
            sheet.wrong(line, f'"{key}" is not known here', did_you_mean(key, KEYS))
    claimant, since, source = (
        _claimant(sheet, line, told, conflict),
        _day(sheet, line, told),
        _source(sheet, line, told),
    )
    rings = tuple(_rings(sheet, line, feature.get("geometry")))
    if claimant is None or since is None or source is None or not rings:
        return None
    return Area(claimant=claimant, since=since, source=source, rings=rings, title=str(told.get("title") or ""))


def _claimant(sheet: Sheet, line: int, told: Mapping[str, Any], conflict: Conflict) -> str | None:
    known = {p.id for p in conflict.parties} | {g.id for g in conflict.groups}
    if told.get("claimant") in known:
        return str(told["claimant"])
    what = f'claimant "{told["claimant"]}" is no party or group' if told.get("claimant") else "an area has no claimant"
    sheet.wrong(line, what, f"write the id of one: {', '.join(sorted(known))}")
    return None


def _day(sheet: Sheet, line: int, told: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(told.get("date")))
    except ValueError:
        sheet.wrong(line, "an area has no date of the claim", 'write "date": "2031-05-04"')
        return None


def _source(sheet: Sheet, line: int, told: Mapping[str, Any]) -> str | None:
    source = told.get("source")
    if not isinstance(source, str) or not source.strip():
        sheet.wrong(line, "an area does not say where its claimant says so", 'write "source": "https://..."')
        return None
    if "://" in source and (fault := fault_of_address(source)):
        sheet.wrong(line, f'source "{source}" {fault}', 'write "https://HOST/PATH", or words')
        return None
    return source.strip()


def _rings(sheet: Sheet, line: int, geometry: Any) -> Iterator[Line]:
    """The closed rings of a Polygon or MultiPolygon, holes among them."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    found = geometry["coordinates"] if kind in ("Polygon", "MultiPolygon") and "coordinates" in geometry else []
    polygons = [found] if kind == "Polygon" else found
    try:
        rings = [[(float(p[0]), float(p[1])) for p in ring] for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError, KeyError):
        rings = []
    good = all(len(r) > 3 and r[0] == r[-1] and all(abs(x) <= 180 and abs(y) <= 90 for x, y in r) for r in rings)
    if not rings or not good:
        sheet.wrong(line, "an area is no closed polygon in degrees", "write a Polygon of [longitude, latitude] pairs")
        return
    for ring in rings:
        yield tuple(round(v, DIGITS) for point in ring for v in point)
