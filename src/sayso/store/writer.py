"""Writing: one transaction that appends rows to the ledger and brings the projections along."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, update

from sayso.errors import Refused
from sayso.model.event import KIND_OF, Event, TakenDown
from sayso.model.post import Post
from sayso.store import tables as t
from sayso.store.arrivals import ArrivalReads
from sayso.store.claims import ClaimReads
from sayso.store.coding import commitment_of, encode, leaf_of
from sayso.store.columns import iso
from sayso.store.drafting import drop_draft, forget_written
from sayso.store.filing import FilingReads
from sayso.store.grouping import GroupingReads
from sayso.store.husks import LostReads, any_decision
from sayso.store.ledger import LedgerReads, read_frontier, time_of
from sayso.store.noting import NotedReads
from sayso.store.posts import PostReads
from sayso.store.project import apply
from sayso.store.queueing import leave_queue
from sayso.store.records import Erased
from sayso.store.seeking import SeekingReads
from sayso.store.shifts import forget_in_shift_notes
from sayso.store.statements import CaptureReads, StatementReads
from sayso.store.tables import INSERT
from sayso.store.takedown import erase, prepare, prepare_post
from sayso.store.watching import WatchReads

SALT_BYTES = 32


class Everything(
    StatementReads,
    ArrivalReads,
    CaptureReads,
    ClaimReads,
    GroupingReads,
    PostReads,
    FilingReads,
    SeekingReads,
    LedgerReads,
    LostReads,
    NotedReads,
    WatchReads,
):
    """All that can be read, whether between transactions or inside one."""


class Writer(Everything):
    """One open transaction: what it appends is there for its own reads at once, and for others once it commits.

    Its rows have the time `at`, or that of the last row where that is later: times never step back, so that "as it
    stood at" is one place in the ledger.
    """

    def __init__(self, conn: Connection, *, actor: str, at: datetime) -> None:
        self._conn = conn
        self._actor = actor
        self._frontier = read_frontier(conn)
        self._at = max(at, time_of(conn, self._frontier.size) or at)  # others may have written while we waited
        self._was = self._frontier.size
        self._nodes: list[dict[str, object]] = []
        self.stale = False  # a decision about questions was erased: the store rebuilds, as if it had never been made

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        yield self._conn

    def size(self) -> int:
        """How many rows the ledger has with those of this transaction."""
        return self._frontier.size

    def append(self, event: Event) -> int:
        """The number of the new ledger row; the projections stand as after it.

        Raises ValueError for an event that is about nothing in the store (a bug of the caller).
        """
        seq, body, salt, kind = (
            self._frontier.size + 1,
            encode(event),
            secrets.token_bytes(SALT_BYTES),
            KIND_OF[type(event)],
        )
        commitment = commitment_of(salt, body)
        leaf = leaf_of(seq, iso(self._at), self._actor, kind, commitment)
        row = {"seq": seq, "at": self._at, "actor": self._actor, "kind": kind}
        self._conn.execute(INSERT[t.ledger], {**row, "commitment": commitment, "leaf": leaf})
        self._conn.execute(INSERT[t.content], {"seq": seq, "salt": salt, "body": body})
        self._nodes += [{"level": lv, "idx": i, "hash": h} for lv, i, h in self._frontier.push(leaf)]
        apply(self._conn, seq, self._at, event)
        return seq

    def take_down(
        self,
        statement_id: str,
        *,
        reason: str,
        posts: tuple[Post, ...] = (),
        captures: tuple[str, ...] | None = None,
    ) -> Erased:
        """What the archive and the media folder must erase now; nothing of the item's words is left in the tables.

        All versions of the item go. `posts` replace the posts that carry or cite it; where the caller gives none, a
        tombstone does, and overviews lose the lines that cite it. `captures` are ids of the captures whose bytes
        hold the item; None: all that may (`captures_holding`). After the commit call `Store.scrub`.
        Raises KeyError for a statement that is not there (any more).
        """
        event = prepare(self, self._conn, statement_id, reason=reason, posts=posts, captures=captures, at=self._at)
        tombstones = [p.id for p in event.posts if p.state == "taken_down"]
        event = self._without_drafts(event, statements=event.versions, posts=tombstones)
        erase(self._conn, [husk.seq for husk in event.husks])
        forget_in_shift_notes(self._conn, {*event.versions, *(p.id for p in event.posts)})
        self.stale = self.stale or any_decision(self._conn, event.husks)
        seq = self.append(event)
        return Erased(seq=seq, blobs=event.blobs, media_names=event.media)

    def take_down_post(self, post: Post, *, reason: str, tombstone: Post) -> None:
        """Leave nothing of a post that an editor wrote but its tombstone; what `take_down` says of files holds here too."""
        event = prepare_post(self._conn, post, reason=reason, tombstone=tombstone)
        event = self._without_drafts(event, posts=[post.id])
        erase(self._conn, [husk.seq for husk in event.husks])
        forget_in_shift_notes(self._conn, {post.id})
        self.append(event)

    def _without_drafts(
        self, event: TakenDown, *, statements: Sequence[str] = (), posts: Sequence[str] = ()
    ) -> TakenDown:
        """The event with the files that only drafts of what is taken down had: they are erased too. The drafts are gone."""
        blobs, names = forget_written(self._conn, statements=statements, posts=posts)
        return replace(event, blobs=tuple(sorted({*event.blobs, *blobs})), media=tuple(sorted({*event.media, *names})))

    def let_out(self, outgoing_id: str, *, draft: str = "") -> None:
        """Take what is let out from the queue, and the draft that it was, with the rows that say so: it goes out once,
        whoever dies or hurries.

        Raises Refused where it is not in the queue any more: somebody took it back, or let it out.
        """
        if not leave_queue(self._conn, outgoing_id):
            raise Refused("It is not on its way out any more.")
        drop_draft(self._conn, draft)

    def finish(self) -> None:
        """Write the tree's head; the store calls it before it commits."""
        if self._nodes:
            self._conn.execute(INSERT[t.tree], self._nodes)
        values = {"size": self._frontier.size, "frontier": self._frontier.to_bytes()}
        if self._frontier.size == self._was:
            return
        if not self._conn.execute(update(t.head).where(t.head.c.id == 1).values(values)).rowcount:
            self._conn.execute(INSERT[t.head], {"id": 1, **values})
