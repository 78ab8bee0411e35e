"""A claim that the machine did not read, added by an editor: kept apart from the machine's, suggested until accepted."""

from collections.abc import Mapping

from sayso.desk import Addition, Sheet, added
from sayso.flow.desk.deciding import decided, held_with
from sayso.flow.desk.review import Review
from sayso.model.claim import ADDED_FROM, Claim
from sayso.model.event import Decided


def add_claim(review: Review, statement_id: str, typed: Addition, *, who: str, stamp: str | None = None) -> int:
    """The number of the new claim. It counts once somebody who may publish accepts it, and no new reader takes its number.

    Raises Refused as `added` does, and where the statement changed since the editor looked.
    """
    sheet = review.fresh(statement_id, stamp)
    claim = added(sheet.statement, typed, review.coverage.conflict)
    number = 1 + max((c.number for c in sheet.cards if c.added), default=ADDED_FROM - 1)
    with review.deciding(sheet) as w:
        w.append(with_claims(review, sheet, {number: claim}, reason="A claim was added at the desk."))
    review.done(who, "added a claim", statement_id)
    return number


def with_claims(review: Review, sheet: Sheet, new: Mapping[int, Claim], *, reason: str) -> Decided:
    """That a statement has these claims too: held, or on the page with the claims that count as they did."""
    if sheet.post is None or sheet.post.state != "published":
        return held_with(review.room, sheet, new, reason=reason)
    return decided(review.room, sheet, [c.number for c in sheet.cards if c.accepted], new)
