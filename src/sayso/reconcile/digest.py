"""What belongs into the overview of a day and into "What is claimed", and in which order; `publish` phrases it.

The order is a published one: own tolls and what is not reported, civilian tolls, places changing hands, harm to
places, denials, accusations with the ones that mirror them, rulings, heads of state and talks, and last what is said
of the other side's equipment.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Bullet, Checked, Said, Tally, TallyLine
from sayso.reconcile.answers import in_order
from sayso.reconcile.names import claimant_of
from sayso.reconcile.relations import denies, mirrors
from sayso.reconcile.tally import tally

SUMMARY_LINES: Final = 6
#: Diplomacy in the order of its weight for the day.
TALKS: Final = ("ruling", "mediation", "meeting", "visit", "call", "offer", "sanction", "appeal", "threat", "support")
MOST_OF_A_TOPIC: Final = 4


def day_bullets(
    said_of_day: Iterable[Said], *, conflict: Conflict, before: Iterable[Said] = (), checked: Sequence[Checked] = ()
) -> tuple[Bullet, ...]:
    """The bullets of one day's overview in the published order; each rests on at least one claim.

    `before` are claims of earlier days, for links such as a denial of yesterday's claim.
    """
    today = tuple(s for s in in_order(said_of_day) if not s.withdrawn)
    around = (*in_order(before), *today)
    found = tally(today, conflict=conflict, checked=checked)
    return (
        *tolls(found, "military"),
        *tolls(found, "civilian"),
        *places(today, conflict),
        *harm(today, conflict),
        *denials(today, around, conflict),
        *accusations(today, around, conflict),
        *talks(today, conflict),
        *equipment(today, conflict),
    )


def tolls(found: Tally, who: str) -> Iterable[Bullet]:
    """One bullet a subject: its own figures, else those that name no source; a silence stands beside them."""
    lines = [x for x in (*found.own, *found.unnamed, *found.third) if x.who == who]
    for subject in dict.fromkeys(x.subject for x in lines):
        mine = best(x for x in lines if x.subject == subject)
        yield Bullet(said=tuple(x.said for x in mine), topic=f"toll {who}")
    for party, status, _, why in found.missing:
        if status == who and why.said is not None and not any(x.subject == party for x in lines):
            yield Bullet(said=(why.said,), missing=(why,), topic=f"toll {who}")


def best(lines: Iterable[TallyLine]) -> list[TallyLine]:
    """For each measure the first line: own figures stand before those without a named source."""
    chosen: dict[str, TallyLine] = {}
    for line in lines:
        chosen.setdefault(line.measure, line)
    return list(chosen.values())


def places(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Places claimed: one bullet a claimant, with all that it claims to have taken or lost, and who denies it."""
    claimed = [s for s in today if s.claim.type == "control" and s.claim.modality == "fact"]
    for group in by_mouth(claimed, conflict):
        against = tuple(d for d in today if any(denies(d, s, conflict=conflict) for s in group))
        yield Bullet(said=tuple(group), linked=against, link="denies" if against else "", topic="places")


def harm(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Attacks on places, and the civilians killed or hurt in incidents, one bullet a statement."""
    hurt = [
        s for s in today
        if (s.claim.type == "attack" and s.claim.places and s.claim.sub not in ("calm", "repelled"))
        or (s.claim.type == "casualties" and s.claim.who == "civilian" and s.claim.places)
    ]  # fmt: skip
    for statement in list(dict.fromkeys(s.statement for s in reversed(hurt)))[:MOST_OF_A_TOPIC]:
        yield Bullet(said=tuple(s for s in hurt if s.statement == statement)[:3], topic="harm")


def denials(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Each denial with the claim that it points at, where that is here."""
    for denial in (s for s in today if s.claim.type == "denial"):
        aimed = tuple(s for s in around if denies(denial, s, conflict=conflict))[-1:]
        yield Bullet(said=(denial,), linked=aimed, link="denies" if aimed else "", topic="denials")


def accusations(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Each accusation once; one that mirrors another stands in one bullet with it."""
    told: set[str] = set()
    for one in (s for s in today if s.claim.type == "accusation"):
        if one.id in told:
            continue
        turned = tuple(m for m in mirrors(one, around, conflict=conflict) if m.id not in told)[-1:]
        told |= {one.id, *(m.id for m in turned)}
        yield Bullet(said=(one,), linked=turned, link="mirrors" if turned else "", topic="accusations")


def talks(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Rulings, visits, calls and meetings, corridors and truces, the weightiest first."""
    held = [s for s in today if s.claim.type in ("diplomacy", "corridor", "truce")]
    rank = {sub: n for n, sub in enumerate(TALKS)}
    held.sort(key=lambda s: rank.get(s.claim.sub, len(TALKS)))
    told: set[tuple[str, str]] = set()
    for s in held:
        if (s.statement, s.claim.type) not in told and len(told) < 2 * MOST_OF_A_TOPIC:
            told.add((s.statement, s.claim.type))
            same = tuple(o for o in held if (o.statement, o.claim.type) == (s.statement, s.claim.type))
            yield Bullet(said=same[:2], topic="talks")


def equipment(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Losses of equipment, own ones first, one bullet a mouth; what is said of the other side comes last (R5, H4)."""
    lost = [s for s in today if s.claim.type == "equipment_loss"]
    own = [s for s in lost if conflict.overlap(s.claim.attr.side, s.claim.subject)]
    for group in by_mouth([*own, *(s for s in lost if s not in own)], conflict):
        yield Bullet(said=tuple(group[-3:]), topic="equipment")


def by_mouth(said: Sequence[Said], conflict: Conflict) -> list[list[Said]]:
    """Claims grouped by claimant, in the order of the first of each; the last few of each."""
    groups: dict[str, list[Said]] = {}
    for s in said:
        groups.setdefault(claimant_of(s, conflict).id, []).append(s)
    return [g[-MOST_OF_A_TOPIC:] for g in groups.values()]


def summary_bullets(said: Iterable[Said], *, conflict: Conflict, checked: Sequence[Checked] = ()) -> tuple[Bullet, ...]:
    """At most six lines of what is claimed: tolls of every party's own, civilian tolls, what is not reported, and the
    place that is disputed last. What is claimed of the enemy's losses is never here (H4)."""
    heard = tuple(s for s in in_order(said) if not s.withdrawn)
    found = tally(heard, conflict=conflict, checked=checked)
    last_place = [b for b in places(heard, conflict)][-1:]
    lines = [*tolls(found, "military"), *tolls(found, "civilian")]
    return (*lines[: SUMMARY_LINES - len(last_place)], *last_place)
