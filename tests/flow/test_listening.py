"""Who has been silent for longer than usual, from what came in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.flow.listening import silent_sources
from sayso.flow.newsroom import Newsroom
from tests.desk.factory import GUARD, NOW, POST
from tests.web.desk_room import newsroom, take_in

HOURS = timedelta(hours=1)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    for n in range(10):
        for source in (GUARD, POST):
            take_in(made, f"Word {n} of {source.title}.", source, published_at=NOW - timedelta(minutes=40 * (9 - n)))
    yield made
    made.store.close()


def test_a_silence_longer_than_the_habit_is_told_in_words(room: Newsroom) -> None:
    assert silent_sources(room, NOW + HOURS) == ()
    guard, post = silent_sources(room, NOW + 5 * HOURS)
    assert guard.source == "guard" and post.source == "post"
    assert guard.sentence == "silent for 5 h; usually speaks every 40 min"


def test_who_spoke_is_not_silent(room: Newsroom) -> None:
    take_in(room, "A new word.", GUARD, published_at=NOW + 4 * HOURS)
    assert [s.source for s in silent_sources(room, NOW + 5 * HOURS)] == ["post"]


def test_who_cannot_be_fetched_is_not_called_silent(room: Newsroom) -> None:
    room.store.note_fetch("guard", at=NOW, ok=False, error="no answer")
    assert [s.source for s in silent_sources(room, NOW + 5 * HOURS)] == ["post"]


def test_what_a_source_dates_in_the_future_ends_no_silence(room: Newsroom) -> None:
    take_in(room, "A word of tomorrow.", GUARD, published_at=NOW + 24 * HOURS)
    assert [s.source for s in silent_sources(room, NOW + 5 * HOURS)] == ["guard", "post"]


def test_a_later_version_of_an_item_is_no_new_word(room: Newsroom) -> None:
    first = take_in(room, "The first wording.", GUARD, published_at=NOW)
    take_in(room, "Another wording.", GUARD, key=first.key, version=2, published_at=NOW + 4 * HOURS)
    assert [s.source for s in silent_sources(room, NOW + 5 * HOURS)] == ["guard", "post"]
