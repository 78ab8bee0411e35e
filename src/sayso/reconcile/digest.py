"""What belongs into the overview of a day and into "What is claimed", and in which order; `publish` phrases it.

The order is a published one: own tolls and what is not reported, civilian tolls, places changing hands, harm to
places, denials, accusations with the ones that mirror them, rulings, heads of state and talks, and last what is said
of equipment, the other side's after one's own.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Bullet, Checked, Missing, Said, Tally, TallyLine
from sayso.reconcile.answers import in_order
from sayso.reconcile.names import claimant_of, heard_by_mouth, place_id
from sayso.reconcile.relations import denies, mirrors, relation
from sayso.reconcile.sides import day_said, whose
from sayso.reconcile.tally import belongs, tally

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
    today = standing(said_of_day)
    around = standing((*before, *today))
    found = tally(today, conflict=conflict, checked=checked)
    return (
        *tolls(found, "military", conflict),
        *tolls(found, "civilian", conflict),
        *places(today, conflict),
        *harm(today, conflict),
        *denials(today, around, conflict),
        *accusations(today, around, conflict),
        *talks(today, conflict),
        *equipment(today, conflict),
    )


def standing(said: Iterable[Said]) -> tuple[Said, ...]:
    """The claims that nobody withdrew, in order."""
    return tuple(s for s in in_order(said) if not s.withdrawn)


def tolls(found: Tally, who: str, conflict: Conflict) -> Iterable[Bullet]:
    """One bullet a subject: its own figures, else a third's, else those that name no source; silences after them.

    What one side claims of another's dead is never here (R5, H4).
    """
    lines = [x for x in (*found.own, *found.third, *found.unnamed) if x.who == who and not x.said.withdrawn]
    silences = [(party, why) for party, status, _, why in found.missing if status == who and why.said]
    for subject in dict.fromkeys(x.subject for x in lines):
        mine = best(x for x in lines if x.subject == subject)
        on = day_said(mine[0].said, conflict)
        beside = [why for party, why in silences if conflict.overlap(party, subject, on)]
        silences = [s for s in silences if s[1] not in beside]
        yield toll([x.said for x in mine], beside, who)
    for said_id in dict.fromkeys(why.said.id for _, why in silences if why.said):
        yield toll([], [why for _, why in silences if why.said and why.said.id == said_id], who)


def toll(figures: Sequence[Said], silences: Sequence[Missing], who: str) -> Bullet:
    """Figures and then the claims that say which ones are not reported, each once (R3)."""
    quiet = {why.said.id: why.said for why in silences if why.said}
    return Bullet(said=(*figures, *quiet.values()), missing=tuple(silences), topic=f"toll {who}")


def best(lines: Iterable[TallyLine]) -> list[TallyLine]:
    """For each measure the first line: own figures stand before all others."""
    chosen: dict[str, TallyLine] = {}
    for line in lines:
        chosen.setdefault(line.measure, line)
    return list(chosen.values())


def places(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Places claimed: one bullet a claimant, with all that it claims to have taken or lost, and who denies it."""
    claimed = [s for s in today if s.claim.type == "control" and s.claim.modality == "fact"]
    for group in by_mouth(claimed, conflict):
        against = once((d for d in today if any(denies(d, s, conflict=conflict) for s in group)), conflict)
        yield Bullet(said=tuple(group), linked=against, link="denies" if against else "", topic="places")


