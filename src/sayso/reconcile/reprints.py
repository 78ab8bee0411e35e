"""Whether what a text tells is all in another: a near copy that tells anything else is no reprint for its claims (R10)."""

from collections.abc import Iterable

from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.reconcile.names import place_id


def tells_no_more(claims: Iterable[Claim], than: Iterable[Claim], conflict: Conflict) -> bool:
    """Whether each claim is told in the other text too, whoever is named as its source and however its days were read.

    A line put before a text may let the reader see whose losses or whose deed it tells of: a side that only one of the
    two readings has makes no other claim.
    """
    told = tuple(than)
    return all(any(tells_the_same(c, other, conflict) for other in told) for c in claims)


def tells_the_same(one: Claim, other: Claim, conflict: Conflict) -> bool:
    """Whether two claims tell the same figure, kind, places and polarity, of the same sides as far as both name them."""
    sides = ((one.actor, other.actor), (one.subject, other.subject))
    return in_short(one, conflict) == in_short(other, conflict) and all(a == b or None in (a, b) for a, b in sides)


def in_short(claim: Claim, conflict: Conflict) -> tuple[object, ...]:
    """What a claim says, without its source, its sides and its time."""
    count = claim.count
    figure = None if count is None else (count.operator, count.n, count.low, count.high, count.unit)
    places = frozenset(place_id(p, conflict) for p in claim.places)
    return claim.type, claim.sub, claim.who, figure, places, claim.polarity
