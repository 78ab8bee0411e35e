"""What a rebuild remembers of the newest statements, so that deciding and filing need no question to the database.

A question would make all that waits go out first (`batching`), a few rows at a time.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Executable, Result, Table
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql import Delete, Update

from sayso.store import tables as t
from sayso.store.columns import without_nul
from sayso.store.counting import DECIDE, READING, STATEMENT
from sayso.store.filing import FILES, POSTS_OF
from sayso.store.project import READ_FIRST
from sayso.store.seeking import TEXT

#: Statements that are remembered at once.
MOST: Final = 2_000
#: What else than an addition to these changes what is remembered of a statement's claims, media and posts.
FILED: Final = frozenset((t.said, t.answer, t.medium, t.post, t.post_statement))
READ: Final = frozenset((t.reading, t.correction))
NAMES: Final[Mapping[Executable, Sequence[str]]] = {
    STATEMENT: [column.name for column in t.statement.c], TEXT: ["body"], FILES: ["kind", "name", "body"],
    READING: ["body", "questions", "mouths", "corrected"], POSTS_OF: ["id", "version", "body"],
}  # fmt: skip
KEY: Final[Mapping[Executable, str]] = {
    STATEMENT: "b_id", READING: "b_id", TEXT: "b_statement", FILES: "b_statement", POSTS_OF: "b_statement",
}  # fmt: skip
File = tuple[str, str, bytes | None]


class Recalled(NamedTuple):
    """The additions about one statement since its own row was added: what `FILES` asks for, and the posts that carry it."""

    files: list[File]
    posts: list[str]


class Recall:
    """Answers what is asked of the newest statements: all additions pass here, and whatever else touches a table."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._readings: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._known: OrderedDict[str, Recalled] = OrderedDict()
        self._unread: OrderedDict[str, str] = OrderedDict()

    def note(self, statement: Executable, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows are given to a statement that only adds to a table, or decides."""
        for row in rows:
            if statement is DECIDE:
                self._decide(row)
            elif table is t.statement:
                self._state(row)
            elif table is t.reading:
                _keep(self._readings, row["statement"], row)
            elif table is t.correction:
                self._readings.pop(row["statement"], None)
            elif table in FILED and table is not t.post:
                self._file(table, row)

    def _state(self, row: Mapping[str, Any]) -> None:
        id_ = row["id"]
        _keep(self._rows, id_, {k: without_nul(v) if isinstance(v, str) else v for k, v in row.items()})
        _keep(self._known, id_, Recalled([("source", row["source"], None)], []))
        _keep(self._unread, id_, id_)

    def _decide(self, row: Mapping[str, Any]) -> None:
        if row["b_id"] in self._rows:
            self._rows[row["b_id"]] |= {k: v for k, v in row.items() if k != "b_id"}

    def _file(self, table: Table, row: Mapping[str, Any]) -> None:
        known = self._known.get(row["statement"])
        if known is None:
            return
        if table is t.said:
            known.files.append(("said", "", row["body"]))
        elif table is t.answer:
            known.files.append(("question", without_nul(row["question"]) or "", None))
        elif table is t.post_statement:
            known.posts.append(row["post"])
        elif row["name"]:
            known.files.append(("media", "", None))

    def touch(self, statement: Executable, tables: frozenset[Table]) -> None:
        """Something that is no addition is about to be executed: what it may change is forgotten."""
        if isinstance(statement, Delete):
            for kept in (self._rows, self._readings, self._known, self._unread):
                kept.clear()
        elif isinstance(statement, Update) or statement is READ_FIRST:
            if t.statement in tables:
                self._rows.clear()
            if not READ.isdisjoint(tables):
                self._readings.clear()
            if not FILED.isdisjoint(tables):
                self._known.clear()

    def is_first_reading(self, statement: str) -> bool:
        """Whether a reading that is about to be added is certainly the first of its statement."""
        return self._unread.pop(statement, None) is not None

    def answer(self, statement: Executable, parameters: Any) -> Result[Any] | None:
        """What the database would give; None where it has to be asked."""
        names = NAMES.get(statement)
        if names is None:
            return None
        rows = self._found(statement, parameters[KEY[statement]])
        return None if rows is None else IteratorResult(SimpleResultMetaData(names), iter(rows))

    def _found(self, statement: Executable, id_: str) -> Sequence[Any] | None:
        if statement is STATEMENT or statement is TEXT:
            row = self._rows.get(id_)
            return None if row is None else [tuple(row[name] for name in NAMES[statement])]
        if statement is READING:
            read = self._readings.get(id_)
            return None if read is None else [(read["body"], read["questions"], read["mouths"], False)]
        known = self._known.get(id_)
        if known is None or (statement is POSTS_OF and known.posts):
            return None
        return [] if statement is POSTS_OF else known.files


def _keep(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    if len(kept) > MOST:
        kept.popitem(last=False)