def harm(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Attacks on places, and who was killed or hurt in them, one bullet a statement, the newest first.

    What one side claims to have done to another's soldiers is no harm that it reports (H4).
    """
    hurt = once((s for s in today if harms(s, conflict)), conflict)
    for statement in list(dict.fromkeys(s.statement for s in reversed(hurt)))[:MOST_OF_A_TOPIC]:
        yield Bullet(said=tuple(s for s in hurt if s.statement == statement)[:3], topic="harm")


def harms(said: Said, conflict: Conflict) -> bool:
    """Whether a claim tells of an attack on a place, or of people harmed that the tolls do not tell of."""
    claim = said.claim
    if claim.modality not in ("fact", "possible"):
        return False
    if claim.type == "attack":
        return bool(claim.places) and claim.sub not in ("calm", "repelled")
    if claim.type != "casualties" or belongs(said, conflict) or claim.count is None:
        return False
    return claim.who == "civilian" or (whose(said, conflict) != "enemy" and bool(claim.places or claim.subject))


def denials(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Each denial with the claim that it points at, where that is here."""
    for denial in once((s for s in today if s.claim.type == "denial"), conflict):
        aimed = tuple(islice((s for s in reversed(around) if denies(denial, s, conflict=conflict)), 1))
        yield Bullet(said=(denial,), linked=aimed, link="denies" if aimed else "", topic="denials")


def accusations(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Each accusation once; one that mirrors another stands in one bullet with it, the earlier one second."""
    blame = [s for s in today if blames_somebody(s)]
    told: set[str] = set()
    answering = once((s for s in around if blames_somebody(s)), conflict)
    for one in reversed(once(blame, conflict)):
        if one.id in told:
            continue
        turned = tuple(m for m in mirrors(one, answering, conflict=conflict) if m.id not in told)[-1:]
        told |= {one.id, *(m.id for m in turned)}
        yield Bullet(said=(one,), linked=turned, link="mirrors" if turned else "", topic="accusations")


def blames_somebody(said: Said) -> bool:
    """Whether a claim is an accusation; to say that somebody broke a truce is one."""
    return said.claim.type == "accusation" or (said.claim.type, said.claim.sub) == ("truce", "violated")


def talks(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Rulings, visits, calls and meetings, corridors and truces, the weightiest first."""
    held = [s for s in today if s.claim.type in ("diplomacy", "corridor", "truce") and s.claim.sub != "violated"]
    rank = {sub: n for n, sub in enumerate(TALKS)}
    heard = sorted(once(held, conflict), key=lambda s: rank.get(s.claim.sub, len(TALKS)))
    told: set[tuple[str, str]] = set()
    for s in heard:
        if (s.statement, s.claim.type) not in told and len(told) < 2 * MOST_OF_A_TOPIC:
            told.add((s.statement, s.claim.type))
            same = tuple(o for o in heard if (o.statement, o.claim.type) == (s.statement, s.claim.type))
            yield Bullet(said=same[:2], topic="talks")


def equipment(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Losses of equipment, one bullet a mouth; own ones first and never in one bullet with another side's (R5, H4)."""
    lost = once((s for s in today if s.claim.type == "equipment_loss"), conflict)
    own = [s for s in lost if whose(s, conflict) == "own"]
    for column in (own, [s for s in lost if s not in own]):
        for group in by_mouth(column, conflict):
            yield Bullet(said=tuple(group[-3:]), topic="equipment")


def once(said: Iterable[Said], conflict: Conflict) -> tuple[Said, ...]:
    """Each thing once a claimant, the latest time it was said: a headline and its text, or a reprint, say it twice."""
    latest: dict[object, Said] = {}
    for s in said:
        claim, count = s.claim, s.claim.count
        number = None if count is None else (count.operator, count.n, count.low, count.high, count.unit)
        what = (
            claimant_of(s, conflict).id, claim.type, claim.sub, claim.actor, claim.subject, claim.who, claim.places,
            claim.polarity, claim.modality, claim.target, number,
        )  # fmt: skip
        latest.pop(what, None)
        latest[what] = s
    return tuple(latest.values())


def by_mouth(said: Iterable[Said], conflict: Conflict) -> list[list[Said]]:
    """Claims grouped by claimant, in the order of the first of each; the last few of each, each thing once."""
    return [g[-MOST_OF_A_TOPIC:] for g in heard_by_mouth(once(said, conflict), conflict).values()]


def summary_bullets(found: Tally, said: Iterable[Said], *, conflict: Conflict) -> tuple[Bullet, ...]:
    """At most six lines of what is claimed: tolls of every party's own, civilian tolls, what is not reported, and the
    place that is disputed last. What is claimed of the enemy's losses is never here (H4). `said` are claims of control
    and their denials."""
    place = disputed(standing(said), conflict)
    last_place = () if place is None else (place,)
    lines = [*tolls(found, "military", conflict), *tolls(found, "civilian", conflict)]
    return (*lines[: SUMMARY_LINES - len(last_place)], *last_place)


def disputed(heard: Sequence[Said], conflict: Conflict) -> Bullet | None:
    """The latest claim of control that another claim or a denial stands against, with that; else the claims of the latest
    statement that makes one."""
    claimed = [s for s in heard if s.claim.type == "control" and s.claim.modality == "fact" and s.claim.places]
    pointing = [s for s in heard if s.claim.type == "denial" and s.claim.target and s.claim.target.type == "control"]
    at: dict[str, list[Said]] = {}
    for s in claimed:
        for place in s.claim.places:
            at.setdefault(place_id(place, conflict), []).append(s)
    for s in reversed(claimed):
        deniers = [d for d in pointing if denies(d, s, conflict=conflict)][-1:]
        near = (o for p in s.claim.places for o in reversed(at[place_id(p, conflict)]))
        rival = next((o for o in near if o.id != s.id and opposed(s, o, conflict)), None)
        if deniers:
            return Bullet(said=(s,), linked=tuple(deniers), link="denies", topic="places")
        if rival is not None:
            return Bullet(said=(s,), linked=(rival,), topic="places")
    together = tuple(s for s in claimed if s.statement == claimed[-1].statement)
    return Bullet(said=once(together, conflict)[-MOST_OF_A_TOPIC:], topic="places") if claimed else None


def opposed(a: Said, b: Said, conflict: Conflict) -> bool:
    """Whether two claims of control over one place cannot both be so."""
    found = relation(a, b, conflict=conflict)
    return found is not None and found.kind == "contradicted"
