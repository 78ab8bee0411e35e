"""From a source's bytes to statements: once each, in all their versions, whatever happens in between."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sayso.errors import SourceChanged, TryLater
from sayso.flow.arrival import intake
from sayso.flow.arrival.intake import keep_and_take_in, poll, resume
from sayso.flow.arrival.polling import note
from sayso.flow.clock import world_now
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.sources.sandbox import Parser
from tests.desk.factory import NOW
from tests.flow.factory import FEED, all_statements, answer, door_of, item, keys, minutes, newsroom, polled, rss
from tests.store.snapshot import projections

BRIDGE = item("bridge", "Bridge held", "The Tesk Guard says 12 soldiers were killed near Ubel.", at=minutes(30))
FORD = item("ford", "Ford held", "The Tesk Guard says 7 soldiers were wounded at the ford.", at=minutes(20))
MILL = item("mill", "Mill held", "The Tesk Guard says 3 soldiers were killed at the mill.", at=minutes(10))


class Died(BaseException):
    """The process was killed here."""


def dies(*args: object, **kwargs: object) -> None:
    raise Died


def verifies(room: Newsroom) -> bool:
    return room.store.verify(has_blob=lambda sha256: room.archive.read(sha256) is not None) == ()


def test_a_feed_polled_twice_states_each_item_once(room: Newsroom) -> None:
    assert polled(room, [FORD, BRIDGE]) == 2
    assert polled(room, [FORD, BRIDGE]) == 0
    assert polled(room, [BRIDGE, FORD]) == 0  # other bytes, the same words
    assert len(all_statements(room)) == 2
    assert all(s.version == 1 for s in all_statements(room))


def live_page(*entries: str, changed: datetime) -> bytes:
    """A live page with a standing summary, which has no date but the page's."""
    blog = json.dumps({"@type": "LiveBlogPosting", "dateModified": changed.isoformat()})
    told = "".join(f'<article id="{n}"><h2>{words}</h2><p>{words}</p></article>' for n, words in enumerate(entries))
    summary = '<section class="summary"><p>The Tesk Guard says 12 soldiers were killed near Ubel.</p></section>'
    return f'<script type="application/ld+json">{blog}</script><main>{summary}{told}</main>'.encode()


def test_a_standing_summary_that_a_live_page_keeps_for_days_is_said_once(tmp_path: Path, parser: Parser) -> None:
    page = replace(FEED, kind="live_page")
    room = newsroom(tmp_path, parser, sources=(page,))
    entries = ("The bridge is held.", "The ford is held.", "The mill is held.", "The road is open.")
    for shown, day in ((2, 3), (3, 2), (4, 1)):
        body = live_page(*reversed(entries[:shown]), changed=NOW - timedelta(days=day))
        door_of(room).table[page.url] = answer(body, media_type="text/html")
        asyncio.run(poll(room, page))
    assert [s.version for s in all_statements(room) if s.entry_kind == "summary"] == [1]


def test_the_same_bytes_are_one_capture(room: Newsroom) -> None:
    for _ in range(3):
        polled(room, [BRIDGE])
    sha256 = next(iter(room.archive.all()))
    assert list(room.archive.all()) == [sha256]
    assert len(room.store.captures_of(sha256)) == 1


def test_an_edit_at_the_source_is_a_second_version_and_the_post_says_so(room: Newsroom) -> None:
    polled(room, BRIDGE)
    first = all_statements(room)[0]
    assert polled(room, BRIDGE.replace("12 soldiers", "15 soldiers")) == 1
    second = room.store.latest(FEED.name, first.key)
    assert second is not None
    assert (second.version, second.replaces) == (2, first.id)
    (post,) = room.store.posts(limit=9)
    assert post.version == 2
    assert post.statements == (second.id,)
    assert "changed this after it was published" in post.corrections[-1].text
    assert room.store.statement_state(first.id) == "superseded"
    assert [c.kind for c in room.store.changes(0, 99) if c.post == post.id][:2] == ["add", "put"]


def test_an_item_edited_back_to_earlier_words_is_a_third_version(room: Newsroom) -> None:
    for words in (BRIDGE, BRIDGE.replace("12", "15"), BRIDGE):
        polled(room, words)
    texts = [s.text for s in room.store.versions(FEED.name, "bridge")]
    assert len(texts) == 3
    assert texts[0] == texts[2] != texts[1]
    assert verifies(room)


def test_an_item_that_vanished_from_inside_the_window_is_gone(room: Newsroom) -> None:
    polled(room, [MILL, FORD, BRIDGE])
    polled(room, [MILL, BRIDGE])
    ford = room.store.latest(FEED.name, "ford")
    assert ford is not None
    assert room.store.statement_state(ford.id) == "gone"
    assert all(s.withdrawn for s in room.store.said(statement=ford.id))


