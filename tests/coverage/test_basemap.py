"""A basemap is cut exactly, drawn without a net, and every mistake in it or in the areas says what to do."""

import struct
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.basemap import basemap
from sayso.coverage import check, gshhg, load
from sayso.coverage.areas import FILE as AREAS
from sayso.coverage.basemap import FILE, box_of, box_round, read_basemap, write_basemap
from sayso.coverage.clipping import area_of, cut_line, cut_ring, distance, simplified
from sayso.coverage.gshhg import cut_basemap, package_folder
from sayso.errors import BadSetting, Refused, SaysoError
from sayso.flow.setup.basemaps import draw_basemap
from sayso.model.conflict import Place
from sayso.model.geography import Basemap, coarse
from tests.coverage.factory import write

BOX = (0.0, 0.0, 10.0, 10.0)
SQUARE = [(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0), (2.0, 2.0)]
points = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=3, max_size=12)
LAND = (-5.0, -5.0, 5.0, -5.0, 5.0, 15.0, -5.0, 15.0, -5.0, -5.0)
#: Levels and lines of a tiny world: land on the west, a lake in it, an island in the lake, one border, two rivers.
WORLD = {
    "gshhs": [
        ("1", LAND[:-2]),
        ("2", (1.0, 1.0, 4.0, 1.0, 4.0, 4.0, 1.0, 4.0)),
        ("3", (2.0, 2.0, 3.0, 2.0, 3.0, 3.0, 2.0, 3.0)),
        ("1", (40.0, 5.0, 41.0, 5.0, 41.0, 6.0, 40.0, 6.0)),
    ],
    "countries": [("-1", (-5.0, 6.0, 2.5, 6.001, 5.0, 6.0))],
    "rivers": [("-1", (0.0, 9.0, 4.0, 9.0)), ("-1", (1.0, 8.0, 1.1, 8.0))],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The tiny world as the package lays it out."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, lines in WORLD.items():
        body, rows = b"", []
        for number, (level, line) in enumerate(lines):
            packed = struct.pack(f"<{len(line)}f", *line)
            rows.append(
                f"{level} -1 {len(line) // 2} {min(line[1::2]):9.5f} {max(line[1::2]):9.5f} {len(body)} {len(packed)} {number}"
            )
            body += packed
        for detail in "fh":
            (folder / f"{name}_{detail}.dat").write_bytes(body)
            (folder / f"{name}meta_{detail}.dat").write_text("\n".join(rows) + "\n")
    return folder


def near(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < 1e-3 for x, y in zip(a, b, strict=True))


def test_a_ring_is_cut_at_the_box_and_stays_closed() -> None:
    cut = cut_ring(SQUARE, (0.0, 0.0, 5.0, 5.0))
    assert area_of(cut) == pytest.approx(9.0) and cut[0] == cut[-1]
    assert cut_ring(SQUARE, BOX)[0] in SQUARE and area_of(cut_ring(SQUARE, BOX)) == pytest.approx(36.0)
    assert cut_ring(SQUARE, (20.0, 20.0, 30.0, 30.0)) == []


def test_a_line_that_leaves_the_box_and_comes_back_is_two_pieces() -> None:
    assert cut_line([(-5, 5), (5, 5), (5, 15), (8, 15), (8, 5)], BOX) == [[(0, 5), (5, 5), (5, 10)], [(8, 10), (8, 5)]]
    assert cut_line([(-5, 20), (20, 20)], BOX) == []


@given(points)
def test_what_is_cut_lies_in_the_box(line: list[tuple[float, float]]) -> None:
    inside = [p for piece in cut_line(line, BOX) for p in piece] + cut_ring([*line, line[0]], BOX)
    assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 10 + 1e-6 for x, y in inside)


@given(points, st.floats(0.01, 5))
def test_what_is_left_out_lies_near_what_is_kept(line: list[tuple[float, float]], tolerance: float) -> None:
    kept = simplified(line, tolerance)
    assert kept[0] == line[0] and kept[-1] == line[-1]
    steps = list(pairwise(kept))
    assert all(min(distance(p, a, b) for a, b in steps) <= tolerance for p in line)


def test_a_basemap_is_cut_from_the_data(data: Path) -> None:
    made = cut_basemap(data, BOX)
    assert [len(x) for x in (made.land, made.lakes, made.islands, made.borders, made.rivers)] == [1, 1, 1, 1, 1]
    assert "GSHHG" in made.credit and "LGPL" in made.credit
    assert near(made.borders[0], (-0.2, 6.0, 5.0, 6.0)), (
        "a bend under a pixel is left out, the line goes on over the edge"
    )
    assert near(made.rivers[0], (0.0, 9.0, 4.0, 9.0)), "a river too short to see is left out"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = Basemap(box=BOX, credit="Drawn by “hand”.", land=(LAND,), borders=((0.0, 1.0, 2.0, 3.0),))
    write_basemap(tmp_path, made)
    assert read_basemap(tmp_path) == (made, read_basemap(tmp_path)[1]) and not read_basemap(tmp_path)[1].mistakes


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{", "this is no basemap"),
        ('{"box": [0, 0, 1, 1]}', "this is no basemap"),
        ('{"box": [0, 0, 1, 1], "credit": " "}', "does not say whose data"),
        ('{"box": [5, 0, 1, 1], "credit": "x"}', "not west of east"),
        ('{"box": [0, 0, 1, 1], "credit": "x", "rivers": [[1, 2, 3]]}', "line 1 of rivers"),
        ('{"box": [0, 0, 1, 1], "credit": "x", "land": [[0, 0, 1, 0, 1, 1, 0, 1]]}', "does not end where it begins"),
    ],
)
def test_a_spoiled_basemap_is_named(tmp_path: Path, body: str, says: str) -> None:
    (write(tmp_path) / FILE).write_text(body)
    (mistake,) = check(tmp_path)
    assert says in mistake.what and "sayso basemap" in mistake.write_instead and mistake.file.name == FILE


