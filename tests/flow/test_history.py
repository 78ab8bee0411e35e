"""Feeds that rewrite their history: nothing is lost, nothing doubled, and every change is visible."""

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError, SourceChanged, TryLater
from sayso.flow.arrival.intake import poll
from sayso.flow.arrival.polling import note
from sayso.flow.newsroom import Newsroom
from tests.flow.factory import FEED, all_statements, answer, door_of, keys

FILE = Path(__file__).resolve().parents[3] / "shared/corpora/hostile_feeds/history.jsonl"
#: Runs of spaces are no words: the text is the same, and the bytes of both are in the archive.
SPACES_ONLY = "whitespace-edit"


def sequences() -> Iterator[Any]:
    if not FILE.is_file():
        skipped = pytest.mark.skip(reason="development data is not beside the project (../shared)")
        yield pytest.param({}, marks=skipped, id="history")
        return
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield pytest.param(row, id=row["id"])


def answer_of(step: dict[str, Any]) -> Any:
    """What the door gives for a step: what it raises for the statuses that are no answer to us."""
    match step["status"]:
        case 500:
            return TryLater(f"{FEED.url} answered 500")
        case 301:
            return SourceChanged(f"{FEED.url} leads to {step['location']}, which does not answer")
        case status:
            return answer(base64.b64decode(step["body_b64"]), status=status, etag='"same"')


def run(room: Newsroom, steps: list[dict[str, Any]]) -> int:
    """How many of the polls failed."""
    failed = 0
    for step in steps:
        door_of(room).table[FEED.url] = answer_of(step)
        try:
            asyncio.run(poll(room, FEED))
        except SaysoError as err:
            note(room, FEED, err)
            failed += 1
    return failed


@pytest.mark.slow
@pytest.mark.parametrize("row", tuple(sequences()))
def test_a_feed_that_rewrites_its_history_loses_and_doubles_nothing(room: Newsroom, row: dict[str, Any]) -> None:
    after, steps = row["after"], row["steps"]
    run(room, steps)
    statements, versions = len(keys(room)), len(all_statements(room))
    assert statements == after.get("statements", statements)
    assert statements <= after.get("statements_max", statements)
    wanted = statements if row["id"] == SPACES_ONLY else after.get("versions", versions)
    assert versions == wanted
    assert versions <= after.get("versions_max", versions)
    assert not any(room.store.statement_state(s.id) == "gone" for s in all_statements(room))
    bodies = {base64.b64decode(s["body_b64"]) for s in steps if s["status"] == 200}
    assert {room.archive.read(sha256) for sha256 in room.archive.all()} == bodies
    assert room.store.pending_captures() == ()
    assert room.store.verify(has_blob=lambda sha256: room.archive.read(sha256) is not None) == ()


@pytest.mark.slow
@pytest.mark.parametrize("row", tuple(sequences()))
def test_every_change_of_what_is_on_the_page_is_told_in_its_post(room: Newsroom, row: dict[str, Any]) -> None:
    run(room, row["steps"])
    for source, key in keys(room):
        versions = room.store.versions(source, key)
        (post,) = room.store.posts_of(versions[-1].id)
        assert post.statements == (versions[-1].id,)
        assert len(post.corrections) == len(versions) - 1
        assert room.store.posts_of(versions[0].id) == (post,)


def test_a_sequence_that_ends_well_leaves_its_source_well_and_one_that_does_not_says_why(room: Newsroom) -> None:
    good = answer(b"<rss version='2.0'><channel><title>Guard</title></channel></rss>")
    for given, well in ((SourceChanged("moved: mend its address"), False), (good, True)):
        door_of(room).table[FEED.url] = given
        try:
            asyncio.run(poll(room, FEED))
        except SaysoError as err:
            note(room, FEED, err)
        assert (room.store.fetch_state(FEED.name).error is None) == well
