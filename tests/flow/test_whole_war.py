"""The invented war of four parties on every page kind: all are there, and a change of camp moves nothing before its date.

The addresses are made from the route table: a page kind that is not walked here fails.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette

from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.filtering import named_places
from sayso.flow.pages.paging import paging_token
from sayso.flow.pages.views import CoverageViews
from sayso.flow.record.signing import signing_key
from sayso.model.event import Attached
from sayso.model.page import time_stamp
from sayso.publish.assets import static_files
from sayso.sources.sandbox import Parser
from sayso.web.deltas import SEGMENT
from sayso.web.live import Hub
from sayso.web.public import public_routes
from tests.flow.factory import clock_of
from tests.flow.retelling import EXAMPLES, retold
from tests.store.factory import media
from tests.web.test_public import Client

pytestmark = pytest.mark.slow

NAME = "skerrow"
ONE = f"/c/{NAME}/"
PARTIES = ("Brenmark", "Ostmere", "Kelvane", "Lunne")
#: The last moment of day 4: Lunne leaves one camp then, and joins the other where the war is the one that ships.
EVE = datetime(2031, 5, 6, 8, tzinfo=UTC) - timedelta(seconds=1)
CHANGE = '"BR", "OS", {party = "LU", since = 2031-05-06}'
PICTURE = media(name="harbour-480.webp")
#: Page kinds that list what all parties say or lack, at any time of the story from day 4 on.
ALL_SPEAK = ("", "tally/", "q/", "map/", "method/")


@dataclass(frozen=True)
class War:
    """The war as it was told: to a newsroom, with what readers ask."""

    room: Newsroom
    client: Client
    routes: tuple[str, ...]

    def words(self, address: str) -> str:
        """The inside of a page without its markup and what is invisible; all of an answer that is no page."""
        text = self.client.get(address).text
        main = re.search(r"<main.*</main>", text, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else text).split())


def war(folder: Path, data: Path, parser: Parser, *, until: datetime | None = None) -> War:
    room = retold(folder, data, parser, until=until)
    if until is None:
        last = room.store.every_statement()[-1]
        (room.media / PICTURE.renditions[0].name).write_bytes(b"RIFF")
        with room.store.write(actor="media", at=world_now()) as w:
            w.append(Attached(statement=last.id, media=(PICTURE,)))
    room.store.checkpoint(signing_key(room), at=world_now())
    table = public_routes({NAME: CoverageViews(room, feeds=True)}, {NAME: Hub(0)})
    return War(room, Client(Starlette(routes=table)), tuple(route.path for route in table))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, parser: Parser) -> Iterator[War]:
    with ExitStack() as stack:
        made = war(EXAMPLES / NAME, tmp_path_factory.mktemp("told"), parser)
        stack.enter_context(closing(made.room.store))
        yield made


@pytest.fixture(scope="module")
def in_no_camp(tmp_path_factory: pytest.TempPathFactory, parser: Parser) -> Iterator[War]:
    """The same war, but that Lunne joins nobody when it leaves the Southern League."""
    folder = tmp_path_factory.mktemp("other") / NAME
    shutil.copytree(EXAMPLES / NAME, folder)
    parties = (folder / "parties.toml").read_text("utf-8")
    assert CHANGE in parties
    (folder / "parties.toml").write_text(parties.replace(CHANGE, '"BR", "OS"'), "utf-8")
    with ExitStack() as stack:
        made = war(folder, folder.parent / "data", parser)
        stack.enter_context(closing(made.room.store))
        yield made


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, parser: Parser) -> Iterator[War]:
    """The war as it was told up to the eve of the change."""
    with ExitStack() as stack:
        made = war(EXAMPLES / NAME, tmp_path_factory.mktemp("before"), parser, until=EVE)
        clock_of(made.room).at = EVE
        stack.enter_context(closing(made.room.store))
        yield made


def values(war: War, views: CoverageViews) -> dict[str, Callable[[], list[str]]]:
    """What stands for each part of an address: everything that there is of it."""
    live, listed = views.live_page(), views.questions_page()
    assert live is not None and listed is not None
    last = live.entries[-1].post
    end = war.room.clock.now()
    return {
        "coverage": lambda: [NAME],
        "name": lambda: [*static_files(), PICTURE.renditions[0].name],
        "number:int": lambda: [str(views.frame().coverage.day_number(d)) for d, _ in views.days_page().days],
        "token": lambda: [paging_token(last.at, last.id)],
        "party": lambda: list(war.room.coverage.conflict.names),
        "place": lambda: list(named_places(views._store, war.room.coverage.conflict)),
        "question": lambda: [q.id for q in listed.questions],
        "statement": lambda: [s.id for s in war.room.store.every_statement() if views.statement_page(s.id)],
        "post": lambda: sorted({e.post.id for e in live.entries}),
        "then": lambda: [time_stamp(EVE)],
        "since": lambda: [time_stamp(EVE)],
        "first:int": lambda: [str(war.room.store.size())],
        "second:int": lambda: [str(war.room.store.size())],
        "begin:int": lambda: ["1"],
        "end:int": lambda: [str(SEGMENT)],
        "version:int": lambda: ["1"],
        "n:int": lambda: [str(views.n())],
        "t": lambda: [f"{end.astimezone(war.room.coverage.tz) - timedelta(days=2):%Y-%m-%dT%H:%M}"],
    }


def addresses(war: War, route: str, views: CoverageViews) -> list[str]:
    """Every address of a route. Fails for a part that nobody here knows how to fill in."""
    known, found = values(war, views), [route]
    for part in re.findall(r"{([^}]+)}", route):
        assert part in known, f"{route}: say in `values` what stands for {part}"
        found = [a.replace(f"{{{part}}}", value) for a in found for value in known[part]()]
    return [a for a in found if a.startswith("/static/") == (a.rpartition("/")[2] in static_files())]


def walked(war: War, *, then: bool) -> Iterator[tuple[str, str]]:
    """Every route below the coverage, without its beginning, with each of its addresses; as they stood on the eve, or now."""
    views = CoverageViews(war.room, feeds=True)
    there = views.at(EVE) if then else views
    assert there is not None
    for route in war.routes:
        if ("{then}" in route) == then:
            kind = route.replace("/c/{coverage}/", "").replace("at/{then}/", "")
            yield from ((kind, address) for address in addresses(war, route, there))


#: What is asked by a query, and answered by the way to a page.
ASKED = {"at/": 303}


@pytest.mark.parametrize("then", [False, True], ids=["now", "as it stood"])
def test_every_address_of_every_route_answers(told: War, then: bool) -> None:
    seen = set()
    for kind, address in walked(told, then=then):
        if kind == f"/c/{NAME}/events":
            continue  # it never ends: tests/web/test_live.py
        query = "?t=2031-05-04T12:00" if kind == "at/" else ""
        assert told.client.get(address + query).status_code == ASKED.get(kind, 200), address
        seen.add(kind)
    assert len(seen) > 12


@pytest.mark.parametrize("then", [False, True], ids=["now", "as it stood"])
def test_no_page_knows_two_sides_only(told: War, then: bool) -> None:
    seen = set()
    for kind, address in walked(told, then=then):
        if kind in ALL_SPEAK:
            words = told.words(address)
            assert [p for p in PARTIES if p not in words] == [], address
            seen.add(kind)
    assert seen == {k for k in ALL_SPEAK if k != "method/" or not then}


def test_every_party_s_own_words_stand_under_its_name(told: War) -> None:
    names, spoke = {p.id: p.name for p in told.room.coverage.conflict.parties}, set()
    shown = {address for kind, address in walked(told, then=False) if kind in ("s/{statement}/", "p/{post}/")}
    for it in told.room.store.every_statement():
        source = told.room.coverage.source(it.source)
        if source is None or source.party not in names:
            continue
        posts = {f"{ONE}p/{p.id}/" for p in told.room.store.posts_of(it.id)}
        for address in {f"{ONE}s/{it.id}/", *posts} & shown:
            assert names[source.party] in told.words(address), address
            spoke.add(source.party)
    assert spoke == set(names)


def test_a_change_of_camp_moves_nothing_before_its_date(told: War, in_no_camp: War) -> None:
    """Where Lunne goes on day 5 cannot be told from any page as it stood on day 4, nor from what earlier words answer."""
    plain = partial(re.sub, r"Captured \d+ \w+, [\d:]+|[0-9a-f]{16,}", "")
    for kind, address in walked(told, then=True):
        assert plain(told.words(address)) == plain(in_no_camp.words(address)), (kind, address)
    assert answered(told) == answered(in_no_camp) != {}
    later = [f"{ONE}{kind}" for kind in ("tally/", "q/", "day/5/", "day/6/", "day/7/")]
    assert [a for a in later if told.words(a) != in_no_camp.words(a)] != [], "the change would move nothing at all"


def test_what_was_shown_before_a_change_of_camp_is_what_stood_then(told: War, before: War) -> None:
    for kind in ("tally/", "q/", "day/1/", "day/2/", "day/3/", "day/4/"):
        assert told.words(f"{ONE}at/{time_stamp(EVE)}/{kind}") == before.words(f"{ONE}{kind}"), kind
    assert answered(before).items() <= answered(told).items()


def answered(war: War) -> dict[str, tuple[str, ...]]:
    """The questions that each claim answers which was said before the change."""
    return war.room.store.asked([s.id for s in war.room.store.said(until=EVE)])


def test_a_party_in_no_camp_stands_where_the_others_do(in_no_camp: War) -> None:
    conflict, day = in_no_camp.room.coverage.conflict, (EVE + timedelta(days=1)).date()
    assert not any(conflict.overlap(g.id, "LU", day) for g in conflict.groups)
    for kind, address in walked(in_no_camp, then=False):
        if kind in ALL_SPEAK:
            assert "Lunne" in in_no_camp.words(address), address
