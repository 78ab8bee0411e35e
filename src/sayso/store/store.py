"""The store: opens the database, lends connections, and holds the one write lock."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict
from datetime import datetime
from typing import Self

from msgspec import MsgspecError
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from sayso.errors import Refused
from sayso.model.event import Row
from sayso.store import tables as t
from sayso.store.accounts import AccountOperations
from sayso.store.backends import BACKENDS, backend_of
from sayso.store.carrying import Snapshot, put_ledger
from sayso.store.checkpoint import Checkpoint, SigningKey, Stamp, sign
from sayso.store.coding import decode
from sayso.store.drafting import DraftOperations
from sayso.store.ledger import read_checkpoints, read_frontier
from sayso.store.migrations import migrate
from sayso.store.operations import HealthOperations
from sayso.store.presence import PresenceOperations
from sayso.store.queueing import QueueOperations
from sayso.store.rebuild import Progress
from sayso.store.records import Problem
from sayso.store.sessions import SessionOperations
from sayso.store.shifts import ShiftOperations
from sayso.store.tables import INSERT
from sayso.store.verify import WrongStamp, find_problems
from sayso.store.writer import Everything, Writer


class Store(
    Everything,
    HealthOperations,
    AccountOperations,
    SessionOperations,
    QueueOperations,
    DraftOperations,
    PresenceOperations,
    ShiftOperations,
):
    """The ledger and everything derived from it. Safe for many threads: readers share a pool, one writes at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._backend = BACKENDS[engine.dialect.name]
        self._writers = threading.Lock()
        self._mine = threading.local()

    @classmethod
    def open(cls, url: str, *, coverage: str = "") -> Self:
        """The store of a coverage in the database at `url`, made or migrated where needed.

        SQLite's file is one coverage's; PostgreSQL has a schema for each. Raises BadSetting where the address is wrong
        or the database cannot be used, TryLater where another process has it locked or the server is away.
        """
        backend = backend_of(url)
        engine = backend.make_engine(url, coverage=coverage)
        try:
            backend.check(engine)
            store = cls(engine)
            with store._writing() as conn:
                backend.make_room(conn)
                migrate(conn)
                backend.tell_planner(conn)
        except BaseException:
            engine.dispose()
            raise
        return store

    @classmethod
    def try_out(cls, url: str, *, coverage: str = "") -> str:
        """What the database is, in a few words, after a table was made in it and taken back. Raises as `open` does."""
        backend = backend_of(url)
        store = cls(backend.make_engine(url, coverage=coverage))
        try:
            found = backend.check(store._engine)
            with store._writing() as conn:
                backend.make_room(conn)
                conn.execute(text("CREATE TABLE tried_out (n INTEGER)"))
                conn.rollback()
        finally:
            store.close()
        return found

    def close(self) -> None:
        """Close all connections; what was committed is in the file."""
        with self._writers:
            self._engine.dispose()

    @contextmanager
    def write(self, *, actor: str, at: datetime) -> Iterator[Writer]:
        """One transaction: what was appended is durable once the block has ended, and nothing is if it raised.

        Raises Refused where the disk is full, TryLater where another process holds the lock for too long.
        Not to be nested: a second `write` inside the block would wait for ever, and is a ValueError.
        """
        with self._writing() as conn:
            writer = Writer(conn, actor=actor, at=at)
            yield writer
            writer.finish()
            if writer.stale:
                self._backend.rebuild(conn)

    def at(self, row: int) -> Self:
        """The same store as it stood after that row of the ledger: what is read for pages reads as it did then, but for
        what was taken down since. It cannot be written to, and is closed with the store that it comes from."""
        then = copy(self)
        then._upto = row
        return then

    def checkpoint(self, key: SigningKey, *, at: datetime) -> Checkpoint:
        """The signed checkpoint of the ledger as it stands; signed once a size, stored, and served to the public."""
        with self._writing() as conn:
            tree = read_frontier(conn)
            known = read_checkpoints(conn)
            for one in known:
                if (one.size, one.origin, one.root) == (tree.size, key.name, tree.root()):
                    return one
            made = sign(key, size=tree.size, root=tree.root(), at=at, after=known[-1] if known else None)
            fields = ("size", "origin", "at", "root", "note")
            conn.execute(insert(t.checkpoint), {name: getattr(made, name) for name in fields})
            return made

    def add_stamp(self, stamp: Stamp) -> None:
        """Keep an authority's answer about a checkpoint."""
        with self._writing() as conn:
            conn.execute(INSERT[t.stamp], asdict(stamp))

    def verify(
        self,
        *,
        has_blob: Callable[[str], bool] | None = None,
        has_medium: Callable[[str], bool] | None = None,
        keys: Sequence[bytes] = (),
        handed_out: Sequence[str] = (),
        wrong_stamp: WrongStamp | None = None,
    ) -> tuple[Problem, ...]:
        """Everything that does not verify, each with its row, checkpoint, blob or table; empty if all is well.

        `has_blob` says whether the archive has the bytes of a SHA-256, `has_medium` whether the public file of a name is
        there, both unaltered. `keys` are public keys that may have signed the checkpoints; without any, signatures are not
        checked. `handed_out` are signed checkpoints that somebody kept: the ledger must still have them.
        `wrong_stamp` says of a checkpoint's note and an authority's answer why they do not belong together, None where they do.
        """
        with self._connection() as conn:
            found = find_problems(
                conn,
                has_blob=has_blob,
                has_medium=has_medium,
                keys=keys,
                handed_out=handed_out,
                wrong_stamp=wrong_stamp,
            )
            return tuple(found)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Everything as it stands when the block begins, whatever is written meanwhile: for exports."""
        with self._connection() as conn:
            yield Snapshot(conn)

    def put(  # noqa: PLR0913 - what an export holds, and what it is held against
        self,
        rows: Iterable[Row],
        checkpoints: Iterable[Checkpoint],
        stamps: Iterable[Stamp],
        *,
        root: bytes,
        has_blob: Callable[[str], bool],
        has_medium: Callable[[str], bool],
        keys: Sequence[bytes],
    ) -> int:
        """How many rows of an exported ledger are in this empty store, verified as `verify` does before they are kept.

        Raises Refused, and keeps nothing, where anything does not verify or the tree has another root.
        """
        with self._writing() as conn:
            try:
                put = put_ledger(conn, rows, checkpoints, stamps)
            except (ValueError, KeyError, TypeError, MsgspecError, IntegrityError) as err:
                raise Refused(f"the ledger cannot be put together: {str(err).splitlines()[0]}") from err
            if read_frontier(conn).root() != root:
                raise Refused("the rows are not those of the root that the export names")
            for problem in find_problems(conn, has_blob=has_blob, has_medium=has_medium, keys=keys):
                raise Refused(f"the ledger does not verify: {problem}")
            return put

    def rebuild(self, progress: Progress | None = None) -> int:
        """How many rows were applied to make all projections anew from the ledger; told meanwhile, every 10,000 rows.

        Readers see the old ones until the new ones are complete, and keep them if it stops before.
        """
        with self._writing() as conn:
            return self._backend.rebuild(conn, progress)

    def blobs_to_erase(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """SHA-256 of archived bytes, and names of media files, that takedowns have erased and nothing else uses.

        After a crash between a takedown's commit and the erasing, the files may still be there: erase them at start.
        """
        with self._connection() as conn:
            rows = conn.execute(select(t.takedown.c.blobs, t.takedown.c.media)).all()
            kept = set(conn.execute(select(t.capture.c.sha256).where(~t.capture.c.erased)).scalars())
            kept |= set(conn.execute(select(t.medium.c.original)).scalars())
            shown = set(conn.execute(select(t.medium.c.name)).scalars())
        blobs = {b for row in rows for b in decode(row.blobs, tuple[str, ...])}
        names = {n for row in rows for n in decode(row.media, tuple[str, ...])}
        return tuple(sorted(blobs - kept)), tuple(sorted(names - shown))

    def scrub(self) -> None:
        """Leave no byte of what was erased in the database's files; call it after each takedown.

        Raises TryLater where another process still reads what was there before.
        """
        with self._writers, self._sentences():
            self._backend.scrub(self._engine)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._sentences(), self._engine.connect() as plain:
            conn = plain.execution_options(**self._backend.READS)
            with conn.begin():
                yield conn

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._upto is not None:
            raise ValueError("this is the store as it stood: write to the store itself")
        if getattr(self._mine, "writing", False):
            raise ValueError("this thread is writing already: append to the writer that it has")
        with self._writers:
            self._mine.writing = True
            try:
                with self._sentences(), self._engine.connect() as plain:
                    conn = plain.execution_options(**self._backend.WRITES)
                    with conn.begin():
                        self._backend.lock_for_writing(conn)
                        yield conn
            finally:
                self._mine.writing = False

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turn the database's own errors into ours, with what to do about them."""
        try:
            yield
        except SQLAlchemyError as err:
            told = self._backend.fault(self._engine, err)
            if told is None:
                raise
            raise told from err
