"""Which database is behind a store: a module of functions for each, all with the same names."""

from typing import Any, Final, Protocol

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sayso.errors import BadSetting, SaysoError
from sayso.store import postgres, sqlite
from sayso.store.rebuild import Progress


class Backend(Protocol):
    """What a database has to offer so that a store can stand on it."""

    @property
    def READS(self) -> dict[str, Any]:
        """Execution options of a connection that reads, all of a block from one moment."""
        ...

    @property
    def WRITES(self) -> dict[str, Any]:
        """Execution options of a connection that will write."""
        ...

    def make_engine(self, url: str, *, coverage: str) -> Engine:
        """An engine over the database of a coverage. Raises BadSetting where the address cannot be one."""
        ...

    def check(self, engine: Engine) -> str:
        """What the database is, in a few words. Raises BadSetting where it cannot be used, TryLater where not now."""
        ...

    def lock_for_writing(self, conn: Connection) -> None:
        """Hold the one write lock, across processes, until the transaction ends."""
        ...

    def make_room(self, conn: Connection) -> None:
        """Make the place that the tables stand in, where there is none yet."""
        ...

    def tell_planner(self, conn: Connection) -> None:
        """Tell the database what it has to know of our indexes to go the short way, in the transaction that is open."""
        ...

    def rebuild(self, conn: Connection, progress: Progress | None = None) -> int:
        """How many rows of the ledger were applied to make all projections anew, in the transaction that is open; told
        meanwhile, every 10,000 rows.

        Raises ValueError where a row's content is missing although no takedown erased it.
        """
        ...

    def scrub(self, engine: Engine) -> None:
        """Leave no byte of what was deleted in the database's files. Raises TryLater where a reader needs it still."""
        ...

    def fault(self, engine: Engine, err: SQLAlchemyError) -> SaysoError | None:
        """The database's error as one of ours that says what to do; None where it is a fault of the program."""
        ...


BACKENDS: Final[dict[str, Backend]] = {"sqlite": sqlite, "postgresql": postgres, "postgres": postgres}
WRITE = 'write "postgresql://HOST/NAME" or "sqlite:////PATH"'


def backend_of(url: str) -> Backend:
    """The backend of an address. Raises BadSetting where there is none; an address may hold a password: not told."""
    try:
        name = make_url(url).get_backend_name()
    except (ArgumentError, ValueError) as err:
        raise BadSetting(f"the database's address is not an address: {WRITE}") from err
    if name not in BACKENDS:
        raise BadSetting(f"the database is at {name}:, which is not supported: {WRITE}")
    return BACKENDS[name]
