"""Reading captures and statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, or_, select

from sayso.model.claim import Reading, Span
from sayso.model.event import Read
from sayso.model.statement import Capture, Statement
from sayso.store import tables as t
from sayso.store.coding import decode
from sayso.store.guards import guards_match
from sayso.store.reading import Reads
from sayso.store.records import InboxRow, Takedown, UnreadLine
from sayso.store.reprints import bands_of

Guards = tuple[str, ...]

#: The newest statements of a bucket that are looked at, and those that share most buckets.
OF_A_BUCKET: Final = 24
ALIKE: Final = 8
IN_BUCKET = (
    select(t.band.c.seq)
    .where(t.band.c.bucket == bindparam("b_bucket"))
    .order_by(t.band.c.seq.desc())
    .limit(OF_A_BUCKET)
)

BODY = (t.statement.c.body, t.statement.c.media_seq)


class StatementReads(Reads):
    """Statements, their states and versions."""

    def statement(self, statement_id: str) -> Statement | None:
        """The statement with that id; None if there is none or it was taken down."""
        return self._one_statement(t.statement.c.id == statement_id)

    def latest(self, source: str, key: str) -> Statement | None:
        """The newest version of a source's item."""
        return self._one_statement(t.statement.c.source == source, t.statement.c.key == key)

    def versions(self, source: str, key: str) -> tuple[Statement, ...]:
        """All versions of a source's item, oldest first."""
        same_item = (t.statement.c.source == source, t.statement.c.key == key)
        return self._statements(select(*BODY).where(*same_item, *self._there()).order_by(t.statement.c.version))

    def every_statement(self) -> tuple[Statement, ...]:
        """All versions of all items that were not taken down, in their order of arrival: for exports."""
        return self._statements(select(*BODY).order_by(t.statement.c.seq))

    def row_of(self, statement_id: str) -> int | None:
        """The number of the ledger's row with which a statement came in; None if there is none or it was taken down."""
        with self._connection() as conn:
            found: int | None = conn.execute(select(t.statement.c.seq).where(t.statement.c.id == statement_id)).scalar()
        return found

    def has_statement(self, statement_id: str) -> bool:
        """Whether it came in, also if it was taken down since."""
        return self._state_of(statement_id) is not None

    def statement_state(self, statement_id: str) -> str:
        """new, held, accepted, rejected, duplicate, superseded, gone or taken_down. Raises KeyError if unknown."""
        state = self._state_of(statement_id)
        if state is None:
            raise KeyError(statement_id)
        return state

    def gone_at(self, statement_id: str) -> datetime | None:
        """When its source was found to show it no more; None where it still does, as far as we know."""
        this = (t.statement.c.id == statement_id, *self._there())
        if self._upto is not None:
            this = (*this, t.statement.c.gone_seq <= self._upto)
        query = select(t.statement.c.gone_at).where(*this)
        with self._connection() as conn:
            found: datetime | None = conn.execute(query).scalar()
        return found

    def editors_decision(self, source: str, key: str) -> str | None:
        """accepted, held, rejected or duplicate: what an editor last decided about any version of an item; None where
        only rules did. The newest such version counts."""
        table = t.statement.c
        of_editor = (table.source == source, table.key == key, table.decided_by == "editor")
        query = select(table.decision).where(*of_editor).order_by(table.version.desc()).limit(1)
        with self._connection() as conn:
            found: str | None = conn.execute(query).scalar()
        return found

    def seen_before(self, at: datetime) -> int:
        """The last row of the ledger before the first that tells, in the coverage's time, of something later: a statement
        seen after that time, or channels looked through until after it; all where there is none."""
        later = (
            select(func.min(t.statement.c.seq)).where(t.statement.c.seen_at > at),
            select(func.min(t.looked.c.seq)).where(t.looked.c.until > at),
        )
        with self._connection() as conn:
            rows = [row for query in later if (row := conn.execute(query).scalar()) is not None]
            return min(rows) - 1 if rows else conn.execute(select(t.head.c.size)).scalar() or 0

    def live_keys(self, source: str) -> tuple[str, ...]:
        """Keys of the source's items whose newest version it still shows, as far as we know; in order of arrival."""
        live = (~t.statement.c.superseded, t.statement.c.gone_at.is_(None))
        query = select(t.statement.c.key).where(t.statement.c.source == source, *live).order_by(t.statement.c.seq)
        with self._connection() as conn:
            return tuple(conn.execute(query).scalars())

    def waiting_for_media(self) -> tuple[Statement, ...]:
        """Newest versions whose pictures and videos were not fetched yet, oldest first."""
        waiting = (t.statement.c.waiting, ~t.statement.c.superseded)
        return self._statements(select(*BODY).where(*waiting).order_by(t.statement.c.seq))

    def inbox(
        self,
        *,
        states: Sequence[str],
        limit: int,
        before: tuple[datetime, str] | None = None,
        source: str | None = None,
    ) -> tuple[InboxRow, ...]:
        """Statements in any of the states, latest seen first; `before` is the `cursor` of the last row of a page."""
        table = t.statement.c
        query = select(t.statement).where(table.state.in_(states)).order_by(table.seen_at.desc(), table.id.desc())
        if source is not None:
            query = query.where(table.source == source)
        if before is not None:
            seen_at, last_id = before
            query = query.where(or_(table.seen_at < seen_at, and_(table.seen_at == seen_at, table.id < last_id)))
        with self._connection() as conn:
            rows = conn.execute(query.limit(limit)).mappings().all()
            ids = [row["id"] for row in rows]
            counts = _count(t.said, ids).where(t.said.c.until == t.NEVER)
            counted: dict[str, int] = dict(conn.execute(counts).all())
            unread: dict[str, int] = dict(conn.execute(_count(t.unread, ids)).all())
            readings = {
                row.statement: len(decode(row.body, Reading).claims)
                for row in conn.execute(select(t.reading).where(t.reading.c.statement.in_(ids)))
            }
        return tuple(
            InboxRow(
                statement=decode(row["body"], Statement),
                state=row["state"],
                decided_by=row["decided_by"],
                reason=row["reason"],
                suggested=readings.get(row["id"], 0),
                counted=counted.get(row["id"], 0),
                unread=unread.get(row["id"], 0),
                origin=row["origin"],
            )
            for row in rows
        )

    def counts_by_state(self) -> dict[str, int]:
        """How many statements are in each state, those that were taken down included."""
        query = select(t.statement.c.state, func.count()).group_by(t.statement.c.state).order_by(t.statement.c.state)
        with self._connection() as conn:
            counts: dict[str, int] = dict(conn.execute(query).all())
            down = conn.execute(select(func.count()).select_from(t.takedown)).scalar_one()
        return {**counts, **({"taken_down": down} if down else {})}

    def origin(self, statement_id: str) -> str:
        """The origin of a statement's words: one and the same for its reprints; "" if there is no such statement."""
        with self._connection() as conn:
            return conn.execute(select(t.statement.c.origin).where(t.statement.c.id == statement_id)).scalar() or ""

    def look_alikes(self, text: str) -> tuple[tuple[Statement, str], ...]:
        """Statements that share much of a text, with their origins: those that share most of its buckets, oldest
        first. However many there are, only the newest of each bucket are looked at."""
        buckets = bands_of(text)
        if not buckets:
            return ()
        with self._connection() as conn:
            seqs = Counter(
                seq for bucket in buckets for seq in conn.execute(IN_BUCKET, {"b_bucket": bucket}).scalars()
            )  # fmt: skip
            likest = [seq for seq, _ in sorted(seqs.items(), key=lambda x: (-x[1], -x[0]))[:ALIKE]]
            query = select(t.statement.c.body, t.statement.c.origin).where(t.statement.c.seq.in_(likest))
            rows = conn.execute(query.order_by(t.statement.c.seq)).all()
        return tuple((decode(row.body, Statement), row.origin) for row in rows)

    def reading(self, statement_id: str) -> Reading | None:
        """The machine's newest reading of a statement, uncorrected (`corrections`); None if nothing read it yet."""
        with self._connection() as conn:
            if self._upto is not None:
                return reading_then(conn, statement_id, self._upto)
            body = conn.execute(select(t.reading.c.body).where(t.reading.c.statement == statement_id)).scalar()
        return None if body is None else decode(body, Reading)

    def takedown(self, statement_id: str) -> Takedown | None:
        """That a statement was taken down, when and why; None if it was not."""
        query = select(t.takedown.c.at, t.takedown.c.reason).where(t.takedown.c.statement == statement_id)
        with self._connection() as conn:
            row = conn.execute(query).one_or_none()
        return None if row is None else Takedown(statement=statement_id, at=row.at, reason=row.reason)

    def is_guarded(self, source: str, key: str, text: str) -> bool:
        """Whether an item was taken down: by its key in its source, or by its words, in whatever source."""
        with self._connection() as conn:
            rows = conn.execute(select(t.takedown.c.salt, t.takedown.c.guards).distinct()).all()
        return any(guards_match(r.salt, decode(r.guards, Guards), source=source, key=key, text=text) for r in rows)

    def unread(self) -> tuple[UnreadLine, ...]:
        """Everything that could not be read, oldest first: in captures, and in the words of statements."""
        source = func.coalesce(t.capture.c.source, t.statement.c.source, "")
        query = (
            select(t.unread, source.label("source"), t.ledger.c.at)
            .join(t.ledger, t.ledger.c.seq == t.unread.c.seq)
            .outerjoin(t.capture, t.capture.c.id == t.unread.c.capture)
            .outerjoin(t.statement, t.statement.c.id == t.unread.c.statement)
            .order_by(t.unread.c.seq, t.unread.c.n)
        )
        with self._connection() as conn:
            return tuple(_unread_line(row) for row in conn.execute(query).mappings())

    def _one_statement(self, *where: ColumnElement[bool]) -> Statement | None:
        query = select(*BODY).where(*where, *self._there()).order_by(t.statement.c.version.desc()).limit(1)
        return next(iter(self._statements(query)), None)

    def _statements(self, query: Select[Any]) -> tuple[Statement, ...]:
        with self._connection() as conn:
            return tuple(self._statement(row) for row in conn.execute(query))

    def _statement(self, row: Row[Any]) -> Statement:
        """The statement of a row; without the media that came later than what is looked at."""
        it = decode(row.body, Statement)
        late = self._upto is not None and row.media_seq is not None and row.media_seq > self._upto
        return replace(it, media=()) if late else it

    def _there(self) -> tuple[ColumnElement[bool], ...]:
        """Which statements had come in."""
        return () if self._upto is None else (t.statement.c.seq <= self._upto,)

    def _state_of(self, statement_id: str) -> str | None:
        state = select(t.statement.c.state).where(t.statement.c.id == statement_id)
        down = select(t.takedown.c.statement).where(t.takedown.c.statement == statement_id)
        with self._connection() as conn:
            found: str | None = conn.execute(state).scalar()
            if found is None and conn.execute(down).scalar() is not None:
                return "taken_down"
        return found