@pytest.mark.parametrize(
    ("text", "says"),
    [("1,2,3", "four numbers"), ("a,b,c,d", "four numbers"), ("5,1,4,2", "180th meridian"), ("0,5,9,2", "in their places"),
     ("0,-85,9,2", "-80 and 80"), ("-190,0,9,2", "-180 and 180"), ("0,0,0.001,1", "can be drawn")],
)  # fmt: skip
def test_a_box_that_is_none_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BadSetting, match=says):
        box_of(text)
    assert box_of(" -118.9, -44.7,-117.8,-43.7 ") == (-118.9, -44.7, -117.8, -43.7)


def test_the_box_is_that_of_the_places_without_the_regions() -> None:
    far = Place(names=("Whole",), lat=80.0, lon=170.0, precision="region")
    west, south, east, north = box_round(
        [Place(names=("A",), lat=10.0, lon=20.0), Place(names=("B",), lat=11.0, lon=23.0), far]
    )
    assert (round(west), round(east)) == (20, 23) and west < 20 and east > 23
    assert (round(south), round(north)) == (10, 11) and south < 10 and north > 11
    with pytest.raises(Refused, match="--bbox"):
        box_round([far, Place(names=("C",))])


def test_the_command_draws_and_the_coverage_then_has_it(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path)
    monkeypatch.setattr(gshhg, "find_spec", lambda _: None)
    with pytest.raises(Refused, match=r"sayso\[basemap\]"):
        package_folder()
    told: list[str] = []
    draw_basemap(folder, BOX, say=told.append, data=data)
    assert "a few seconds" in told[0] and "1 lakes" in told[1]
    drawn = load(folder).basemap
    assert drawn is not None and drawn.box == BOX and not check(folder)
    done = CliRunner().invoke(basemap, [str(folder), "--bbox", "1,2"])
    assert isinstance(done.exception, SaysoError) and "four numbers" in str(done.exception)


AREA = """{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"claimant": "NO", "date": "2031-05-04", "source": "https://army.example/1"},
  "geometry": {"type": "Polygon", "coordinates": [[[1.12345, 2], [3, 2], [3, 4], [1.12345, 2]]]}},
 {"type": "Feature", "properties": CHANGED,
  "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 2]]]}}
]}"""
GOOD = '{"claimant": "BANKS", "date": "2031-05-05", "source": "a map shown on television", "title": "The strip"}'


def test_areas_have_a_claimant_a_day_and_a_source_and_no_finer_corners_than_a_kilometre(tmp_path: Path) -> None:
    (write(tmp_path) / AREAS).write_text(AREA.replace("CHANGED", GOOD))
    first, second = load(tmp_path).areas
    assert (first.claimant, first.since.isoformat(), first.rings[0][0]) == ("NO", "2031-05-04", 1.12)
    assert (second.claimant, second.source, second.title) == ("BANKS", "a map shown on television", "The strip")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (GOOD.replace("BANKS", "XX"), "is no party or group"),
        (GOOD.replace('"claimant": "BANKS", ', ""), "has no claimant"),
        (GOOD.replace("2031-05-05", "soon"), "no date"),
        (GOOD.replace("a map shown on television", ""), "does not say where"),
        (GOOD.replace("a map shown on television", "ftp://x"), "is not a web address"),
        (GOOD.replace('"title"', '"titel"'), "is not known here"),
        ("7", "no feature with properties"),
    ],
)
def test_a_spoiled_area_is_named_with_its_line(tmp_path: Path, told: str, says: str) -> None:
    (write(tmp_path) / AREAS).write_text(AREA.replace("CHANGED", told))
    (mistake,) = check(tmp_path)
    assert says in mistake.what and mistake.line == 4 and mistake.write_instead


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"type": "FeatureCollection"}', AREA.replace("CHANGED", GOOD).replace("[1, 2]", '"x"')]
)
def test_a_file_that_is_no_geojson_is_named(tmp_path: Path, body: str) -> None:
    (write(tmp_path) / AREAS).write_text(body)
    assert [m for m in check(tmp_path) if m.file.name == AREAS and m.write_instead]


def test_no_position_is_finer_than_its_precision_and_a_region_has_none() -> None:
    assert coarse(12.3456, -41.98765, "district") == coarse(12.2501, -42.0499, "district") == (12.3, -42.0)
    assert coarse(12.3456, -41.98765, "settlement") == (12.35, -41.99)
    assert coarse(12.3456, -41.98765, "region") is None


@pytest.mark.parametrize("name", ["karabakh-2020", "skerrow"])
def test_the_examples_ship_with_a_basemap_that_says_whose_it_is(name: str) -> None:
    found = load(Path(__file__).parents[2] / "examples" / name).basemap
    assert found is not None and found.credit and found.land and found.borders
