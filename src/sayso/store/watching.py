"""Reading what came in lately, for whoever watches the sources. Each query ends after so many rows."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from sayso.model.claim import Reading
from sayso.model.post import Post
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.reading import Reads
from sayso.store.records import Since


class WatchReads(Reads):
    """What the sources said lately."""

    def spoken(self, *, newest: int) -> dict[str, list[datetime]]:
        """When each source said what it said, of the newest items that came in; later versions of an item are not counted.

        A source that said nothing among them is not in it. Times as the sources date them, the newest item first.
        """
        columns = (t.statement.c.source, t.statement.c.said_at)
        query = select(*columns).where(t.statement.c.version == 1).order_by(t.statement.c.seen_at.desc()).limit(newest)
        found: dict[str, list[datetime]] = {}
        with self._connection() as conn:
            for source, said_at in conn.execute(query):
                found.setdefault(source, []).append(said_at)
        return found

    def came_in(self, *, since: datetime) -> dict[str, int]:
        """How many statements of each source came in at that time of the coverage's clock or later."""
        table = t.statement.c
        query = select(table.source, func.count()).where(table.seen_at >= since).group_by(table.source)
        with self._connection() as conn:
            return {source: n for source, n in conn.execute(query)}

    def since(self, row: int, *, statements: int, posts: int) -> Since:
        """What happened after a row of the ledger, of no more than so many of the newest statements and posts."""
        kinds = select(t.ledger.c.kind, func.count()).where(t.ledger.c.seq > row).group_by(t.ledger.c.kind)
        columns = (t.statement.c.source, t.statement.c.version, t.statement.c.seq)
        newest = select(*columns).order_by(t.statement.c.seen_at.desc()).limit(statements)
        about = (
            select(t.ledger.c.kind, t.ledger.c.at, t.post.c.body)
            .join(t.ledger, t.ledger.c.seq == t.post.c.seq)
            .where(t.post.c.seq > row)
            .order_by(t.post.c.seq.desc())
            .limit(posts)
        )
        items, versions = Counter[str](), Counter[str]()
        with self._connection() as conn:
            counted: dict[str, int] = dict(conn.execute(kinds).all())
            for source, version, seq in conn.execute(newest):
                (items if version == 1 else versions)[source] += seq > row
            shown = tuple((kind, at, decode(body, Post)) for kind, at, body in conn.execute(about))
        return Since(kinds=counted, items=+items, versions=+versions, posts=shown)

    def statements_of(self, source: str) -> int:
        """How many statements of a source there are, all versions counted."""
        query = select(func.count()).select_from(t.statement).where(t.statement.c.source == source)
        with self._connection() as conn:
            return conn.execute(query).scalar_one()

    def readings_lately(self, *, newest: int) -> tuple[Reading, ...]:
        """The readings of the newest statements that came in."""
        query = (
            select(t.reading.c.body)
            .join(t.statement, t.statement.c.id == t.reading.c.statement)
            .order_by(t.statement.c.seen_at.desc())
            .limit(newest)
        )
        with self._connection() as conn:
            return tuple(decode(body, Reading) for body in conn.execute(query).scalars())
