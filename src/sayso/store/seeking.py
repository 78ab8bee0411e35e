"""The words of published posts, for readers who search. Each database keeps an index over them in its own way."""

from collections.abc import Callable
from typing import Final
from zlib import crc32

from sqlalchemy import Connection, bindparam, delete, func, select, text

from sayso.model.post import Post
from sayso.model.seeking import Spelling, Wanted, index_words
from sayso.model.statement import Statement
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.filing import STANDING
from sayso.store.reading import Reads
from sayso.store.tables import INSERT

#: Built once, as in `project`.
FIRST = select(func.min(t.post.c.seq)).where(t.post.c.id == bindparam("b_post"))
TEXT = select(t.statement.c.body).where(t.statement.c.id == bindparam("b_statement"))
FORGET = delete(t.sought).where(t.sought.c.post == bindparam("b_post"))
#: The newest posts with the words of a query, by number.
ASKED: Final = {
    "sqlite": text(
        "SELECT s.doc, s.post FROM sought_index i JOIN sought s ON s.doc = i.rowid"
        " WHERE sought_index MATCH :query AND i.rowid < :before ORDER BY i.rowid DESC LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT doc, post FROM sought WHERE CAST(words AS tsvector) @@ CAST(:query AS tsquery) AND doc < :before"
        " ORDER BY doc DESC LIMIT :limit"
    ),
}
LAST: Final = 2**62
#: By how many bits a row's number stands before what tells posts of one row apart.
SEQ_BITS: Final = 20
#: Posts that have another version by now than after a row of the ledger, with the row of their first one.
CHANGED_SINCE: Final = (
    select(t.post.c.id, func.min(t.post.c.seq).label("first"))
    .where(t.post.c.id.in_(select(t.post.c.id).where(t.post.c.seq > bindparam("upto"), t.post.c.version > 1)))
    .group_by(t.post.c.id)
    .having(func.min(t.post.c.seq) <= bindparam("upto"), func.min(t.post.c.seq) <= bindparam("before"))
    .order_by(func.min(t.post.c.seq).desc())
    .limit(bindparam("most"))
)


def seek_post(conn: Connection, seq: int, it: Post) -> None:
    """Keep the words of a post as it stands after row `seq`, under the number of its first version; none of one that is
    not published, or no entry in the stream."""
    first = seq
    if it.version > 1:
        conn.execute(FORGET, {"b_post": it.id})
        first = conn.execute(FIRST, {"b_post": it.id}).scalar_one()
    if it.state != "published" or it.kind in STANDING:
        return
    bodies = (conn.execute(TEXT, {"b_statement": s}).scalar() for s in it.statements)
    told = [decode(body, Statement) for body in bodies if body is not None]
    words = index_words((it.head, it.note, *(part for s in told for part in (s.title or "", s.text))))
    if words:
        conn.execute(INSERT[t.sought], {"doc": number_of(first, it.id), "post": it.id, "words": words})


def number_of(seq: int, post: str) -> int:
    """The number that puts posts in the order in which they first went out; two of one row differ by their ids."""
    return (seq << SEQ_BITS) | (crc32(post.encode()) & ((1 << SEQ_BITS) - 1))


class SeekingReads(Reads):
    """Published posts by their words, as they stand now or stood after a row of the ledger."""

    def sought(self, wanted: Wanted, *, limit: int, before: int | None = None) -> tuple[tuple[int, str], ...]:
        """Number and id of posts that hold a word of each group, the newest first; `before` is the number of the last
        one of a page. Whether a name's words stand beside each other is for the caller to see; of a post that has
        changed since that row, also whether it held any of them then: the index knows the words of now only."""
        if not wanted:
            return ()
        last = LAST if before is None else before
        if self._upto is not None:
            last = min(last, (self._upto + 1) << SEQ_BITS)
        with self._connection() as conn:
            dialect = conn.dialect.name
            values = {"query": QUERIES[dialect](wanted), "before": last, "limit": limit}
            found = {doc: post for doc, post in conn.execute(ASKED[dialect], values)}
            if self._upto is not None:  # one more of a row than fit before: two posts of it may differ by their ids
                since = {"upto": self._upto, "before": last >> SEQ_BITS, "most": limit + 1}
                numbered = {number_of(first, id_): id_ for id_, first in conn.execute(CHANGED_SINCE, since)}
                found |= {doc: id_ for doc, id_ in numbered.items() if doc < last}
        return tuple(sorted(found.items(), reverse=True))[:limit]


def for_sqlite(wanted: Wanted) -> str:
    """A query in FTS5's words."""
    return " AND ".join(
        "(" + " OR ".join("(" + " AND ".join(f'"{w}"{star}' for w, star in ends(s, " *")) + ")" for s in group) + ")"
        for group in wanted
    )


def for_postgres(wanted: Wanted) -> str:
    """A tsquery."""
    return " & ".join(
        "(" + " | ".join("(" + " & ".join(f"'{w}'{star}" for w, star in ends(s, ":*")) + ")" for s in group) + ")"
        for group in wanted
    )


def ends(spelling: Spelling, star: str) -> list[tuple[str, str]]:
    """The words of a spelling, each with what lets letters follow it."""
    return [*((w, "") for w in spelling.words[:-1]), (spelling.words[-1], star if spelling.open else "")]


QUERIES: Final[dict[str, Callable[[Wanted], str]]] = {"sqlite": for_sqlite, "postgresql": for_postgres}
