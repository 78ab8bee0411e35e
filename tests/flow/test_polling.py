"""When sources are asked again, and that none of them stops the others."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import Refused, SourceChanged, TryLater
from sayso.flow import live
from sayso.flow.arrival import intake, polling
from sayso.flow.arrival.polling import LONGEST_WAIT_S, poll_all, wait_s
from sayso.flow.newsroom import Newsroom
from sayso.sources.sandbox import Parser
from tests.flow.factory import FEED, STAFF, all_statements, answer, door_of, item, newsroom, rss

QUICK = replace(FEED, interval_s=0.02)
OTHER = replace(STAFF, interval_s=0.02)
BRIDGE = item("bridge", "Bridge held", "The Tesk Guard says 12 soldiers were killed near Ubel.")


@pytest.fixture
def two(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    made = newsroom(tmp_path, parser, sources=(QUICK, OTHER))
    yield made
    made.store.close()


def run_until(room: Newsroom, done: object, *, within_s: float = 10.0) -> None:
    """Poll until `done()` holds; polling must not have ended by itself."""

    async def both() -> None:
        task = asyncio.create_task(poll_all(room))
        async with asyncio.timeout(within_s):
            while not done() and not task.done():  # type: ignore[operator]
                await asyncio.sleep(0.01)
        assert not task.done(), task.exception()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(both())


def test_the_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour() -> None:
    assert wait_s(FEED, 0) == FEED.interval_s
    for failures in (1, 2, 3, 4):
        assert FEED.interval_s * 2**failures <= wait_s(FEED, failures) <= FEED.interval_s * 2**failures * 1.1
    assert LONGEST_WAIT_S <= wait_s(FEED, 30) <= LONGEST_WAIT_S * 1.1


def test_a_source_that_failed_for_weeks_is_still_asked() -> None:
    assert wait_s(FEED, 5_000) <= LONGEST_WAIT_S * 1.1


def test_a_source_that_fails_is_never_asked_more_often_than_one_that_answers() -> None:
    daily = replace(FEED, interval_s=86_400)
    assert wait_s(daily, 1) >= 86_400


@pytest.mark.parametrize(
    "err",
    [TryLater("no answer"), SourceChanged("404: mend its address"), Refused("too large"), ZeroDivisionError("a bug")],
    ids=lambda e: type(e).__name__,
)
def test_a_source_that_fails_stops_no_other_and_says_why(two: Newsroom, err: Exception) -> None:
    door_of(two).table = {QUICK.url: err, OTHER.url: answer(rss(BRIDGE), url=OTHER.url)}
    run_until(two, lambda: all_statements(two) and two.store.fetch_state(QUICK.name).failures > 1)
    assert {s.source for s in all_statements(two)} == {OTHER.name}
    assert str(err) in (two.store.fetch_state(QUICK.name).error or "")
    assert two.store.fetch_state(OTHER.name).error is None


def test_a_source_that_recovers_is_well_again(two: Newsroom) -> None:
    door_of(two).table = {QUICK.url: [TryLater("no answer"), *[answer(rss(BRIDGE))] * 99]}
    run_until(two, lambda: two.store.fetch_state(QUICK.name).ok_at is not None)
    assert two.store.fetch_state(QUICK.name).error is None


def test_a_fault_in_the_parse_of_one_source_does_not_stop_the_others(
    two: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = intake.take_in_capture

    def breaks(room: Newsroom, source: object, *args: object) -> int:
        if source == QUICK:
            raise KeyError("a fault of ours")
        return real(room, source, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "take_in_capture", breaks)
    door_of(two).table = {QUICK.url: answer(rss(BRIDGE)), OTHER.url: answer(rss(BRIDGE), url=OTHER.url)}
    run_until(two, lambda: all_statements(two) and two.store.fetch_state(QUICK.name).error)
    assert "a fault in sayso" in (two.store.fetch_state(QUICK.name).error or "")
    assert len(two.store.pending_captures()) == 1  # its bytes wait until the fault is mended
    monkeypatch.undo()
    assert intake.resume(two) == 1


def test_a_fault_while_resuming_stops_neither_the_start_nor_the_others(
    two: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as m:
        m.setattr(intake, "take_in_capture", lambda *a: 0)
        intake.keep_and_take_in(two, QUICK, answer(rss(BRIDGE)))
        intake.keep_and_take_in(two, OTHER, answer(rss(BRIDGE + " "), url=OTHER.url))
    real = intake.take_in_capture

    def breaks(room: Newsroom, source: object, *args: object) -> int:
        if source == QUICK:
            raise KeyError("a fault of ours")
        return real(room, source, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "take_in_capture", breaks)
    assert intake.resume(two) == 1
    assert [c.source for c in two.store.pending_captures()] == [QUICK.name]


def test_a_database_that_is_busy_when_a_failure_is_noted_does_not_stop_polling(
    two: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def busy(*args: object, **kwargs: object) -> None:
        tried.append(1)
        raise TryLater("locked")

    monkeypatch.setattr(type(two.store), "note_fetch", busy)
    run_until(two, lambda: len(tried) > 3)


def test_a_pause_that_the_source_asked_for_is_kept(two: Newsroom) -> None:
    door_of(two).table = {QUICK.url: TryLater("429", retry_after_s=60.0)}
    run_until(two, lambda: [u for u, _, _ in door_of(two).asked].count(OTHER.url) > 3)
    assert [u for u, _, _ in door_of(two).asked].count(QUICK.url) == 1


def test_a_coverage_without_sources_waits(tmp_path: Path, parser: Parser) -> None:
    room = newsroom(tmp_path, parser, sources=())

    async def wait() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(poll_all(room), 0.05)

    asyncio.run(wait())
    room.store.close()


def test_a_job_that_fails_is_done_again_at_the_next_change() -> None:
    done: list[int] = []

    async def job() -> None:
        done.append(1)
        if len(done) == 1:
            raise ZeroDivisionError("a fault of ours")

    async def run() -> None:
        news = live.Announcer()
        task = asyncio.create_task(live.each_time(news, job))
        while len(done) < 2:
            news.changed()
            await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert polling.LONGEST_WAIT_S == 900


def test_a_job_stops_when_told_also_where_news_came_in_the_same_moment() -> None:
    async def job() -> None:
        return None

    async def run() -> None:
        news = live.Announcer()
        task = asyncio.create_task(live.each_time(news, job))
        await asyncio.sleep(0.01)  # it waits for news now
        news.changed()
        await asyncio.sleep(0)  # the news is there; who waits has not run yet
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=1)
        assert task in done, "Ctrl-C would have waited for ever"

    asyncio.run(run())
