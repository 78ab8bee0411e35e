"""What only the desk has, a draft or a statement that waits, stays there; what is taken out or down leaves it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.desk.sorting import Sorting, Sought
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.statement import Statement
from sayso.publish.notes import note_blocks
from sayso.store.arrivals import Which, decoded
from sayso.web.app import make_app
from tests.web.desk_room import Browser, browser, newsroom, take_in
from tests.web.test_desk import png
from tests.web.test_desk_composing import COMPOSE, draft_of, published, refusal, written


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(room: Newsroom) -> Browser:
    return browser(room).sign_in()


def test_a_drafts_picture_is_the_desks_until_it_is_out_and_gone_once_taken_out(room: Newsroom, desk: Browser) -> None:
    files, head = {"picture": ("a.png", png(), "image/png")}, {"head": "The desk: a road"}
    at = draft_of(written(desk, files=files, alt="A road", credit="Lake Post", **head))
    (draft,) = room.store.drafts()
    original, name = draft.composed.media[0].original, draft.composed.media[0].renditions[0].name
    assert f"/desk/c/orland/media/{name}" in desk.get(f"{at}/preview").text
    assert desk.get(f"/desk/c/orland/media/{name}").status_code == 200
    assert CoverageViews(room).medium(name) is None
    written(desk, at, do=f"drop-picture:{original}", **head)
    assert not (room.media / name).exists()
    assert room.archive.read(original) is None
    written(desk, at, files=files, alt="A road", credit="Lake Post", **head)
    post = published(room, desk, at, **head)
    assert CoverageViews(room).medium(name) == room.media / name
    changing = draft_of(written(desk, f"{COMPOSE}?post={post.id}", **head))
    written(desk, changing, do=f"drop-picture:{original}", **head)
    assert CoverageViews(room).medium(name) == room.media / name


def test_a_picture_of_a_statement_that_waits_is_the_desks_alone(room: Newsroom, desk: Browser) -> None:
    files = {"picture": ("a.png", png(), "image/png")}
    at = "/desk/c/orland/paste"
    form = {"text": "We lost 7 soldiers.", "says": "the guard", "channel": "facebook", "alt": "A road", "credit": "x"}
    desk.post(at, at=at, files=files, **form)
    (row,) = room.store.inbox(states=("held",), limit=5)
    name = row.statement.media[0].renditions[0].name
    assert CoverageViews(room).medium(name) is None
    desk.act(row.statement.id, "publish", accept="0", seen=f"{row.statement.id}.0")
    assert CoverageViews(room).medium(name) == room.media / name


def test_a_takedown_leaves_nothing_in_a_draft_that_changes_the_entry(
    room: Newsroom, desk: Browser, tmp_path: Path
) -> None:
    entry = published(room, desk, head="The desk: a road", text="It is open.")
    files = {"picture": ("a.png", png(), "image/png")}
    form = {"head": entry.head, "text": f"{entry.note} Zwielichtkanarie."}
    written(desk, f"{COMPOSE}?post={entry.id}", files=files, alt="A road", credit="x", **form)
    names = [r.name for m in room.store.drafts()[0].composed.media for r in m.renditions]
    page = f"/desk/c/orland/p/{entry.id}"
    assert desk.post(f"{page}/take-down", at=page, reason="a name", confirm="yes").status_code == 303
    assert room.store.drafts() == ()
    assert [f for f in tmp_path.rglob("*") if f.is_file() and b"Zwielichtkanarie" in f.read_bytes()] == []
    assert not any((room.media / name).exists() for name in names)
    assert room.store.verify() == ()


def test_a_takedown_leaves_the_tombstone_and_no_word_anywhere(room: Newsroom, desk: Browser, tmp_path: Path) -> None:
    files = {"picture": ("a.png", png(), "image/png")}
    form = {"head": "The desk: Zwielichtkanarie", "text": "Desk: Zwielichtkanarie again."}
    at = draft_of(written(desk, files=files, alt="Zwielichtkanarie", credit="x", **form))
    post = published(room, desk, at, **form)
    names = [r.name for m in post.media for r in m.renditions]
    page = f"/desk/c/orland/p/{post.id}"
    assert "Tick the box" in refusal(desk.post(f"{page}/take-down", at=page, reason="a name"))
    assert desk.post(f"{page}/take-down", at=page, reason="a name", confirm="yes").status_code == 303
    after = room.store.post(post.id)
    assert after is not None
    assert (after.state, after.reason, after.note, after.media) == ("taken_down", "a name", "", ())
    assert [f for f in tmp_path.rglob("*") if f.is_file() and b"Zwielichtkanarie" in f.read_bytes()] == []
    assert not any((room.media / name).exists() for name in names)
    assert room.store.verify() == ()


def kept(review: Review) -> int:
    """How many texts are kept in memory, read or drawn."""
    return note_blocks.cache_info().currsize + decoded.cache_info().currsize + len(review.cards._kept)


def looked_at(room: Newsroom, review: Review) -> Statement:
    """A statement that the desk looked at and readers got; something of it is kept."""
    it = take_in(room, "The Tesk Guard said 12 soldiers were killed near Ubel.")
    Sorting(room, review.foreseeing, review.cards).look(Sought(which=Which()))
    review.publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ana", stamp=review.sheet(it.id).stamp)
    note_blocks("Desk: a note.")
    assert len(review.cards._kept) == 1
    return it


def test_a_takedown_leaves_no_text_in_memory(room: Newsroom) -> None:
    review = Review(room)
    it = looked_at(room, review)
    review.take_down(it.id, reason="a name", who="ana")
    assert kept(review) == 0


def test_a_takedown_by_another_process_leaves_no_text_in_the_servers_memory(room: Newsroom) -> None:
    _, broadcast, _ = make_app(room, feeds=True)
    review = Review(room)
    it = looked_at(room, review)
    asyncio.run(broadcast())
    with room.store.write(actor="desk", at=world_now()) as w:
        w.take_down(it.id, reason="a name")
    assert len(review.cards._kept) == 1
    asyncio.run(broadcast())
    assert len(review.cards._kept) == 0


def test_drafts_do_not_pile_up_in_memory() -> None:
    for n in range(400):
        note_blocks(f"Draft {n}.")
    assert note_blocks.cache_info().currsize <= 256
