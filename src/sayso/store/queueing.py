"""The queue of what is about to go out. Like accounts it is no part of the record: nothing of it is in the ledger, in a
public byte or in an export before it goes out."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from sayso.errors import Refused
from sayso.model.outgoing import Outgoing
from sayso.store.coding import decode, encode
from sayso.store.operational import outgoing as t
from sayso.store.operations import Operates


class QueueOperations(Operates):
    """Putting things into the queue, taking them out, and what waits in it. Each change is one transaction under the write
    lock, so that of many processes one takes a row and the others find it gone."""

    def queue_out(self, it: Outgoing) -> None:
        """Put it into the queue; what failed before of the same statement or draft is forgotten.

        Raises Refused where the same is waiting to go out already.
        """
        with self._writing() as conn:
            same = t.c.about == it.about
            if conn.execute(select(t.c.id).where(same, t.c.failed.is_(None))).first() is not None:
                raise Refused("It is on its way out already: undo that first, then publish it again.")
            conn.execute(delete(t).where(same))
            columns = {k: v for k, v in asdict(it).items() if k not in ("title", "deed")}
            conn.execute(insert(t), {**columns, "body": encode(it)})

    def outgoing(self) -> tuple[Outgoing, ...]:
        """Everything in the queue, what is due first on top; what failed is among it."""
        with self._connection() as conn:
            rows = conn.execute(select(t).order_by(t.c.due_at, t.c.id)).all()
        return tuple(
            replace(decode(row.body, Outgoing), seconded_by=row.seconded_by, failed=row.failed) for row in rows
        )

    def due(self, at: datetime) -> Sequence[str]:
        """Ids of what goes out by `at`, in the order in which it is due."""
        ready = t.c.needs_second.is_(False) | t.c.seconded_by.is_not(None)
        query = select(t.c.id).where(t.c.failed.is_(None), t.c.due_at <= at, ready).order_by(t.c.due_at, t.c.id)
        with self._connection() as conn:
            return conn.execute(query).scalars().all()

    def second(self, outgoing_id: str, user: str) -> bool:
        """Whether somebody else's agreement was noted: not where it has gone or failed, or is that person's own."""
        this = (t.c.id == outgoing_id, t.c.user != user, t.c.failed.is_(None))
        with self._writing() as conn:
            return bool(conn.execute(update(t).where(*this).values(seconded_by=user)).rowcount)

    def take_back(self, outgoing_id: str) -> bool:
        """Whether it was still in the queue, and is no more."""
        with self._writing() as conn:
            return leave_queue(conn, outgoing_id)

    def fail(self, outgoing_id: str, why: str) -> bool:
        """Whether the reason for which it did not go out was noted: not where it has left the queue meanwhile."""
        this = (t.c.id == outgoing_id, t.c.failed.is_(None))
        with self._writing() as conn:
            return bool(conn.execute(update(t).where(*this).values(failed=why)).rowcount)


def leave_queue(conn: Connection, outgoing_id: str) -> bool:
    """Whether it was in the queue; it is out of it once the transaction commits."""
    return bool(conn.execute(delete(t).where(t.c.id == outgoing_id)).rowcount)
