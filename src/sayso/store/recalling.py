"""What a rebuild remembers of the newest statements, so that deciding and filing need no question to the database.

A question would make all that waits go out first (`batching`), a few rows at a time.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, Self

from sqlalchemy import Executable, Table
from sqlalchemy.sql import Delete, Update

from sayso.store import tables as t
from sayso.store.columns import without_nul
from sayso.store.counting import DECIDE, READING, STATEMENT
from sayso.store.filing import FILED, FILES, POSTS_OF
from sayso.store.project import ATTACH, READ_FIRST
from sayso.store.seeking import TEXT
from sayso.store.tables import INSERT

#: Statements, and posts, that are remembered at once.
MOST: Final = 2_000
#: What else than an addition to these changes what is remembered of readings; of a statement's claims, media and posts
#: (its source stays, and where it is deleted its claims are too); and of posts. Nothing changes that none read it yet.
READ: Final = frozenset((t.reading, t.correction))
KNOWN: Final = frozenset((t.said, t.answer, t.medium, t.post, t.post_statement))
SHOWN: Final = frozenset((t.post, t.filed))
KEY: Final[Mapping[Executable, str]] = {
    STATEMENT: "b_id", READING: "b_id", TEXT: "b_statement", FILES: "b_statement", POSTS_OF: "b_statement", FILED: "b_post",
}  # fmt: skip
Row = Mapping[str, Any]
File = tuple[str, str, bytes | None]


class Answer(list[Any]):
    """The rows of an answer, each already in the form in which the projections ask for it; like SQLAlchemy's Result."""

    def mappings(self) -> Self:
        """Rows that are mappings."""
        return self

    def scalars(self) -> Self:
        """The values of rows of one column."""
        return self

    def all(self) -> Self:
        """All rows."""
        return self

    def one_or_none(self) -> Any:
        """The only row; None where there is none."""
        return self[0] if self else None

    def scalar(self) -> Any:
        """The value of the only row; None where there is none."""
        return self.one_or_none()


class Filing(NamedTuple):
    """A heading under which a post stands."""

    heading: str
    at: datetime


class Carrier(NamedTuple):
    """A post that carries a statement."""

    id: str
    version: int
    body: bytes


class Recalled(NamedTuple):
    """The additions about one statement since its own row was added: what `FILES` asks for, the names of its media, and
    the posts that carry it."""

    files: list[File]
    media: list[str]
    posts: list[str]


class Shown(NamedTuple):
    """The first version of a post, and how it has been filed since."""

    row: Row
    filed: list[Filing]


