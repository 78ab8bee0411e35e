"""Who has been silent for longer than usual, from what came in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.flow.arrival.listening import MANY_FAILURES, silent_sources, sources_now
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


def test_each_source_tells_in_words_how_it_does_and_what_to_do(room: Newsroom) -> None:
    never, _ = sources_now(room, now=NOW)
    assert (never.state, never.words, never.every, never.today) == ("never", "not asked yet", "40 min", 10)
    room.store.note_fetch("guard", at=NOW, ok=True)
    assert [s.state for s in sources_now(room, now=NOW)] == ["well", "never"]
    silent, _ = sources_now(room, now=NOW + 5 * HOURS)
    assert (silent.state, silent.words) == ("silent", "silent for 5 h; usually speaks every 40 min") and silent.advice
    for n in range(MANY_FAILURES):
        room.store.note_fetch("guard", at=NOW, ok=False, error="guard.example answers 404: it is gone")
        failing, _ = sources_now(room, now=NOW)
        assert failing.state == "failing" and failing.words.endswith("it is gone")
        assert ("in a browser" in failing.advice) is (n + 1 == MANY_FAILURES)
    assert failing.ok_at == NOW


def test_today_begins_at_midnight_in_the_zone_of_the_coverage(tmp_path: Path) -> None:
    room = newsroom(tmp_path / "tokyo", zone="Asia/Tokyo")  # midnight is at 15:00 of UTC
    take_in(room, "Before.", GUARD, published_at=NOW, first_seen_at=NOW + 2 * HOURS)
    take_in(room, "After.", GUARD, published_at=NOW, first_seen_at=NOW + 3 * HOURS)
    assert [s.today for s in sources_now(room, now=NOW + 4 * HOURS)] == [1, 0]
    room.store.close()