def test_an_item_that_only_scrolled_out_is_not_gone(room: Newsroom) -> None:
    polled(room, [FORD, BRIDGE])
    polled(room, [MILL, FORD])
    bridge = room.store.latest(FEED.name, "bridge")
    assert bridge is not None
    assert room.store.statement_state(bridge.id) == "accepted"


def test_an_old_item_pinned_on_top_does_not_make_what_scrolled_out_gone(room: Newsroom) -> None:
    pinned = item("pinned", "How to reach us", "The press office is open at noon.", at=minutes(9_999))
    polled(room, [FORD, BRIDGE])
    polled(room, [pinned, MILL, FORD])
    bridge = room.store.latest(FEED.name, "bridge")
    assert bridge is not None
    assert room.store.statement_state(bridge.id) == "accepted"


def test_an_item_that_comes_back_after_it_was_gone_is_a_new_version(room: Newsroom) -> None:
    polled(room, [MILL, FORD, BRIDGE])
    polled(room, [MILL, BRIDGE])
    assert polled(room, [MILL, FORD, BRIDGE]) == 1
    assert [s.version for s in room.store.versions(FEED.name, "ford")] == [1, 2]


def test_bytes_are_kept_even_when_the_parse_fails_and_the_reason_is_listed(room: Newsroom) -> None:
    with pytest.raises(SourceChanged):
        polled(room, b"<html><body>Please log in.</body></html>")
    (sha256,) = room.archive.all()
    assert room.archive.read(sha256) == b"<html><body>Please log in.</body></html>"
    assert room.store.pending_captures() == ()
    (line,) = room.store.unread()
    assert line.why.startswith("guard: ")


def test_the_same_unreadable_bytes_again_are_still_a_failure_and_no_new_row(room: Newsroom) -> None:
    page = b"<html><body>Please log in.</body></html>"
    with pytest.raises(SourceChanged) as first:
        polled(room, page)
    note(room, FEED, first.value)
    rows = room.store.size()
    with pytest.raises(SourceChanged):
        polled(room, page)
    assert room.store.size() == rows


