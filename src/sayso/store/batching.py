"""A connection that a rebuild lends to the projections: rows that are only added go to the database many at a time."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Executable, Result, Table
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.compiler import SQLCompiler

from sayso.store import tables as t
from sayso.store.counting import COUNT_MOUTH, COUNT_QUESTION, DECIDE
from sayso.store.filing import COUNT_HEADING
from sayso.store.grouping import MERGES, MOVES
from sayso.store.project import DONE, NUMBER_CHANGE, READ_FIRST
from sayso.store.recalling import Recall
from sayso.store.tables import INSERT

#: What only adds to one table, or changes a row of it by its key, and whose result nobody looks at.
ADDS: Final[dict[Executable, Table]] = {
    **{INSERT[table]: table for table in t.PROJECTIONS},
    COUNT_MOUTH: t.mouth,
    COUNT_QUESTION: t.question,
    COUNT_HEADING: t.heading,
    NUMBER_CHANGE: t.change,
    DECIDE: t.statement,
    DONE: t.capture,
}
#: Statements written as text, which do not say by themselves what they touch.
TOUCHES: Final[dict[Executable, frozenset[Table]]] = {READ_FIRST: frozenset((t.reading,))}
#: What every decision asks of one table that is empty in most coverages: while it is, nobody has to ask the database.
ASKS: Final[dict[Executable, Table]] = {MOVES: t.regrouping, MERGES: t.regrouping}
MOST_KEPT: Final = 5_000


class OneRow:
    """The result of an addition that added its row, where somebody looks at that."""

    rowcount: Final = 1


ONE_ROW: Final = OneRow()


class Addition(NamedTuple):
    """An addition in the database's own words: what takes its values out of a row, and what makes some of them."""

    sql: str
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    makers: tuple[tuple[int, Callable[[Any], Any]], ...]

    def row(self, row: Mapping[str, Any]) -> Sequence[Any]:
        """Its values as the driver takes them, in order. Raises KeyError where one is not named."""
        values = self.values(row)
        if not self.makers:
            return values
        made = list(values)
        for n, make in self.makers:
            made[n] = make(made[n])
        return tuple(made)


class Batch:
    """Executes as a connection does, but keeps additions back until something touches their table.

    Each table sees its statements in the order in which they were given, so that it ends as it would without. The tables
    that it begins with are empty.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kept: dict[Table, list[tuple[Executable, list[Any]]]] = {}
        self._n = 0
        self._filled: set[Table] = set()
        self._recall = Recall()

    def execute(self, statement: Executable, parameters: Any = None) -> Result[Any] | OneRow | None:
        """What the connection gives for it; None for an addition, which waits, where nobody looks at its result."""
        asked = ASKS.get(statement)
        if asked is not None and asked not in self._filled:
            return IteratorResult(SimpleResultMetaData(["nothing"]), iter(()))
        recalled = self._recall.answer(statement, parameters)
        if recalled is not None:
            return recalled
        if statement is READ_FIRST and self._recall.is_first_reading(parameters["statement"]):
            self._keep(t.reading, statement, [parameters])
            return ONE_ROW
        table = ADDS.get(statement)
        if table is None:
            touched = TOUCHES.get(statement) or tables_of(statement)
            self._recall.touch(statement, touched)
            for one in touched or tuple(self._kept):
                self._write(one)
            return self._conn.execute(statement, parameters)
        self._keep(table, statement, parameters if isinstance(parameters, list) else [parameters])
        return None

    def _keep(self, table: Table, statement: Executable, rows: list[Any]) -> None:
        self._filled.add(table)
        self._recall.note(statement, table, rows)
        kept = self._kept.setdefault(table, [])
        if kept and kept[-1][0] is statement:
            kept[-1][1].extend(rows)
        else:
            kept.append((statement, list(rows)))
        self._n += len(rows)
        if self._n > MOST_KEPT:
            self.flush()

    def flush(self) -> None:
        """Write all that waits."""
        for table in list(self._kept):
            self._write(table)
        self._n = 0

    def _write(self, table: Table) -> None:
        for statement, rows in self._kept.pop(table, ()):
            addition = addition_of(statement, self._conn.dialect)
            self._conn.exec_driver_sql(addition.sql, [addition.row(row) for row in rows])


@lru_cache(maxsize=1_000)
def tables_of(statement: Executable) -> frozenset[Table]:
    """The tables that a statement names; none where it is written as text and may touch any."""
    assert isinstance(statement, ClauseElement)
    return frozenset(part for part in visitors.iterate(statement) if isinstance(part, Table))


@lru_cache(maxsize=100)
def addition_of(statement: Executable, dialect: Dialect) -> Addition:
    """One of ADDS, made ready once: it is run for every row, and making it ready takes longer than running it."""
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    names: Sequence[str] = compiled.positiontup or ()  # two at least
    makers = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return Addition(str(compiled), itemgetter(*names), tuple((n, make) for n, make in enumerate(makers) if make))
