"""Changes for pages without a stream: numbers that any cache may keep for ever, words that are gone once taken back."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sayso.web.deltas import MOST_CHANGES, SEGMENT
from sayso.web.public import Public, routes_of
from tests.publish.factory import MemoryViews, new_entry

ONE = "/c/tesk/live/"
Get = Callable[[str], httpx.Response]


@pytest.fixture
def views() -> MemoryViews:
    return MemoryViews()


@pytest.fixture
def get(views: MemoryViews) -> Get:
    app = Starlette(routes=routes_of(Public({"tesk": views}, poll_s=7)))

    def ask(path: str) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://x.example", trust_env=False) as client:
                return await client.get(ONE + path)

        return asyncio.run(once())

    return ask


def heard(get: Get, n: int) -> list[list[Any]]:
    """The changes after `n`, as a page collects them: from the head and the segments before it."""
    head = get("head.json").json()
    found, to = head["changes"], head["n"] - len(head["changes"])
    while to > n:
        found = [*get(f"{to - head['segment'] + 1}-{to}.json").json(), *found]
        to -= head["segment"]
    return [c for c in found if c[0] > n]


@pytest.mark.parametrize("more", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT])
def test_head_and_segments_hold_each_change_once_and_in_order(get: Get, views: MemoryViews, more: int) -> None:
    for n in range(more):
        views.change("add", new_entry(f"n{n}"))
    for n in range(views.n() + 1):
        assert [c[0] for c in heard(get, n)] == list(range(n + 1, views.n() + 1))
    assert heard(get, 0) == [[c.n, c.kind, c.post, c.version] for c in views.log]


def test_the_server_says_when_to_ask_again_and_when_to_give_up(get: Get) -> None:
    head = get("head.json")
    assert head.json()["interval_s"] == 7 and head.json()["most"] == MOST_CHANGES
    assert "max-age=1," in head.headers["cache-control"]


def test_a_segment_never_changes_and_may_be_kept_for_ever(get: Get, views: MemoryViews) -> None:
    while views.n() < SEGMENT:
        views.change("add", new_entry(f"n{views.n()}", "Words that must go."))
    first = get(f"1-{SEGMENT}.json")
    assert "immutable" in first.headers["cache-control"] and "Words" not in first.text
    view = views.entry(f"n{SEGMENT - 1}")
    assert view is not None
    views.change("drop", replace(view, statement=None, post=replace(view.post, state="taken_down", version=2)))
    assert get(f"1-{SEGMENT}.json").content == first.content


@pytest.mark.parametrize(
    "span", [f"1-{2 * SEGMENT}", f"2-{SEGMENT + 1}", f"{SEGMENT + 1}-{2 * SEGMENT}", "1-1", "20-1"]
)
def test_what_is_no_whole_segment_is_not_there_and_is_not_kept(get: Get, views: MemoryViews, span: str) -> None:
    while views.n() <= SEGMENT:
        views.change("tally")
    answer = get(f"{span}.json")
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"


def test_the_words_of_a_post_are_the_newest_whatever_number_is_asked_for(get: Get, views: MemoryViews) -> None:
    view = new_entry("n1", "First words.")
    was = views.change("add", view)
    assert "First words." in get(f"post/n1/{was}").text
    gone = replace(
        view, statement=None, post=replace(view.post, state="taken_down", reason="It named a child.", version=2)
    )
    now = views.change("drop", gone)
    for n in (was, now):
        answer = get(f"post/n1/{n}")
        assert "First words." not in answer.text and "It named a child." in answer.text
        assert "max-age=1," in answer.headers["cache-control"]
    assert re.search(r'<article class="entry is-gone" id="n1" data-version="2"', answer.text)


def test_words_of_a_change_that_has_not_come_are_not_there_and_that_is_not_kept(get: Get, views: MemoryViews) -> None:
    for path in (f"post/p2/{views.n() + 1}", f"parts/{views.n() + 1}", f"post/nobody/{views.n()}"):
        answer = get(path)
        assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"


def test_the_parts_that_count_are_those_of_the_page(get: Get, views: MemoryViews) -> None:
    parts = get(f"parts/{views.change('summary')}").json()
    assert (
        set(parts) == {"standing", "summary", "tally", "ground", "overview"} and "What is claimed" in parts["summary"]
    )


def test_numbers_hold_no_words(get: Get, views: MemoryViews) -> None:
    views.change("add", new_entry("n1", "First words."))
    assert "words" not in json.dumps(heard(get, 0)) and "Guard" not in json.dumps(heard(get, 0))


def test_each_is_drawn_once_a_version(get: Get, views: MemoryViews) -> None:
    for n in range(1, views.n() + 1):
        get(f"parts/{n}")
    assert views.drawn == 1
