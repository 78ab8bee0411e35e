"""Two editors at once: what one decided is never overwritten by what the other had read before (0 silent overwrites)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.desk import Edit
from sayso.errors import Refused
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.press.digests import Digests, Written
from sayso.flow.press.entries import Entries
from sayso.flow.press.outgoing import WayOut
from sayso.model.event import Posted
from tests.desk.factory import NOW
from tests.web.desk_room import newsroom, take_in

TEXT = "The Tesk Guard said 12 soldiers were killed near Ubel."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


def just_before_writing(room: Newsroom, monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Another editor's act between what one editor's act reads and its own transaction."""
    write, acted = room.store.write, []

    def writing(self: Any, **kwargs: Any) -> Any:
        if not acted:
            acted.append(True)
            other()
        return write(**kwargs)

    monkeypatch.setattr(type(room.store), "write", writing)


@pytest.mark.parametrize("act", ["publish", "hold", "reject", "edit"])
def test_a_decision_taken_in_between_stands(room: Newsroom, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    it, one, two = take_in(room, TEXT), Review(room), Review(room)
    stamp = one.sheet(it.id).stamp
    just_before_writing(room, monkeypatch, lambda: two.hold(it.id, reason="Ask the Guard.", who="b", stamp=stamp))
    with pytest.raises(Refused, match="changed while you looked"):
        acting(one, it.id, act, stamp)
    assert reasons(room) == ["Ask the Guard."]
    assert one.sheet(it.id).reason == "Ask the Guard."


def test_a_correction_taken_in_between_stands(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    it, one, two = take_in(room, TEXT), Review(room), Review(room)
    one.publish(it.id, accepted=(), seen=(), who="a")
    stamp = one.sheet(it.id).stamp
    just_before_writing(room, monkeypatch, lambda: two.correct(it.id, wrong="Ubel, not Verst.", who="b", stamp=stamp))
    with pytest.raises(Refused, match="changed while you looked"):
        one.withdraw(it.id, reason="Not theirs.", who="a", stamp=stamp)
    post = one.sheet(it.id).post
    assert post is not None
    assert (post.state, [c.text for c in post.corrections]) == ("published", ["Ubel, not Verst."])


@pytest.mark.parametrize("act", ["hold", "reject", "edit"])
def test_what_is_on_its_way_out_is_not_decided_anew_unseen(room: Newsroom, act: str) -> None:
    it, one = take_in(room, TEXT), Review(room)
    stamp, way_out = one.sheet(it.id).stamp, WayOut(one)
    way_out.coverage = replace(room.coverage, release=replace(room.coverage.release, undo_s=60))
    assert way_out.publish(it.id, accepted=[0], seen=[f"{it.id}.0"], who="b", stamp=stamp) is not None
    with pytest.raises(Refused, match="on its way out"):
        acting(one, it.id, act, stamp)
    assert reasons(room) == []


def test_what_was_decided_before_it_stood_in_the_queue_stands(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    it, one = take_in(room, TEXT), Review(room)
    stamp, way_out = one.sheet(it.id).stamp, WayOut(one)
    way_out.coverage = replace(room.coverage, release=replace(room.coverage.release, undo_s=60))
    queue_out = type(room.store).queue_out

    def later(self: Any, *args: Any) -> Any:
        one.hold(it.id, reason="Ask the Guard.", who="a", stamp=stamp)
        return queue_out(self, *args)

    monkeypatch.setattr(type(room.store), "queue_out", later)
    with pytest.raises(Refused, match="changed while you looked"):
        way_out.publish(it.id, accepted=[0], seen=[f"{it.id}.0"], who="b", stamp=stamp)
    assert way_out.waiting() == ()
    assert reasons(room) == ["Ask the Guard."]


def test_a_hold_with_another_reason_is_not_written_over(room: Newsroom) -> None:
    it, one = take_in(room, TEXT), Review(room)
    stamp = one.sheet(it.id).stamp
    one.hold(it.id, reason="Ask the Guard.", who="a", stamp=stamp)
    with pytest.raises(Refused, match="changed while you looked"):
        one.hold(it.id, reason="Wait for the ministry.", who="b", stamp=stamp)


def test_a_statement_that_another_entry_takes_in_between_goes_on_counting(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, review = take_in(room, TEXT), Review(room)
    own = review.publish(it.id, accepted=[0], seen=[f"{it.id}.0"], who="a")
    later = replace(own, id="later", head="Tesk Guard: 12 killed", note="It gives no names.")

    def other() -> None:
        with room.store.write(actor="desk", at=NOW) as w:
            w.append(Posted(post=later))

    just_before_writing(room, monkeypatch, other)
    Entries(review).withdraw(own.id, reason="Twice the same.", who="a", version=1)
    assert {p.id: p.state for p in room.store.posts_of(it.id)} == {own.id: "withdrawn", "later": "published"}
    assert [s.id for s in room.store.said()] == [f"{it.id}.0"]


def test_a_summary_published_in_between_stands(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    it, review = take_in(room, TEXT), Review(room)
    review.publish(it.id, accepted=[0], seen=[f"{it.id}.0"], who="a")
    one, two = Digests(room), Digests(room)
    mine, theirs = (
        Written(stamp="0", text=f"The Tesk Guard: 12 soldiers killed{end} [1]", claims=(f"{it.id}.0",))
        for end in ("", " near Ubel")
    )
    just_before_writing(room, monkeypatch, lambda: two.save("summary", NOW.date(), theirs, who="b"))
    with pytest.raises(Refused, match="another text"):
        one.save("summary", NOW.date(), mine, who="a")
    out = room.store.post("summary")
    assert out is not None
    assert "near Ubel" in out.lines[0].text


def acting(review: Review, statement: str, act: str, stamp: str) -> None:
    """One editor's act on what was read under that stamp."""
    match act:
        case "publish":
            review.publish(statement, accepted=[0], seen=[f"{statement}.0"], who="a", stamp=stamp)
        case "edit":
            review.edit(statement, 0, Edit(who="civilian"), who="a", stamp=stamp)
        case "hold":
            review.hold(statement, reason="Wait.", who="a", stamp=stamp)
        case "reject":
            review.reject(statement, reason="Not ours.", who="a", stamp=stamp)


def reasons(room: Newsroom) -> list[str]:
    """The reasons of the editors' decisions, oldest first."""
    rows = (json.loads(r.content) for r in room.store.rows() if r.kind == "decided" and r.content)
    return [row["reason"] for row in rows if row["by"] == "editor"]
