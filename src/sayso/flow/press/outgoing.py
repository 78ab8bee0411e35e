"""The way out: what an editor publishes waits until it can no longer be undone, then goes out exactly once.

Nothing leaves before: no row of the ledger, no public byte. What waits stands in the database, so that a restart goes on
with it; what lets it out takes it from the queue in the very transaction that writes the rows.
"""

import asyncio
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from sayso.accounts import May, may, role_named
from sayso.desk import Edit, Sheet, delay_of, is_amber, needs_second
from sayso.errors import Refused, TryLater
from sayso.flow.clock import world_now
from sayso.flow.desk.releasing import refuse_release, release
from sayso.flow.desk.review import CHANGED, Review
from sayso.flow.desk.translating import Typed, fit, translate
from sayso.flow.newsroom import Newsroom
from sayso.flow.press.digests import Digests, Written
from sayso.flow.press.writing import Writing
from sayso.model.draft import Composed
from sayso.model.outgoing import Deed, DigestKind, Outgoing
from sayso.model.post import Line

log = structlog.get_logger()

#: How often what is due is looked for; the time in which something can be undone is never shorter for it.
LOOK_S: Final = 0.5
LATEST: Final = timedelta(days=30)
#: Why something did not go out, where the fault is ours.
BROKEN: Final = "Something in it cannot be stored or shown: look at it again, and tell whoever runs this server."

#: What the desk calls a digest on its way out.
DIGESTS: Final[Mapping[DigestKind, str]] = {"overview": "The overview of a day", "summary": "What is claimed"}


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

    def digest(self, kind: DigestKind, day: date, written: Written, *, who: str) -> Outgoing | None:
        """The same for an overview or the summary as an editor wrote it."""
        lines = Digests(self.room).ready(kind, day, written)
        deed = Deed(
            kind="digest",
            digest=kind,
            day=day,
            stamp=written.stamp,
            words=written.text,
            listed=written.claims,
            wrong=written.wrong,
        )
        amber = any(line.hand for line in lines) or bool(written.wrong.strip())
        return self.put(deed, title=DIGESTS[kind], who=who, delay=timedelta(), amber=amber)

    def renew(self, kind: DigestKind, day: date, line: int, cited: str, *, stamp: str, who: str) -> Outgoing | None:
        """The same for a line of one that the drafted one replaces."""
        lines = Digests(self.room).renewed(kind, day, line, cited, stamp=stamp)
        listed = tuple(dict.fromkeys(c for x in lines for c in x.cites))
        deed = Deed(
            kind="renew",
            digest=kind,
            day=day,
            stamp=stamp,
            words=words_of(lines),
            listed=listed,
            line=line,
            cited=cited,
        )
        return self.put(deed, title=DIGESTS[kind], who=who, delay=timedelta(), amber=False)

    def translate(self, statement_id: str, typed: Typed, *, who: str) -> Outgoing | None:
        """The same for a translation of what is out; None too where the words are not, and readers see neither yet."""
        sheet = self.review.sheet(statement_id)
        if not is_out(sheet):
            translate(self.review, statement_id, typed, shown=True, who=who)
            return None
        it = fit(self.review, statement_id, typed, shown=True)
        deed = Deed(
            kind="translate",
            statement=statement_id,
            stamp=sheet.stamp,
            lang=it.lang,
            words=it.text,
            before=it.before,
            checked=it.checked,
            wrong=it.wrong,
        )
        return self.put(deed, title=f"Translation, {title_of(sheet)}", who=who, delay=timedelta(), amber=True)

    def release(self, statement_id: str, *, reason: str, shown: bool, who: str) -> Outgoing | None:
        """The same for withheld pictures of what is out; withholding them again is done at once."""
        sheet = self.review.sheet(statement_id)
        if not shown or not is_out(sheet):
            release(self.review, statement_id, reason=reason, shown=shown, who=who)
            return None
        refuse_release(self.review, statement_id, reason=reason, shown=shown)
        deed = Deed(kind="release", statement=statement_id, stamp=sheet.stamp, reason=reason.strip())
        return self.put(deed, title=f"Pictures, {title_of(sheet)}", who=who, delay=timedelta(), amber=True)

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
            about=deed.about,
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

            case "digest" | "renew":
                self._let_out_digest(it)
            case "translate":
                typed = Typed(
                    lang=deed.lang, text=deed.words, before=deed.before, checked=deed.checked, wrong=deed.wrong
                )
                translate(self.review, deed.statement, typed, shown=True, who=it.user, outgoing=it.id)
            case "release":
                release(self.review, deed.statement, reason=deed.reason, shown=True, who=it.user, outgoing=it.id)

    def _let_out_digest(self, it: Outgoing) -> None:
        deed, digests = it.deed, Digests(self.room)
        assert deed.day is not None
        if deed.kind == "digest":
            written = Written(stamp=deed.stamp, text=deed.words, claims=deed.listed, wrong=deed.wrong)
            digests.save(deed.digest, deed.day, written, who=it.user, outgoing=it.id)
            return
        which = (deed.digest, deed.day, deed.line, deed.cited)
        if words_of(digests.renewed(*which, stamp=deed.stamp)) != deed.words:
            raise Refused(CHANGED)
        digests.renew(*which, stamp=deed.stamp, who=it.user, outgoing=it.id)

    def _refuse_without(self, name: str | None, right: May) -> None:
        """Raise Refused where an account was closed meanwhile, or may not do this any more."""
        user = self.room.store.user(name) if name else None
        if user is not None and (user.closed or not may(role_named(user.role), right)):
            raise Refused(f"{name} may not do this (any more): somebody else has to send it out.")

    def _there(self, outgoing_id: str) -> Outgoing | None:
        return next((it for it in self.waiting() if it.id == outgoing_id), None)


def right_for(deed: Deed) -> May:
    """The right that a deed asks for."""
    changes = deed.kind in ("correct", "release") or deed.wrong.strip() or (deed.text is not None and deed.text.post)
    return "correct" if changes else "publish"


def is_out(sheet: Sheet) -> bool:
    """Whether readers see the statement now."""
    return any(post.state == "published" for post in sheet.posts)


def words_of(lines: Iterable[Line]) -> str:
    """The words of a digest, a line each."""
    return "\n".join(line.text for line in lines)


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
