"""A page as it stood is the page that was shown then; what was taken down since is in none of them."""

import random
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from sayso.flow.arrival.publishing import post_of
from sayso.flow.arrival.reading import read_as
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.claim import Claim
from sayso.model.event import Attached, Corrected, Decided, Gone, Looked, Posted, Read, Stated
from sayso.model.page import stamped_time, time_stamp
from sayso.model.post import Correction, Post
from sayso.model.question import Checked
from sayso.model.statement import Statement
from sayso.publish import pages
from sayso.sources.sandbox import Parser
from sayso.web.public import public_routes
from tests.desk.factory import NOW, reading, statement
from tests.flow.factory import FEED, STAFF, clock_of, newsroom
from tests.flow.test_views import GUARD_SAYS, STAFF_SAYS, claim, total
from tests.store.factory import media
from tests.web.test_public import Client

FILTERS = (("media", ""), ("party", "TK"), ("place", "ubel"))
STEPS = 70
MOMENTS = 100


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF))
    yield made
    made.store.close()


class Story:
    """Things that happen to a coverage, one after the other, each at a time of its own."""

    def __init__(self, room: Newsroom, dice: random.Random) -> None:
        self.room, self.dice = room, dice
        self.told: list[Statement] = []
        self.posts: dict[str, Post] = {}

    def step(self) -> None:
        """The next thing that happens."""
        clock_of(self.room).at += timedelta(seconds=self.dice.randrange(40, 4_000))
        acts = (self.tell, self.tell, self.tell, self.edit, self.vanish, self.illustrate, self.reject, self.correct)
        act = self.dice.choice((*acts, self.look, self.read_again))
        act() if self.told else self.tell()

    def append(self, *events: Any) -> None:
        with self.room.store.write(actor="test", at=clock_of(self.room).at) as w:
            for event in events:
                w.append(event)

    def claims(self, text: str) -> tuple[Claim, ...]:
        says, n = self.dice.choice((STAFF_SAYS, GUARD_SAYS)), self.dice.randrange(250, 300)
        more = claim(text, type="control", sub="taken", actor="OR", places=("Ubel",), attr=says)
        return (total(text, "More than 250", n, says), more)[: self.dice.randrange(1, 3)]

    def publish(self, it: Statement, earlier: Post | None = None) -> None:
        claims = self.claims(it.text)
        read = read_as(self.room.coverage, it, reading(it.text, *claims))
        source = self.room.coverage.source(it.source)
        assert source is not None
        post = post_of(self.room.coverage, source, it, now=clock_of(self.room).at, earlier=earlier)
        accepted = Decided(statement=it.id, decision="accept", by="rule", accepted=tuple(range(len(claims))))
        self.append(Stated(statement=it), read, accepted, Posted(post=post))
        self.told.append(it)
        self.posts[it.id] = post

    def tell(self) -> None:
        n, at = len(self.told), clock_of(self.room).at
        source = self.dice.choice((FEED, STAFF))
        text = f"Bulletin {n}. More than 250 soldiers of Tesk were killed."
        self.publish(statement(text, source, id=f"s{n}", key=f"k{n}", published_at=at, first_seen_at=at))

    def edit(self) -> None:
        was, n, at = self.dice.choice(self.told), len(self.told), clock_of(self.room).at
        if any(it.replaces == was.id for it in self.told):
            return
        text = f"{was.text} Edited {n}."
        it = replace(was, id=f"s{n}", text=text, version=was.version + 1, replaces=was.id, first_seen_at=at, media=())
        self.publish(replace(it, parts=statement(text).parts), self.posts[was.id])

    def vanish(self) -> None:
        it = self.dice.choice(self.told)
        if self.room.store.gone_at(it.id) is None:
            self.append(Gone(statement=it.id, last_seen_at=clock_of(self.room).at))

    def illustrate(self) -> None:
        it = self.dice.choice(self.told)
        found = self.room.store.statement(it.id)
        if found is not None and not found.media:
            self.append(Attached(statement=it.id, media=(media(name=f"{it.id}.webp"),)))

    def reject(self) -> None:
        self.append(Decided(statement=self.dice.choice(self.told).id, decision="reject", by="editor", reason="A hoax."))

    def read_again(self) -> None:
        it = self.dice.choice(self.told)
        again = reading(it.text, *self.claims(it.text))
        self.append(Read(statement=it.id, reading=again, questions=((),) * len(again.claims)))

    def correct(self) -> None:
        found = self.room.store.post(self.posts[self.dice.choice(self.told).id].id)
        assert found is not None
        at = clock_of(self.room).at
        put = Correction(at=at, text="A figure was wrong.")
        new = replace(found, version=found.version + 1, updated_at=at, corrections=(*found.corrections, put))
        self.append(Corrected(post=new))
        self.posts = {k: new if p.id == new.id else p for k, p in self.posts.items()}

    def look(self) -> None:
        at = clock_of(self.room).at
        words = f"{at.day} {at:%b %H:%M}"
        complete = self.dice.random() < 0.8
        self.append(
            Looked(
                checked=tuple(
                    Checked(party=p, channels=1, until=at, complete=complete, until_words=words) for p in ("OR", "TK")
                )
            )
        )


