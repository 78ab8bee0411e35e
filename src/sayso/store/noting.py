"""What editors noted about a statement: it stands in the ledger alone, and is gone with it after a takedown."""

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import select

from sayso.model.event import KIND_OF, Decided, Released, Translated
from sayso.store import tables as t
from sayso.store.coding import decode_event
from sayso.store.reading import Reads

E = TypeVar("E", Decided, Released, Translated)


class NotedReads(Reads):
    """Translations, pictures that are released or shown, and the last decision."""

    def translation(self, statement_id: str, *, shown: bool) -> Translated | None:
        """The newest translation of a statement, or (`shown`) the newest that readers may see; None where there is none, or
        it was taken back."""
        found = next((e for e in self._noted(statement_id, Translated) if e.shown or not shown), None)
        return found if found is not None and found.text else None

    def released(self, statement_id: str) -> Released | None:
        """The release of a statement's withheld pictures that stands; None where there is none."""
        found = next(self._noted(statement_id, Released), None)
        return found if found is not None and found.shown else None

    def showing(self, name: str) -> tuple[str, ...]:
        """Ids of the statements that show a public file."""
        query = select(t.medium.c.statement).where(t.medium.c.name == name).order_by(t.medium.c.statement)
        with self._connection() as conn:
            return tuple(conn.execute(query).scalars())

    def last_decision(self, statement_id: str) -> Decided | None:
        """What was last decided about a statement; None where nobody did yet."""
        return next(self._noted(statement_id, Decided), None)

    def _noted(self, statement_id: str, kind: type[E]) -> Iterator[E]:
        """The events of that kind about a statement, the newest first."""
        name = KIND_OF[kind]
        query = (
            select(t.content.c.body)
            .join(t.ledger, t.ledger.c.seq == t.content.c.seq)
            .join(t.mention, t.mention.c.seq == t.ledger.c.seq)
            .where(t.mention.c.statement == statement_id, t.ledger.c.kind == name)
            .order_by(t.ledger.c.seq.desc())
        )
        if self._upto is not None:
            query = query.where(t.ledger.c.seq <= self._upto)
        with self._connection() as conn:
            bodies = conn.execute(query).scalars().all()
        events = (decode_event(name, body) for body in bodies)
        yield from (event for event in events if isinstance(event, kind))
