"""The ledger itself: reading rows, the tree's nodes, proofs and checkpoints."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from sayso.model.event import Configured, Husk, Row, TakenDown
from sayso.model.question import Checked
from sayso.store import tables as t
from sayso.store.checkpoint import Checkpoint, Stamp
from sayso.store.coding import decode
from sayso.store.merkle import Frontier, Node, consistency_proof, inclusion_proof
from sayso.store.reading import Reads

BATCH = 1_000


class LedgerReads(Reads):
    """Rows, size, proofs and checkpoints."""

    def rows(self, after: int = 0, limit: int = 1_000) -> tuple[Row, ...]:
        """Ledger rows with a number above `after`, in order; `content` and `salt` are None where erased."""
        with self._connection() as conn:
            return tuple(read_rows(conn, after=after, limit=limit))

    def size(self) -> int:
        """How many rows the ledger has: also the number of the last one."""
        with self._connection() as conn:
            return read_frontier(conn).size

    def is_past(self) -> bool:
        """Whether this is the store as it stood."""
        return self._upto is not None

    def last_row(self) -> int:
        """The last row that is looked at: of all of them, or of the store as it stood."""
        return self.size() if self._upto is None else self._upto

    def root(self) -> bytes:
        """The Merkle root over all rows."""
        with self._connection() as conn:
            return read_frontier(conn).root()

    def inclusion(self, seq: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that row `seq` is leaf `seq - 1` of the tree of `size` rows (now, if None). Raises ValueError."""
        with self._connection() as conn:
            now = read_frontier(conn).size
            return inclusion_proof(seq - 1, _within(now, size), stored_nodes(conn))

    def consistency(self, first: int, second: int | None = None) -> tuple[bytes, ...]:
        """The proof that the tree of `first` rows is a prefix of that of `second` (now, if None). Raises ValueError."""
        with self._connection() as conn:
            now = read_frontier(conn).size
            return consistency_proof(first, _within(now, second), stored_nodes(conn))

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest signed checkpoint."""
        newest = (t.checkpoint.c.size.desc(), t.checkpoint.c.at.desc())
        query = select(t.checkpoint).order_by(*newest).limit(1)
        if self._upto is not None:
            query = query.where(t.checkpoint.c.size <= self._upto)
        with self._connection() as conn:
            return next((Checkpoint(**row) for row in conn.execute(query).mappings()), None)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """All signed checkpoints, by size."""
        with self._connection() as conn:
            return tuple(read_checkpoints(conn))

    def stamps(self) -> tuple[Stamp, ...]:
        """What outside authorities answered about checkpoints, by size."""
        with self._connection() as conn:
            rows = conn.execute(select(t.stamp).order_by(t.stamp.c.size, t.stamp.c.origin)).mappings().all()
        return tuple(Stamp(**row) for row in rows)

    def size_at(self, at: datetime) -> int:
        """How many rows the ledger had at that time: found by halving, since times go up with the rows."""
        with self._connection() as conn:
            low, high = 0, read_frontier(conn).size
            while low < high:
                middle = (low + high + 1) // 2
                then = time_of(conn, middle)
                low, high = (middle, high) if then is not None and then <= at else (low, middle - 1)
        return low

    def looked(self) -> tuple[Checked, ...] | None:
        """How far each party's channels had been looked through when it was last noted; None if it never was."""
        query = select(t.looked.c.body).order_by(t.looked.c.seq.desc()).limit(1)
        if self._upto is not None:
            query = query.where(t.looked.c.seq <= self._upto)
        with self._connection() as conn:
            body = conn.execute(query).scalar()
        return None if body is None else decode(body, tuple[Checked, ...])

    def configurations(self) -> tuple[tuple[tuple[int, datetime], Configured], ...]:
        """What the coverage's files decided, each time that they were found changed: row and time, in order."""
        query = (
            select(t.ledger.c.seq, t.ledger.c.at, t.content.c.body)
            .join(t.content, t.content.c.seq == t.ledger.c.seq)
            .where(t.ledger.c.kind == "configured")
            .order_by(t.ledger.c.seq)
        )
        if self._upto is not None:
            query = query.where(t.ledger.c.seq <= self._upto)
        with self._connection() as conn:
            return tuple(((seq, at), decode(body, Configured)) for seq, at, body in conn.execute(query))


def _within(now: int, size: int | None) -> int:
    if size is not None and size > now:
        raise ValueError(f"the ledger has {now} rows, not {size}")
    return now if size is None else size


def read_rows(conn: Connection, *, after: int = 0, limit: int) -> Iterator[Row]:
    """Rows above a number, in order."""
    query = (
        select(t.ledger, t.content.c.salt, t.content.c.body)
        .outerjoin(t.content, t.content.c.seq == t.ledger.c.seq)
        .where(t.ledger.c.seq > after)
        .order_by(t.ledger.c.seq)
        .limit(limit)
    )
    for seq, at, actor, kind, commitment, _, salt, body in conn.execute(query):
        text = None if salt is None else salt.hex()
        yield Row(seq=seq, at=at, actor=actor, kind=kind, commitment=commitment, salt=text, content=body)


def all_rows(conn: Connection) -> Iterator[Row]:
    """Every row, in order, read in batches."""
    after = 0
    while batch := list(read_rows(conn, after=after, limit=BATCH)):
        yield from batch
        after = batch[-1].seq


def read_frontier(conn: Connection) -> Frontier:
    """The tree as it stands."""
    row = conn.execute(select(t.head.c.size, t.head.c.frontier)).one_or_none()
    return Frontier() if row is None else Frontier.from_bytes(row.size, row.frontier)


def time_of(conn: Connection, seq: int) -> datetime | None:
    """The time of a row; None where there is none."""
    return conn.execute(select(t.ledger.c.at).where(t.ledger.c.seq == seq)).scalar()


def stored_nodes(conn: Connection) -> Node:
    """A function that looks up the hash of a complete subtree in the tables. Raises ValueError where it is missing."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            query = select(t.ledger.c.leaf).where(t.ledger.c.seq == index + 1)
        else:
            query = select(t.tree.c.hash).where(t.tree.c.level == level, t.tree.c.idx == index)
        found: bytes | None = conn.execute(query).scalar()
        if found is None:
            raise ValueError(f"node {index} of level {level} is missing from the tree: run `sayso store verify`")
        return found

    return node


def read_checkpoints(conn: Connection) -> list[Checkpoint]:
    """All checkpoints, by size."""
    query = select(t.checkpoint).order_by(t.checkpoint.c.size, t.checkpoint.c.at)
    return [Checkpoint(**row) for row in conn.execute(query).mappings()]


def read_husks(conn: Connection) -> dict[int, Husk]:
    """What stays of each row whose content a takedown erased, by its number: the takedowns' own rows say it."""
    query = (
        select(t.content.c.body)
        .join(t.ledger, t.ledger.c.seq == t.content.c.seq)
        .where(t.ledger.c.kind == "taken_down")
        .order_by(t.ledger.c.seq)
    )
    return {husk.seq: husk for body in conn.execute(query).scalars() for husk in decode(body, TakenDown).husks}


def content_of(conn: Connection, seqs: Sequence[int]) -> dict[int, bytes]:
    """The contents of those rows that are not erased."""
    query = select(t.content.c.seq, t.content.c.body).where(t.content.c.seq.in_(seqs))
    return dict(conn.execute(query).all())
