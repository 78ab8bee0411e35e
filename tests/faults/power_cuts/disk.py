"""A disk that forgets, and what lets our own store run on it.

`ForgetfulDisk` is a SQLite VFS in Python (through apsw). Writes reach a real file at once, so that SQLite reads its own
words, but each is remembered with the bytes that it replaced until the file is synced. At a power cut every write and
truncation since a file's last sync is undone, and then a random choice of them, in their order, is done again, the last
one perhaps only up to a sector: what a disk with a cache may have written by itself.

What is simulated and what is not: a write is atomic per sector of 512 bytes and syncs are honest; a file's making and
removal are durable at once. The store is ours from end to end (`Store`, its SQL, its PRAGMAs, the migrated schema), on
one connection of apsw in place of the standard library's, which cannot be given a VFS. That VFS has no shared memory,
so that the write-ahead log runs under `locking_mode=EXCLUSIVE`; and the log is checkpointed every 200 pages, not 1,000,
so that cuts fall into checkpoints too.
"""

import contextlib
from dataclasses import dataclass, field
from random import Random
from typing import Any

import apsw
import apsw.ext
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from sayso.store import sqlite

SECTOR_BYTES = 512


@dataclass(slots=True)
class Step:
    """One write or truncation since the last sync. `was` are the bytes that it replaced, from `offset` on."""

    offset: int
    was: bytes
    size_before: int
    new: bytes | None  # None: a truncation to `offset`


@dataclass(slots=True)
class ForgetfulDisk:
    """What was not synced yet, by file; `cut_after` counts down the writes and syncs until the power goes."""

    cut_after: int
    unsynced: dict[str, list[Step]] = field(default_factory=dict)

    def tick(self) -> None:
        """Count one write or sync. Raises once the power is gone."""
        self.cut_after -= 1
        self.check()

    def check(self) -> None:
        """Raises where the power is gone."""
        if self.off:
            raise apsw.IOError("the power is gone")

    @property
    def off(self) -> bool:
        """Whether the power is gone."""
        return self.cut_after <= 0

    def forget(self, random: Random) -> None:
        """Leave in the files what a disk may hold after the cut."""
        for name, steps in self.unsynced.items():
            with open(name, "r+b") as file:  # noqa: PTH123 - bytes in place
                for step in reversed(steps):
                    undo(file, step)
                chance = random.choice([0.0, 0.5, 1.0])
                again = [step for step in steps if random.random() < chance]
                for step in again:
                    torn = step is again[-1] and random.random() < 0.5
                    redo(file, step, random.randrange(0, 9) * SECTOR_BYTES if torn else None)


def undo(file: Any, step: Step) -> None:
    """Put back what a step replaced."""
    file.seek(step.offset)
    file.write(step.was)
    file.truncate(step.size_before)


def redo(file: Any, step: Step, limit: int | None) -> None:
    """Do a step again, up to `limit` bytes."""
    if step.new is None:
        file.truncate(step.offset)
    else:
        file.seek(step.offset)
        file.write(step.new[:limit])


class ForgetfulVFS(apsw.VFS):
    """The VFS of one disk."""

    def __init__(self, name: str, disk: ForgetfulDisk) -> None:
        self.name, self.disk = name, disk
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        self.disk.check()
        return ForgetfulFile(name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.check()
        self.disk.unsynced.pop(filename, None)
        super().xDelete(filename, syncdir)


class ForgetfulFile(apsw.VFSFile):
    """One file on it."""

    def __init__(self, name: Any, flags: list[int], disk: ForgetfulDisk) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("", name, flags)

    def _remember(self, offset: int, length: int, new: bytes | None) -> None:
        size = super().xFileSize()
        there = max(0, min(length, size - offset))
        was = super().xRead(there, offset) if there else b""
        self.disk.unsynced.setdefault(self.name, []).append(Step(offset, was, size, new))

    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.check()
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:
        self.disk.tick()
        self._remember(offset, len(data), bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self.disk.tick()
        self._remember(newsize, super().xFileSize() - newsize, None)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self.disk.tick()
        self.disk.unsynced.pop(self.name, None)


# apsw as a driver that SQLAlchemy's SQLite dialect takes for the standard library's -------------------------------


class Cursor:
    """Rows are read whole: the tests' queries are small."""

    arraysize = 1
    lastrowid = None

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.description: Any = None
        self.rowcount = -1
        self._rows: list[Any] = []

    def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        before = self._connection.total_changes()
        self._rows = list(self._connection.execute(sql, tuple(parameters)))
        self.rowcount = self._connection.total_changes() - before
        info = apsw.ext.query_info(self._connection, sql) if sql.lstrip()[:6].upper() in ("SELECT", "PRAGMA") else None
        self.description = [(c[0], *[None] * 6) for c in info.description] if info and info.description else None
        return self

    def executemany(self, sql: str, many: Any) -> "Cursor":
        before = self._connection.total_changes()
        self._connection.executemany(sql, [tuple(p) for p in many])
        self.rowcount = self._connection.total_changes() - before
        return self

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        self._rows = []


class Connection:
    """What the dialect and our own listeners ask of a connection."""

    isolation_level: str | None = None

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def cursor(self) -> Cursor:
        return Cursor(self._connection)

    def execute(self, sql: str) -> Cursor:
        return self.cursor().execute(sql)

    def create_function(self, name: str, arguments: int, function: Any, *, deterministic: bool = False) -> None:
        self._connection.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        with contextlib.suppress(apsw.Error):  # closing writes too, and the power may be gone
            self._connection.close(True)


def engine_on(file: str, vfs: str, *, synchronous: str) -> Engine:
    """An engine like the store's own, over one apsw connection to a file on that disk."""
    plain = Connection(apsw.Connection(file, vfs=vfs))
    plain.execute("PRAGMA locking_mode=EXCLUSIVE")
    engine = sqlite.set_up_engine(create_engine("sqlite://", creator=lambda: plain, poolclass=StaticPool))

    @event.listens_for(engine, "connect")
    def _after_ours(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA wal_autocheckpoint=200")

    return engine
