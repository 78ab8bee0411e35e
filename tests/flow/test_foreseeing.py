"""Before a statement is published the desk tells what it would change; what is kept of that follows what happens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from tests.desk.factory import GUARD, NOW
from tests.flow.factory import Clock
from tests.web.desk_room import TotalReader, newsroom, take_in

HOUR = timedelta(hours=1)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed")
    made.reader, made.clock = cast(Any, TotalReader()), Clock(NOW)
    yield made
    made.store.close()


def said(room: Newsroom, n: int, at: datetime) -> str:
    cast(Clock, room.clock).at = at
    return take_in(room, f"The Tesk Guard: {n} soldiers in all", GUARD, published_at=at, first_seen_at=at).id


def publish(room: Newsroom, id_: str) -> None:
    Review(room).publish(id_, accepted={0}, seen={f"{id_}.0"}, who="editor")


def test_a_suggested_total_is_held_against_what_counts(room: Newsroom) -> None:
    foreseeing = Foreseeing(room)
    first, lower = said(room, 31, NOW), said(room, 13, NOW + 6 * HOUR)
    assert [f.kind for f in foreseeing.of(lower)] == ["new_question", "tally"]
    publish(room, first)
    (found,) = foreseeing.of(lower)
    assert found.sentence == "Lower than the figure before: 31 → 13, said 6 May 12:00 (Tesk Guard)."
    assert foreseeing.of(lower) == (found,)
    assert foreseeing.of(first) == ()
    assert foreseeing.of("nothing") == ()


def test_what_a_published_claim_changed_is_told_as_of_when_it_was_said(room: Newsroom) -> None:
    foreseeing = Foreseeing(room)
    for n, hours in ((31, 0), (13, 6), (50, 12)):
        publish(room, said(room, n, NOW + hours * HOUR))
    told = {s.text: foreseeing.told_by(s.id) for s in room.store.every_statement()}
    assert [f.kind for found in told.values() for f in found] == ["new_question", "tally", "lower", "higher"]


def test_a_withdrawn_answer_is_forgotten(room: Newsroom) -> None:
    foreseeing = Foreseeing(room)
    first, lower = said(room, 31, NOW), said(room, 13, NOW + HOUR)
    publish(room, first)
    assert [f.kind for f in foreseeing.of(lower)] == ["lower"]
    Review(room).withdraw(first, reason="It was read wrongly.", who="editor")
    assert [f.kind for f in foreseeing.of(lower)] == ["new_question", "tally"]


def test_however_many_claims_count_the_same_is_asked_of_the_store(room: Newsroom) -> None:
    """No look goes through all claims: the questions asked of the store are as many after ten answers as after one."""

    def asked() -> int:
        foreseeing, times = Foreseeing(room), 0
        real = room.store.answers

        def answers(*args: Any, **kwargs: Any) -> Any:
            nonlocal times
            times += 1
            return real(*args, **kwargs)

        room.store.answers = answers  # type: ignore[method-assign]
        foreseeing.of(last)
        room.store.answers = real  # type: ignore[method-assign]
        return times

    last = said(room, 500, NOW + 90 * HOUR)
    publish(room, said(room, 1, NOW))
    once = asked()
    for n in range(2, 8):
        publish(room, said(room, n, NOW + n * HOUR))
    assert asked() == once
