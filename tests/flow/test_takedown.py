"""H14: a published statement with a photo is taken down, and nothing of it is left but that it was, when and why."""

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sayso.errors import TryLater
from sayso.flow.arrival.illustrating import attach_waiting
from sayso.flow.arrival.intake import resume
from sayso.flow.desk.questions import Questions
from sayso.flow.desk.regrouping import Regrouping
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.record import erasing
from sayso.model.page import time_stamp
from sayso.sources.sandbox import Parser
from sayso.store import Store
from sayso.web.app import make_app
from sayso.web.deltas import SEGMENT
from sayso.web.front import Front
from tests.flow.factory import (
    FEED,
    STAFF,
    all_statements,
    answer,
    door_of,
    files_with,
    item,
    minutes,
    newsroom,
    photo,
    polled,
)
from tests.store.snapshot import projections

WORD = "Quillemarrow"  # stands in the words of the statement and nowhere else
HIDDEN = "Varnathide"  # stands in the picture's hidden data
PICTURE = "https://guard.example/q.jpg"
SHOWN = f'<enclosure url="{PICTURE}" type="image/jpeg" length="1"/>'
TARGET = item(
    "target", f"Bridge at {WORD}", f"The Tesk Guard says 12 soldiers of Tesk were killed at {WORD}.",
    at=minutes(20), more=SHOWN,
)  # fmt: skip
BESIDE = item("beside", "Ford held", "The Tesk Guard says 7 soldiers of Tesk were wounded.", at=minutes(10))
ANSWER = item("answer", "Losses", "The Orland General Staff says 30 soldiers of Tesk were killed.", at=minutes(5))

NEAR = item(
    "near", "Mill", "The Orland General Staff says 3 soldiers of Tesk were killed at Hollowmere.", at=minutes(6)
)


@pytest.fixture
def desk(tmp_path: Path, parser: Parser) -> Iterator[Newsroom]:
    """A newsroom whose page shows the statement with its photo, edited once at the source, beside two others."""
    made = newsroom(tmp_path, parser, sources=(FEED, STAFF))
    polled(made, [BESIDE, TARGET])
    polled(made, [ANSWER, NEAR], STAFF)
    door_of(made).table[PICTURE] = answer(photo(canary=HIDDEN), url=PICTURE, media_type="image/jpeg")
    asyncio.run(attach_waiting(made))
    polled(made, [BESIDE, TARGET.replace("12 soldiers", "14 soldiers")])
    asyncio.run(attach_waiting(made))
    decided_about(made)
    yield made
    made.store.close()


def target(room: Newsroom) -> str:
    found = room.store.latest(FEED.name, "target")
    assert found is not None
    return found.id


def public_paths(room: Newsroom) -> list[str]:
    """Every public address of the coverage, of all that was ever on it."""
    top = f"/c/{room.coverage.name}/"
    paths = ["/", top, *(top + p for p in ("days/", "tally/", "q/", "method/", "corrections/", "feed.atom"))]
    paths += [f"{top}day/{room.coverage.day_number(d)}/" for d in room.store.days()]
    paths += [f"{top}q/{q}/" for q, _, _ in room.store.questions()]
    paths += [f"{top}s/{s.id}/" for s in all_statements(room)]
    paths += [f"{top}p/{p.id}/" for p in room.store.posts(limit=99)]
    paths += [f"{top}q/{q}/all/" for q, _, _ in room.store.questions()]
    paths += [f"{top}text/", *(f"{top}text/s/{s.id}/" for s in all_statements(room))]
    then = f"{top}at/{time_stamp(room.clock.now())}/"
    paths += [f"{top}changed/", *(then + p for p in ("", "tally/", "q/", "days/", "changed/", "corrections/"))]
    paths += [f"{then}q/{q}/" for q, _, _ in room.store.questions()]
    n = room.store.public_n()
    paths += [f"{top}live/head.json", f"{top}live/parts/{n}"]
    paths += [f"{top}live/{to - SEGMENT + 1}-{to}.json" for to in range(SEGMENT, n + 1, SEGMENT)]
    paths += [f"{top}live/post/{p.id}/{n}" for p in room.store.posts(limit=99)]
    return paths + [f"{top}media/{path.name}" for path in room.media.iterdir()]


