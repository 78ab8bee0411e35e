"""Taking down: the transaction after which nothing of an item's words is on a page, in a stream or in the ledger (H14)."""

from collections.abc import Collection

from sayso.errors import Refused
from sayso.flow.arrival.publishing import tombstone_of
from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.flow.record.erasing import announce_erasing
from sayso.model.event import Related
from sayso.model.post import Post
from sayso.model.statement import Statement
from sayso.store import Writer


def take_down(room: Newsroom, statement: Statement, *, reason: str, actor: str) -> tuple[Post, ...]:
    """The tombstones that stand where the posts of a statement's item stood; `finish_erasing` must follow.

    Raises Refused without a reason, since only the reason stays.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("Say why it is taken down: only the reason stays.")
    announce_erasing(room)
    with room.store.write(actor=actor, at=world_now()) as w:
        carrying = {p.id: p for v in w.versions(statement.source, statement.key) for p in w.posts_of(v.id)}
        now = room.clock.now()
        posts = tuple(tombstone_of(p, reason, now=now) for p in carrying.values() if len(p.statements) == 1)
        others = beside(w, statement, carrying)
        w.take_down(statement.id, reason=reason, posts=posts)
        if others:  # what readers see of it under other entries
            w.append(Related(statement=statement.id, posts=others))
    room.changed()  # readers first: the erasing may have to wait
    return posts


def beside(w: Writer, statement: Statement, carrying: Collection[str]) -> tuple[str, ...]:
    """The posts of others beside which the claims of any version of a statement are set."""
    said = [s.id for v in w.versions(statement.source, statement.key) for s in w.said(statement=v.id)]
    asked = sorted({q for claim in said for q in w.questions_of(claim)})
    return tuple(p for p in w.posts_answering(asked) if p not in carrying)
