"""A whole ledger out of one database and into another: what an export reads, and how an import puts it back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select, update

from sayso.errors import Refused
from sayso.model.event import Row
from sayso.store import tables as t
from sayso.store.backends import BACKENDS
from sayso.store.checkpoint import Checkpoint, Stamp
from sayso.store.coding import leaf_of
from sayso.store.columns import iso
from sayso.store.ledger import BATCH, all_rows, read_frontier
from sayso.store.tables import INSERT
from sayso.store.writer import Everything

CHECKPOINT: Final = ("size", "origin", "at", "root", "note")


class Snapshot(Everything):
    """Everything that can be read, as it stood at one moment, whatever is written meanwhile."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        yield self._conn

    def every_row(self) -> Iterator[Row]:
        """All rows of the ledger, in order, read in batches."""
        return all_rows(self._conn)

    def files(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The SHA-256 of all archived bytes that are not erased, and the names of the public files; each sorted."""
        captures = self._conn.execute(select(t.capture.c.sha256).where(~t.capture.c.erased)).scalars()
        media = self._conn.execute(select(t.medium.c.original, t.medium.c.name)).all()
        blobs = {*captures, *(original for original, _ in media)}
        return tuple(sorted(blobs)), tuple(sorted({name for _, name in media if name}))


def put_ledger(
    conn: Connection, rows: Iterable[Row], checkpoints: Iterable[Checkpoint], stamps: Iterable[Stamp]
) -> int:
    """How many rows now are the ledger: the tree is grown from them, the projections are made of them.

    Raises Refused where the ledger holds rows already, and where it is not numbered from 1 without a gap.
    """
    tree, given = read_frontier(conn), iter(rows)
    if tree.size:
        raise Refused(f"this database holds a ledger of {tree.size} rows already: import into an empty one")
    while batch := list(islice(given, BATCH)):
        nodes, ledger = [], []
        for row in batch:
            if row.seq != tree.size + 1:
                raise Refused(f"the rows are not in order: row {row.seq} follows on row {tree.size}")
            leaf = leaf_of(row.seq, iso(row.at), row.actor, row.kind, row.commitment)
            fields = {"seq": row.seq, "at": row.at, "actor": row.actor, "kind": row.kind}
            ledger.append({**fields, "commitment": row.commitment, "leaf": leaf})
            nodes += [{"level": level, "idx": index, "hash": found} for level, index, found in tree.push(leaf)]
        kept = [(row.seq, row.salt, row.content) for row in batch if row.salt is not None]
        contents = [{"seq": seq, "salt": bytes.fromhex(salt), "body": body} for seq, salt, body in kept]
        for table, values in ((t.ledger, ledger), (t.content, contents), (t.tree, nodes)):
            if values:
                conn.execute(INSERT[table], values)
    head = {"size": tree.size, "frontier": tree.to_bytes()}
    if not conn.execute(update(t.head).values(head)).rowcount and tree.size:
        conn.execute(INSERT[t.head], {"id": 1, **head})
    for one in checkpoints:
        conn.execute(INSERT[t.checkpoint], {name: getattr(one, name) for name in CHECKPOINT})
    for stamp in stamps:
        conn.execute(INSERT[t.stamp], asdict(stamp))
    return BACKENDS[conn.dialect.name].rebuild(conn)
