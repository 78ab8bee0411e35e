"""Reading many statements at once, as the inbox lists them: each query is one for all of its lines."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from sayso.model.claim import Claim, Reading
from sayso.model.question import Said
from sayso.model.statement import Statement
from sayso.store import tables as t
from sayso.store.claims import said_of
from sayso.store.coding import decode
from sayso.store.project import chunks
from sayso.store.reading import Reads, standing

#: Where a statement stands by when it was first seen: what `before` and `down_to` take.
Cursor = tuple[datetime, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which statements are asked for; None takes all. `changed`: only newest versions of an item that has others;
    `decided_by` is "editor" or "rule"; `gone_since`: only what its source has not shown since that time or later."""

    states: Collection[str] | None = None
    sources: Collection[str] | None = None
    ids: Collection[str] | None = None
    changed: bool = False
    decided_by: str | None = None
    gone_since: datetime | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The conditions on the table of statements."""
        s = t.statement.c
        lists = ((s.state, self.states), (s.source, self.sources), (s.id, self.ids))
        found: list[ColumnElement[bool]] = [c.in_(sorted(values)) for c, values in lists if values is not None]
        found += [s.version > 1, ~s.superseded] if self.changed else []
        found += [s.decided_by == self.decided_by] if self.decided_by is not None else []
        found += [s.gone_at >= self.gone_since] if self.gone_since is not None else []
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A statement as it came in and what was decided about it. `origin` is one and the same for reprints."""

    statement: Statement
    state: str
    decided_by: str | None
    reason: str
    origin: str
    gone_at: datetime | None
    seq: int

    @property
    def cursor(self) -> Cursor:
        """Where it stands."""
        return self.statement.first_seen_at, self.statement.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of a statement, by number: as they count, else as read by machine and corrected by editors (`by` is then
    "none"), and the numbers of those that an editor corrected."""

    said: tuple[Said, ...] = ()
    corrected: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The first statement with some words."""

    id: str
    said_at: datetime
    state: str


class ArrivalReads(Reads):
    """Lists of statements with their claims."""

    def arrived(
        self, which: Which, *, before: Cursor | None = None, down_to: Cursor | None = None, limit: int
    ) -> tuple[Arrived, ...]:
        """Statements, latest seen first, before a place (exclusive) and down to another (inclusive)."""
        s = t.statement.c
        where = which.where()
        if before is not None:
            where.append(or_(s.seen_at < before[0], and_(s.seen_at == before[0], s.id < before[1])))
        if down_to is not None:
            where.append(or_(s.seen_at > down_to[0], and_(s.seen_at == down_to[0], s.id >= down_to[1])))
        columns = (s.body, s.state, s.decided_by, s.reason, s.origin, s.gone_at, s.seq)
        query = select(*columns).where(*where).order_by(s.seen_at.desc(), s.id.desc()).limit(limit)
        with self._connection() as conn:
            rows = conn.execute(query).mappings().all()
        return tuple(Arrived(statement=decoded(r["body"], Statement), **{k: r[k] for k in KEPT}) for r in rows)

    def claims_each(self, rows: Sequence[Arrived]) -> dict[str, Claims]:
        """The claims of each of these statements, by its id."""
        ids = [row.statement.id for row in rows]
        with self._connection() as conn:
            counted, read, right = _counted(conn, ids), _read(conn, ids), _corrected(conn, ids)
        found = {}
        for row in rows:
            id_ = row.statement.id
            claims = dict(enumerate(read.get(id_, ()))) | right.get(id_, {})
            said = {n: _suggested(row, n, claim) for n, claim in claims.items()} | counted.get(id_, {})
            found[id_] = Claims(said=tuple(s for _, s in sorted(said.items())), corrected=frozenset(right.get(id_, ())))
        return found

    def originals(self, origins: Collection[str], *, newest: int) -> dict[str, Original]:
        """The statement that said these words first, by its origin, as far as it is among the newest that came in."""
        s = t.statement.c
        late = select(s.id, s.origin, s.said_at, s.state, s.seen_at).order_by(s.seen_at.desc(), s.id.desc())
        recent = late.limit(newest).subquery()
        query = select(recent).where(recent.c.origin.in_(sorted(origins))).order_by(
            recent.c.said_at.desc(), recent.c.seen_at.desc(), recent.c.id.desc()
        )  # fmt: skip
        with self._connection() as conn:
            rows = conn.execute(query).all()
        return {row.origin: Original(id=row.id, said_at=row.said_at, state=row.state) for row in rows}

    def arrived_since(self, *, states: Collection[str], after: int) -> int:
        """How many of the statements in these states came in with a later row of the ledger than that."""
        s = t.statement.c
        query = select(func.count()).where(s.state.in_(sorted(states)), s.seq > after)
        with self._connection() as conn:
            return conn.execute(query).scalar_one()


#: Statements and readings never change, and an inbox shows the same hundreds on every view: a body is decoded once.
decoded = lru_cache(maxsize=2_000)(decode)
KEPT = ("state", "decided_by", "reason", "origin", "gone_at", "seq")


def _suggested(row: Arrived, number: int, claim: Claim) -> Said:
    it = row.statement
    return Said(
        id=f"{it.id}.{number}", claim=claim, statement=it.id, source=it.source, outlet=it.source, said_at=it.said_at,
        seen_at=it.first_seen_at, origin=row.origin, by="none", withdrawn=row.gone_at is not None,
    )  # fmt: skip


def _counted(conn: Connection, ids: Iterable[str]) -> dict[str, dict[int, Said]]:
    found: dict[str, dict[int, Said]] = {}
    for part in chunks(sorted(ids)):
        for row in conn.execute(select(t.said).where(t.said.c.statement.in_(part), standing(t.said, None))).mappings():
            found.setdefault(row["statement"], {})[row["n"]] = said_of(row)
    return found


def _read(conn: Connection, ids: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
    found: dict[str, tuple[Claim, ...]] = {}
    for part in chunks(sorted(ids)):
        query = select(t.reading.c.statement, t.reading.c.body).where(t.reading.c.statement.in_(part))
        found |= {row.statement: decoded(row.body, Reading).claims for row in conn.execute(query)}
    return found


def _corrected(conn: Connection, ids: Iterable[str]) -> dict[str, dict[int, Claim]]:
    found: dict[str, dict[int, Claim]] = {}
    c = t.correction.c
    for part in chunks(sorted(ids)):
        for row in conn.execute(select(c.statement, c.n, c.body).where(c.statement.in_(part))):
            found.setdefault(row.statement, {})[row.n] = decode(row.body, Claim)
    return found