class Recall:
    """Answers what is asked of the newest statements and posts: all additions pass here, and whatever else touches a
    table."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._readings: OrderedDict[str, Row] = OrderedDict()
        self._known: OrderedDict[str, Recalled] = OrderedDict()
        self._unread: OrderedDict[str, str] = OrderedDict()
        self._posts: OrderedDict[str, Shown] = OrderedDict()
        self._notes: Mapping[Executable, Callable[[Row], None]] = {
            INSERT[t.statement]: self._state, DECIDE: self._change, ATTACH: self._change,
            INSERT[t.reading]: self._read, READ_FIRST: self._read, INSERT[t.correction]: self._correct,
            INSERT[t.said]: self._say, INSERT[t.answer]: self._answer, INSERT[t.medium]: self._show_medium,
            INSERT[t.post]: self._post, INSERT[t.post_statement]: self._carry, INSERT[t.filed]: self._file,
        }  # fmt: skip
        self._found: Mapping[Executable, Callable[[str], Answer | None]] = {
            STATEMENT: self._statement, TEXT: self._text, READING: self._reading, FILES: self._files,
            POSTS_OF: self._posts_of, FILED: self._filed,
        }  # fmt: skip

    def note(self, statement: Executable, rows: Iterable[Row]) -> None:
        """Rows are given to a statement that only adds to a table, or changes rows by their ids."""
        noting = self._notes.get(statement)
        if noting is not None:
            for row in rows:
                noting(row)

    def _state(self, row: Row) -> None:
        id_ = row["id"]
        _keep(self._rows, id_, {k: without_nul(v) if isinstance(v, str) else v for k, v in row.items()})
        _keep(self._known, id_, Recalled([("source", without_nul(row["source"]) or "", None)], [], []))
        _keep(self._unread, id_, id_)

    def _change(self, row: Row) -> None:
        if row["b_id"] in self._rows:
            self._rows[row["b_id"]] |= without_id(row)

    def _read(self, row: Row) -> None:
        _keep(self._readings, row["statement"], row)

    def _correct(self, row: Row) -> None:
        self._readings.pop(row["statement"], None)

    def _say(self, row: Row) -> None:
        if known := self._known.get(row["statement"]):
            known.files.append(("said", "", row["body"]))

    def _answer(self, row: Row) -> None:
        if known := self._known.get(row["statement"]):
            known.files.append(("question", without_nul(row["question"]) or "", None))

    def _show_medium(self, row: Row) -> None:
        if known := self._known.get(row["statement"]):
            known.media.append(row["name"])

    def _post(self, row: Row) -> None:
        if row["version"] == 1:  # how one before it was filed is not known here
            _keep(self._posts, row["id"], Shown(row, []))

    def _carry(self, row: Row) -> None:
        known = self._known.get(row["statement"])
        if known is not None and row["role"] == "carries":
            known.posts.append(row["post"])

    def _file(self, row: Row) -> None:
        if shown := self._posts.get(row["post"]):
            shown.filed.append(Filing(without_nul(row["heading"]) or "", row["at"]))

    def touch(self, statement: Executable, tables: frozenset[Table]) -> None:
        """Something that is no addition is about to be executed: what it may change is forgotten."""
        if not (isinstance(statement, Delete | Update) or statement is READ_FIRST):
            return
        if t.statement in tables:
            self._rows.clear()
        if not READ.isdisjoint(tables):
            self._readings.clear()
        if not KNOWN.isdisjoint(tables):
            self._known.clear()
        if not SHOWN.isdisjoint(tables):
            self._posts.clear()

    def is_first_reading(self, statement: str) -> bool:
        """Whether a reading that is about to be added is certainly the first of its statement."""
        return self._unread.pop(statement, None) is not None

    def has_no_media(self, statement: str) -> bool:
        """Whether a statement certainly has no media."""
        known = self._known.get(statement)
        return known is not None and not known.media

    def answer(self, statement: Executable, parameters: Any) -> Answer | None:
        """What the database would give; None where it has to be asked."""
        found = self._found.get(statement)
        return None if found is None else found(parameters[KEY[statement]])

    def _statement(self, id_: str) -> Answer | None:
        row = self._rows.get(id_)
        return None if row is None else Answer([dict(row)])

    def _text(self, id_: str) -> Answer | None:
        row = self._rows.get(id_)
        return None if row is None else Answer([row["body"]])

    def _reading(self, id_: str) -> Answer | None:
        read = self._readings.get(id_)
        return None if read is None else Answer([{**read, "corrected": False}])

    def _files(self, id_: str) -> Answer | None:
        known = self._known.get(id_)
        if known is None:
            return None
        return Answer([*known.files, *([("media", "", None)] if any(known.media) else ())])

    def _posts_of(self, id_: str) -> Answer | None:
        known = self._known.get(id_)
        if known is None or not all(post in self._posts for post in known.posts):
            return None
        rows = (self._posts[post].row for post in known.posts)
        shown = [row for row in rows if row["state"] == "published"]
        return Answer(sorted(Carrier(without_nul(row["id"]) or "", row["version"], row["body"]) for row in shown))

    def _filed(self, post: str) -> Answer | None:
        shown = self._posts.get(post)
        return None if shown is None else Answer(shown.filed)


def without_id(row: Row) -> dict[str, Any]:
    """What a change by an id changes."""
    return {name: value for name, value in row.items() if name != "b_id"}


def _keep(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    if len(kept) > MOST:
        kept.popitem(last=False)
