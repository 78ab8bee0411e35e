"""A total that its claimant gives lower than before warns the desk, with both figures and both dates (R8)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sayso.desk.questions import Lowered
from sayso.flow.desk.lowering import WARNED_FOR, Lowering
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from tests.desk.factory import GUARD, NOW, POST
from tests.flow.factory import Clock
from tests.web.desk_room import TotalReader, newsroom, take_in

QUESTION = "casualties-killed-tk-_-military-total-2031-05-03-_-_"
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, readings="reviewed")
    made.reader, made.clock = cast(Any, TotalReader()), clock
    yield made
    assert made.store.verify() == ()
    made.store.close()


def tell(room: Newsroom, n: int, clock: Clock, at: datetime, words: str = "in all") -> str:
    """The Guard says that so many of its soldiers were killed; an editor publishes it at once."""
    clock.at = at
    it = take_in(room, f"The Tesk Guard: {n} soldiers {words}", GUARD, published_at=at, first_seen_at=at)
    Review(room).publish(it.id, accepted={0}, seen={f"{it.id}.0"}, who="editor")
    return it.id


def test_a_lower_total_warns_with_both_figures_and_both_dates(room: Newsroom, clock: Clock) -> None:
    tell(room, 12, clock, NOW)
    assert Lowering(room).now() == ()
    tell(room, 9, clock, NOW + HOUR)
    wording = Lowering(room).now()[0].wording
    lowered = Lowered(
        question=QUESTION, wording=wording, claimant="Tesk Guard", figure="9", said_at=NOW + HOUR, before="12",
        before_at=NOW,
    )  # fmt: skip
    assert Lowering(room).now() == (lowered,)
    assert "Tesk" in wording
    assert Review(room).inbox().lowered == (lowered,)


def test_a_higher_total_warns_of_nothing(room: Newsroom, clock: Clock) -> None:
    tell(room, 12, clock, NOW)
    tell(room, 15, clock, NOW + HOUR)
    assert Lowering(room).now() == ()


def test_what_another_claimant_says_lowers_nothing(room: Newsroom, clock: Clock) -> None:
    tell(room, 12, clock, NOW)
    it = take_in(room, "9 soldiers in all", POST, published_at=NOW + HOUR, first_seen_at=NOW + HOUR)
    Review(room).publish(it.id, accepted={0}, seen={f"{it.id}.0"}, who="editor")
    assert Lowering(room).now() == ()


def test_the_desk_is_warned_for_two_days_also_where_the_figure_is_repeated(room: Newsroom, clock: Clock) -> None:
    tell(room, 12, clock, NOW)
    tell(room, 9, clock, NOW + HOUR)
    tell(room, 9, clock, NOW + 30 * HOUR, "and no more")
    lowering = Lowering(room)
    clock.at = NOW + HOUR + WARNED_FOR
    assert [x.said_at for x in lowering.now()] == [NOW + HOUR]
    clock.at += timedelta(seconds=1)
    assert lowering.now() == ()


def test_what_is_kept_from_one_look_to_the_next_follows_what_happens(room: Newsroom, clock: Clock) -> None:
    lowering = Lowering(room)
    tell(room, 12, clock, NOW)
    assert lowering.now() == ()
    lower = tell(room, 9, clock, NOW + HOUR)
    assert [x.figure for x in lowering.now()] == ["9"]
    Review(room).withdraw(lower, reason="It was read wrongly.", who="editor")
    assert lowering.now() == ()
