"""What holds of SQLite's file alone: its settings, a full disk, a file that is damaged or is none."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event as on

from sayso.errors import BadSetting, Refused
from sayso.store import Store
from tests.store import factory as f


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
