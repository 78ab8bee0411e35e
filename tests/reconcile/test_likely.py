"""Questions that look like one are proposed with a reason; those that only resemble each other are not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.conflict import Conflict, Place
from sayso.model.question import Key
from sayso.reconcile import Seen, likely, why_not
from sayso.reconcile.spelling import spelt_alike

from .factory import WAR, claim, said

TOWNS: Conflict = replace(
    WAR,
    places=(
        *WAR.places,
        Place(names=("Sallow District",), lat=50.0, lon=20.0, precision="district"),
        Place(names=("Sallow Cross",), lat=50.05, lon=20.05, precision="settlement"),
        Place(names=("Sallow Mill",), lat=50.04, lon=20.04),
        Place(names=("Farholm",), lat=52.0, lon=20.0, precision="settlement"),
        Place(names=("Harrowmere",), precision="settlement"),
        Place(names=("Harrowmore",), precision="settlement"),
    ),
)
SHELLED = Key(type="attack", measure="shelling", place="oldham", day="2031-05-04")
KILLED = Key(
    type="casualties", measure="killed", subject="AR", who="military", scope="incident", place="oldham", day="2031-05-04"
)  # fmt: skip


def seen(key: Key, *, hour: int = 12, claims: int = 1, **more: Any) -> Seen:
    """A question with one claim, said at an hour of 4 May."""
    told = said(key.id, claim("attack.shelling", "AR army", **more), hours=hour - 12)
    return Seen(key=key, claims=claims, said=(told,))


ALIKE = (
    ("Brennick", "Brenick", "two spellings"),
    ("Khoros", "Xoros", "two spellings"),
    ("Gvozdar", "Гвоздар", "two spellings"),
    ("Qarabel", "Karabel", "two spellings"),
    ("Düsterloh", "Dusterloh", "two spellings"),
    ("Vareniki-on-Sea", "Vareniki on Sea", "two spellings"),
    ("Tolkirk", "Tolkirg", "one letter"),
    ("Ambersfield", "Ambresfield", "2 letters"),
    ("Ostrey", "Ostrey district", "a district and its town"),
    ("Mill Ford", "Upper Mill Ford", "a district and its town"),
)
UNLIKE = (
    ("Norr", "Nord"), ("Ubel", "Verst"), ("East Ford", "West Ford"), ("Ostrey", "Ostgate"), ("Karn", "Kern"),
    ("Lower Tarn", "Upper Tarn"), ("Tolkirk", "Talgart"), ("district", "village"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_names_of_one_place_are_known_whoever_transcribed_them(one: str, other: str, why: str) -> None:
    assert why in spelt_alike(one, other)
    assert spelt_alike(one, other) == spelt_alike(other, one)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_other_names_are_not(one: str, other: str) -> None:
    assert spelt_alike(one, other) == ""


def proposed(*asked: Seen, war: Conflict = TOWNS) -> list[tuple[str | None, str | None]]:
    return [(p.question.place or p.question.day, p.into.place or p.into.day) for p in likely(asked, war)]


def test_the_place_that_is_known_is_the_one_to_go_to() -> None:
    found = proposed(seen(replace(SHELLED, place="farholme"), claims=9), seen(replace(SHELLED, place="farholm")))
    assert found == [("farholme", "farholm")]


def test_two_places_that_the_coverage_knows_as_two_are_not_proposed() -> None:
    assert proposed(seen(replace(SHELLED, place="harrowmere")), seen(replace(SHELLED, place="harrowmore"))) == []


def test_a_town_near_the_middle_of_a_district_is_proposed_and_a_far_one_is_not() -> None:
    named = ("sallow cross", "sallow mill", "farholm", "sallow district")
    (found,) = likely([seen(replace(SHELLED, place=p)) for p in named], TOWNS)
    assert {found.question.place, found.into.place} == {"sallow cross", "sallow district"}
    assert found.reason == "Sallow District is an area, and Sallow Cross lies 7 km from its middle."


@pytest.mark.parametrize(
    ("hour", "more", "whether"),
    [
        (22, {}, True),
        (29, {}, True),
        (12, {}, False),
        (12, {"start": "2031-05-04T23:00:00", "end": "2031-05-05"}, True),
        (12, {"start": "2031-05-04", "end": "2031-05-04"}, False),
    ],
)
def test_two_days_in_a_row_are_proposed_only_near_the_midnight_between(hour: int, more: Any, *, whether: bool) -> None:
    day_after = seen(replace(SHELLED, day="2031-05-05"), hour=36)
    assert bool(likely((seen(SHELLED, hour=hour, **more), day_after), TOWNS)) is whether


def test_days_two_apart_are_never_proposed() -> None:
    assert likely((seen(SHELLED, hour=23), seen(replace(SHELLED, day="2031-05-06"), hour=24)), TOWNS) == ()


@pytest.mark.parametrize("changed", [
    {"who": "unknown"}, {"who": "civilian"}, {"measure": "wounded"}, {"subject": "CO"}, {"scope": "unsaid"},
])  # fmt: skip
def test_who_measure_and_scope_are_never_mixed(changed: dict[str, str]) -> None:
    other = replace(KILLED, place="oldhamm", **changed)  # type: ignore[arg-type]
    assert likely((seen(KILLED), seen(other)), TOWNS) == ()
    assert why_not(KILLED, other, TOWNS).startswith("Only like is compared with like")


def test_what_an_editor_set_apart_is_not_proposed() -> None:
    assert likely((seen(KILLED), seen(replace(KILLED, place="oldhamm", apart="1f"))), TOWNS) == ()


places = st.sampled_from(("oldham", "oldhamm", "farholm", "farholme", "sallow cross", "sallow district"))
days = st.sampled_from(("2031-05-03", "2031-05-04", "2031-05-05", None))
keys = st.builds(
    lambda base, place, day: replace(base, place=place, day=day), st.sampled_from((SHELLED, KILLED)), places, days
)


@given(st.lists(keys, max_size=6), st.randoms())
def test_the_same_questions_in_any_order_give_the_same_proposals(asked: list[Key], shuffled: Any) -> None:
    given_ = [seen(k, hour=n * 7) for n, k in enumerate({k.id: k for k in asked}.values())]
    found = likely(given_, TOWNS)
    shuffled.shuffle(given_)
    assert likely(given_, TOWNS) == found
    assert all(why_not(p.question, p.into, TOWNS) == "" for p in found)
