"""What the map shows: nothing finer than its place may be, nothing that is not published, nothing that was taken down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.mapping import APART_KM, apart_km
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Claim
from sayso.model.conflict import Place
from sayso.model.geography import Area, Basemap
from sayso.model.mapping import MapPage
from sayso.publish import pages
from sayso.sources.sandbox import Parser
from tests.desk.factory import CONFLICT, NOW, claim
from tests.flow.factory import FEED, STAFF, clock_of, newsroom
from tests.flow.test_gathering import shelled, taken
from tests.flow.test_views import GUARD_SAYS, counted

BASEMAP = Basemap(
    box=(10.0, 40.0, 14.0, 43.0), credit="Drawn.", land=((10.0, 40.0, 14.0, 40.0, 14.0, 43.0, 10.0, 40.0),)
)
#: Its last digits are the canary: no byte of the map may depend on them.
UBEL = Place(names=("Ubel", "Ubala"), side="TK", lat=41.43217, lon=12.34567)
QUAY = Place(names=("Long Quay", "Quai"), side="OR", lat=42.01, lon=11.02, precision="settlement")
BUNKER = Place(names=("Bunker Nine",), side="TK", lat=41.77777, lon=12.77777, precision="settlement")
LAND = Place(names=("Lakeland",), lat=41.0, lon=12.0, precision="region")
TOWNS = (
    Place(names=("Vell",), lat=41.20, lon=13.20, precision="settlement"),
    Place(names=("Vell North",), lat=41.25, lon=13.22, precision="settlement"),
    Place(names=("Quai",), lat=42.012, lon=11.021, precision="settlement"),
    Place(names=("Far Away",), lat=10.0, lon=10.0, precision="settlement"),
)


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF))
    placed(made, UBEL, QUAY, BUNKER, LAND)
    clock_of(made).at = NOW + timedelta(minutes=1)
    yield made
    made.store.close()


def placed(room: Newsroom, *places: Place) -> None:
    conflict = replace(CONFLICT, places=places, gazetteer=TOWNS)
    room.coverage = replace(room.coverage, conflict=conflict, basemap=BASEMAP)


def told(room: Newsroom, text: str, *claims: Claim, ago: float = 10, day: int = 0) -> str:
    source = STAFF if claims and claims[0].attr.side == "OR" else FEED
    return counted(room, text, *claims, source=source, ago=ago, day=day).id


def page(room: Newsroom) -> MapPage:
    return CoverageViews(room).map_page()


def test_pins_are_the_places_of_the_last_day_those_named_most_often_first(desk: Newsroom) -> None:
    for n in range(2):
        text = f"Bulletin {n}: they shelled Ubel."
        told(desk, text, shelled(text, "Ubel"), ago=20 - n)
    text = "They shelled Long Quay and Lakeland."
    told(desk, text, shelled(text, "Long Quay"), shelled(text, "Lakeland"))
    found = page(desk)
    assert [(p.number, p.names[0], len(p.entries)) for p in found.pins] == [
        (1, "Ubel", 2), (2, "Lakeland", 1), (3, "Long Quay", 1),
    ]  # fmt: skip
    assert found.pins[0].names == ("Ubel", "Ubala")
    assert (found.until - found.since, found.days) == (timedelta(days=1), (NOW.date(),))


def test_a_quiet_day_shows_the_last_one_that_was_not(desk: Newsroom) -> None:
    text = "They shelled Ubel."
    told(desk, text, shelled(text, "Ubel"))
    clock_of(desk).at = NOW + timedelta(days=4)
    assert [p.names[0] for p in page(desk).pins] == ["Ubel"]


def test_no_position_is_finer_than_its_place_may_be_shown(desk: Newsroom) -> None:
    text = "They shelled Ubel, Long Quay and Lakeland."
    told(desk, text, *(shelled(text, p) for p in ("Ubel", "Long Quay", "Lakeland")))
    assert {p.names[0]: p.spot for p in page(desk).pins} == {
        "Ubel": (12.3, 41.4), "Long Quay": (11.02, 42.01), "Lakeland": None,
    }  # fmt: skip
    html = pages.map_page(page(desk))
    placed(desk, replace(UBEL, lat=41.40001, lon=12.26543), QUAY, BUNKER, LAND)
    assert pages.map_page(page(desk)) == html, "a district's digits stand nowhere"


def test_news_of_people_on_the_move_is_shown_by_district_only(desk: Newsroom) -> None:
    """H8: also where an editor has entered the place as a settlement."""
    text = "Residents are leaving Long Quay."
    told(
        desk,
        text,
        claim(
            text,
            type="displacement",
            sub="displaced",
            who="civilian",
            subject="OR",
            places=("Long Quay",),
            attr=GUARD_SAYS,
        ),
    )
    (pin,) = page(desk).pins
    assert (pin.precision, pin.spot) == ("district", (11.0, 42.0))


def test_a_place_that_no_entry_names_is_nowhere_on_the_map(desk: Newsroom) -> None:
    text = "They shelled Ubel."
    told(desk, text, shelled(text, "Ubel"))
    html = pages.map_page(page(desk))
    assert "Bunker" not in html
    text = "They shelled Bunker Nine."
    told(desk, text, shelled(text, "Bunker Nine"))
    assert "Bunker" in pages.map_page(page(desk))


def test_who_is_said_to_hold_a_place_is_told_by_all_who_say_so(desk: Newsroom) -> None:
    text = "We took Ubel."
    told(desk, text, taken(text, "Ubel"), ago=30)
    (alone,) = page(desk).held
    assert (alone.name, alone.holders, alone.differ) == ("Ubel", ("OR",), False)
    text = "Ubel is in our hands."
    told(desk, text, taken(text, "Ubel", sub="held", actor="TK", attr=GUARD_SAYS), ago=20)
    (both,) = page(desk).held
    assert (both.holders, both.differ, len(both.answers)) == (("TK", "OR"), True, 2)
    assert "the claims differ" in pages.map_page(page(desk))


def test_a_place_that_is_said_to_be_fought_for_is_held_by_nobody(desk: Newsroom) -> None:
    text = "There is fighting for Ubel."
    told(desk, text, taken(text, "Ubel", sub="contested", actor=None))
    (held,) = page(desk).held
    assert (held.holders, held.differ) == ((), True)


def test_an_area_is_there_from_its_day_on(desk: Newsroom) -> None:
    ring = (12.0, 41.0, 13.0, 41.0, 13.0, 42.0, 12.0, 41.0)
    areas = tuple(Area(claimant="OR", since=date(2031, 5, d), source="a map", rings=(ring,)) for d in (1, 30))
    desk.coverage = replace(desk.coverage, areas=areas)
    assert [a.since.day for a in page(desk).areas] == [1]


def test_towns_are_without_the_districts_of_larger_ones_and_called_as_the_editor_calls_them(desk: Newsroom) -> None:
    assert apart_km((13.20, 41.20), (13.22, 41.25)) < APART_KM < apart_km((13.20, 41.20), (13.40, 41.20))
    assert [t.names[0] for t in page(desk).towns] == ["Vell", "Long Quay"]
    text = "They shelled Long Quay."
    told(desk, text, shelled(text, "Long Quay"))
    assert [t.names for t in page(desk).towns] == [("Long Quay", "Quai"), ("Vell",)]


def test_what_was_taken_down_leaves_no_pin_and_no_holder(desk: Newsroom) -> None:
    text = "We took Ubel."
    gone = told(desk, text, taken(text, "Ubel"))
    views = CoverageViews(desk)
    assert views.map_page().pins and views.map_page().held
    Review(desk).take_down(gone, reason="asked for", who="editor")
    assert (views.map_page().pins, views.map_page().held) == ((), ())


def test_the_map_as_it_stood_knows_nothing_of_later(desk: Newsroom) -> None:
    text = "We took Ubel."
    told(desk, text, taken(text, "Ubel"), ago=10)
    when = clock_of(desk).at = NOW + timedelta(minutes=2)
    clock_of(desk).at += timedelta(minutes=5)
    text = "They shelled Long Quay."
    told(desk, text, shelled(text, "Long Quay"), ago=-4)
    then = CoverageViews(desk).at(when)
    assert then is not None
    assert [p.names[0] for p in page(desk).pins] == ["Long Quay", "Ubel"]