def everything(views: CoverageViews, ids: list[str]) -> dict[str, Any]:
    """Every page as data, and the inside of those that readers see most as HTML, without the time in their addresses."""
    live, tallied, listed = views.live_page(), views.tally_page(), views.questions_page()
    party = views.party_page("TK")
    assert live is not None
    assert party is not None
    days = [d for d, _ in views.days_page().days]
    found: dict[str, Any] = {
        "live": live, "tally": tallied, "questions": listed, "days": views.days_page(),
        "day": views.day_page(views.frame().coverage.day_number(days[0])) if days else None,
        "corrections": views.corrections_page(),
        "party": replace(party, channels=()),  # how fetching goes is known of now only
        "place": views.place_page("ubel"), "places": views.places_page(),
        "map": replace(views.map_page(), days=()),  # the ways to other days lead to all that there are now
        **{f"with {k} {n}": views.filtered_page(k, n) for k, n in FILTERS},
        **{f"q {q.id}": views.question_page(q.id) for q in listed.questions},
        **{f"s {i}": views.statement_page(i) for i in ids},
    }  # fmt: skip
    frames = {k: (p.frame.n, p.frame.now) for k, p in found.items() if p is not None}
    html = {"live": pages.live_page(live), "tally": pages.tally_page(tallied)}
    return {
        "data": {k: None if p is None else replace(p, frame=live.frame if k == "live" else None) for k, p in found.items()}
        | {"live": replace(live, frame=replace(live.frame, as_of=None, times=None))},
        "frames": frames,
        "found": {query: found_by(views, query) for query in ("soldiers", "edited", "bulletin 3")},
        "html": {k: inside(h) for k, h in html.items()},
    }  # fmt: skip


def found_by(views: CoverageViews, query: str) -> list[tuple[str, Any, Any]]:
    """What a search finds, page by page to the last."""
    hits: list[tuple[str, Any, Any]] = []
    before = None
    while True:
        page = views.search_page(query, before)
        assert page is not None
        hits += [(h.view.post.id, h.title, h.passage) for h in page.hits]
        before = page.next_before
        if before is None:
            return hits


def inside(html: str) -> str:
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    assert main is not None
    return re.sub(r"/at/\d{8}T\d{6}Z/", "/", main.group())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 19])
