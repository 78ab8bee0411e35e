"""What is gathered about a party or a place: each answer once, on the page where its words stand; nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages import gathering
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Claim
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Place
from sayso.sources.sandbox import Parser
from tests.desk.factory import CONFLICT, NOW, claim
from tests.flow.factory import FEED, OUTLET, STAFF, clock_of, newsroom
from tests.flow.test_views import GUARD_SAYS, STAFF_SAYS, counted, total

JOINS = Membership(party="KU", since=date(2031, 5, 5))


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF, OUTLET))
    conflict: Conflict = replace(
        CONFLICT,
        places=(Place(names=("Ubel", "Ubel*", "Ubala"), side="TK"), Place(names=("Verst",), side="OR")),
        groups=(replace(CONFLICT.groups[0], members=(*CONFLICT.groups[0].members, JOINS)),),
        third=(Party(id="UNC", names=("Union of Coasts",)),),
        bodies=(*CONFLICT.bodies, Body(names=("Coast Court",), kind="court", side="UNC")),
    )
    made.coverage = replace(made.coverage, conflict=conflict)
    clock_of(made).at = NOW + timedelta(minutes=1)
    yield made
    made.store.close()


def taken(text: str, *places: str, **changes: object) -> Claim:
    fields = {"type": "control", "sub": "taken", "actor": "OR", "subject": None, "who": None, "attr": STAFF_SAYS}
    return claim(text, places=places, **(fields | changes))


def shelled(text: str, place: str) -> Claim:
    return taken(text, place, type="attack", sub="shelling", subject="TK", attr=GUARD_SAYS)


def toll(room: Newsroom, n: int, *, ago: float) -> None:
    text = f"By now {n} of our soldiers were killed."
    counted(room, text, total(text, str(n), n, GUARD_SAYS), ago=ago)


def test_a_party_s_page_shows_its_latest_answer_and_how_its_figure_went(desk: Newsroom) -> None:
    for n, ago in ((250, 30), (280, 20), (270, 10)):
        toll(desk, n, ago=ago)
    page = CoverageViews(desk).party_page("TK")
    assert page is not None
    (answer,) = page.answers
    assert answer.answer.latest.claim.count is not None and answer.answer.latest.claim.count.n == 270
    (revised,) = page.revised
    assert [(s.claim.count.n, way) for s, way in revised.figures if s.claim.count] == [
        (270, "down"), (280, "up"), (250, ""),
    ]  # fmt: skip
    assert [len(entries) for _, entries in page.days] == [3]
    assert [h.source.name for h in page.channels] == ["guard"]


def test_every_answer_stands_on_one_page_and_none_is_lost(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "GATHERED", 3)
    for n in range(10):
        text = f"Order {n}: we took {'Ubel' if n % 2 else 'Verst'}, then Hill {n}."
        counted(desk, text, taken(text, "Ubel" if n % 2 else "Verst", f"Hill {n}"), source=STAFF, ago=20 - n)
    views = CoverageViews(desk)
    found, before = [], None
    while True:
        page = views.party_page("OR", before)
        assert page is not None
        found += [a.question.id for a in page.answers]
        before = page.next_before
        if before is None:
            break
    every = [q for q, _, _ in desk.store.questions()]
    assert sorted(found) == sorted(every)
    assert len(every) == 12


def test_camps_stand_with_their_dates_and_a_third_party_has_a_page(desk: Newsroom) -> None:
    views = CoverageViews(desk)
    kuld, league, coasts = (views.party_page(i) for i in ("KU", "LEAGUE", "UNC"))
    assert kuld is not None and league is not None and coasts is not None
    assert kuld.camps == (("LEAGUE", JOINS),)
    assert [i for i, _ in league.camps] == ["TK", "MN", "KU"]
    assert coasts.names == ("Union of Coasts",) and coasts.camps == () and coasts.answers == ()
    assert views.party_page("XX") is None
    assert views.party_page("KU", "nonsense") is None


def test_names_that_are_only_beginnings_are_not_shown(desk: Newsroom) -> None:
    page = CoverageViews(desk).party_page("TK")
    assert page is not None and page.names == ("Tesk",)


def test_a_place_has_who_holds_it_attacks_by_day_and_both_names(desk: Newsroom) -> None:
    for n, name in enumerate(("Ubel", "Ubala")):
        text = f"Bulletin {n}: we took {name}."
        counted(desk, text, taken(text, name), source=STAFF, ago=30 - n)
    for n, day in enumerate((1, 0)):
        text = f"Note {n}: they shelled Ubelskaya."
        counted(desk, text, shelled(text, "Ubelskaya"), ago=10 - n, day=day)
    page = CoverageViews(desk).place_page("ubel")
    assert page is not None
    assert page.names[0] == "Ubel" and "Ubala" in page.names and not any(n.endswith("*") for n in page.names)
    assert page.holds is not None and page.holds.key.place == "ubel"
    assert [day for day, _ in page.attacks] == ["2031-05-06", "2031-05-05"]
    assert sum(len(entries) for _, entries in page.days) == 4


def test_a_place_page_holds_no_question_about_another_place(desk: Newsroom) -> None:
    text = "We took Ubel and Verst."
    counted(desk, text, taken(text, "Ubel", "Verst"), source=STAFF)
    page = CoverageViews(desk).place_page("verst")
    assert page is not None and page.holds is not None
    assert (page.holds.key.place, page.others, page.attacks) == ("verst", (), ())
    listed = CoverageViews(desk).places_page()
    assert [part for part, _ in listed.places] == ["ubel", "verst"]


def test_a_configured_place_without_a_word_has_an_empty_page(desk: Newsroom) -> None:
    views = CoverageViews(desk)
    page = views.place_page("verst")
    assert page is not None and (page.holds, page.days) == (None, ())
    assert views.place_page("nowhere") is None


def test_an_entry_leads_to_its_places(desk: Newsroom) -> None:
    text = "We took Ubala."
    counted(desk, text, taken(text, "Ubala"), source=STAFF)
    page = CoverageViews(desk).live_page()
    assert page is not None and page.entries[0].places == (("ubel", "Ubel"),)


def test_a_group_is_a_camp_of_its_members_only() -> None:
    made = Conflict(id="x", groups=(Group(id="G", names=("G",), members=(Membership(party="A"),)),))
    assert gathering.camps_of("B", made, on=date(2031, 5, 5)) == ()


def test_a_camp_that_is_joined_or_left_later_is_not_told_before() -> None:
    stays, joins = Membership(party="A", until=date(2031, 5, 5)), Membership(party="A", since=date(2031, 5, 6))
    made = Conflict(
        id="x", groups=(Group(id="G", names=("G",), members=(stays,)), Group(id="H", names=("H",), members=(joins,)))
    )
    assert gathering.camps_of("A", made, on=date(2031, 5, 4)) == (("G", Membership(party="A")),)
    assert gathering.camps_of("A", made, on=date(2031, 5, 6)) == (("G", stays), ("H", joins))


def test_a_party_s_channels_tell_when_they_were_fetched_in_the_coverage_s_zone(desk: Newsroom) -> None:
    desk.coverage = replace(desk.coverage, zone="Asia/Yerevan")
    desk.store.note_fetch(FEED.name, at=NOW, ok=True)
    page = CoverageViews(desk).party_page("TK")
    assert page is not None
    there = f"{NOW + timedelta(hours=4):%Y-%m-%d %H:%M}"
    assert [h.sentence for h in page.channels] == [f"fetched {there} Yerevan"]
    desk.store.note_fetch(FEED.name, at=NOW + timedelta(hours=1), ok=False, error="no answer")
    page = CoverageViews(desk).party_page("TK")
    assert page is not None and f"last answer {there} Yerevan" in page.channels[0].sentence
