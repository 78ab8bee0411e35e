"""Entries that editors wrote: placed, withdrawn, taken down. An entry of one statement alone is handled with that."""

from dataclasses import replace

from sayso.errors import Refused
from sayso.flow.arrival.publishing import PLACED, placed, tombstone_of
from sayso.flow.clock import world_now
from sayso.flow.desk.deciding import set_beside
from sayso.flow.desk.review import CHANGED, DESK, Review
from sayso.flow.record.erasing import announce_erasing, finish_erasing
from sayso.model.event import Decided, Posted, Withdrawn
from sayso.model.post import Placing, Post


class Entries:
    """The written entries of one coverage. `who` is the account that acts; only the staff log knows it."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.room = review.room

    def entry(self, post_id: str) -> Post:
        """The entry of that id in its newest version. Raises Refused where there never was one."""
        post = self.room.store.post(post_id)
        if post is None or not post.is_entry:
            raise Refused("There is no such entry.")
        return post

    def place(self, post_id: str, placing: Placing, *, who: str, version: int) -> Post:
        """The entry among the key events or on top of the page, or there no more."""
        after = placed(self._published(post_id, version), placing)
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            self._refuse_changed(after)
            w.append(Posted(post=after))
        self.review.done(who, PLACED[placing], post_id)
        return after

    def withdraw(self, post_id: str, *, reason: str, who: str, version: int) -> Post:
        """The entry as it stands withdrawn: its place and the reason stay. The claims of a statement that no other entry
        carries count no more."""
        post = self._published(post_id, version)
        if not reason.strip():
            raise Refused("Say why it is withdrawn: the reason stands in its place on the page.")
        now = self.room.clock.now()
        after = replace(post, version=post.version + 1, updated_at=now, state="withdrawn", reason=reason.strip())
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            self._refuse_changed(after)
            # only now nobody else can put a statement into another entry
            sheets = [self.review.sheet(s) for s in post.statements]
            alone = [s for s in sheets if all(p.id == post_id or p.state != "published" for p in s.posts)]
            for sheet in alone:
                w.append(Decided(statement=sheet.statement.id, decision="reject", by="editor", reason=reason.strip()))
            w.append(Withdrawn(post=after))
            for sheet in alone:
                set_beside(self.room, sheet, ledger=w)
        self.review.done(who, "withdrew", post_id)
        return after

    def take_down(self, post_id: str, *, reason: str, who: str) -> Post:
        """The tombstone that stands where the entry stood: text, pictures and archived pages are erased (H14). Statements that
        it carries stay where they are; each has a takedown of its own."""
        post = self.entry(post_id)
        if post.state == "taken_down":
            raise Refused("It is taken down already.")
        if not reason.strip():
            raise Refused("Say why it is taken down: only the reason stays.")
        if not post.is_written and not post.media:
            raise Refused("It says its statement's words alone: take the statement down.")
        tombstone = tombstone_of(post, reason.strip(), now=self.room.clock.now())
        announce_erasing(self.room)
        with self.room.store.write(actor=DESK, at=world_now()) as w:
            self._refuse_changed(tombstone)
            w.take_down_post(post, reason=reason.strip(), tombstone=tombstone)
        self.room.changed()  # readers first: the erasing may have to wait
        try:
            finish_erasing(self.room)
        finally:
            self.review.done(who, "took down", post_id)
        return tombstone

    def _published(self, post_id: str, version: int) -> Post:
        post = self.entry(post_id)
        if post.state != "published":
            raise Refused("It is not on the page.")
        if post.version != version:
            raise Refused(CHANGED)
        return post

    def _refuse_changed(self, after: Post) -> None:
        """Raise Refused where the entry has another version by now than the one before `after`."""
        if self.entry(after.id).version != after.version - 1:
            raise Refused(CHANGED)
