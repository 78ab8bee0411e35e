"""The way out: nothing leaves before its time, everything leaves once, and what changed meanwhile does not leave."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.flow.press import outgoing
from sayso.flow.press.composing import Composing
from sayso.flow.press.outgoing import WayOut, let_out_for_ever
from sayso.flow.press.writing import Writing
from sayso.model.draft import Composed
from sayso.model.outgoing import Outgoing, Release
from sayso.model.statement import Statement
from sayso.store import Store
from tests.store.factory import at_address
from tests.web.desk_room import newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."
SHELTER = "The Tesk Guard said 12 soldiers were killed beside a field hospital."


class Hours:
    """The world's clock as a test turns it."""

    def __init__(self) -> None:
        self.now = world_now()

    def __call__(self) -> Any:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    made = Hours()
    monkeypatch.setattr(outgoing, "world_now", made)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    own = f"sqlite:///{tmp_path / 'queue.sqlite3'}"
    return own if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """The same newsroom on each database."""
    made = at_address(url)
    yield made
    made.close()


def room_of(folder: Path, store: Store | None = None, **rules: Any) -> Newsroom:
    room = newsroom(folder, release=Release(**{"delay_min": 0, **rules}))
    return room if store is None else replace(room, store=store)


def publish(way_out: WayOut, it: Statement, who: str = "ana", accepted: tuple[int, ...] = (0,)) -> Any:
    sheet = way_out.review.sheet(it.id)
    seen = {c.id for c in sheet.cards}
    return way_out.publish(it.id, accepted=accepted, seen=seen, who=who, stamp=sheet.stamp)


def test_nothing_leaves_before_the_time_in_which_it_can_be_undone(store: Store, tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, store)
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    rows, n = store.last_row(), store.public_n()
    publish(way_out, it)
    hours.pass_(9.9)
    assert way_out.let_out() == 0
    assert (store.last_row(), store.public_n(), store.posts_of(it.id)) == (rows, n, ())
    hours.pass_(0.2)
    assert way_out.let_out() == 1
    assert [p.state for p in store.posts_of(it.id)] == ["published"]
    assert len(store.said(statement=it.id)) == 1
    assert (way_out.waiting(), way_out.let_out()) == ((), 0)


def test_what_was_undone_never_leaves_and_can_be_published_again(store: Store, tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, store)
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    way_out.undo(publish(way_out, it).id, who="ana")
    hours.pass_(60)
    assert (way_out.let_out(), store.posts_of(it.id), store.statement_state(it.id)) == (0, (), "held")
    publish(way_out, it)
    hours.pass_(60)
    assert way_out.let_out() == 1


def test_many_who_share_a_database_let_a_row_out_once(url: str, store: Store, tmp_path: Path, hours: Hours) -> None:
    """Each with connections and locks of its own, as processes have."""
    room = room_of(tmp_path, store)
    items = [take_in(room, TEXT.replace("12", str(n))) for n in range(20, 26)]
    for it in items:
        publish(WayOut(Review(room)), it)
    hours.pass_(11)
    stores = [Store.open(url) for _ in range(4)]
    ways_out = [WayOut(Review(replace(room, store=own))) for own in stores]
    out: list[int] = []
    threads = [threading.Thread(target=lambda w=w: out.append(w.let_out())) for w in ways_out]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for own in stores:
        own.close()
    assert sum(out) == len(items)
    assert [p.version for it in items for p in store.posts_of(it.id)] == [1] * len(items)
    assert store.outgoing() == ()


