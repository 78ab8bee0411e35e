"""What holds of SQLite's file alone: its settings, a full disk, a file that is damaged or is none."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as on

from sayso.errors import BadSetting, Refused
from sayso.store import Store
from sayso.store.tables import PROJECTIONS
from tests.store import factory as f
from tests.store.snapshot import projections
from tests.store.test_rebuild import STEPS, Newsroom


def test_a_full_disk_is_refused_and_loses_nothing(file_store: Store) -> None:
    for n in range(1, 10):
        f.published(file_store, n)
    acknowledged, refused = 9, 0
    pages = {"limit": 0}

    def limit(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        now = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages['limit'] or now + 4}")

    on.listen(file_store._engine, "checkout", limit)
    long = "Many words of the northern army. " * 400
    for n in range(10, 20):
        try:
            f.published(file_store, n, it=f.statement(n, text=long))
            acknowledged += 1
        except Refused as err:
            refused += 1
            assert "disk is full" in str(err)
    assert refused > 0
    assert len(file_store.said()) == acknowledged  # reading goes on
    assert file_store.size() == acknowledged * 4
    pages["limit"] = 2**30
    f.published(file_store, 50, it=f.statement(50, text=long))
    assert file_store.verify() == ()


def test_a_damaged_file_stops_the_start_with_what_to_do(file_store: Store, tmp_path: Path) -> None:
    f.published(file_store, 1)
    file_store.close()
    file = tmp_path / "sayso.sqlite3"
    file.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(BadSetting, match="backup"):
        Store.open(f"sqlite:///{file}")


def test_a_page_that_rots_stops_the_start(file_store: Store, tmp_path: Path) -> None:
    for n in range(1, 40):
        f.published(file_store, n)
    file_store.close()
    file = tmp_path / "sayso.sqlite3"
    raw = bytearray(file.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page : page + 8] = b"\xff" * 8
    file.write_bytes(raw)
    with pytest.raises(BadSetting, match=r"damaged|not readable"):
        Store.open(f"sqlite:///{file}")


def test_every_connection_is_durable_and_overwrites_what_it_deletes(file_store: Store) -> None:
    with file_store._connection() as conn:
        for pragma, value in (("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("journal_mode", "wal")):
            assert conn.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


#: Rebuilds with hardly any memory, so that pages are in the log already, and dies once all tables are full.
KILLED = """
import os, signal, sys
from sqlalchemy import event
from sayso.store import Store, sqlite

def die(_conn, _cursor, statement, *_more):
    if statement.startswith("CREATE INDEX"):
        os.kill(os.getpid(), signal.SIGKILL)

sqlite.REBUILD_KB = 8
store = Store.open(sys.argv[1])
event.listen(store._engine, "before_cursor_execute", die)
store.rebuild()
"""


def test_a_rebuild_that_is_killed_leaves_all_as_it_was(file_store: Store) -> None:
    for n in range(1, 4):
        f.published(file_store, n)
    before, form = projections(file_store), form_of(file_store)
    done = subprocess.run([sys.executable, "-c", KILLED, str(file_store._engine.url)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (projections(file_store), form_of(file_store)) == (before, form)


def test_a_rebuild_leaves_the_form_of_the_database_and_a_whole_index_of_words(file_store: Store) -> None:
    for n in range(1, 4):
        f.published(file_store, n)
    form = form_of(file_store)
    file_store.rebuild()
    assert form_of(file_store) == form
    with file_store._writing() as conn:
        conn.exec_driver_sql("INSERT INTO sought_index (sought_index, rank) VALUES ('integrity-check', 1)")


def form_of(store: Store) -> set[tuple[str, ...]]:
    with store._connection() as conn:
        return {tuple(row) for row in conn.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")}


def test_a_rebuild_goes_through_no_whole_table(file_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would take as many steps for a row as the ledger has rows."""
    monkeypatch.setattr("sayso.store.recalling.MOST", 0)
    everything_happens(file_store)
    plans: set[tuple[str, str]] = set()

    def explain(
        _conn: object, cursor: sqlite3.Cursor, statement: str, given: Any, _context: object, many: bool
    ) -> None:
        if "WHERE" in statement.split():
            one = given[0] if many else given
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", one).fetchall()
            plans.update((statement, row[3]) for row in rows)

    on.listen(file_store._engine, "before_cursor_execute", explain)
    file_store.rebuild()
    assert any("UPDATE mouth" in statement for statement, _ in plans)  # an answer ended
    assert any("DELETE FROM band" in statement for statement, _ in plans)  # something was taken down
    names = {table.name for table in PROJECTIONS}
    assert [plan for plan in plans if plan[1].startswith("SCAN") and plan[1].split()[1] in names] == []


def everything_happens(store: Store) -> None:
    """A story in which all kinds of steps occur, most of them after the takedowns too."""
    room = Newsroom(store)
    for name in (*STEPS, *STEPS[:-1], "accept", "hold"):
        for pick in range(3):
            room.step(name, pick)