class CaptureReads(Reads):
    """Captures: what was fetched, and which of it still waits to be parsed."""

    def capture(self, capture_id: str) -> Capture | None:
        """The capture with that id; `erased` where a takedown erased its bytes."""
        return next(iter(self._captures(select(t.capture).where(t.capture.c.id == capture_id))), None)

    def captures_of(self, sha256: str) -> tuple[Capture, ...]:
        """All captures of those bytes, oldest first."""
        return self._captures(select(t.capture).where(t.capture.c.sha256 == sha256).order_by(t.capture.c.seq))

    def captures_holding(self, statement_id: str) -> tuple[Capture, ...]:
        """The captures whose bytes may hold a statement's words: from the item's first one on, all of its source.

        A feed repeats an item in each capture until it scrolls out, so that later ones count too. Oldest first.
        """
        with self._connection() as conn:
            item = select(t.statement.c.source, t.statement.c.key).where(t.statement.c.id == statement_id).subquery()
            versions = select(t.statement.c.capture).join(
                item, and_(item.c.source == t.statement.c.source, item.c.key == t.statement.c.key)
            )
            first = conn.execute(
                select(t.capture.c.source, func.min(t.capture.c.seq).label("seq"))
                .where(t.capture.c.id.in_(versions))
                .group_by(t.capture.c.source)
            ).one_or_none()
            if first is None:
                return ()
            later = (t.capture.c.source == first.source, t.capture.c.seq >= first.seq)
            rows = conn.execute(select(t.capture).where(*later).order_by(t.capture.c.seq)).mappings().all()
        return tuple(_capture(row) for row in rows)

    def pending_captures(self) -> tuple[Capture, ...]:
        """Captures that were kept but not finished with, oldest first."""
        query = select(t.capture).where(t.capture.c.done == 0, ~t.capture.c.erased).order_by(t.capture.c.seq)
        return self._captures(query)

    def last_capture(self, source: str) -> Capture | None:
        """The newest capture of a source."""
        query = select(t.capture).where(t.capture.c.source == source).order_by(t.capture.c.seq.desc()).limit(1)
        return next(iter(self._captures(query)), None)

    def _captures(self, query: Select[Any]) -> tuple[Capture, ...]:
        with self._connection() as conn:
            return tuple(_capture(row) for row in conn.execute(query).mappings())


def reading_then(conn: Connection, statement_id: str, upto: int) -> Reading | None:
    """The newest reading of a statement up to a row of the ledger, from the ledger's own contents."""
    query = (
        select(t.content.c.body)
        .join(t.ledger, t.ledger.c.seq == t.content.c.seq)
        .join(t.mention, t.mention.c.seq == t.ledger.c.seq)
        .where(t.mention.c.statement == statement_id, t.ledger.c.kind == "read", t.ledger.c.seq <= upto)
        .order_by(t.ledger.c.seq.desc())
        .limit(1)
    )
    body = conn.execute(query).scalar()
    return None if body is None else decode(body, Read).reading


def _capture(row: Any) -> Capture:
    return replace(decode(row["body"], Capture), erased=row["erased"])


def _count(table: Any, statements: Sequence[str]) -> Select[Any]:
    column = table.c.statement
    return select(column, func.count()).where(column.in_(statements)).group_by(column)


def _unread_line(row: Any) -> UnreadLine:
    span = None if row["start"] is None else Span(row["start"], row["end"])
    fields = {k: row[k] for k in ("source", "at", "why", "capture", "statement")}
    return UnreadLine(**fields, span=span)
