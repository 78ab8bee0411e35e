"""Everything that only SQLite needs: its settings, its write lock, its check at start, and the scrubbing of its files.

The functions are those of every database (`backends.Backend`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, delete, event, make_url
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from sayso.errors import BadSetting, Refused, SaysoError, TryLater
from sayso.store import tables as t
from sayso.store.rebuild import Progress, replay

#: Set on every connection. FULL: with NORMAL a power cut loses acknowledged work (tests/faults/test_power_cuts.py).
#: secure_delete: erased bytes are overwritten, not only forgotten (H14).
PRAGMAS: Final = (
    ("busy_timeout", "15000"),
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    ("secure_delete", "ON"),
    ("foreign_keys", "ON"),
)

#: What a rebuild may keep of its tables in memory.
REBUILD_KB: Final = 256 * 1024

#: The indexes that begin with what nearly every row shares: that it still holds, that it is the newest. SQLite counts
#: nothing by itself, believes that ten rows share a value, and would go through all of them to find one. Index ->
#: table, and what its planner reads: how many rows, then how many of them share the first column, the first two...
SHARED_BY_MOST: Final = {
    "ix_said_until": ("said", "1000000 1000000"),
    "post_by_time": ("post", "1000000 1000000 2 1"),
}

#: Execution options of a connection that reads, and of one that will write: it takes the write lock when it begins.
READS: Final[dict[str, Any]] = {}
WRITES: Final[dict[str, Any]] = {"sayso_writes": True}


def make_engine(url: str, *, coverage: str) -> Engine:
    """An engine over the file in `url` (`sqlite:////path/file.sqlite3`): a file is one coverage's, whatever its name.

    Raises BadSetting where it cannot be one.
    """
    file = make_url(url).database
    if not file or file == ":memory:":
        raise BadSetting(f"database {url!r}: name a file, as in sqlite:////var/lib/sayso/sayso.sqlite3")
    if not Path(file).parent.is_dir():
        raise BadSetting(f"database {url!r}: the folder {Path(file).parent} does not exist; make it or name another")
    pool = {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 24, "pool_timeout": 30}
    return set_up_engine(create_engine(url, hide_parameters=True, **pool))  # an error goes into the log: H11, H12


def set_up_engine(engine: Engine) -> Engine:
    """The same engine, with our settings on every connection and the write lock taken where a transaction writes."""
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def projections_aside() -> Iterator[Connection]:
    """Empty projections of nobody's in a database of their own, which is gone when the block ends.

    They lie in memory up to REBUILD_KB, the rest in a file without a name.
    """
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(""))
    event.listen(engine, "connect", _set_up_aside)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as conn, conn.begin():
            t.METADATA.create_all(conn, tables=list(t.PROJECTIONS))
            for name in t.FILLED_LATER:
                conn.exec_driver_sql(f"DROP INDEX {name}")
            yield conn
    finally:
        engine.dispose()


def _set_up_aside(connection: Any, record: object) -> None:
    _no_hidden_transactions(connection, record)
    for name, value in (("cache_size", -REBUILD_KB), ("journal_mode", "OFF"), ("synchronous", "OFF")):
        connection.execute(f"PRAGMA {name}={value}")


def _no_hidden_transactions(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin` does


def set_up(connection: Any, record: object) -> None:
    """Give a fresh driver connection the settings that every one of ours has."""
    _no_hidden_transactions(connection, record)
    cursor = connection.cursor()
    try:
        for name, value in PRAGMAS:
            cursor.execute(f"PRAGMA {name}={value}")
    finally:
        cursor.close()


def _begin(conn: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first and writes later could not be upgraded
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("sayso_writes") else "BEGIN")


def check(engine: Engine) -> str:
    """SQLite's version, after it has checked its file. Raises BadSetting with what to do where it is damaged."""
    file = engine.url.database
    try:
        with engine.connect() as conn:
            found = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except DatabaseError as err:
        if isinstance(err.orig, sqlite3.OperationalError) and "locked" in str(err.orig):
            raise TryLater(f"{file}: another process keeps the database locked; stop it or try again") from err
        raise BadSetting(f"{file}: not readable as a database ({err.orig}); {_WHAT_TO_DO}") from err
    if found != "ok":
        raise BadSetting(f"{file}: the database is damaged ({found}); {_WHAT_TO_DO}")
    return f"SQLite {sqlite3.sqlite_version}"


