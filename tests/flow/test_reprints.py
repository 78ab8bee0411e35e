"""Reprints have one origin, whoever reprints them; a bulletin with other figures has its own (R10)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.model.statement import Statement
from sayso.sources.sandbox import Parser
from sayso.store import is_reprint
from sayso.store.reprints import bands_of, shared
from tests.flow.factory import FEED, OUTLET, all_statements, item, minutes, newsroom, polled

WORDS = (
    "The Tesk Guard said that 12 soldiers of Tesk were killed near Ubel on Monday when shells fell on a camp by the lake. "
    "Medics carried the wounded to the road, and the bridge to the north was closed until the evening."
)
SECOND = replace(OUTLET, name="second", title="Second Post", url="https://second.example/feed.xml", go_out="auto")
FIRST = replace(OUTLET, go_out="auto")


@pytest.fixture
def room(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(FEED, FIRST, SECOND))
    yield made
    assert made.store.verify() == ()
    made.store.close()


def both(room: Newsroom, first: str, second: str) -> tuple[Statement, Statement]:
    """The first as one paper has it, the second as another has it later."""
    polled(room, [item("a", "From the lake", first, at=minutes(30))], FIRST)
    polled(room, [item("b", "Shells by the lake", second, at=minutes(10))], SECOND)
    a, b = all_statements(room)
    return a, b


def test_a_reprint_under_another_headline_has_the_origin_of_the_first(room: Newsroom) -> None:
    a, b = both(room, WORDS, f"(Coastal Wire) {WORDS}")
    assert a.text != b.text
    assert room.store.origin(a.id) == room.store.origin(b.id)
    assert {s.origin for s in room.store.suggested(b.id)} == {room.store.origin(a.id)}


def test_the_inbox_says_of_a_reprint_whose_words_it_has(room: Newsroom) -> None:
    a, b = both(room, WORDS, f"(Coastal Wire) {WORDS}")
    lines = {line.statement.id: line.reprints for line in Review(room).inbox(states=("held", "accepted", "new")).lines}
    assert lines[a.id] is None
    assert lines[b.id] == a


def test_the_same_words_with_another_figure_are_no_reprint(room: Newsroom) -> None:
    a, b = both(room, WORDS, WORDS.replace("12 soldiers", "15 soldiers"))
    assert room.store.origin(a.id) != room.store.origin(b.id)


def test_what_tells_more_than_the_first_is_no_reprint(room: Newsroom) -> None:
    a, b = both(room, WORDS.replace("12 soldiers", "soldiers"), WORDS)
    assert room.store.origin(a.id) != room.store.origin(b.id)


def test_after_a_takedown_nothing_of_the_words_is_in_the_buckets(room: Newsroom) -> None:
    a, b = both(room, WORDS, f"(Coastal Wire) {WORDS}")
    review = Review(room)
    review.take_down(a.id, reason="asked for", who="editor")
    assert [s.id for s, _ in room.store.look_alikes(WORDS)] == [b.id]
    review.take_down(b.id, reason="asked for", who="editor")
    assert room.store.look_alikes(WORDS) == ()


texts = st.lists(st.sampled_from(("abend", "ufer", "stein", "feld", "hafen", "turm", "12", "Nord")), min_size=30)


@given(texts)
def test_case_and_punctuation_do_not_count(words: list[str]) -> None:
    text = " ".join(words)
    loud = ", ".join(w.upper() for w in words) + "!"
    assert bands_of(text) == bands_of(loud)
    assert shared(text, loud) in (0.0, 1.0)


@given(texts, texts)
def test_a_text_reprints_itself_and_likeness_has_no_direction(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    assert is_reprint(a, a) is (shared(a, a) == 1.0)
    assert shared(a, b) == shared(b, a)


def test_a_short_text_is_known_by_all_of_its_words_only() -> None:
    assert bands_of("Ubel was shelled again this morning.") == ()
    assert not is_reprint("Ubel was shelled again.", "Ubel was shelled again.")


def test_an_old_text_that_comes_again_is_a_text_of_its_own(room: Newsroom) -> None:
    polled(room, [item("a", "From the lake", WORDS, at=minutes(30) - timedelta(days=20))], FIRST)
    polled(room, [item("b", "Shells by the lake", f"(Coastal Wire) {WORDS}", at=minutes(10))], SECOND)
    a, b = all_statements(room)
    assert room.store.origin(a.id) != room.store.origin(b.id)
