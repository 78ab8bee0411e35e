"""Withheld pictures, let out by a chief for a reason or withheld again (H9)."""

from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.desk.review import DESK, Review
from sayso.flow.pages.telling import held_back
from sayso.model.event import Released


def refuse_release(review: Review, statement_id: str, *, reason: str, shown: bool) -> None:
    """Raise Refused without a reason, and where nothing is to be done."""
    store, statement = review.room.store, review.sheet(statement_id).statement
    if not reason.strip():
        raise Refused("Say why: the reason stays in the ledger.")
    if shown != bool(held_back(store, review.coverage, statement)):
        raise Refused("Its pictures are not withheld." if shown else "Its pictures are not released.")
    if not shown and store.released(statement_id) is None:
        raise Refused("Its pictures are not released.")


def release(
    review: Review, statement_id: str, *, reason: str, shown: bool, who: str, outgoing: str | None = None
) -> None:
    """Let readers see the withheld pictures of a statement, or (`shown` False) no longer.

    Raises Refused as `refuse_release` does, where something of the statement is on its way out and would carry them
    along unseen, and where `outgoing` is no longer in the queue.
    """
    refuse_release(review, statement_id, reason=reason, shown=shown)
    sheet, event = review.sheet(statement_id), Released(statement=statement_id, reason=reason.strip(), shown=shown)
    if shown:
        with review.deciding(sheet, outgoing) as w:
            w.append(event)
    else:
        with review.room.store.write(actor=DESK, at=world_now()) as w:
            w.append(event)
    review.done(who, "released pictures" if shown else "withheld pictures", statement_id)