def test_a_capture_left_pending_is_taken_in_once_at_the_next_start(
    room: Newsroom, tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as m, pytest.raises(Died):
        m.setattr(intake, "take_in_capture", dies)
        keep_and_take_in(room, FEED, answer(rss(FORD, BRIDGE)))
    assert len(room.store.pending_captures()) == 1
    assert all_statements(room) == ()
    room.store.close()
    again = newsroom(tmp_path, parser)
    assert resume(again) == 2
    assert resume(again) == 0
    assert again.store.pending_captures() == ()
    assert polled(again, [FORD, BRIDGE]) == 0
    assert verifies(again)
    again.store.close()


def test_death_between_two_items_loses_none_and_doubles_none(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, real = [], intake.take_in

    def dies_at_the_second(*args: object) -> bool:
        if taken:
            raise Died
        taken.append(1)
        return real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as m, pytest.raises(Died):
        m.setattr(intake, "take_in", dies_at_the_second)
        polled(room, [MILL, FORD, BRIDGE])
    assert len(all_statements(room)) == 1
    assert resume(room) == 2
    assert len(all_statements(room)) == len(keys(room)) == 3
    assert verifies(room)


def test_a_late_resume_does_not_bring_back_words_that_were_edited_since(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    polled(room, BRIDGE)
    with monkeypatch.context() as m, pytest.raises(Died):
        m.setattr(intake, "take_in_capture", dies)
        polled(room, [FORD, BRIDGE.replace("12", "13")])
    polled(room, [FORD, BRIDGE.replace("12", "15")])
    resume(room)
    latest = room.store.latest(FEED.name, "bridge")
    assert latest is not None
    assert "15 soldiers" in latest.text


def test_a_capture_that_waits_is_taken_in_by_the_next_poll_of_the_same_bytes(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as m, pytest.raises(ValueError, match="bug"):
        m.setattr(intake, "take_in_capture", lambda *a: (_ for _ in ()).throw(ValueError("a bug")))
        polled(room, [FORD, BRIDGE])
    assert polled(room, [FORD, BRIDGE]) == 2
    assert room.store.pending_captures() == ()


def test_a_fault_in_reading_one_item_does_not_keep_its_words_or_the_others_back(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = type(room.reader).read

    def breaks(self: object, text: str, *args: object) -> object:
        if "ford" in text:
            raise ZeroDivisionError("a fault of ours")
        return real(room.reader, text, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(type(room.reader), "read", breaks)
    assert polled(room, [MILL, FORD, BRIDGE]) == 3
    ford = room.store.latest(FEED.name, "ford")
    assert ford is not None
    assert any(u.statement == ford.id and "ZeroDivisionError" in u.why for u in room.store.unread())


def test_what_was_taken_down_does_not_come_back_and_its_bytes_are_erased(room: Newsroom) -> None:
    polled(room, [FORD, BRIDGE])
    bridge = room.store.latest(FEED.name, "bridge")
    assert bridge is not None
    Review(room).take_down(bridge.id, reason="It named a child.", who="editor")
    assert list(room.archive.all()) == []
    assert polled(room, [FORD, BRIDGE]) == 0  # the very same bytes again
    assert list(room.archive.all()) == []
    assert polled(room, [MILL, FORD, BRIDGE]) == 1  # other bytes that hold it too
    assert list(room.archive.all()) == []
    assert {k for _, k in keys(room)} == {"ford", "mill"}
    assert verifies(room)


def test_a_takedown_while_an_edit_is_being_read_keeps_the_edit_out(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    polled(room, [FORD, BRIDGE])
    bridge = room.store.latest(FEED.name, "bridge")
    assert bridge is not None
    real = intake.read_statement

    def slow(*args: object) -> object:
        if room.store.takedown(bridge.id) is None:
            Review(room).take_down(bridge.id, reason="It named a child.", who="editor")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "read_statement", slow)
    polled(room, [FORD, BRIDGE.replace("12", "15")])
    assert {k for _, k in keys(room)} == {"ford"}


def test_not_modified_keeps_the_validators_and_is_a_good_answer(room: Newsroom) -> None:
    polled(room, answer(rss(BRIDGE), etag='"a"', last_modified="Tue, 06 May 2031 11:00:00 GMT"))
    assert polled(room, answer(status=304)) == 0
    state = room.store.fetch_state(FEED.name)
    assert (state.etag, state.last_modified) == ('"a"', "Tue, 06 May 2031 11:00:00 GMT")
    assert door_of(room).asked[-1] == (FEED.url, '"a"', "Tue, 06 May 2031 11:00:00 GMT")
    polled(room, answer(rss(BRIDGE, FORD)))  # a full answer without validators: the old ones are no longer true
    assert room.store.fetch_state(FEED.name).etag is None


def test_validators_outlive_a_failure(room: Newsroom) -> None:
    polled(room, answer(rss(BRIDGE), etag='"a"'))
    room.store.note_fetch(FEED.name, at=world_now(), ok=False, error="no answer")
    assert room.store.fetch_state(FEED.name).etag == '"a"'


def test_an_outage_raises_and_changes_nothing(room: Newsroom) -> None:
    polled(room, [BRIDGE])
    rows = room.store.size()
    with pytest.raises(TryLater):
        polled(room, TryLater("https://guard.example did not answer"))
    assert room.store.size() == rows


def test_a_statement_dated_in_the_future_is_held_with_the_reason(room: Newsroom) -> None:
    polled(room, item("later", "Victory", "The Tesk Guard says 9 soldiers were killed.", at=minutes(-600)))
    (row,) = room.store.inbox(states=("held",), limit=9)
    assert "dated in the future" in row.reason
    assert room.store.posts(limit=9) == ()
    assert any("future" in str(u) for u in room.store.unread())


def test_an_edit_of_what_an_editor_withdrew_waits_for_an_editor(room: Newsroom) -> None:
    polled(room, BRIDGE)
    Review(room).withdraw(all_statements(room)[0].id, reason="Not theirs.", who="editor")
    polled(room, BRIDGE.replace("12", "15"))
    (post,) = room.store.posts(limit=9)
    assert (post.state, post.version) == ("withdrawn", 2)
    (row,) = room.store.inbox(states=("held",), limit=9)
    assert "editor" in row.reason
    assert all(not s for s in [room.store.said(statement=row.statement.id)])


def test_an_edit_of_what_an_editor_rejected_waits_for_an_editor(tmp_path: Path, parser: Parser) -> None:
    room = newsroom(tmp_path / "r", parser)
    polled(room, item("later", "Victory", "The Tesk Guard says 9 soldiers were killed.", at=minutes(-600)))
    Review(room).reject(all_statements(room)[0].id, reason="A rumour.", who="editor")
    polled(room, item("later", "Victory", "The Tesk Guard says 8 soldiers were killed.", at=minutes(5)))
    assert room.store.posts(limit=9) == ()
    room.store.close()


def test_the_projections_made_anew_are_those_that_intake_left(room: Newsroom) -> None:
    polled(room, [MILL, FORD, BRIDGE])
    polled(room, [MILL, BRIDGE.replace("12", "15")])
    before = projections(room.store)
    room.store.rebuild()
    assert projections(room.store) == before


def test_two_polls_at_once_state_each_item_once(room: Newsroom) -> None:
    door_of(room).table[FEED.url] = answer(rss(MILL, FORD, BRIDGE))

    async def both() -> None:
        await asyncio.gather(poll(room, FEED), poll(room, FEED))

    asyncio.run(both())
    assert len(all_statements(room)) == 3
