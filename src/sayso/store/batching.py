"""A connection that a rebuild lends to the projections: rows that are only added go to the database many at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Executable, Result, Table
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.compiler import SQLCompiler

from sayso.store import tables as t
from sayso.store.columns import without_nul
from sayso.store.counting import COUNT_MOUTH, COUNT_QUESTION, DECIDE
from sayso.store.filing import COUNT_HEADING
from sayso.store.grouping import MERGES, MOVES
from sayso.store.project import ATTACH, DONE, NO_MEDIA, NUMBER_CHANGE, READ_FIRST
from sayso.store.recalling import Answer, Recall, without_id
from sayso.store.tables import INSERT

#: What changes one row of a table by its id, and whose result nobody looks at.
CHANGES: Final[dict[Executable, Table]] = {DECIDE: t.statement, ATTACH: t.statement, DONE: t.capture}
#: What only adds to one table, or changes a row of it by its key, and whose result nobody looks at.
ADDS: Final[dict[Executable, Table]] = {
    **{INSERT[table]: table for table in t.PROJECTIONS},
    **CHANGES,
    COUNT_MOUTH: t.mouth,
    COUNT_QUESTION: t.question,
    COUNT_HEADING: t.heading,
    NUMBER_CHANGE: t.change,
}
#: Statements written as text, which do not say by themselves what they touch.
TOUCHES: Final[dict[Executable, frozenset[Table]]] = {READ_FIRST: frozenset((t.reading,))}
#: What every decision asks of one table that is empty in most coverages: while it is, nobody has to ask the database.
ASKS: Final[dict[Executable, Table]] = {MOVES: t.regrouping, MERGES: t.regrouping}
MOST_KEPT: Final = 5_000


class Counted(NamedTuple):
    """The result of a statement whose rows somebody only counts."""

    rowcount: int


class Addition(NamedTuple):
    """An addition in the database's own words: what takes its values out of a row, and what makes some columns of them."""

    sql: str
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    makers: tuple[tuple[int, Callable[[Sequence[Any]], Sequence[Any]]], ...]

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """Their values as the driver takes them, in order. Raises KeyError where one is not named."""
        columns: list[Sequence[Any]] = list(zip(*map(self.values, rows), strict=True))
        for n, make in self.makers:
            columns[n] = make(columns[n])
        return list(zip(*columns, strict=True))


class Batch:
    """Executes as a connection does, but keeps additions back until something touches their table.

    What changes a row that waits is put into it. All else that waits for a table comes out the same in any order of its
    statements, so that the table ends as it would without. The tables that it begins with are empty.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kept: dict[Table, dict[Executable, list[Any]]] = {}
        self._waiting: dict[Table, dict[str, dict[str, Any]]] = {table: {} for table in CHANGES.values()}
        self._n = 0
        self._filled: set[Table] = set()
        self._recall = Recall()

    def execute(self, statement: Executable, parameters: Any = None) -> Result[Any] | Answer | Counted | None:
        """What the connection gives for it; None for an addition, which waits, where nobody looks at its result."""
        table = ADDS.get(statement)
        if table is not None:
            self._keep(table, statement, parameters if isinstance(parameters, list) else [parameters])
            return None
        known = self._known(statement, parameters)
        if known is not None:
            return known
        touched = TOUCHES.get(statement) or tables_of(statement)
        self._recall.touch(statement, touched)
        for one in touched or tuple(self._kept):
            self._write(one)
        return self._conn.execute(statement, parameters)

    def _known(self, statement: Executable, parameters: Any) -> Answer | Counted | None:
        """What the database would give; None where it has to be asked."""
        asked = ASKS.get(statement)
        if asked is not None and asked not in self._filled:
            return Answer()
        if statement is READ_FIRST and self._recall.is_first_reading(parameters["statement"]):
            self._keep(t.reading, statement, [parameters])
            return Counted(1)
        if statement is NO_MEDIA and self._recall.has_no_media(parameters["b_statement"]):
            return Counted(0)
        return self._recall.answer(statement, parameters)

    def _keep(self, table: Table, statement: Executable, rows: list[Any]) -> None:
        self._filled.add(table)
        self._recall.note(statement, rows)
        waiting = self._waiting.get(table)
        if waiting is not None:
            rows = self._waits(waiting, statement, rows)
        kept = self._kept.setdefault(table, {})
        if statement in kept:
            kept[statement] += rows
        elif rows:
            kept[statement] = list(rows)
        self._n += len(rows)
        if self._n > MOST_KEPT:
            self.flush()

    def _waits(self, waiting: dict[str, dict[str, Any]], statement: Executable, rows: list[Any]) -> list[Any]:
        """Which of these rows have to wait: not a change of a row that waits itself, which is put into it."""
        if statement not in CHANGES:
            mine = [dict(row) for row in rows]
            waiting.update((row["id"], row) for row in mine)
            return mine
        for row in rows:
            if row["b_id"] in waiting:
                waiting[row["b_id"]] |= without_id(row)
        return [row for row in rows if row["b_id"] not in waiting]

    def flush(self) -> None:
        """Write all that waits."""
        for table in list(self._kept):
            self._write(table)
        self._n = 0

    def _write(self, table: Table) -> None:
        if table in self._waiting:
            self._waiting[table].clear()
        for statement, rows in self._kept.pop(table, {}).items():
            addition = addition_of(statement, self._conn.dialect)
            self._conn.exec_driver_sql(addition.sql, addition.rows(rows))


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
    return Addition(
        str(compiled), itemgetter(*names), tuple((n, of_column(make)) for n, make in enumerate(makers) if make)
    )


def of_column(make: Callable[[Any], Any]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What makes all values of a column as `make` makes one; texts, of which next to none has a NUL, at once."""

    def each(column: Sequence[Any]) -> Sequence[Any]:
        return [make(value) for value in column]

    def texts(column: Sequence[str | None]) -> Sequence[str | None]:
        return each(column) if "\0" in "".join(filter(None, column)) else column

    return texts if make is without_nul else each
