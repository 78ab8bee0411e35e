"""Reading what came in lately, for whoever watches the sources. Each query ends after so many rows."""

from datetime import datetime

from sqlalchemy import select

from sayso.store import tables as t
from sayso.store.reading import Reads


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