def answers(app: Front, paths: list[str]) -> dict[str, httpx.Response]:
    """What the application answers at each address."""

    async def ask() -> dict[str, httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example", trust_env=False) as client:
            return {path: await client.get(path) for path in paths}

    return asyncio.run(ask())


def decided_about(room: Newsroom) -> None:
    """An editor puts a question of the item to another, keeps it apart from one, and moves its claim."""
    by_place = {w: q for q, _, _ in room.store.questions() for w in (WORD.casefold(), "hollowmere") if w in q}
    mine, other = by_place[WORD.casefold()], by_place["hollowmere"]
    desk = Regrouping(room)
    desk.keep_apart(mine, other, reason=f"{WORD} is far away", who="editor")
    desk.merge(other, mine, reason=f"Hollowmere is a part of {WORD}", who="editor")
    claim = room.store.said(statement=target(room))[0].id
    desk.move(claim, question=mine, into=None, reason=f"Another bridge at {WORD}", who="editor")


def media_bytes(room: Newsroom) -> list[bytes]:
    """Every byte string that the photo was stored as: its original and each public copy."""
    originals = [room.archive.read(m.original) for s in all_statements(room) for m in s.media]
    return [*(o for o in originals if o), *(path.read_bytes() for path in room.media.iterdir())]


def test_a_takedown_leaves_no_copy_of_words_or_photo_in_public_in_the_database_or_on_disk(
    desk: Newsroom, tmp_path: Path
) -> None:
    async def made() -> Front:
        return make_app(desk, feeds=True)[0]

    app = asyncio.run(made())
    paths, media = public_paths(desk), media_bytes(desk)
    before = answers(app, paths)
    assert sum(WORD in r.text for r in before.values()) > 4  # it was there to be found
    assert len(media) > 2
    assert all(before[p].status_code == 200 for p in paths), {p: r.status_code for p, r in before.items()}
    assert files_with(tmp_path, [WORD.encode(), HIDDEN.encode()])
    ids = [s.id for s in desk.store.versions(FEED.name, "target")]

    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")

    after = answers(app, sorted({*paths, *public_paths(desk)}))
    needles = [WORD.encode(), HIDDEN.encode(), WORD.casefold().encode()]
    assert [p for p, r in after.items() if any(n in r.content for n in needles)] == []
    gone = {hashlib.sha256(m).digest() for m in media}
    assert [p for p, r in after.items() if hashlib.sha256(r.content).digest() in gone] == []
    assert files_with(tmp_path, [*needles, *(m[:4096][-64:] for m in media)]) == []
    assert all(after[f"/c/orland/s/{i}/"].status_code == 404 for i in ids)
    assert any("It named a child." in r.text for r in after.values())


def test_after_a_takedown_the_ledger_verifies_and_a_rebuild_says_the_same(desk: Newsroom) -> None:
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    assert desk.store.verify(has_blob=lambda sha256: desk.archive.read(sha256) is not None) == ()
    before = projections(desk.store)
    desk.store.rebuild()
    assert projections(desk.store) == before


def test_the_desk_still_sees_that_an_editor_decided_about_what_was_taken_down(desk: Newsroom) -> None:
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    page = Questions(desk).page()
    assert page.decided == ()
    assert [d.sentence for d in page.lost] == [
        "An editor moved one answer from or to a question that was taken down",
        "An editor put a question that was taken down together with another",
        "An editor looked at a question that was taken down and another: they were not the same",
    ]
    assert any("hollowmere" in q.id for q in page.newest)


@pytest.mark.slow
def test_what_stood_beside_it_stays(desk: Newsroom) -> None:
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    assert {s.key for s in all_statements(desk)} == {"beside", "answer", "near"}
    assert sorted(p.state for p in desk.store.posts(limit=9)) == ["published", "published", "published", "taken_down"]


def test_the_next_polls_bring_nothing_of_it_back(desk: Newsroom, tmp_path: Path) -> None:
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    polled(desk, [BESIDE, TARGET.replace("12 soldiers", "14 soldiers")])
    polled(desk, [item("new", "Mill held", "The Guard holds the mill."), BESIDE, TARGET])
    asyncio.run(attach_waiting(desk))
    desk.store.scrub()
    assert files_with(tmp_path, [WORD.encode(), HIDDEN.encode()]) == []
    assert desk.store.verify(has_blob=lambda sha256: desk.archive.read(sha256) is not None) == ()


@pytest.mark.slow
def test_a_doubt_about_a_later_copy_of_it_names_none_of_its_words(desk: Newsroom, tmp_path: Path) -> None:
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    dated = item(
        f"target {WORD}", f"Bridge at {WORD}", f"The Tesk Guard says 14 soldiers of Tesk were killed at {WORD}."
    )
    polled(desk, [BESIDE, dated.replace("2031", "2039")])
    desk.store.scrub()
    assert files_with(tmp_path, [WORD.encode()]) == []


@pytest.mark.slow
def test_a_crash_between_the_takedown_and_the_erasing_is_made_good_at_the_next_start(
    desk: Newsroom, tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def dies(room: Newsroom) -> None:
        raise Died

    review = Review(desk)
    with monkeypatch.context() as m, pytest.raises(Died):
        m.setattr("sayso.flow.desk.review.finish_erasing", dies)
        review.take_down(target(desk), reason="It named a child.", who="editor")
    assert files_with(tmp_path, [HIDDEN.encode()])
    desk.store.close()
    again = newsroom(tmp_path, parser, sources=(FEED, STAFF))
    resume(again)
    Review(again)
    assert files_with(tmp_path, [WORD.encode(), HIDDEN.encode()]) == []
    again.store.close()


@pytest.mark.slow
def test_a_photo_that_another_statement_shows_stays(desk: Newsroom) -> None:
    polled(desk, [item("twin", "The same photo", "The Guard shows its bridge.", more=SHOWN), BESIDE, TARGET])
    asyncio.run(attach_waiting(desk))
    Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
    twin = desk.store.latest(FEED.name, "twin")
    assert twin is not None
    assert all((desk.media / r.name).is_file() for m in twin.media for r in m.renditions)
    assert desk.archive.read(twin.media[0].original) is not None


def test_an_erasing_that_has_to_wait_is_told_and_done_later(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(store: Store) -> None:
        assert heard, "readers hear of it before the erasing, which may have to wait"
        raise TryLater("something reads as of before")

    heard = list[str]()
    desk.heard.append(lambda: heard.append("changed"))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "scrub", busy)
        patch.setattr(erasing, "WAIT_S", 0.0)
        with pytest.raises(TryLater, match="as of before"):
            Review(desk).take_down(target(desk), reason="It named a child.", who="editor")
        assert set(heard) == {"changed"}
        Review(desk)  # a start in the meantime goes on
        assert desk.store.setting(erasing.DUE) == b"yes"
    Review(desk)
    assert desk.store.setting(erasing.DUE) == b""


def test_a_running_server_tries_again_what_had_to_wait(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    tries, scrub = list[str](), Store.scrub

    def busy_at_first(store: Store) -> None:
        tries.append("scrub")
        if len(tries) < 3:
            raise TryLater("something reads as of before")
        scrub(store)

    async def served() -> None:
        job = asyncio.create_task(erasing.erase_for_ever(desk))
        async with asyncio.timeout(60):
            while desk.store.setting(erasing.DUE) == b"yes":
                await asyncio.sleep(0.01)
        job.cancel()

    for name in ("PATIENCE_S", "WAIT_S", "RETRY_S"):
        monkeypatch.setattr(erasing, name, 0.0)
    monkeypatch.setattr(Store, "scrub", busy_at_first)
    erasing.announce_erasing(desk)
    asyncio.run(served())
    assert len(tries) == 3
    assert desk.store.setting(erasing.DUE) == b""
