"""What every group of read functions stands on: a connection to read from."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Table, and_

from sayso.store import tables as t


class Reads(Protocol):
    """Something that lends a connection: the store a pooled one, a writer that of its own transaction.

    The read functions are grouped in classes by what they read; `Store` and `Writer` inherit them all, so that each
    can be asked both between transactions and inside one.
    """

    #: The last row of the ledger that they see; None: all of it, as it grows.
    _upto: int | None = None

    def _connection(self) -> AbstractContextManager[Connection]:
        """A connection inside a transaction, for the length of a `with` block."""
        ...


def standing(table: Table, at: int | None) -> ColumnElement[bool]:
    """Which rows of a table with `since` and `until` hold after row `at` of the ledger (None: now)."""
    if at is None:
        return table.c.until == t.NEVER
    return and_(table.c.since <= at, table.c.until > at)
