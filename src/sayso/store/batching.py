"""A connection that a rebuild lends to the projections: rows that are only added go to the database many at a time."""

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Executable, Table
from sqlalchemy.sql import ClauseElement, visitors

from sayso.store import tables as t
from sayso.store.counting import COUNT_MOUTH, COUNT_QUESTION
from sayso.store.project import NUMBER_CHANGE, READ_FIRST
from sayso.store.tables import INSERT

#: What only adds to one table, and whose result nobody looks at.
ADDS: Final[dict[Executable, Table]] = {
    **{INSERT[table]: table for table in t.PROJECTIONS},
    COUNT_MOUTH: t.mouth,
    COUNT_QUESTION: t.question,
    NUMBER_CHANGE: t.change,
}
#: Statements written as text, which do not say by themselves what they touch.
TOUCHES: Final[dict[Executable, frozenset[Table]]] = {READ_FIRST: frozenset((t.reading,))}
MOST_KEPT: Final = 5_000


class Batch:
    """Executes as a connection does, but keeps additions back until something touches their table.

    Each table sees its statements in the order in which they were given, so that it ends as it would without.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kept: dict[Table, list[tuple[Executable, list[Any]]]] = {}
        self._n = 0

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any] | None:
        """What the connection gives for it; None for an addition, which waits."""
        table = ADDS.get(statement)
        if table is None:
            touched = TOUCHES.get(statement) or tables_of(statement)
            for one in touched or tuple(self._kept):
                self._write(one)
            return self._conn.execute(statement, parameters)
        rows = parameters if isinstance(parameters, list) else [parameters]
        kept = self._kept.setdefault(table, [])
        if kept and kept[-1][0] is statement:
            kept[-1][1].extend(rows)
        else:
            kept.append((statement, list(rows)))
        self._n += len(rows)
        if self._n > MOST_KEPT:
            self.flush()
        return None

    def flush(self) -> None:
        """Write all that waits."""
        for table in list(self._kept):
            self._write(table)
        self._n = 0

    def _write(self, table: Table) -> None:
        for statement, rows in self._kept.pop(table, ()):
            self._conn.execute(statement, rows)


@lru_cache(maxsize=1_000)
def tables_of(statement: Executable) -> frozenset[Table]:
    """The tables that a statement names; none where it is written as text and may touch any."""
    assert isinstance(statement, ClauseElement)
    return frozenset(part for part in visitors.iterate(statement) if isinstance(part, Table))
