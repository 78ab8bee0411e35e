"""Hostile bytes can end the child that parses them, never the process that asked."""

import base64
import gzip
import json
import os
import re
import runpy
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import SourceChanged
from sayso.model.coverage import SOURCE_KINDS
from sayso.model.statement import Item
from sayso.sources import ParsedItems
from sayso.sources.kinds import KINDS
from sayso.sources.sandbox import Parser
from tests.sources.factory import context, feed_context, item, rss


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    found = Parser(children=1)
    yield found
    found.close()


def test_every_kind_of_source_that_a_coverage_may_name_has_its_parser() -> None:
    assert set(KINDS) == set(SOURCE_KINDS)


def test_a_feed_is_parsed_in_the_child_and_times_keep_their_offset(parser: Parser) -> None:
    (one,) = parser.parse("feed", rss(item("1", "Two hurt")), feed_context()).items
    assert isinstance(one, Item)
    assert one.published_at is not None
    assert one.published_at.isoformat() == "2031-06-15T10:00:00+04:00"


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("feed", b"", "empty file"),
        ("feed", b" \n\0", "empty file"),
        ("feed", b"x" * (2 * 2**20 + 1), "2 MB"),
        ("page", b"x" * (5 * 2**20 + 1), "5 MB"),
        ("feed", b"<html>login</html>", "no RSS"),
        ("gopher", b"x", "no kind of source"),
    ],
)
def test_what_cannot_be_read_is_a_changed_source_with_the_reason(
    parser: Parser, kind: str, body: bytes, why: str
) -> None:
    with pytest.raises(SourceChanged, match=why):
        parser.parse(kind, body, feed_context())


def test_a_child_that_hangs_is_killed_and_the_next_feed_is_read() -> None:
    parser = Parser(children=1, wall_s=0.5)
    try:
        assert parser.parse("feed", rss(item("1", "t")), feed_context()).items
        child = parser._all[0]._process
        assert child
        os.kill(child.pid, signal.SIGSTOP)
        with pytest.raises(SourceChanged, match=r"longer than 0\.5 seconds"):
            parser.parse("feed", rss(item("1", "t")), feed_context())
        assert parser.parse("feed", rss(item("1", "t")), feed_context()).items
    finally:
        parser.close()


def test_a_child_that_dies_is_replaced() -> None:
    parser = Parser(children=1)
    try:
        assert parser.parse("feed", rss(item("1", "t")), feed_context()).items
        child = parser._all[0]._process
        assert child
        child.kill()
        child.wait()
        assert parser.parse("feed", rss(item("1", "t")), feed_context()).items
    finally:
        parser.close()


@pytest.mark.slow  # waits for two seconds
def test_nesting_that_would_take_minutes_is_ended_within_the_limit() -> None:
    parser = Parser(children=1, wall_s=2.0)
    try:
        began = time.monotonic()
        with pytest.raises(SourceChanged, match="longer than"):
            parser.parse("page", b"<div>" * 200_000, context())
        assert time.monotonic() - began < 4
    finally:
        parser.close()


def test_threads_share_the_children() -> None:
    parser = Parser(children=2)
    found: list[ParsedItems] = []

    def work(n: int) -> None:
        found.append(parser.parse("feed", rss(item(str(n), f"t{n}")), feed_context()))

    try:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    finally:
        parser.close()
    assert sorted(f.items[0].key for f in found) == [str(n) for n in range(8)]


def peak_mb(parser: Parser) -> int:
    process = parser._all[0]._process
    status = Path(f"/proc/{process.pid}/status").read_text() if process else ""
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


@pytest.mark.slow
def test_every_hostile_feed_ends_in_time_and_memory_with_items_or_a_reason(shared: Path, tmp_path: Path) -> None:
    script = shared / "corpora/hostile_feeds/make_hostile_feeds.py"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", [str(script), str(tmp_path)])
        runpy.run_path(str(script))
    rows = [json.loads(x) for x in (tmp_path / "corpora/hostile_feeds/static.jsonl").read_text().splitlines()]
    parser = Parser(children=1)
    slowest, peak, silent = 0.0, 0, []
    for row in rows:
        body = unpacked(row)
        headers = row["headers"]
        where = context("https://staff.example/feed", headers.get("content-type", "").partition(";")[0])
        began = time.monotonic()
        try:
            found = parser.parse("feed", body, where)
            silent += [row["id"]] if not found.items and not found.unread and row["id"] != "empty-feed" else []
            assert "\0" not in "".join(i.text for i in found.items)
        except SourceChanged as err:
            assert str(err)
        slowest, peak = max(slowest, time.monotonic() - began), max(peak, peak_mb(parser))
    parser.close()
    assert (len(rows), silent) == (41, [])
    assert slowest < 11
    assert peak < 256


def unpacked(row: dict[str, str]) -> bytes:
    """The bytes as the door would hand them on, cut where it would have refused them."""
    body = base64.b64decode(row["body_b64"])
    if row.get("repeat"):
        body = (body + row["repeat"].encode() * 300_000)[: 2 * 2**20]
    if body[:2] == b"\x1f\x8b":
        try:
            return gzip.decompress(body)[: 3 * 2**20]
        except EOFError:
            return body
    return body
