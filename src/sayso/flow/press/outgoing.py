"""The way out: what an editor publishes waits until it can no longer be undone, then goes out exactly once.

Nothing leaves before: no row of the ledger, no public byte. What waits stands in the database, so that a restart goes on
with it; what lets it out takes it from the queue in the very transaction that writes the rows.
"""

import asyncio
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

import structlog

from sayso.accounts import May, may, role_named
from sayso.desk import Edit, Sheet, delay_of, is_amber, needs_second
from sayso.errors import Refused, TryLater
from sayso.flow.clock import world_now
from sayso.flow.desk.review import CHANGED, Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.press.writing import Writing
from sayso.model.draft import Composed
from sayso.model.outgoing import Deed, Outgoing

log = structlog.get_logger()

#: How often what is due is looked for; the time in which something can be undone is never shorter for it.
LOOK_S: Final = 0.5
LATEST: Final = timedelta(days=30)
#: Why something did not go out, where the fault is ours.
BROKEN: Final = "Something in it cannot be stored or shown: look at it again, and tell whoever runs this server."


class WayOut:
    """The queue of one coverage. `who` is the account that acts; only the queue and the staff log know it."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.room = review.room
        self.coverage = review.coverage

    def publish(
        self, statement_id: str, *, accepted: Collection[int], seen: Collection[str], who: str, stamp: str
    ) -> Outgoing | None:
        """What waits to go out now; None where it went out at once, because the coverage lets nothing be undone.

        Raises Refused as `Review.publish` does, and where it is on its way out already.
        """
        sheet = self.review.ready(statement_id, accepted=accepted, seen=seen, stamp=stamp)
        kept = tuple(sorted(accepted))
        deed = Deed(kind="publish", statement=statement_id, stamp=stamp, accepted=kept, seen=tuple(sorted(seen)))
        delay = delay_of(sheet.statement, (c.claim for c in sheet.cards), self.coverage)
        return self.put(deed, title=title_of(sheet), who=who, delay=delay, amber=is_amber(sheet, kept))

    def correct(
        self,
        statement_id: str,
        *,
        wrong: str,
        edits: Mapping[int, Edit] | None = None,
        left: Collection[int] = (),
        who: str,
        stamp: str,
    ) -> Outgoing | None:
        """The same for a correction of what is out; it is never delayed."""
        sheet, _ = self.review.correctable(statement_id, wrong=wrong, edits=edits or {}, stamp=stamp)
        deed = Deed(
            kind="correct",
            statement=statement_id,
            stamp=stamp,
            wrong=wrong,
            left=tuple(sorted(left)),
            edits=tuple((n, tuple(asdict(e).items())) for n, e in sorted((edits or {}).items())),
        )
        kept = [c.number for c in sheet.cards if c.accepted]
        return self.put(deed, title=title_of(sheet), who=who, delay=timedelta(), amber=is_amber(sheet, kept))

    def put(
        self, deed: Deed, *, title: str, who: str, delay: timedelta, amber: bool, at: datetime | None = None
    ) -> Outgoing | None:
        """What waits in the queue now, from a scheduled time on if one is given; None where it went out at once."""
        now = world_now()
        due = max(now + timedelta(seconds=self.coverage.release.undo_s) + delay, at or now)
        if due > now + LATEST:
            raise Refused(f"It can be scheduled for the next {LATEST.days} days only.")
        it = Outgoing(
            id=secrets.token_hex(8),
            about=deed.statement or deed.draft,
            title=title,
            user=who,
            at=now,
            due_at=due,
            needs_second=needs_second(self.coverage, amber=amber),
            deed=deed,
        )
        self.room.store.queue_out(it)
        # from now on nobody decides about it; before, somebody did
        if deed.statement and self.review.sheet(deed.statement).stamp != deed.stamp:
            self.room.store.take_back(it.id)
            raise Refused(CHANGED)
        self.review.staff.note(who, "sent on its way out", it.about)
        if due > now or it.needs_second:
            return it
        try:
            self._let_out(it)
        except Refused:
            self.room.store.take_back(it.id)
            raise
        return None

    def waiting(self) -> tuple[Outgoing, ...]:
        """Everything in the queue, what is due first on top; what did not go out is among it, with the reason."""
        return self.room.store.outgoing()

    def undo(self, outgoing_id: str, *, who: str) -> None:
        """Take it back: nothing of it was public. Raises Refused once it is out."""
        it = self._there(outgoing_id)
        if it is None or not self.room.store.take_back(outgoing_id):
            raise Refused("It is out already, or somebody else took it back. What is on the page can be corrected.")
        self.review.staff.note(who, "noted that it did not go out" if it.failed else "took back", it.about)

    def second(self, outgoing_id: str, *, who: str) -> None:
        """Agree to what somebody else sends out. Raises Refused for one's own, and once it is out."""
        it = self._there(outgoing_id)
        if it is not None and it.user == who:
            raise Refused("These are your own: somebody else must look.")
        if it is None or not self.room.store.second(outgoing_id, who):
            raise Refused("It is not on its way out any more.")
        self.review.staff.note(who, "agreed to", it.about)

    def let_out(self) -> int:
        """How many things went out: all that are due. What cannot go out any more stays with the reason."""
        due = set(self.room.store.due(world_now()))
        out = 0
        for it in self.waiting() if due else ():
            if it.id in due:
                try:
                    self._let_out(it)
                    out += 1
                except TryLater:  # a busy database stops all of them
                    raise
                except Refused as err:
                    self._fail(it, str(err), kind="refused")
                except Exception as err:  # noqa: BLE001 - one that cannot be stored keeps no other one back
                    self._fail(it, BROKEN, kind=type(err).__name__)  # its words could hold words of the text (H11)
        return out

    # parts of the above

    def _fail(self, it: Outgoing, why: str, *, kind: str) -> None:
        """Keep it in the queue with the reason, unless another process let it out."""
        if self.room.store.fail(it.id, f"It did not go out. {why}"):
            log.warning("desk.did_not_go_out", outgoing=it.id, why=kind)

    def _let_out(self, it: Outgoing) -> None:
        """Do it, with every rule looked at anew. Raises Refused where one forbids it now."""
        deed = it.deed
        self._refuse_without(it.user, right_for(deed))
        self._refuse_without(it.seconded_by, "publish")
        match deed.kind:
            case "publish":
                self.review.publish(
                    deed.statement,
                    accepted=deed.accepted,
                    seen=deed.seen,
                    who=it.user,
                    stamp=deed.stamp,
                    outgoing=it.id,
                )
            case "correct":
                self.review.correct(
                    deed.statement,
                    wrong=deed.wrong,
                    edits={n: Edit(**dict(fields)) for n, fields in deed.edits},
                    left=deed.left,
                    who=it.user,
                    stamp=deed.stamp,
                    outgoing=it.id,
                )
            case "compose":
                writing = Writing(self.review, deed.text or Composed(), draft=deed.draft)
                if writing.shows_people:
                    self._refuse_without(it.user, "correct")
                writing.let_out(it)

    def _refuse_without(self, name: str | None, right: May) -> None:
        """Raise Refused where an account was closed meanwhile, or may not do this any more."""
        user = self.room.store.user(name) if name else None
        if user is not None and (user.closed or not may(role_named(user.role), right)):
            raise Refused(f"{name} may not do this (any more): somebody else has to send it out.")

    def _there(self, outgoing_id: str) -> Outgoing | None:
        return next((it for it in self.waiting() if it.id == outgoing_id), None)


def right_for(deed: Deed) -> May:
    """The right that a deed asks for."""
    changes = deed.kind == "correct" or (deed.text is not None and bool(deed.text.post))
    return "correct" if changes else "publish"


def title_of(sheet: Sheet) -> str:
    """What the desk calls a statement on its way out."""
    first = sheet.statement.title or sheet.statement.text.strip()
    return f"{sheet.source.title}: {first[:120]}"


async def let_out_for_ever(room: Newsroom) -> None:
    """Let out what is due, as the coverage's files say it by then, until cancelled. What a busy database or a full disk stops
    is tried again."""
    way_out: WayOut | None = None
    while True:
        try:
            if way_out is None or way_out.coverage is not room.coverage:
                way_out = WayOut(await asyncio.to_thread(Review, room))
            await asyncio.to_thread(way_out.let_out)
        except (TryLater, Refused) as err:
            log.error("desk.queue_stands", error=str(err))
        except Exception:
            log.exception("desk.queue_broke")
        await asyncio.sleep(LOOK_S)
