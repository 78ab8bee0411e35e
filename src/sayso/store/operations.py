"""Operational tables, outside the ledger: health of sources, and settings."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Table, insert, select, update

from sayso.store import operational as t
from sayso.store.records import SourceHealth


class Operates(Protocol):
    """Something that lends connections to read and to write with."""

    def _connection(self) -> AbstractContextManager[Connection]:
        """A connection to read from."""
        ...

    def _writing(self) -> AbstractContextManager[Connection]:
        """A connection that holds the write lock; commits at the end of the block."""
        ...


class HealthOperations(Operates):
    """How the fetching of each source does, and small settings."""

    def note_fetch(
        self,
        source: str,
        *,
        at: datetime,
        ok: bool,
        error: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Record how a fetch went. A failure keeps the validators of the last success."""
        with self._writing() as conn:
            if ok:
                values = {"ok_at": at, "failures": 0, "error": None, "etag": etag, "last_modified": last_modified}
            else:
                values = {"failures": t.health.c.failures + 1, "error": error or "no answer"}
            this = t.health.c.source == source
            if conn.execute(update(t.health).where(this).values(asked_at=at, **values)).rowcount:
                return
            first = {"ok_at": None, "etag": None, "last_modified": None, **values, "failures": 0 if ok else 1}
            conn.execute(insert(t.health), {"source": source, "asked_at": at, **first})

    def fetch_state(self, source: str) -> SourceHealth:
        """How the fetching of a source does; all blank for one that was never asked."""
        query = select(t.health).where(t.health.c.source == source)
        with self._connection() as conn:
            row = conn.execute(query).mappings().one_or_none()
        return SourceHealth(source=source) if row is None else SourceHealth(**row)

    def health(self) -> tuple[SourceHealth, ...]:
        """Every source that was ever asked, by name."""
        with self._connection() as conn:
            rows = conn.execute(select(t.health).order_by(t.health.c.source)).mappings().all()
        return tuple(SourceHealth(**row) for row in rows)

    def setting(self, key: str) -> bytes | None:
        """A small value kept beside the ledger, None if it was never set."""
        with self._connection() as conn:
            found: bytes | None = conn.execute(select(t.setting.c.value).where(t.setting.c.key == key)).scalar()
        return found

    def change_setting(self, key: str, change: Callable[[bytes | None], bytes]) -> None:
        """Keep what `change` makes of a small value (None if it was never set): nobody else changes it meanwhile."""
        with self._writing() as conn:
            was: bytes | None = conn.execute(select(t.setting.c.value).where(t.setting.c.key == key)).scalar()
            _put(conn, t.setting, {"key": key}, {"value": change(was)})

    def set_setting(self, key: str, value: bytes) -> None:
        """Keep a small value."""
        with self._writing() as conn:
            _put(conn, t.setting, {"key": key}, {"value": value})


def _put(conn: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Set the row with that key, whether it is there or not."""
    this = [table.c[name] == value for name, value in key.items()]
    if not conn.execute(update(table).where(*this).values(values)).rowcount:
        conn.execute(insert(table), {**key, **values})
