"""What every group of read functions stands on: a connection to read from."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection


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
