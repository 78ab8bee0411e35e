"""Sources that come, go, are paused or are wanted at once while the server polls."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import Refused, TryLater
from sayso.flow.arrival import polling
from sayso.flow.arrival.listening import sources_now
from sayso.flow.arrival.looking import looked_through
from sayso.flow.arrival.pausing import ask_now, pause, paused_sources, resume_source
from sayso.flow.arrival.polling import poll_all
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.status import sources_in_words
from sayso.sources.sandbox import Parser
from tests.desk.factory import NOW
from tests.flow.factory import FEED, STAFF, answer, door_of, newsroom, rss

SELDOM, OTHER = replace(FEED, interval_s=3_600), replace(STAFF, interval_s=3_600)


@pytest.fixture
def room(tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setattr(polling, "LOOK_S", 0.01)
    made = newsroom(tmp_path, parser, sources=(SELDOM,))
    door_of(made).table = {s.url: answer(rss(), url=s.url) for s in (SELDOM, OTHER)}
    yield made
    made.store.close()


def asked(room: Newsroom, url: str = SELDOM.url) -> int:
    return [u for u, _, _ in door_of(room).asked].count(url)


def step_by_step(room: Newsroom, *steps: tuple[Callable[[], object], Callable[[], bool]]) -> None:
    """Poll; do each step and wait until what it is to bring about holds."""

    async def run() -> None:
        task = asyncio.create_task(poll_all(room))
        for act, holds in steps:
            await asyncio.to_thread(act)
            async with asyncio.timeout(10):
                while not holds() and not task.done():
                    await asyncio.sleep(0.005)
            assert not task.done(), task.exception()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


def nothing() -> None:
    """No step of ours."""


def test_who_wants_a_source_asked_need_not_wait_for_its_interval(room: Newsroom) -> None:
    step_by_step(
        room,
        (nothing, lambda: asked(room) == 1),
        (lambda: ask_now(room, SELDOM.name, who="ada"), lambda: asked(room) == 2),
    )
    assert room.ask_now == set()


def test_a_source_that_asked_for_a_pause_gets_it_whoever_is_in_a_hurry(room: Newsroom) -> None:
    door_of(room).table[SELDOM.url] = TryLater("busy", retry_after_s=600)
    step_by_step(
        room,
        (nothing, lambda: room.store.fetch_state(SELDOM.name).failures == 1),
        (lambda: ask_now(room, SELDOM.name, who="ada"), lambda: room.ask_now == set()),
        (lambda: asyncio.run(asyncio.sleep(0.1)), lambda: True),
    )
    assert asked(room) == 1


def test_a_source_that_is_added_changed_or_taken_out_is_followed_at_once(room: Newsroom) -> None:
    moved = replace(OTHER, url="https://staff.example/moved.xml")
    door_of(room).table[moved.url] = answer(rss(), url=moved.url)

    def list_(*sources: object) -> Callable[[], None]:
        def act() -> None:
            room.coverage = replace(room.coverage, sources=sources)  # type: ignore[arg-type]

        return act

    step_by_step(
        room,
        (nothing, lambda: asked(room) == 1),
        (list_(SELDOM, OTHER), lambda: asked(room, OTHER.url) == 1),
        (list_(SELDOM, moved), lambda: asked(room, moved.url) == 1),
        (list_(moved), lambda: f"poll {SELDOM.name}" not in {t.get_name() for t in asyncio.all_tasks()}),
        (list_(moved, SELDOM), lambda: asked(room) == 2),
    )
    assert asked(room, OTHER.url) == 1


def test_a_paused_source_is_not_asked_until_it_is_resumed(room: Newsroom) -> None:
    pause(room, SELDOM.name, who="ada")
    room.coverage = replace(room.coverage, sources=(SELDOM, OTHER))
    step_by_step(
        room,
        (nothing, lambda: asked(room, OTHER.url) == 1),
        (lambda: asked(room) == 0 or pytest.fail("it was asked"), lambda: True),
        (lambda: resume_source(room, SELDOM.name, who="ada"), lambda: asked(room) == 1),
    )
    assert paused_sources(room.store) == frozenset()
    assert [n.action for n in room.store.staff_log(limit=9)] == ["resumed a source", "paused a source"]


def test_a_pause_is_known_to_readers_and_stands_in_the_way_of_not_found_by_us(room: Newsroom) -> None:
    room.store.note_fetch(SELDOM.name, at=world_now(), ok=True)
    assert [c.complete for c in looked_through(room, world=world_now()) if c.party == "TK"] == [True]
    pause(room, SELDOM.name, who="ada")
    assert [c.complete for c in looked_through(room, world=world_now()) if c.party == "TK"] == [False]
    (row,) = sources_in_words(room)
    assert row["words"] == "not asked: paused by the desk" and "ada" not in str(row)
    (now,) = sources_now(room, now=NOW)
    assert (now.state, now.advice) == ("paused", "Resume it to hear what it says by now.")


def test_two_who_pause_at_once_both_have_their_pause(
    room: Newsroom, tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.coverage = replace(room.coverage, sources=(SELDOM, OTHER))
    both = threading.Barrier(2)
    asked = room.store.setting

    def setting(key: str) -> bytes | None:
        """Each has read before any writes, where they read apart from their writing."""
        found = asked(key)
        both.wait(5)
        return found

    monkeypatch.setattr(room.store, "setting", setting)
    editors = [threading.Thread(target=pause, args=(room, s.name), kwargs={"who": "ada"}) for s in (SELDOM, OTHER)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join(10)
    monkeypatch.undo()
    assert paused_sources(room.store) == {SELDOM.name, OTHER.name}


def test_a_pause_outlasts_a_restart(room: Newsroom, tmp_path: Path, parser: Parser) -> None:
    pause(room, SELDOM.name, who="ada")
    again = newsroom(tmp_path, parser, sources=(SELDOM,))
    assert paused_sources(again.store) == {SELDOM.name}
    again.store.close()


def test_what_is_not_there_or_paused_is_refused_in_words(room: Newsroom) -> None:
    for act in (pause, resume_source, ask_now):
        with pytest.raises(Refused, match="no source “nobody”"):
            act(room, "nobody", who="ada")
    pause(room, SELDOM.name, who="ada")
    with pytest.raises(Refused, match="resume it"):
        ask_now(room, SELDOM.name, who="ada")
