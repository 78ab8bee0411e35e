"""What an editor does about a statement. Each act is one transaction; the ledger's actor is always "desk" (H12)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import structlog

from sayso.desk import (
    Card,
    Edit,
    Inbox,
    Sheet,
    Waiting,
    as_archived,
    edited,
    label_of,
    notices,
    refuse_shared,
    refuse_uncounting,
    refuse_unfit,
    refuse_unseen,
    segments,
    stamp_of,
)
from sayso.errors import Refused, TryLater
from sayso.flow.arrival import pasting
from sayso.flow.arrival.pasting import Pasted, source_named
from sayso.flow.arrival.publishing import PLACED, earlier_post, placed, post_of
from sayso.flow.clock import world_now
from sayso.flow.desk.carding import Cards
from sayso.flow.desk.deciding import decided, held_with, set_beside
from sayso.flow.desk.foreseeing import Foreseeing
from sayso.flow.desk.lowering import Lowering
from sayso.flow.desk.quoting import corrected, told_too
from sayso.flow.desk.removing import take_down
from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.standing import Standing
from sayso.flow.record.erasing import finish_erasing
from sayso.flow.shift.staff import Staff
from sayso.model.claim import Claim, Reading
from sayso.model.event import Corrected, Decided, Posted, Withdrawn
from sayso.model.post import Placing, Post
from sayso.model.statement import Statement
from sayso.reconcile import wording
from sayso.sources.decoding import decode
from sayso.store import Writer

log = structlog.get_logger()

#: The actor of every row that the desk writes: who it was stands in the staff log only.
DESK: Final = "desk"
WAITING: Final = ("new", "held")
ON_ITS_WAY: Final = "It is on its way out: take it back first, or wait until it is on the page."
CHANGED: Final = "It changed while you looked: read it again, then decide."


class Review:
    """The desk of one coverage. `who` is the account that acts; it is written to the staff log and nowhere else."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.coverage = room.coverage
        self.staff = Staff(room.store)
        self._lowering = Lowering(room)
        self.cards = Cards()
        room.forgetting.append(self.cards.forget)
        self.foreseeing = Foreseeing(room)
        try:
            finish_erasing(room)  # of a takedown that a crash cut short
        except TryLater as err:  # somebody reads the database as of before: the next start or desk command tries again
            log.warning("takedown.not_erased_yet", error=str(err))

    # looking

    def inbox(self, *, states: Sequence[str] = WAITING, source: str | None = None, limit: int = 50) -> Inbox:
        """What waits for an editor, or what is in the states asked for."""
        rows = self.room.store.inbox(states=states, limit=limit, source=source)
        first = {
            row.origin: row.statement
            for row in sorted(rows, key=lambda r: (r.statement.said_at, *r.cursor), reverse=True)
        }
        lines = tuple(
            Waiting(
                statement=row.statement,
                source=source_named(self.coverage, row.statement),
                state=row.state,
                cards=self._cards(row.statement),
                reprints=None if first[row.origin].id == row.statement.id else first[row.origin],
            )
            for row in rows
        )
        return Inbox(lines=lines, counts=self.room.store.counts_by_state(), lowered=self._lowering.now())

    def _cards(self, statement: Statement) -> tuple[Card, ...]:
        """A card for each claim, as corrected where an editor did, and whether it counts."""
        reading, corrections = self._reading(statement.id), self._corrections(statement.id)
        accepted = self._accepted(statement.id)
        source, conflict = source_named(self.coverage, statement), self.coverage.conflict
        claims = dict(enumerate(reading.claims)) | corrections  # a correction outlives a reader that missed its claim
        return tuple(
            replace(
                self.cards.of(n, claim, statement, source, conflict), accepted=n in accepted, corrected=n in corrections
            )
            for n, claim in sorted(claims.items())
        )

    def sheet(self, statement_id: str) -> Sheet:
        """Everything about a statement. Raises Refused where there is none of that id, or no longer."""
        store = self.room.store
        statement = self._statement(statement_id)
        source = source_named(self.coverage, statement)
        reading, cards = self._reading(statement_id), self._cards(statement)
        posts = store.posts_of(statement_id)
        state = store.statement_state(statement_id)
        reason = self._reason(statement, state)
        return Sheet(
            statement=statement,
            source=source,
            state=state,
            stamp=stamp_of(state, reason, cards, posts),
            segments=segments(statement.text, {c.number: c.claim for c in cards}),
            cards=cards,
            notices=notices(statement),
            unread=tuple(u for p in reading.passages for u in p.unread),
            posts=posts,
            versions=store.versions(statement.source, statement.key),
            capture=store.capture(statement.capture) if statement.capture else None,
            reason=reason,
            reader=reading.reader,
            asked=reading.asked,
            dropped=reading.dropped,
        )

    def questions_of(self, sheet: Sheet) -> dict[str, tuple[tuple[str, str], ...]]:
        """For each claim of a statement the questions that it answers, or would, as id and words."""
        questions = Standing(self.room.store, self.coverage)
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for card in sheet.cards:
            said = self.room.store.claim(card.id)
            keys = {} if said is None else {k.id: k for k in questions.keys(said)} | questions.grouping.keys
            asked = self.room.store.questions_of(card.id)
            found[card.id] = tuple((id_, wording(keys[id_], self.coverage.conflict)) for id_ in asked if id_ in keys)
        return found

    def original(self, statement_id: str) -> bytes | None:
        """The archived bytes that a statement was taken from; None for a clipped one or once they are erased."""
        statement = self._statement(statement_id)
        capture = self.room.store.capture(statement.capture) if statement.capture else None
        return self.room.archive.read(capture.sha256) if capture else None

    def archived(self, statement: Statement) -> str:
        """The archived copy as text, round the statement's own words; "" where there is none, or it is no text."""
        capture = self.room.store.capture(statement.capture) if statement.capture else None
        if capture is None or capture.media_type.startswith(("image/", "video/", "application/pdf")):
            return ""
        body = self.room.archive.read(capture.sha256)
        types = {name.casefold(): value for name, value in capture.headers}
        return as_archived(decode(body, types.get("content-type", "")).text, statement.text) if body else ""

    def medium(self, name: str) -> Path | None:
        """The public copy of a picture or video by its file name, None if there is none of that name."""
        path = self.room.media / name
        return path if path.parent == self.room.media and path.is_file() else None

    # acting

    def ready(self, statement_id: str, *, accepted: Collection[int], seen: Collection[str], stamp: str | None) -> Sheet:
        """The sheet of a statement that can go out with these readings.

        Raises Refused where an accepted claim's words were not on the screen (H2) or its figure is not in the archived
        text (R19), where one that readers were told would count no more, and where the statement changed meanwhile.
        """
        sheet = self.fresh(statement_id, stamp)
        refuse_unseen(sheet, accepted, seen)
        refuse_uncounting(sheet, accepted)
        if sheet.post is not None and sheet.post.state != "published":
            raise Refused(f"Its post was {sheet.post.state.replace('_', ' ')}; it cannot go out again.")
        return sheet

    def publish(
        self,
        statement_id: str,
        *,
        accepted: Collection[int],
        seen: Collection[str],
        who: str,
        stamp: str | None = None,
        outgoing: str | None = None,
    ) -> Post:
        """The post that goes out at once with the readings that the editor accepted. Raises Refused as `ready` does, and
        where `outgoing` is no longer in the queue."""
        sheet = self.ready(statement_id, accepted=accepted, seen=seen, stamp=stamp)
        with self.deciding(sheet, outgoing) as w:
            post = self._post(sheet, w)
            w.append(decided(self.room, sheet, accepted))
            w.append(Posted(post=post))
            set_beside(self.room, sheet, ledger=w)
        self.done(who, "published", statement_id)
        return post

    def hold(self, statement_id: str, *, reason: str = "", who: str, stamp: str | None = None) -> None:
        """Keep a statement in the inbox, with the reason. Raises Refused once it is on the page."""
        self._put_aside(statement_id, "hold", reason, who, stamp)

    def reject(self, statement_id: str, *, reason: str = "", who: str, stamp: str | None = None) -> None:
        """Put a statement away: it does not go out and its readings do not count. Raises Refused once it is out."""
        self._put_aside(statement_id, "reject", reason, who, stamp)

    def edit(self, statement_id: str, number: int, edit: Edit, *, who: str, stamp: str | None = None) -> Claim:
        """The corrected reading of one claim, kept apart from the machine's. Raises Refused once the statement is out:
        then it is a correction that readers see, and asks what was wrong."""
        sheet = self.fresh(statement_id, stamp)
        if self._is_out(sheet):
            raise Refused("It is on the page: correct it visibly and say what was wrong.")
        new = edited(sheet.statement, self._card(sheet, number).claim, edit, self.coverage.conflict)
        with self.deciding(sheet) as w:
            w.append(held_with(self.room, sheet, {number: new}, reason="A reading was corrected at the desk."))
        self.done(who, "edited a reading", statement_id)
        return new

    def correctable(
        self, statement_id: str, *, wrong: str, edits: Mapping[int, Edit], stamp: str | None
    ) -> tuple[Sheet, dict[int, Claim]]:
        """The sheet of a statement that is out, and its claims as corrected. Raises Refused where it cannot be corrected so."""
        sheet = self.fresh(statement_id, stamp)
        self._published(sheet)
        if not wrong.strip():
            raise Refused("Say what was wrong and what is right: readers see it in the post.")
        conflict = self.coverage.conflict
        return sheet, {n: edited(sheet.statement, self._card(sheet, n).claim, e, conflict) for n, e in edits.items()}

    def correct(  # noqa: PLR0913 - what an editor decides, and from which place in the queue
        self,
        statement_id: str,
        *,
        wrong: str,
        edits: Mapping[int, Edit] | None = None,
        left: Collection[int] = (),
        who: str,
        stamp: str | None = None,
        outgoing: str | None = None,
    ) -> Post:
        """The new version of the post, with a correction that every reader sees.

        `wrong` says what was wrong and what is right; the claims in `left` count no more. Other entries that carry the
        statement get the correction, too, where claims change.
        """
        sheet, new = self.correctable(statement_id, wrong=wrong, edits=edits or {}, stamp=stamp)
        post = self._published(sheet)
        kept = {c.number for c in sheet.cards if c.accepted} - set(left)
        refuse_unfit(sheet, kept - set(new))
        now = self.room.clock.now()
        after = corrected(post, wrong.strip(), now=now)
        with self.deciding(sheet, outgoing) as w:
            w.append(decided(self.room, sheet, kept | set(new), new))
            w.append(Corrected(post=after))
            for event in told_too(sheet, wrong.strip(), now=now) if new or left else ():
                w.append(event)
            set_beside(self.room, sheet, new, ledger=w)
        self.done(who, "corrected", statement_id)
        return after

    def withdraw(self, statement_id: str, *, reason: str, who: str, stamp: str | None = None) -> Post:
        """The post as it stands withdrawn: its place and the reason stay, its readings count no more. Raises Refused where
        another entry carries the statement, or the post others: those are withdrawn at their own places."""
        sheet = self.fresh(statement_id, stamp)
        post = self._published(sheet)
        refuse_shared(sheet)
        if not reason.strip():
            raise Refused("Say why it is withdrawn: the reason stands in its place on the page.")
        now, reason = self.room.clock.now(), reason.strip()
        after = replace(post, version=post.version + 1, updated_at=now, state="withdrawn", reason=reason)
        with self.deciding(sheet) as w:
            w.append(Decided(statement=statement_id, decision="reject", by="editor", reason=reason))
            w.append(Withdrawn(post=after))
            set_beside(self.room, sheet, ledger=w)
        self.done(who, "withdrew", statement_id)
        return after

    def place(self, statement_id: str, placing: Placing, *, who: str, stamp: str | None = None) -> Post:
        """The post among the key events or on top of the page, or there no more; what it says stays as it is."""
        sheet = self.fresh(statement_id, stamp)
        after = placed(self._published(sheet), placing)
        with self.deciding(sheet) as w:
            w.append(Posted(post=after))
        self.done(who, PLACED[placing], statement_id)
        return after

    def take_down(self, statement_id: str, *, reason: str, who: str) -> tuple[Post, ...]:
        """The tombstones that stand where the statement's posts stood; words, media and originals are erased (H14).

        All versions of the item go, since each holds words of the others. The transaction comes first: whoever starts
        after a process died in between finishes the erasing (`finish_erasing`).
        """
        posts = take_down(self.room, self._statement(statement_id), reason=reason, actor=DESK)
        try:
            finish_erasing(self.room)
        finally:
            self.done(who, "took down", statement_id)
        return posts

    def paste(self, pasted: Pasted, *, who: str) -> Statement:
        """The statement made of a pasted post, held for an editor like any other."""
        statement = pasting.paste(self.room, pasted, actor=DESK)
        self.staff.note(who, "pasted", statement.id)
        return statement

    # parts of the above

    def _statement(self, statement_id: str) -> Statement:
        statement = self.room.store.statement(statement_id)
        if statement is None:
            raise Refused(f"There is no statement {statement_id} here (any more).")
        return statement

    def _reading(self, statement_id: str) -> Reading:
        return self.room.store.reading(statement_id) or Reading(passages=(), reader="none")

    def _corrections(self, statement_id: str) -> dict[int, Claim]:
        return dict(self.room.store.corrections(statement_id))

    def _accepted(self, statement_id: str) -> frozenset[int]:
        return frozenset(int(s.id.rpartition(".")[2]) for s in self.room.store.said(statement=statement_id))

    def _reason(self, statement: Statement, state: str) -> str:
        """The reason of the last decision: the inbox has it, and the statement is the first row from its own place."""
        from_here = (statement.first_seen_at, statement.id + "~")
        rows = self.room.store.inbox(states=(state,), limit=1, before=from_here)
        return next((r.reason for r in rows if r.statement.id == statement.id), "")

    def fresh(self, statement_id: str, stamp: str | None) -> Sheet:
        """The sheet of a statement. Raises Refused where it changed since the editor looked."""
        sheet = self.sheet(statement_id)
        if stamp is not None and stamp != sheet.stamp:
            raise Refused(CHANGED)
        return sheet

    @contextmanager
    def deciding(self, sheet: Sheet, outgoing: str | None = None) -> Iterator[Writer]:
        """The transaction of a decision about a statement, which takes it from the queue where it waits there. Raises
        Refused where another was taken since the sheet was read (between reading and writing the lock was not ours), and
        where somebody else's waits to go out."""
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            if outgoing is not None:
                w.let_out(outgoing)
            elif any(it.about == sheet.statement.id and not it.failed for it in self.room.store.outgoing()):
                raise Refused(ON_ITS_WAY)
            self.refuse_stale(sheet)
            yield w

    def refuse_stale(self, sheet: Sheet) -> None:
        """Raise Refused where the statement does not stand any more as the sheet shows it."""
        if self.sheet(sheet.statement.id).stamp != sheet.stamp:
            raise Refused(CHANGED)

    def _card(self, sheet: Sheet, number: int) -> Card:
        card = sheet.card(number)
        if card is None:
            raise Refused(f"The statement has no claim {label_of(number)}.")
        return card

    def _is_out(self, sheet: Sheet) -> bool:
        return sheet.post is not None and sheet.post.state == "published"

    def _published(self, sheet: Sheet) -> Post:
        if sheet.post is None or sheet.post.state != "published":
            raise Refused("It is not on the page.")
        return sheet.post

    def _post(self, sheet: Sheet, ledger: Writer) -> Post:
        """The post for a statement: the next version of the one that carries it or what it replaces, else a new one."""
        now = self.room.clock.now()
        if sheet.post is not None:
            return replace(sheet.post, version=sheet.post.version + 1, updated_at=now, by_rule=False)
        earlier, older = earlier_post(sheet.statement, ledger=ledger), [v.id for v in sheet.versions]
        return post_of(self.coverage, sheet.source, sheet.statement, now=now, earlier=earlier, older=older)

    def _put_aside(
        self, statement_id: str, decision: Literal["hold", "reject"], reason: str, who: str, stamp: str | None
    ) -> None:
        sheet = self.fresh(statement_id, stamp)
        if self._is_out(sheet):
            raise Refused("It is on the page: withdraw it, or take it down.")
        with self.deciding(sheet) as w:
            w.append(Decided(statement=statement_id, decision=decision, by="editor", reason=reason.strip()))
        self.done(who, "held" if decision == "hold" else "rejected", statement_id)

    def done(self, who: str, action: str, statement_id: str) -> None:
        """Write what was done into the staff log, and tell everyone who listens."""
        self.staff.note(who, action, statement_id)
        self.room.changed()
