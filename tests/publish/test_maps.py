"""The map as drawn: nothing without its mouth, no position finer than it may be, nothing that only a big screen can read."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import lxml.etree
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.geography import Area
from sayso.model.mapping import MapPage, Pin
from sayso.publish import pages
from sayso.publish.assets import asset
from sayso.publish.labels import LONGEST, Labels
from sayso.publish.maps import (
    MOST_PINS,
    NARROW,
    PANEL,
    PIN,
    WIDE,
    day_links,
    drops_of,
    map_drawings,
    map_panel,
    sides_of,
)
from sayso.publish.projection import framed, lat_at, path_of, up, zoomed
from tests.publish.factory import COVERAGE, MemoryViews
from tests.publish.mapping import BASEMAP

VIEWS = MemoryViews()
BARE = MemoryViews(coverage=replace(COVERAGE, basemap=None))
INKS = ("ink", "soft", "line", "paper", "link")
HOSTILE = '"><script>alert(1)</script><svg onload=alert(2)>'


def drawn(page: MapPage) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(pages.map_page(page))


def svgs(page: MapPage) -> list[Any]:
    return list(drawn(page).xpath("//figure/*[local-name()='svg']"))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_north_is_up_and_east_is_right() -> None:
    view = framed(BASEMAP.box, *WIDE)
    (x, y), (x2, y2) = view.point((21.0, -43.0)), view.point((22.0, -42.0))
    assert x < x2 and y > y2
    assert view.point((20.0, -41.0)) == (0.0, 0.0)


@given(st.floats(-80, 80))
def test_a_latitude_comes_back_from_the_map(lat: float) -> None:
    assert lat_at(up(lat)) == pytest.approx(lat, abs=1e-9)


@given(st.lists(st.tuples(st.floats(20, 24), st.floats(-44, -41)), max_size=6))
def test_the_narrow_map_is_never_squeezed_and_loses_no_spot(spots: list[tuple[float, float]]) -> None:
    view = zoomed(BASEMAP.box, spots, *NARROW, closest=0.3)
    assert view.width <= NARROW[0] and view.height <= NARROW[1]
    west, south, east, north = view.box
    assert all(west - 1e-6 <= x <= east + 1e-6 and south - 1e-6 <= y <= north + 1e-6 for x, y in spots)


def test_each_screen_gets_a_drawing_of_its_own_size() -> None:
    wide, narrow = svgs(VIEWS.map_page())
    assert float(wide.get("viewbox").split()[2]) > 800
    assert float(narrow.get("viewbox").split()[2]) <= 380
    style = asset("map.css")[0].decode()
    assert re.search(r"\.map-wide \{ display: none", style) and "font: 12px" in style, (
        "words are set in the drawing's own pixels"
    )


def test_the_list_has_every_pin_and_the_drawing_no_other() -> None:
    page = drawn(VIEWS.map_page())
    listed = {int(li.get("value")): li for li in page.xpath("//ol[@class='pins']/li")}
    assert [words(li.xpath(".//h3")[0]) for li in listed.values()] == ["Ubel", "Verst", "Lakeland", "سورن"]
    for svg in page.xpath("//figure/*[local-name()='svg']"):
        found = svg.xpath(".//*[local-name()='a']")
        assert [int(a.xpath("string(*[local-name()='text'])")) for a in found] == [1, 2]
        for a in found:
            number = int(a.xpath("string(*[local-name()='text'])"))
            assert a.get("href") == listed[number].xpath(".//h3/a/@href")[0]
    assert "no point of it is shown" in words(listed[3]) and "position is not entered" in words(listed[4])


def test_a_pin_that_would_cover_another_gives_way_and_points_to_its_spot() -> None:
    wide, _ = map_drawings(VIEWS.map_page())
    first, second = wide.drops
    assert not first.moved and second.moved
    assert abs(first.x - second.x) + abs(first.y - second.y) >= 2 * PIN
    assert "leader" in pages.map_page(VIEWS.map_page())


@given(st.lists(st.tuples(st.floats(20.01, 23.99), st.floats(-43.99, -41.01)), max_size=40))
def test_no_two_pins_cover_each_other(spots: list[tuple[float, float]]) -> None:
    all_ = [Pin(number=n, place="x", names=("X",), spot=s, precision="point", entries=()) for n, s in enumerate(spots)]
    drops = list(drops_of(all_, framed(BASEMAP.box, *NARROW)))
    assert len(drops) == len(spots)
    apart = [(a.x - b.x) ** 2 + (a.y - b.y) ** 2 for i, a in enumerate(drops) for b in drops[:i]]
    assert all(d >= (2 * PIN) ** 2 for d in apart)


def test_claimed_ground_is_hatched_and_never_solid() -> None:
    page = VIEWS.map_page()
    for svg in svgs(page):
        claimed = svg.xpath(".//*[contains(@class, 'claimed')]")
        assert len(claimed) == 3, "one area, and a place that two sides are said to hold"
        assert all(c.get("fill", "").startswith(f"url(#{svg.get('class').removeprefix('map-')}") for c in claimed)
        assert svg.xpath("count(.//*[@class='ring differ'])") == 1
        assert words(svg.xpath(".//*[local-name()='path'][contains(@class, 'claimed')]")[0]) == (
            "Orland says that it holds this since 12 May 2031"
        )
    assert ".claimed { stroke: none; }" in asset("map.css")[0].decode()


def test_no_two_sides_look_alike_without_colour() -> None:
    sides = sides_of(VIEWS.map_page())
    assert [s.name for s in sides] == ["Orland", "Tesk", "Marn", "Kuld"], "all sides, whether or not they hold anything"
    assert len({(s.angle, s.gap) for s in sides}) == len(sides)
    key = words(drawn(VIEWS.map_page()).xpath("//ul[@class='key']")[0])
    assert all(f"said to be held by {s.name}" in key for s in sides) and "the claims differ" in key


def test_every_claim_of_control_stands_with_its_claimant_and_date() -> None:
    (told,) = drawn(VIEWS.map_page()).xpath("//ul[@class='list held']/li")
    assert "the claims differ" in words(told)
    rows = [words(li) for li in told.xpath("./ul/li")]
    assert len(rows) == 2 and rows[0].startswith("The Orland General Staff says that Orland holds Ubel.")
    assert all("13 May" in r and "the words" in r for r in rows)


def test_an_area_stands_with_its_claimant_date_and_source() -> None:
    (area,) = drawn(VIEWS.map_page()).xpath("//section[@aria-labelledby='areas']//li")
    assert words(area) == "Orland says that it holds “The northern strip”, 12 May 2031: the source"
    assert area.xpath(".//a/@href") == ["https://staff.example/strip"]
    said = replace(VIEWS.map_page().areas[0], source="a map on television", title="")
    (area,) = drawn(replace(VIEWS.map_page(), areas=(said,))).xpath("//section[@aria-labelledby='areas']//li")
    assert words(area) == "Orland says that it holds an area, 12 May 2031: a map on television"


def test_a_drawing_reads_from_left_to_right_in_every_language() -> None:
    for svg in svgs(VIEWS.map_page()):
        assert (svg.get("direction"), svg.get("role")) == ("ltr", "group") and svg.get("aria-label")


def test_without_a_basemap_pins_stand_among_lines_of_longitude_and_latitude() -> None:
    page = BARE.map_page()
    for svg in svgs(page):
        degrees = [words(t) for t in svg.xpath(".//*[@class='degree']")]
        assert any(d.endswith("° E") for d in degrees) and any(d.endswith("° S") for d in degrees)
        assert svg.xpath("count(.//*[@class='pin'])") == 2
    arabic = replace(page, frame=replace(page.frame, coverage=replace(page.frame.coverage, language="ar")))
    for svg in svgs(arabic):
        assert not [t for t in svg.xpath(".//*[@class='degree']") if words(t)[-1] in "NESW"]
    assert "no basemap" in pages.map_page(page)


def test_a_map_of_nothing_says_so_in_words() -> None:
    empty = replace(BARE.map_page(), pins=(), held=(), areas=(), towns=())
    assert "No entry names a place yet." in pages.map_page(empty) and not svgs(empty)
    nowhere = replace(empty, pins=BARE.map_page().pins[2:])
    assert "None of the places that entries name has a position" in pages.map_page(nowhere) and not svgs(nowhere)


@pytest.mark.parametrize("bad", [HOSTILE, "ل" * 10_000, "a\u202eb\u2066c"])
def test_no_name_becomes_markup_or_covers_the_map(bad: str) -> None:
    page = VIEWS.map_page()
    spoiled = replace(
        page,
        pins=tuple(replace(p, names=(bad, bad)) for p in page.pins),
        held=tuple(replace(h, name=bad) for h in page.held),
        areas=(replace(page.areas[0], title=bad, source=bad),),
        towns=tuple(replace(t, names=(bad, bad)) for t in page.towns),
    )
    html = pages.map_page(spoiled)
    assert "<script>alert" not in html and "<svg onload" not in html
    assert all(
        len(words(t)) <= LONGEST for svg in svgs(spoiled) for t in svg.xpath(".//*[starts-with(@class, 'name')]")
    )


def test_an_area_s_address_is_a_link_only_where_it_is_one_of_the_web() -> None:
    bad = replace(VIEWS.map_page().areas[0], source="javascript:alert(1)")
    page = drawn(replace(VIEWS.map_page(), areas=(bad,)))
    assert not [a for a in page.xpath("//a/@href") if a.startswith("javascript")]


def test_more_pins_than_fit_are_all_in_the_list() -> None:
    page = VIEWS.map_page()
    many = tuple(replace(page.pins[0], number=n) for n in range(1, MOST_PINS + 20))
    html = drawn(replace(page, pins=many))
    assert len(html.xpath("//ol[@class='pins']/li")) == len(many)


def test_names_cover_neither_each_other_nor_a_pin() -> None:
    labels = Labels(300, 100)
    labels.keep_free(150, 50, 12)
    for n in range(20):
        labels.name(f"Town {n}", 150, 50, 14, said=False)
    boxes = [(label.x, label.y, label.anchor) for label in labels.placed]
    assert 1 < len(boxes) == len(set(boxes)) <= 4


def test_the_days_lead_to_the_map_as_it_stood_at_the_end_of_each() -> None:
    links = day_links(VIEWS.map_page())
    assert [link.path for link in links] == [
        "/c/tesk/at/20310511T195959Z/map/", "/c/tesk/at/20310512T195959Z/map/", "/c/tesk/map/",
    ]  # fmt: skip
    assert [link.current for link in links] == [False, False, True]
    then = replace(VIEWS.frame(), as_of=VIEWS.frame().now, now=VIEWS.frame().now.replace(day=12))
    assert [link.current for link in day_links(replace(VIEWS.map_page(), frame=then))] == [False, True, False]


def test_what_lies_outside_is_not_drawn() -> None:
    view = framed(BASEMAP.box, *WIDE)
    assert path_of([(50.0, 10.0, 51.0, 11.0)], view) == ""
    far = Area(
        claimant="OR", since=date(2031, 5, 12), source="x", rings=((50.0, 10.0, 51.0, 10.0, 51.0, 11.0, 50.0, 10.0),)
    )
    (wide, _) = map_drawings(replace(VIEWS.map_page(), areas=(far,)))
    assert wide.patches[0].d == ""


def test_the_panel_is_a_drawing_of_its_own_size_that_holds_what_the_map_holds() -> None:
    panel, (wide, _) = map_panel(VIEWS.map_page()), map_drawings(VIEWS.map_page())
    assert panel is not None and panel.width <= PANEL[0] and panel.height <= PANEL[1]
    assert {d.pin.number for d in panel.drops} == {d.pin.number for d in wide.drops}
    assert {r.held.place for r in panel.rings} == {r.held.place for r in wide.rings}


def test_the_panel_is_well_formed_and_brings_its_style_and_no_script() -> None:
    hostile = tuple(replace(p, names=(HOSTILE,)) for p in VIEWS.map_page().pins)
    written = pages.map_panel_svg(replace(VIEWS.map_page(), pins=hostile))
    assert written is not None
    root = lxml.etree.fromstring(written.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not root.xpath("//*[local-name()='script' or local-name()='foreignObject'] | //@onload")
    assert len(root.xpath("//*[local-name()='style']")) == 2


def test_the_panel_has_the_colours_of_the_page() -> None:
    page, panel = asset("page.css")[0].decode(), asset("panel.css")[0].decode()
    of_page, of_panel = (re.findall(rf"--({'|'.join(INKS)}): (#\w+);", css) for css in (page, panel))
    assert [c for c in of_page if c in of_panel] == of_panel
    assert len(of_panel) == 2 * len(INKS)


def test_a_coverage_without_a_basemap_has_no_panel_on_its_live_page() -> None:
    assert "panel.svg" in pages.live_page(VIEWS.live_page())
    assert "panel.svg" not in pages.live_page(BARE.live_page())
