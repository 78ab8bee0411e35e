"""A database server that is killed in the middle of writing, or whose disk rots: nothing acknowledged is lost."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import httpx
import psycopg
import pytest

from sayso.errors import BadSetting, TryLater
from sayso.flow.newsroom import open_newsroom
from sayso.store import Store
from sayso.web import shelf
from sayso.web.app import make_app
from sayso.web.front import Front
from tests.coverage.factory import write
from tests.faults.test_takedown import WORDS, Noon, Sources, poll
from tests.postgres import Server, own_or_skipped
from tests.store import factory as f

pytestmark = [pytest.mark.server, pytest.mark.slow]

#: Writes until it cannot, and says each number once it was acknowledged.
WRITER = """
import sys
from sayso.errors import TryLater
from sayso.store import Store
from tests.store import factory as f
store, n = Store.open(sys.argv[1]), int(sys.argv[2])
try:
    while True:
        f.published(store, n)
        print(n, flush=True)
        n += 1
except TryLater as err:
    print(err, file=sys.stderr)
"""


@pytest.fixture
def own() -> Iterator[Server]:
    with own_or_skipped() as made:
        yield made


def test_a_server_killed_while_two_write_loses_nothing_that_was_acknowledged(own: Server) -> None:
    url, dice, acknowledged = own.url("postgres"), Random(7), set[int]()
    Store.open(url).close()
    for turn in range(2):
        writers = [
            subprocess.Popen(  # unbuffered: `communicate` does not see what `readline` took with its line
                [sys.executable, "-c", WRITER, url, str(1000 * turn + first)], stdout=-1, stderr=-1, bufsize=0
            )
            for first in (1, 501)
        ]
        for writer in writers:
            assert writer.stdout is not None
            acknowledged.add(int(writer.stdout.readline()))
        time.sleep(dice.uniform(0.1, 0.6))
        own.kill()
        for writer in writers:
            told, why = writer.communicate(timeout=60)
            assert writer.returncode == 0, why
            assert b"postgresql://" in why
            acknowledged |= {int(n) for n in told.split()}
        own.start()
    with closing(Store.open(url)) as store:
        stored = {int(s.id[1:]) for s in store.every_statement()}
        assert acknowledged <= stored
        assert len(stored - acknowledged) <= 4, "more than the one step of each writer whose answer was lost"
        assert [row.seq for row in store.rows(limit=100_000)] == list(range(1, 4 * len(stored) + 1))
        assert store.verify() == ()


def test_a_store_goes_on_once_its_server_is_back(own: Server) -> None:
    store = Store.open(own.url("postgres"))
    f.published(store, 1)
    own.kill()
    with pytest.raises(TryLater):
        store.size()
    with pytest.raises(TryLater, match="cannot be reached"):
        f.published(store, 2)
    own.start()
    f.published(store, 2)
    assert store.size() == 8
    store.close()


def test_readers_are_told_to_come_back_while_the_server_is_away(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "two-banks"
    folder.mkdir()
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SAYSO_DATABASE", own.url("postgres"))
    monkeypatch.setattr(shelf, "LOOK_S", 0.0)  # a kept page is served for so long without asking
    room = open_newsroom(write(folder))
    room.door, room.clock = Sources(), Noon()  # type: ignore[assignment]
    poll(room)
    app, _, _ = make_app(room, feeds=True)
    live = f"/c/{room.coverage.name}/"
    assert asked(app, live).status_code == 200
    own.kill()
    away = asked(app, live)
    assert (away.status_code, away.headers["retry-after"]) == (503, "5")
    assert str(own.folder) not in away.text
    with pytest.raises(TryLater):
        poll(room)
    own.start()
    poll(room)
    assert WORDS in asked(app, live).text
    room.close()


def asked(app: Front, path: str) -> httpx.Response:
    """What the application answers a reader."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example", trust_env=False) as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_a_page_that_rots_is_named_with_what_to_do(own: Server) -> None:
    url = own.url("postgres")
    store = Store.open(url)
    for n in range(1, 40):
        f.published(store, n)
    store.close()
    with psycopg.connect(url) as conn:
        (path,) = conn.execute("SELECT pg_relation_filepath('sayso.content')").fetchone() or ()
    own.stop()
    file = own.data / path
    raw = bytearray(file.read_bytes())
    raw[5000:5100] = b"\xff" * 100
    file.write_bytes(raw)
    own.start()
    store = Store.open(url)
    with pytest.raises(BadSetting, match=r"damaged.*backup"):
        store.verify()
    store.close()
