"""H9: by default nobody is found by the name of a victim, and no title, feed or tally carries it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span
from sayso.model.conflict import Person
from sayso.model.setting import Setting
from sayso.publish import feed, json_feed, pages
from sayso.publish.figures import as_said
from sayso.publish.titles import card_title
from tests.web.desk_room import newsroom, take_in

NAME = "Captain Ilva Marrend"
TITLE = f"{NAME} was killed near Ubel"
TEXT = f"{TITLE}\nThe Tesk Guard said that the road was shelled. Marrend, 34, was born in Verst."


class NamingReader:
    """Reads the named victim of the fixture, as the reader reads one: her name are the words of the count."""

    version = "naming-1"

    def read(self, text: str, parts: tuple[Part, ...], setting: Setting) -> Reading:
        whole, at = Span(0, len(text)), text.index(NAME)
        count = Count(operator="exact", n=1, low=1, high=1, unit="officers", scope="cumulative", words=NAME,
                      span=Span(at, at + len(NAME)))  # fmt: skip
        attr = Attribution(kind="army", org="Tesk Guard", side="TK")
        made = Claim(type="casualties", sub="killed", attr=attr, span=Span(0, len(TITLE)), rule="test", subject="TK",
                     who="military", count=count)  # fmt: skip
        return Reading(passages=(Passage(span=whole, text=text, claims=(made,)),), reader=self.version)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    made.reader = cast(Any, NamingReader())
    yield made
    made.store.close()


@pytest.fixture(params=["accepted", "left out"])
def told(room: Newsroom, request: pytest.FixtureRequest) -> CoverageViews:
    it = take_in(room, TEXT, title=TITLE)
    accepted = (0,) if request.param == "accepted" else ()
    Review(room).publish(it.id, accepted=accepted, seen=[f"{it.id}.0"], who="editor")
    return CoverageViews(room)


def hits(views: CoverageViews, query: str) -> int:
    page = views.search_page(query, None)
    assert page is not None
    return len(page.hits)


def test_nobody_is_found_by_the_name_of_a_victim(told: CoverageViews) -> None:
    assert [hits(told, q) for q in ("Marrend", "Ilva Marrend", "ilva", "captain marrend shelled")] == [0, 0, 0, 0]
    assert [hits(told, q) for q in ("shelled", "Ubel", "Tesk")] == [1, 1, 1]


def test_no_feed_title_or_tally_carries_it(told: CoverageViews) -> None:
    fed = told.feed_page()
    (entry,) = fed.entries
    for body in (feed.atom(fed).decode(), str(json_feed.json_feed(fed)), pages.tally_page(told.tally_page())):
        assert "Marrend" not in body
    live = told.live_page()
    assert live is not None
    assert NAME in pages.live_page(live)  # the words themselves stand on the page
    assert card_title(entry, told.frame().coverage.conflict).endswith(": what it says of a victim")
    assert all("Marrend" not in as_said(c.said.claim.count) for c in entry.claims if c.said.claim.count)


def test_somebody_whom_the_coverage_lists_is_found(room: Newsroom) -> None:
    known = Person(name="Ilva Marrend", body="Tesk Guard", side="TK")
    conflict = replace(room.coverage.conflict, people=(*room.coverage.conflict.people, known))
    room.coverage = replace(room.coverage, conflict=conflict)
    it = take_in(room, TEXT, title=TITLE)
    Review(room).publish(it.id, accepted=(0,), seen=[f"{it.id}.0"], who="editor")
    assert hits(CoverageViews(room), "Marrend") == 1