def test_a_process_that_dies_between_the_rows_leaves_it_in_the_queue(
    tmp_path: Path, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_of(tmp_path)
    it, review = take_in(room, TEXT), Review(room)
    publish(WayOut(review), it)
    hours.pass_(11)
    rows = room.store.last_row()

    class Dies(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Dies

    with monkeypatch.context() as patched:
        patched.setattr("sayso.flow.desk.review.set_beside", die)  # after the first rows of the transaction
        with pytest.raises(Dies):
            WayOut(review).let_out()
    assert (room.store.last_row(), len(room.store.outgoing())) == (rows, 1)
    room.store.close()
    again = room_of(tmp_path)
    assert WayOut(Review(again)).let_out() == 1
    assert [p.version for p in again.store.posts_of(it.id)] == [1]
    again.store.close()


def test_what_changed_meanwhile_does_not_go_out_and_says_why(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, way_out = take_in(room, TEXT, key="k"), WayOut(Review(room))
    publish(way_out, it)
    take_in(room, TEXT.replace("12", "13"), key="k", version=2, replaces=it.id)
    hours.pass_(11)
    assert way_out.let_out() == 0
    (kept,) = way_out.waiting()
    assert kept.failed == "It did not go out. It changed while you looked: read it again, then decide."
    assert room.store.posts_of(it.id) == ()
    hours.pass_(11)
    assert (way_out.let_out(), len(way_out.waiting())) == (0, 1)
    way_out.undo(kept.id, who="ana")
    assert way_out.waiting() == ()
    room.store.close()


def test_what_shows_where_people_are_goes_out_later(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, delay_min=15)
    way_out = WayOut(Review(room))
    plain, shelter = publish(way_out, take_in(room, TEXT)), publish(way_out, take_in(room, SHELTER))
    assert plain.due_at - hours.now == timedelta(seconds=10)
    assert shelter.due_at - hours.now == timedelta(minutes=15, seconds=10)
    room.store.close()


def test_a_type_of_claim_has_a_delay_of_its_own(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, delays=(("casualties", 5), ("casualties.killed", 40)))
    assert publish(WayOut(Review(room)), take_in(room, TEXT)).due_at - hours.now == timedelta(minutes=40, seconds=10)
    room.store.close()


def test_a_second_person_must_agree_and_never_the_same_one(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, second_pair="all")
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    waits = publish(way_out, it, who="ana")
    hours.pass_(60)
    assert way_out.let_out() == 0
    with pytest.raises(Refused, match="somebody else"):
        way_out.second(waits.id, who="ana")
    way_out.second(waits.id, who="bo")
    assert way_out.let_out() == 1
    assert {r.actor for r in room.store.rows()} == {"intake", "desk"}
    room.store.close()


@pytest.mark.parametrize(("text", "asked"), [(TEXT, False), (TEXT.replace("12", "more than 12"), True)])
def test_a_second_person_is_asked_only_about_what_is_amber(
    text: str, asked: bool, tmp_path: Path, hours: Hours
) -> None:
    room = room_of(tmp_path, second_pair="amber")
    assert publish(WayOut(Review(room)), take_in(room, text)).needs_second is asked
    room.store.close()


def test_a_correction_can_be_undone_too(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, review = take_in(room, TEXT), Review(room)
    way_out = WayOut(review)
    review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana")
    for wanted in (0, 1):
        waits = way_out.correct(it.id, wrong="It was Verst.", who="ana", stamp=review.sheet(it.id).stamp)
        assert waits is not None
        if not wanted:
            way_out.undo(waits.id, who="ana")
        hours.pass_(11)
        assert way_out.let_out() == wanted
        assert len(room.store.posts_of(it.id)[0].corrections) == wanted
    room.store.close()


def test_the_same_statement_waits_once(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    publish(way_out, it)
    with pytest.raises(Refused, match="on its way out already"):
        publish(way_out, it, who="bo")
    room.store.close()


def test_with_no_time_to_undo_it_is_out_at_once(tmp_path: Path) -> None:
    room = room_of(tmp_path, undo_s=0)
    it = take_in(room, TEXT)
    assert publish(WayOut(Review(room)), it) is None
    page = CoverageViews(room).live_page()
    assert page is not None and [v.post.statements for v in page.entries] == [(it.id,)]
    assert room.store.outgoing() == ()
    room.store.close()


def test_what_is_taken_down_leaves_no_word_in_the_queue(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, review = take_in(room, f"Zwielichtkanarie. {TEXT}"), Review(room)
    publish(WayOut(review), it)
    review.take_down(it.id, reason="a name", who="ana")
    assert room.store.outgoing() == ()
    room.store.close()
    assert [f for f in tmp_path.rglob("*") if f.is_file() and b"Zwielichtkanarie" in f.read_bytes()] == []


def test_what_leaves_is_drawn_as_the_files_say_by_then(tmp_path: Path, hours: Hours, monkeypatch: Any) -> None:
    monkeypatch.setattr(outgoing, "LOOK_S", 0.01)
    room = room_of(tmp_path)
    it = take_in(room, TEXT)

    async def run() -> None:
        task = asyncio.create_task(let_out_for_ever(room))
        await asyncio.sleep(0.05)  # it looks by the files of the start
        sources = tuple(replace(s, title="Another Post", body=None) for s in room.coverage.sources)
        room.coverage = replace(room.coverage, sources=sources)
        await asyncio.to_thread(lambda: publish(WayOut(Review(room)), it))
        hours.pass_(11)
        async with asyncio.timeout(10):
            while not room.store.posts_of(it.id):
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    (post,) = room.store.posts_of(it.id)
    assert post.head.startswith("Another Post")
    room.store.close()


def test_a_text_goes_out_at_the_time_that_it_was_given_and_not_before(
    store: Store, tmp_path: Path, hours: Hours
) -> None:
    room = room_of(tmp_path, store)
    way_out = WayOut(Review(room))
    composing = Composing(way_out)
    later = hours.now + timedelta(hours=2)
    draft = composing.begin(Composed(head="The desk: tonight", text="Desk: We open at 8.", at=later), who="ana")
    waits = composing.publish(draft, who="ana")
    assert waits is not None
    assert waits.due_at == later
    hours.pass_(7_199)
    assert (way_out.let_out(), store.posts(limit=5)) == (0, ())
    hours.pass_(2)
    assert way_out.let_out() == 1
    assert [p.head for p in store.posts(limit=5)] == ["The desk: tonight"]
    assert (store.drafts(), store.outgoing(), store.verify()) == ((), (), ())


def test_the_desks_own_figures_are_amber(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, second_pair="amber")
    composing = Composing(WayOut(Review(room)))
    for text, asked in (("Desk: We count 30.", True), ("It is quiet.", False)):
        draft = composing.begin(Composed(head="The desk: a word", text=text), who="ana")
        waits = composing.publish(draft, who="ana")
        assert waits is not None
        assert waits.needs_second is asked
    room.store.close()


def test_an_entry_with_news_of_shelters_goes_out_later(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, delay_min=15)
    composing = Composing(WayOut(Review(room)))
    it = take_in(room, SHELTER)
    composed = replace(composing.of_statement(it.id), head="Tesk Guard: news")
    waits = composing.publish(composing.begin(composed, who="ana"), who="ana")
    assert waits is not None
    assert waits.due_at - hours.now == timedelta(minutes=15, seconds=10)
    room.store.close()


def test_what_cannot_be_stored_stays_with_a_reason_and_keeps_nothing_back(
    store: Store, tmp_path: Path, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_of(tmp_path, store)
    composing = Composing(way_out := WayOut(Review(room)))
    for head in ("The desk: one word", "The desk: another word"):
        draft = composing.begin(Composed(head=head, text="It is quiet."), who="ana")
        composing.publish(draft, who="ana")
    first, second = way_out.waiting()
    letting_out = Writing.let_out

    def breaks(self: Writing, it: Outgoing) -> Any:
        if it.id == first.id:
            raise ValueError(f"a fault of ours, of {it.title}")
        return letting_out(self, it)

    monkeypatch.setattr(Writing, "let_out", breaks)
    hours.pass_(11)
    assert way_out.let_out() == 1
    assert [p.head for p in store.posts(limit=5)] == [second.title]
    (kept,) = way_out.waiting()
    assert kept.failed is not None
    assert kept.failed.startswith("It did not go out. Something in it cannot be stored")
    assert "a fault of ours" not in kept.failed


def joined(room: Newsroom, name: str, role: str = "chief") -> None:
    for who, what in ((name, role), ("root", "admin")):
        if room.store.user(who) is None:
            room.store.add_user(who, password_hash="x", role=what, at=world_now())


def left(room: Newsroom, name: str) -> None:
    room.store.close_user(name)


def demoted(room: Newsroom, name: str) -> None:
    room.store.change_role(name, "reporter")


@pytest.mark.parametrize("ends", [left, demoted])
def test_nothing_goes_out_of_an_account_that_may_not_publish_any_more(ends: Any, tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    joined(room, "ana")
    publish(way_out, it)
    ends(room, "ana")
    hours.pass_(11)
    assert (way_out.let_out(), room.store.posts_of(it.id)) == (0, ())
    assert [w.failed for w in way_out.waiting()] == [
        "It did not go out. ana may not do this (any more): somebody else has to send it out."
    ]
    room.store.close()


def test_a_correction_of_somebody_who_is_no_chief_any_more_stays(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path)
    it, review = take_in(room, TEXT), Review(room)
    review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana")
    way_out = WayOut(review)
    joined(room, "ana")
    way_out.correct(it.id, wrong="It was Verst.", who="ana", stamp=review.sheet(it.id).stamp)
    room.store.change_role("ana", "editor")
    hours.pass_(11)
    assert (way_out.let_out(), room.store.posts_of(it.id)[0].corrections) == (0, ())
    room.store.close()


def test_who_agreed_and_left_does_not_count(tmp_path: Path, hours: Hours) -> None:
    room = room_of(tmp_path, second_pair="all")
    it, way_out = take_in(room, TEXT), WayOut(Review(room))
    joined(room, "bo", "editor")
    way_out.second(publish(way_out, it).id, who="bo")
    left(room, "bo")
    hours.pass_(11)
    assert (way_out.let_out(), room.store.posts_of(it.id)) == (0, ())
    room.store.close()
