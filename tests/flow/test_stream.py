"""Pages of entries: both ways nothing is lost and nothing comes twice, whatever goes out or is withdrawn meanwhile."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages import stream
from sayso.flow.pages.views import CoverageViews
from sayso.model.event import Posted
from sayso.model.page import LivePage
from sayso.model.post import Post
from sayso.sources.sandbox import Parser
from tests.flow.factory import minutes, newsroom


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser)
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ENTRIES_A_PAGE", 6)


class Busy:
    """A desk that publishes and withdraws by a dice; many entries share a minute."""

    def __init__(self, room: Newsroom, seed: int, entries: int) -> None:
        self.room, self.dice, self.posts = room, random.Random(seed), []
        for _ in range(entries):
            self.add(self.dice.randrange(20, 40))

    posts: list[Post]

    def append(self, post: Post) -> None:
        with self.room.store.write(actor="test", at=world_now()) as w:
            w.append(Posted(post=post))

    def add(self, ago: float, kind: str = "update") -> Post:
        n, at = len(self.posts), minutes(ago)
        id_ = f"p{self.dice.randrange(10**6):06}x{n}"  # ids are in no order, as hashes are
        post = Post(id=id_, kind=kind, version=1, at=at, updated_at=at, head=f"The desk: {n}", day=at.date())  # type: ignore[arg-type]
        self.posts.append(post)
        self.append(post)
        return post

    def stir(self) -> None:
        """Something goes out late or now, or an entry is changed or withdrawn."""
        for _ in range(self.dice.randrange(3)):
            self.add(self.dice.choice((0, 0, 25, 33)))
        old = self.dice.randrange(len(self.posts))
        state = self.dice.choice(("published", "withdrawn"))
        was = self.posts[old]
        self.posts[old] = replace(was, version=was.version + 1, state=state, updated_at=world_now(), reason="R.")
        self.append(self.posts[old])


def ids(page: LivePage | None) -> list[str]:
    assert page is not None
    return [e.post.id for e in page.entries]


@pytest.mark.parametrize("seed", range(6))
def test_a_walk_to_older_entries_meets_each_once_while_others_come_and_go(desk: Newsroom, seed: int) -> None:
    busy = Busy(desk, seed, 31)
    views, there = CoverageViews(desk), {p.id for p in busy.posts}
    page, seen = views.live_page(), []
    while page is not None:
        seen += ids(page)
        busy.stir()
        page = views.live_page(page.next_before) if page.next_before else None
    assert len(seen) == len(set(seen)) and there <= set(seen)


@pytest.mark.parametrize("seed", range(6))
def test_a_walk_to_newer_entries_meets_each_once_and_ends_at_the_newest(desk: Newsroom, seed: int) -> None:
    busy = Busy(desk, seed, 31)
    views, there = CoverageViews(desk), {p.id for p in busy.posts}
    oldest = min(busy.posts, key=lambda p: (p.at, p.id))
    page, seen = views.newer_page(stream.token_of(oldest)), [oldest.id]
    while page is not None:
        seen += reversed(ids(page))
        busy.stir()
        page = views.newer_page(page.next_after) if page.next_after else None
    assert len(seen) == len(set(seen)) and there <= set(seen)


def test_an_entry_of_any_age_is_found_among_those_around_it(desk: Newsroom) -> None:
    busy = Busy(desk, 1, 40)
    views = CoverageViews(desk)
    order = [p.id for p in sorted(busy.posts, key=lambda p: (p.at, p.id), reverse=True)]
    for n, id_ in enumerate(order):
        page = views.page_around(id_)
        assert page is not None and page.here == id_ and not page.newest
        found = ids(page)
        begin = order.index(found[0])
        assert found == order[begin : begin + len(found)] and id_ in found and len(found) <= 6
        newer = ids(views.newer_page(page.next_after)) if page.next_after else []
        older = ids(views.live_page(page.next_before)) if page.next_before else []
        assert newer == order[max(begin - 6, 0) : begin] and older == order[begin + len(found) :][:6]
        assert bool(newer) == (begin > 0) and bool(older) == (begin + len(found) < len(order)), n


def test_key_events_and_what_is_pinned_stand_on_the_live_page_whatever_their_age(desk: Newsroom) -> None:
    busy = Busy(desk, 1, 20)
    old, older = sorted(busy.posts, key=lambda p: p.at)[:2]
    busy.append(replace(old, version=2, pinned=True))
    busy.append(replace(older, version=2, key_event=True))
    page = CoverageViews(desk).live_page()
    assert page is not None and not {old.id, older.id} & set(ids(page))
    assert [v.post.id for v in page.pinned] == [old.id] and [v.post.id for v in page.keys] == [older.id]
    busy.append(replace(old, version=3, pinned=True, state="withdrawn", reason="R."))
    page = CoverageViews(desk).live_page()
    assert page is not None and page.pinned == ()


def test_what_is_no_entry_has_no_page_around_it(desk: Newsroom) -> None:
    busy = Busy(desk, 1, 2)
    summary = busy.add(1, kind="summary")
    views = CoverageViews(desk)
    assert views.page_around(summary.id) is None and views.page_around("nothing") is None
    assert views.newer_page("nonsense") is None


def test_a_withdrawn_entry_is_still_found_where_it_stood(desk: Newsroom) -> None:
    busy = Busy(desk, 1, 20)
    busy.append(replace(busy.posts[3], version=2, state="withdrawn", reason="R."))
    page = CoverageViews(desk).page_around(busy.posts[3].id)
    assert page is not None and [e.post.state for e in page.entries if e.post.id == page.here] == ["withdrawn"]


def test_the_pages_around_an_entry_stand_as_they_stood(desk: Newsroom) -> None:
    busy = Busy(desk, 1, 20)
    before = busy.room.store.last_row()
    later = busy.add(30)
    then = CoverageViews(replace(desk, store=desk.store.at(before)))
    assert then.page_around(later.id) is None
    assert later.id in ids(CoverageViews(desk).page_around(later.id))
