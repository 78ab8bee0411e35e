"""Pictures follow the words: stripped of what they hide, with a reason where there can be none, and erasable."""

import asyncio
from pathlib import Path

import pytest

from sayso.errors import SourceChanged
from sayso.flow.arrival import illustrating
from sayso.flow.arrival.illustrating import attach, attach_waiting
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.sources.sandbox import Parser
from tests.flow.factory import FEED, all_statements, answer, door_of, files_with, item, newsroom, photo, polled

PICTURE = "https://guard.example/bridge.jpg"
SHOWN = f'<enclosure url="{PICTURE}" type="image/jpeg" length="1"/>'
BRIDGE = item("bridge", "Bridge held", "The Tesk Guard says 12 soldiers were killed near Ubel.", more=SHOWN)


def picture_answer(body: bytes) -> object:
    return answer(body, url=PICTURE, media_type="image/jpeg")


def test_the_words_go_out_before_their_picture_and_the_post_changes_when_it_comes(room: Newsroom) -> None:
    polled(room, BRIDGE)
    (post,) = room.store.posts(limit=9)
    assert post.state == "published"
    n = room.store.public_n()
    door_of(room).table[PICTURE] = picture_answer(photo())
    assert asyncio.run(attach_waiting(room)) == 1
    (it,) = all_statements(room)
    assert [m.source_url for m in it.media] == [PICTURE]
    assert all((room.media / r.name).is_file() for m in it.media for r in m.renditions)
    assert [(c.kind, c.post) for c in room.store.changes(n, 9)] == [("put", post.id)]
    assert asyncio.run(attach_waiting(room)) == 0


def test_nothing_that_a_picture_hides_is_public(room: Newsroom) -> None:
    polled(room, BRIDGE)
    door_of(room).table[PICTURE] = picture_answer(photo(canary="HIDDEN-PLACE-41.5"))
    asyncio.run(attach_waiting(room))
    assert files_with(room.media, [b"HIDDEN-PLACE"]) == []


def test_a_picture_that_cannot_be_had_is_listed_with_the_reason(room: Newsroom) -> None:
    polled(room, BRIDGE)
    door_of(room).table[PICTURE] = SourceChanged(f"{PICTURE} is no longer there (404)")
    asyncio.run(attach_waiting(room))
    (line,) = room.store.unread()
    assert PICTURE in str(line)
    assert "404" in str(line)
    assert room.store.waiting_for_media() == ()


def test_bytes_that_are_no_picture_are_refused_with_the_reason(room: Newsroom) -> None:
    polled(room, BRIDGE)
    door_of(room).table[PICTURE] = picture_answer(b"<script>alert(1)</script>")
    asyncio.run(attach_waiting(room))
    assert "no JPEG" in str(room.store.unread()[0])
    assert list(room.media.iterdir()) == []


def test_a_decoder_that_breaks_keeps_neither_the_words_nor_other_pictures_back(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SHOWN.replace("bridge", "ford")
    polled(room, [BRIDGE, item("ford", "Ford held", "The Guard holds the ford.", more=other)])
    door_of(room).table[PICTURE] = picture_answer(photo())
    door_of(room).table[PICTURE.replace("bridge", "ford")] = picture_answer(photo("blue"))
    real, calls = illustrating.PREPARERS["image"], []

    def breaks(body: bytes) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise IndexError("a fault of a decoder")
        return real(body)

    monkeypatch.setitem(illustrating.PREPARERS, "image", breaks)  # type: ignore[arg-type]
    assert asyncio.run(attach_waiting(room)) == 2
    assert sorted(len(s.media) for s in all_statements(room)) == [0, 1]
    assert "a fault in sayso" in str(room.store.unread()[0])


def test_a_picture_that_was_not_fetched_when_the_process_ended_is_fetched_at_the_next_start(
    room: Newsroom, tmp_path: Path, parser: Parser
) -> None:
    polled(room, BRIDGE)
    room.store.close()
    again = newsroom(tmp_path, parser)
    door_of(again).table[PICTURE] = picture_answer(photo())
    assert asyncio.run(attach_waiting(again)) == 1
    assert len(all_statements(again)[0].media) == 1
    again.store.close()


def test_a_takedown_while_its_picture_is_fetched_leaves_no_file(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    polled(room, BRIDGE)
    (it,) = all_statements(room)
    real = illustrating.fetched

    async def slow(*args: object) -> object:
        made = await real(*args)  # type: ignore[arg-type]
        Review(room).take_down(it.id, reason="It shows a child.", who="editor")
        return made

    monkeypatch.setattr(illustrating, "fetched", slow)
    door_of(room).table[PICTURE] = picture_answer(photo())
    asyncio.run(attach(room, it))
    assert list(room.media.iterdir()) == []
    assert list(room.archive.all()) == []


def test_a_kind_that_is_not_shown_is_said_so(room: Newsroom) -> None:
    sound = '<enclosure url="https://guard.example/call.mp3" type="audio/mpeg" length="1"/>'
    polled(room, item("call", "A call", "The Guard spoke.", more=sound))
    asyncio.run(attach_waiting(room))
    assert "linked, not shown" in str(room.store.unread()[0])
    assert room.store.latest(FEED.name, "call") is not None
