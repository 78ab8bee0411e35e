"""The desk's own words show nobody where people hide or flee before others could: H8 holds for them, too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.press.composing import Composing
from sayso.flow.press.outgoing import WayOut
from sayso.model.draft import Composed
from sayso.model.outgoing import Outgoing, Release
from tests.web.desk_room import newsroom

PLAIN = Composed(head="The desk: what we know", text="Roads are open.")
IN_THE_HEAD = Composed(head="The desk: families hide in the shelter of School 4", text="We asked.")
IN_THE_TEXT = Composed(head="The desk: what we know", text="It is calm.\n\nThe evacuation route begins at the mill.")
READ_SO = Composed(head="The desk: what we know", text="Desk: 12 soldiers are on the road.")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    rules = Release(undo_s=0, delay_min=15, second_pair="amber")
    made = newsroom(tmp_path, release=rules, held_types=("displacement", "casualties.killed"))
    yield made
    made.store.close()


def sent(room: Newsroom, text: Composed) -> Outgoing | None:
    composing = Composing(WayOut(Review(room)))
    return composing.publish(composing.begin(text, who="ana"), who="ana")


@pytest.mark.parametrize("text", [IN_THE_HEAD, IN_THE_TEXT, READ_SO], ids=["head", "text", "type"])
def test_own_words_that_show_where_people_are_wait_for_time_and_a_second_pair_of_eyes(
    room: Newsroom, text: Composed
) -> None:
    waits = sent(room, text)
    assert waits is not None
    assert waits.due_at - waits.at == timedelta(minutes=15)
    assert waits.needs_second
    assert room.store.posts(limit=5) == ()


def test_other_own_words_go_out_at_once(room: Newsroom) -> None:
    assert sent(room, PLAIN) is None
    assert len(room.store.posts(limit=5)) == 1


def test_a_later_version_waits_only_for_what_it_shows_anew(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = sent(room, IN_THE_HEAD)
    assert waits is not None
    assert room.store.second(waits.id, "bo")
    monkeypatch.setattr("sayso.flow.press.outgoing.world_now", lambda: world_now() + timedelta(minutes=16))
    assert WayOut(Review(room)).let_out() == 1
    monkeypatch.undo()
    (post,) = room.store.posts(limit=5)
    out = Composing(WayOut(Review(room))).of_post(post.id)
    more = sent(room, replace(out, text="Another shelter is at the mill."))
    assert more is not None
    assert more.due_at - more.at == timedelta(minutes=15)
    assert room.store.take_back(more.id)
    assert sent(room, replace(out, text="We asked twice.")) is None, "what readers have already waits no longer"