_WHAT_TO_DO = "put back the last backup of this file, or move it away and its -wal and -shm files with it"


def lock_for_writing(conn: Connection) -> None:
    """Nothing to do: BEGIN IMMEDIATE has taken the lock."""


def make_room(conn: Connection) -> None:
    """Nothing to do: the file is the room."""


def tell_planner(conn: Connection) -> None:
    """Tell the planner what it cannot know of our indexes, where it was not told yet; it forgets an index that is dropped."""
    conn.exec_driver_sql("ANALYZE sqlite_schema")  # makes its table, where there is none yet
    known: dict[str, str] = dict(conn.exec_driver_sql("SELECT idx, stat FROM sqlite_stat1").all())
    for name, (table, stat) in SHARED_BY_MOST.items():
        if known.get(name) != stat:
            conn.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE idx = ?", (name,))
            conn.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", (table, name, stat))
    conn.exec_driver_sql("ANALYZE sqlite_schema")  # reads it again


def rebuild(conn: Connection, progress: Progress | None = None) -> int:
    """Make all projections anew where they stand, with room in memory for their indexes, which grow at all ends at once."""
    was = conn.exec_driver_sql("PRAGMA cache_size").scalar_one()
    conn.exec_driver_sql(f"PRAGMA cache_size={-REBUILD_KB}")
    try:
        with _emptied(conn):
            return replay(conn, conn, progress)
    finally:
        conn.exec_driver_sql(f"PRAGMA cache_size={was}")


@contextmanager
def _emptied(conn: Connection) -> Iterator[None]:
    """Empty projections without what is made faster from full ones: what follows from `sought`, and the indexes that are
    not asked meanwhile. They are put back, in their own words, when the block ends."""
    triggers, indexes = _definitions(conn, "trigger"), _definitions(conn, "index")
    for name in triggers:
        conn.exec_driver_sql(f"DROP TRIGGER {name}")
    for table in t.PROJECTIONS:
        conn.execute(delete(table))
    later = [name for name in indexes if name in t.FILLED_LATER]
    for name in later:
        conn.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for name in later:
        conn.exec_driver_sql(indexes[name])
    tell_planner(conn)
    conn.exec_driver_sql("INSERT INTO sought_index (sought_index) VALUES ('rebuild')")
    for made in triggers.values():
        conn.exec_driver_sql(made)


def _definitions(conn: Connection, kind: str) -> dict[str, str]:
    """The names of what somebody made of a kind, each with the statement that made it."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
    return dict(conn.exec_driver_sql(asked, (kind,)).all())


def scrub(engine: Engine) -> None:
    """Leave no byte of what was deleted in the database's files: rewrite the file, empty the write-ahead log.

    Raises TryLater where a reader in another process still needs the old log.
    """
    connection = engine.raw_connection()  # VACUUM runs outside transactions only
    try:
        cursor = connection.cursor()
        # secure_delete zeroes freed cells and pages, but moved cells may leave copies in a page's unused gap
        # the index of words keeps what was deleted until its parts are put together
        cursor.execute("INSERT INTO sought_index (sought_index) VALUES ('optimize')")
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() or (1, 0, 0)
        cursor.close()
    finally:
        connection.close()
    if busy:
        raise TryLater("the erased words are still in the database's log, since another process reads it; scrub again")


def fault(engine: Engine, err: SQLAlchemyError) -> SaysoError | None:
    """SQLite's error as one of ours; None where it is a fault of the program."""
    if not isinstance(err, OperationalError):
        return None
    file, words = engine.url.database, str(err.orig)
    if "full" in words:
        return Refused(f"{file}: the disk is full; nothing of this step was stored: free some space and repeat it")
    if "locked" in words or "busy" in words:
        return TryLater(f"{file}: another process keeps the database locked; try again")
    return None
