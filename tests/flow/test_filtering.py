"""Filters of the live page: nothing is lost, nothing is found that is not there, as it stands and as it stood."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Target
from sayso.model.conflict import Place
from sayso.sources.sandbox import Parser
from tests.desk.factory import CONFLICT, NOW, claim
from tests.flow.factory import FEED, OUTLET, STAFF, clock_of, newsroom
from tests.flow.test_views import GUARD_SAYS, STAFF_SAYS, counted


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF, OUTLET))
    places = (Place(names=("Ubel", "Ubel*", "Ubala"), side="TK"), Place(names=("Verst",), side="OR"))
    made.coverage = replace(made.coverage, conflict=replace(CONFLICT, places=places))
    clock_of(made).at = NOW
    yield made
    made.store.close()


def heads(views: CoverageViews, kind: str, name: str = "") -> list[str]:
    """The headlines under a filter, page by page to the last."""
    found: list[str] = []
    before = None
    while True:
        page = views.filtered_page(kind, name, before)
        assert page is not None
        found += [e.post.head for e in page.entries]
        before = page.next_before
        if before is None:
            return found


def control(text: str, place: str) -> object:
    return claim(
        text, type="control", sub="taken", actor="OR", subject=None, who=None, places=(place,), attr=STAFF_SAYS
    )


def test_a_party_s_filter_holds_what_it_is_quoted_with_and_all_that_its_channels_say(desk: Newsroom) -> None:
    counted(desk, "The Guard mourns its dead.", source=FEED, ago=9)
    told = "The Tesk Guard says it holds Verst."
    counted(desk, told, claim(told, attr=GUARD_SAYS, places=("Verst",)), source=OUTLET, ago=8)
    counted(desk, "The staff met.", source=STAFF, ago=7)
    views = CoverageViews(desk)
    assert [h.split(": ", 1)[1] for h in heads(views, "party", "TK")] == [told, "The Guard mourns its dead."]
    assert len(heads(views, "party", "OR")) == 1
    assert heads(views, "party", "MN") == []


def test_a_denial_is_found_as_one_and_a_bare_negative_is_none(desk: Newsroom) -> None:
    told, bare = "The Staff denies that it holds Verst.", "The Staff does not hold Verst."
    what = Target(type="control", sub="held", actor="OR", places=("Verst",))
    no = claim(told, type="denial", sub="denies", attr=STAFF_SAYS, polarity="negated", target=what, count=None)
    counted(desk, told, no, source=STAFF, ago=9)
    counted(desk, bare, replace(control(bare, "Verst"), polarity="negated"), source=STAFF, ago=8)  # type: ignore[type-var]
    views = CoverageViews(desk)
    assert [h.split(": ", 1)[1] for h in heads(views, "denial")] == [told]
    assert {link.path: link.count for link in views.live_page().filters}["with/denial/"] == 1  # type: ignore[union-attr]


def test_every_spelling_of_a_place_is_one_filter(desk: Newsroom) -> None:
    for n, name in enumerate(("Ubel", "Ubala", "Ubelskaya")):
        text = f"Bulletin {n}: we took {name}."
        counted(desk, text, control(text, name), source=STAFF, ago=n)  # type: ignore[arg-type]
    views = CoverageViews(desk)
    assert len(heads(views, "place", "ubel")) == 3
    assert heads(views, "place", "verst") == []
    assert views.filtered_page("place", "nowhere") is None


def test_a_filter_pages_through_all_and_a_wrong_token_is_nothing(desk: Newsroom) -> None:
    for n in range(65):
        counted(desk, f"Bulletin {n}.", source=FEED, ago=n / 10)
    views = CoverageViews(desk)
    found = heads(views, "party", "TK")
    assert len(found) == len(set(found)) == 65
    assert views.filtered_page("party", "TK", "nonsense") is None
    assert views.filtered_page("party", "XX") is None
    assert views.filtered_page("camp", "TK") is None


def test_a_filter_as_it_stood_knows_nothing_of_later(desk: Newsroom) -> None:
    text = "We took Ubel."
    counted(desk, text, control(text, "Ubel"), source=STAFF, ago=0)  # type: ignore[arg-type]
    when = clock_of(desk).at + timedelta(minutes=1)
    later = "We took Ubel again."
    clock_of(desk).at += timedelta(hours=1)
    now = CoverageViews(desk)
    shown = heads(now, "place", "ubel")
    then = now.at(when)
    assert then is not None
    counted(desk, later, control(later, "Ubel"), source=STAFF, ago=-60)  # type: ignore[arg-type]
    assert heads(then, "place", "ubel") == shown
    assert len(heads(now, "place", "ubel")) == 2


def test_the_filters_name_every_party_and_count_what_is_cheap(desk: Newsroom) -> None:
    counted(desk, "The Guard mourns its dead.", source=FEED)
    page = CoverageViews(desk).live_page()
    assert page is not None
    assert [f.path for f in page.filters][:3] == ["", "with/key/", "with/media/"]
    assert {"Orland", "Tesk", "Marn", "Kuld"} <= {f.label for f in page.filters}
    assert [f.count for f in page.filters if f.path in ("with/key/", "with/media/")] == [0, 0]
