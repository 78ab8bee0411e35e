"""One thing said several times is told once: a headline and its text, a reprint, an outlet that retells a channel."""

from collections.abc import Iterable

from sayso.model.conflict import Conflict
from sayso.model.question import Said
from sayso.reconcile.names import claimant_of, heard_by_mouth, place_id
from sayso.reconcile.sides import day_said, side_of


def once(said: Iterable[Said], conflict: Conflict) -> tuple[Said, ...]:
    """Each thing once a claimant, the latest time it was said, unless an earlier time told more of it."""
    latest: dict[object, Said] = {}
    heard = tuple(said)
    together: dict[str, list[Said]] = {}
    for s in heard:
        together.setdefault(s.statement, []).append(s)
    for s in heard:
        if any(tells_more(o, s) for o in together[s.statement]):
            continue
        key = mouth_and_thing(s, conflict)
        held = latest.pop(key, None)
        latest[key] = held if held is not None and poorer(s, held) else s
    return tuple(latest.values())


def first_said(said: Iterable[Said], conflict: Conflict) -> tuple[Said, ...]:
    """Each thing once a claimant, the first time it was said."""
    first: dict[object, Said] = {}
    for s in said:
        first.setdefault(mouth_and_thing(s, conflict), s)
    return tuple(first.values())


def tells_more(text: Said, head: Said) -> bool:
    """Whether a claim of the same statement says the same and names something that this one does not."""
    a, b = text.claim, head.claim
    if (a.type, a.sub, a.modality, a.polarity) != (b.type, b.sub, b.modality, b.polarity) or a.type == "denial":
        return False
    if (a.count and a.count.n) != (b.count and b.count.n):
        return False
    pairs = ((a.actor, b.actor), (a.subject, b.subject), (a.who, b.who), (a.places, b.places), (a.start, b.start))
    return all(not y or x == y for x, y in pairs) and any(x and not y for x, y in pairs)


def poorer(said: Said, held: Said) -> bool:
    """Whether a claim leaves out who was hurt, or "at least", where another one tells it."""
    count, other = said.claim.count, held.claim.count
    if held.claim.who not in (None, "unknown") and said.claim.who in (None, "unknown"):
        return True
    return count is not None and other is not None and count.exact and not other.exact


def mouth_and_thing(said: Said, conflict: Conflict) -> tuple[object, ...]:
    """What makes two claims of one claimant the same news."""
    return claimant_of(said, conflict).id, said.claim.target, *thing(said, conflict)


def same_thing(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two claims say the same, whoever says it."""
    return thing(a, conflict) == thing(b, conflict)


def thing(said: Said, conflict: Conflict) -> tuple[object, ...]:
    """What a claim says, without who says it; a figure counts without its operator, which a headline may lose."""
    claim, count = said.claim, said.claim.count
    number = None if count is None else (count.n, count.low if count.n is None else None, count.high, count.unit)
    if claim.type == "casualties" and count is not None and count.n is not None:
        number = (count.n, None, None, None)
    who = None if claim.type == "casualties" else claim.who
    where = tuple(sorted(place_id(p, conflict) for p in claim.places))
    return claim.type, claim.sub, claim.actor, claim.subject, who, where, claim.polarity, claim.modality, number


def of_side(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two claims come from one side, or from one mouth that has none."""
    if conflict.overlap(side_of(a.claim), side_of(b.claim), day_said(b, conflict)):
        return True
    return claimant_of(a, conflict).id == claimant_of(b, conflict).id


def by_mouth(said: Iterable[Said], conflict: Conflict) -> list[list[Said]]:
    """Claims grouped by claimant, in the order of the first of each."""
    return list(heard_by_mouth(said, conflict).values())


def by_statement(said: Iterable[Said]) -> list[list[Said]]:
    """Claims grouped by statement, in the order of the first of each, each group in the order of its text."""
    groups: dict[str, list[Said]] = {}
    for s in said:
        groups.setdefault(s.statement, []).append(s)
    return [sorted(g, key=number) for g in groups.values()]


def number(said: Said) -> int:
    """Where in its statement a claim stands."""
    last = said.id.rpartition(".")[2]
    return int(last) if last.isdecimal() else 0
