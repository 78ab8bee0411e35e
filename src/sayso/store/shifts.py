"""Notes that one shift leaves to the next. No part of the record: in no ledger, public byte or export (H12)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select, update

from sayso.store import operational as t
from sayso.store.operations import Operates
from sayso.store.records import ShiftNote

#: What stands where a note told of something that was taken down.
FORGOTTEN: Final = "(This note told of a statement that was taken down.)"


class ShiftOperations(Operates):
    """Writing notes and reading them, and what somebody did last."""

    def add_shift_note(self, user: str, text: str, *, at: datetime) -> None:
        """Keep a note."""
        with self._writing() as conn:
            conn.execute(insert(t.shift_note), {"at": at, "user": user, "text": text})

    def shift_notes(self, *, limit: int) -> tuple[ShiftNote, ...]:
        """The newest notes, newest first."""
        columns = (t.shift_note.c.at, t.shift_note.c.user, t.shift_note.c.text)
        query = select(*columns).order_by(t.shift_note.c.id.desc()).limit(limit)
        with self._connection() as conn:
            return tuple(ShiftNote(**row) for row in conn.execute(query).mappings())

    def purge_shift_notes(self, *, before: datetime) -> int:
        """How many notes from before then were erased: their retention."""
        with self._writing() as conn:
            return conn.execute(delete(t.shift_note).where(t.shift_note.c.at < before)).rowcount

    def acts_of(self, user: str, *, since: datetime, newest: int) -> tuple[datetime, ...]:
        """When somebody did something that the staff log has, newest first."""
        log = t.staff_log.c
        query = select(log.at).where(log.user == user, log.at >= since).order_by(log.at.desc()).limit(newest)
        with self._connection() as conn:
            return tuple(conn.execute(query).scalars())


def forget_in_shift_notes(conn: Connection, ids: Iterable[str]) -> None:
    """Leave nothing of the notes that name any of the statements, posts or questions by its id."""
    named = [t.shift_note.c.text.contains(id_, autoescape=True) for id_ in sorted(ids) if id_]
    if named:
        conn.execute(update(t.shift_note).where(or_(*named)).values(text=FORGOTTEN))
