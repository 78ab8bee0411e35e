"""Who has what open at the desk: outside the ledger, and forgotten within a minute (H12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from sayso.store import operational as t
from sayso.store.operations import Operates


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody has something open. `what` is a path of the desk."""

    user: str
    what: str
    at: datetime


class PresenceOperations(Operates):
    """Who has what open."""

    def note_presence(self, user: str, what: str, *, at: datetime, forget: datetime) -> None:
        """Somebody has something open at `at`; what was last heard of before `forget` is erased."""
        c = t.presence.c
        with self._writing() as conn:
            conn.execute(delete(t.presence).where(c.at < forget))
            if not conn.execute(update(t.presence).where(c.user == user, c.what == what).values(at=at)).rowcount:
                conn.execute(insert(t.presence), {"user": user, "what": what, "at": at})

    def present(self, *, since: datetime, what: Collection[str] | None = None) -> tuple[Present, ...]:
        """Who has something open that was heard of at or after `since`, by what and by name; None: whatever it is."""
        c = t.presence.c
        query = select(c.user, c.what, c.at).where(c.at >= since).order_by(c.what, c.user)
        if what is not None:
            query = query.where(c.what.in_(sorted(what)))
        with self._connection() as conn:
            return tuple(Present(**row) for row in conn.execute(query).mappings())
