"""Everything that only SQLite needs: its settings, its write lock, its check at start, and the scrubbing of its files.

Another database joins by a module with the same functions (`make_engine`, `check`, `scrub`).
"""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from sayso.errors import BadSetting, TryLater

#: Set on every connection. FULL: with NORMAL a power cut loses acknowledged work (tests/faults/test_power_cuts.py).
#: secure_delete: erased bytes are overwritten, not only forgotten (H14).
PRAGMAS: Final = (
    ("busy_timeout", "15000"),
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    ("secure_delete", "ON"),
    ("foreign_keys", "ON"),
)

#: Execution option of a connection that will write: it takes the one write lock when it begins.
WRITES: Final = "sayso_writes"


def make_engine(url: str) -> Engine:
    """An engine over the file in `url` (`sqlite:////path/file.sqlite3`). Raises BadSetting where it cannot be one."""
    file = make_url(url).database
    if not file or file == ":memory:":
        raise BadSetting(f"database {url!r}: name a file, as in sqlite:////var/lib/sayso/sayso.sqlite3")
    if not Path(file).parent.is_dir():
        raise BadSetting(f"database {url!r}: the folder {Path(file).parent} does not exist; make it or name another")
    return set_up_engine(create_engine(url, poolclass=QueuePool, pool_size=8, max_overflow=24, pool_timeout=30))


def set_up_engine(engine: Engine) -> Engine:
    """The same engine, with our settings on every connection and the write lock taken where a transaction writes."""
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def make_memory_engine() -> Engine:
    """An engine over an empty database in memory: `verify` rebuilds the projections into it to compare."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", _no_hidden_transactions)
    event.listen(engine, "begin", _begin)
    return engine


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
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get(WRITES) else "BEGIN")


def check(engine: Engine) -> None:
    """Let SQLite check its file. Raises BadSetting with what to do where it is damaged or no database."""
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


_WHAT_TO_DO = "put back the last backup of this file, or move it away and its -wal and -shm files with it"


def lock_for_writing(conn: Connection) -> None:
    """Nothing to do: BEGIN IMMEDIATE has taken the lock (a server database takes an advisory lock here)."""


def scrub(engine: Engine) -> None:
    """Leave no byte of what was deleted in the database's files: rewrite the file, empty the write-ahead log.

    Raises TryLater where a reader in another process still needs the old log.
    """
    connection = engine.raw_connection()  # VACUUM runs outside transactions only
    try:
        cursor = connection.cursor()
        # secure_delete zeroes freed cells and pages, but moved cells may leave copies in a page's unused gap
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() or (1, 0, 0)
        cursor.close()
    finally:
        connection.close()
    if busy:
        raise TryLater("the erased words are still in the database's log, since another process reads it; scrub again")