def test_a_page_as_it_stood_is_the_page_that_was_shown(desk: Newsroom, seed: int) -> None:
    story = Story(desk, random.Random(seed))
    clock_of(desk).at = NOW
    story.look()
    live = CoverageViews(desk, feeds=True)
    shown: list[tuple[Any, dict[str, Any], list[str]]] = []
    moments = set(story.dice.sample(range(STEPS), MOMENTS // 2))
    for n in range(STEPS):
        story.step()
        clock_of(desk).at += timedelta(seconds=5)
        if n in moments:
            ids = story.dice.sample([it.id for it in story.told], min(4, len(story.told)))
            shown.append((desk.clock.now(), everything(live, ids), ids))
    for when, recorded, ids in shown:
        then = live.at(when)
        assert then is not None
        assert everything(then, ids) == recorded
    assert desk.store.verify() == ()


def test_what_was_taken_down_since_is_in_no_page_as_it_stood(desk: Newsroom) -> None:
    story = Story(desk, random.Random(3))
    clock_of(desk).at = NOW
    for _ in range(6):
        clock_of(desk).at += timedelta(minutes=10)
        story.tell()
    when, gone = desk.clock.now(), story.told[2]
    clock_of(desk).at += timedelta(minutes=10)
    client = Client(Starlette(routes=public_routes({"orland": CoverageViews(desk)}, {})))
    there = f"/c/orland/at/{time_stamp(when)}/"
    asked = [
        there,
        f"{there}tally/",
        f"{there}q/",
        f"{there}changed/",
        f"{there}search/?q=bulletin",
        f"{there}s/{gone.id}/",
        "/c/orland/changed/",
    ]
    assert "Bulletin 2" in words(client.get(there).text)
    assert [client.get(path).status_code for path in asked] == [200] * len(asked)
    with desk.store.write(actor="desk", at=clock_of(desk).at) as w:
        w.take_down(gone.id, reason="asked for")
    then = CoverageViews(desk).at(when)
    assert then is not None
    assert "Bulletin 2" not in repr(everything(then, [it.id for it in story.told]))
    assert "Bulletin 3" in repr(everything(then, []))
    assert [path for path in asked if "Bulletin 2" in words(client.get(path).text)] == []


def test_a_time_that_has_not_come_has_no_page(desk: Newsroom) -> None:
    views = CoverageViews(desk)
    assert views.at(desk.clock.now() + timedelta(seconds=1)) is None
    assert views.changed_page(desk.clock.now() + timedelta(hours=1)) is None


def test_before_the_first_word_the_page_is_empty(desk: Newsroom) -> None:
    Story(desk, random.Random(1)).tell()
    then = CoverageViews(desk).at(NOW - timedelta(days=1))
    assert then is not None
    page = then.live_page()
    assert page is not None
    assert page.entries == ()
    assert then.tally_page().tally.own == ()


def test_what_changed_between_two_times_is_listed_claimant_by_claimant(desk: Newsroom) -> None:
    story = Story(desk, random.Random(1))
    clock_of(desk).at = NOW
    first = total("More than 250 soldiers of Tesk were killed.", "More than 250", 250, GUARD_SAYS)
    story.claims = lambda text: (first,)  # type: ignore[method-assign]
    story.tell()
    begin = clock_of(desk).at = NOW + timedelta(minutes=5)
    clock_of(desk).at += timedelta(minutes=5)
    story.claims = lambda text: (replace(first, count=replace(first.count, n=270, low=271)),)  # type: ignore[method-assign,type-var]
    story.tell()
    views = CoverageViews(desk)
    page = views.changed_page(begin)
    assert page is not None
    ((_, (change,)),) = page.moved
    assert change.before is not None
    assert change.after is not None
    assert (change.before.latest.claim.count.n, change.after.latest.claim.count.n) == (250, 270)  # type: ignore[union-attr]
    clock_of(desk).at += timedelta(minutes=5)
    later = views.changed_page(clock_of(desk).at - timedelta(minutes=1))
    assert later is not None
    assert later.moved == ()


def test_readers_choose_a_time_and_stay_in_it(desk: Newsroom) -> None:
    story = Story(desk, random.Random(1))
    clock_of(desk).at = NOW
    story.tell()
    when = NOW + timedelta(minutes=5)
    clock_of(desk).at = when + timedelta(minutes=5)
    story.tell()
    views = CoverageViews(desk)
    client, one = Client(Starlette(routes=public_routes({"orland": views}, {}))), "/c/orland/"
    there = when.astimezone(desk.coverage.tz)
    led = client.get(f"{one}at/", params={"t": f"{there:%Y-%m-%dT%H:%M}"})
    assert led.status_code == 303
    page = client.get(led.headers["location"])
    assert page.status_code == 200
    assert "noindex" in page.headers["x-robots-tag"]
    assert "Bulletin 0" in words(page.text)
    assert "Bulletin 1" not in words(page.text)
    assert "AS IT STOOD" in page.text
    links = re.findall(r'href="(/c/orland/[^"]*)"', page.text)
    assert {x.split("#")[0] for x in links if "/at/" in x} >= {f"{one}at/{time_stamp(when)}/tally/"}
    assert {client.get(x.split("#")[0]).status_code for x in set(links)} == {200}
    assert "Bulletin 1" in words(client.get(one).text)
    changed = client.get(f"{one}changed/", params={"t": f"{there:%Y-%m-%dT%H:%M}"})
    assert client.get(changed.headers["location"]).status_code == 200


def words(html: str) -> str:
    return re.sub(r"</?bdi[^>]*>", "", html)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("at/20990101T000000Z/", "has not come yet"),
        ("at/20990101T000000Z/tally/", "has not come yet"),
        ("at/yesterday/", "no such page"),
        ("at/?t=soon", "no such page"),
        ("changed/20990101T000000Z/", "no such page"),
        ("changed/?t=<script>", "no such page"),
    ],
)
def test_a_time_that_is_none_is_said_in_a_sentence(desk: Newsroom, path: str, why: str) -> None:
    client = Client(Starlette(routes=public_routes({"orland": CoverageViews(desk)}, {})))
    answer = client.get(f"/c/orland/{path}")
    assert answer.status_code == 404
    assert why in answer.text
    assert "<script>" not in answer.text


def test_many_threads_may_ask_while_words_come_in(desk: Newsroom) -> None:
    story, views, over = Story(desk, random.Random(5)), CoverageViews(desk), threading.Event()
    clock_of(desk).at = NOW
    story.tell()

    def ask(n: int) -> int:
        asked = 0
        while not over.is_set():
            page = views.live_page()
            assert page is not None
            for entry in page.entries:
                assert views.entry(entry.post.id) is not None
            for question in views.questions_page().questions:  # type: ignore[union-attr]
                views.question_page(question.id)
            views.tally_page()
            asked += 1
        return asked

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask, n) for n in range(4)]
        for _ in range(12):
            clock_of(desk).at += timedelta(minutes=3)
            story.step()
        over.set()
        assert all(a.result(timeout=60) > 0 for a in asking)


def test_a_time_in_an_address_is_read_back() -> None:
    assert stamped_time(time_stamp(NOW)) == NOW.replace(microsecond=0)
    assert stamped_time("20310504") is None
    assert stamped_time("99999999T999999Z") is None
