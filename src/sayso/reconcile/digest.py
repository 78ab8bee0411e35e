"""What belongs into the overview of a day and into "What is claimed", and in which order; `publish` phrases it.

The order is a published one: tolls (own soldiers with what is not reported, then civilians), places changing hands,
harm to civilians, denials and contradictions with the accusations that mirror each other, heads of state, rulings and
meetings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Bullet, Checked, Link, Said, Tally
from sayso.reconcile.answers import in_order
from sayso.reconcile.folding import by_mouth, by_statement, first_said, number, of_side, once, same_thing
from sayso.reconcile.names import claimant_of, place_id
from sayso.reconcile.relations import denies, mirrors, relation
from sayso.reconcile.sides import day_said, side_of, whose
from sayso.reconcile.tally import belongs, tally
from sayso.reconcile.tolls import losses, told_in, tolls, was_lowered

SUMMARY_LINES: Final = 6
#: Diplomacy in the order of its weight for the day.
TALKS: Final = ("ruling", "mediation", "meeting", "visit", "call", "offer", "sanction", "appeal", "threat", "support")
MOST_OF_A_TOPIC: Final = 4
HEADS: Final = ("head_of_state", "government")
#: Fighting between forces, and the lack of it: no harm to civilians.
NO_HARM: Final = ("calm", "repelled", "clash", "ground", "sabotage")
#: Told in the source's own words only, so that nobody can say that two of them are the same thing turned round.
IN_ITS_WORDS: Final = ("other", "intent")


def day_bullets(
    said_of_day: Iterable[Said], *, conflict: Conflict, before: Iterable[Said] = (), checked: Sequence[Checked] = ()
) -> tuple[Bullet, ...]:
    """The bullets of one day's overview in the published order; each rests on at least one claim.

    `before` are claims of earlier days, for links such as a denial of yesterday's claim.
    """
    today = standing(said_of_day)
    around = standing((*before, *today))
    found = tally(today, conflict=conflict, checked=checked)
    hands = tuple(places(today, around, conflict))
    lost = losses(today, found, conflict)
    lowered = {x.said.id: x.change for x in tally(around, conflict=conflict).own if x.change and was_lowered(x)}
    return (
        *tolls(found, conflict, lost=lost, lowered=lowered),
        *hands,
        *harm([s for s in today if not told_in(s, lost)], conflict),
        *denials(today, around, conflict, told={s.id for b in hands for s in (*b.said, *b.linked)}),
        *accusations(today, around, conflict),
        *talks(today, conflict),
    )


def standing(said: Iterable[Said]) -> tuple[Said, ...]:
    """The claims that nobody withdrew, in order."""
    return tuple(s for s in in_order(said) if not s.withdrawn)


# places


def places(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterator[Bullet]:
    """Places claimed: one bullet a claimant, with all that it claims to have taken, to hold or to have lost, and who
    says otherwise: today, else in the week before."""
    claimed = [s for s in today if s.claim.type == "control" and s.claim.modality == "fact"]
    told: set[str] = set()
    for group in by_mouth(once(claimed, conflict), conflict):
        mine = tuple(s for s in group[-MOST_OF_A_TOPIC:] if s.id not in told)
        if not mine:
            continue
        against = once((d for d in today if any(denies(d, s, conflict=conflict) for s in mine)), conflict)
        rivals = once((o for o in claimed if o not in mine and any(opposed(s, o, conflict) for s in mine)), conflict)
        earlier = () if against or rivals else denied_before(mine, around, conflict)
        linked = (*against, *(r for r in rivals if r.id not in told), *earlier)
        told |= {s.id for s in (*mine, *rivals)}
        link: Link = "denies" if against or earlier else "contradicts" if linked else ""
        yield Bullet(said=mine, linked=linked, link=link, topic="places")


def denied_before(mine: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> tuple[Said, ...]:
    """The last denial of what the same side said of the same place before."""
    for s in mine:
        alike = [o for o in around if same_thing(o, s, conflict) and of_side(o, s, conflict)]
        named = (d for d in around if d.claim.target and d.claim.target.places)
        pointing = [d for d in named if any(denies(d, o, conflict=conflict) for o in alike)]
        if s.claim.places and pointing:
            return (pointing[-1],)
    return ()


# harm


def harm(today: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Attacks on places, civilians killed or hurt in them, and what was destroyed: one bullet a statement, the newest of
    each side first in turn. What one side claims to have done to another's soldiers is no harm that it reports (H4)."""
    hurt = once((s for s in today if harms(s, conflict)), conflict)
    bullets = [Bullet(said=tuple(told[:MOST_OF_A_TOPIC]), topic="harm") for told in reversed(by_statement(hurt))]
    bullets.sort(key=lambda b: not any(s.claim.who == "civilian" for s in b.said))
    return in_turns(bullets, most=2 * MOST_OF_A_TOPIC)


def harms(said: Said, conflict: Conflict) -> bool:
    """Whether a claim tells of an attack on a place, or of people or things harmed that the tolls do not tell of."""
    claim = said.claim
    if claim.modality not in ("fact", "possible") or claim.polarity == "unknown" or claim.part_of is not None:
        return False
    if claim.type == "attack":
        mine = conflict.overlap(side_of(claim), claim.actor, day_said(said, conflict))
        return bool(claim.places) and claim.polarity == "asserted" and claim.sub not in NO_HARM and not mine
    if claim.type == "destruction":
        return whose(said, conflict) in ("own", "third") and claim.polarity == "asserted"
    if claim.type != "casualties" or claim.who == "military" or belongs(said, conflict) or claim.count is None:
        return False
    return claim.who == "civilian" or (whose(said, conflict) != "enemy" and bool(claim.places))


def in_turns(bullets: Iterable[Bullet], *, most: int) -> tuple[Bullet, ...]:
    """Bullets of each speaker's side in turn, so that a long list is cut at the same length for all sides."""
    sides: dict[str | None, list[Bullet]] = {}
    for b in bullets:
        sides.setdefault(side_of(b.said[0].claim), []).append(b)
    rounds = chain.from_iterable(zip_longest(*sides.values()))
    return tuple(b for b in rounds if b is not None)[: max(most, len(sides))]


# denials, contradictions, accusations


def denials(
    today: Sequence[Said], around: Sequence[Said], conflict: Conflict, told: Iterable[str] = ()
) -> tuple[Bullet, ...]:
    """Each denial with the claim that it points at, where that is here; the ones in `told` stand elsewhere."""
    said = [s for s in today if s.claim.type == "denial" or negates_attack(s, today)]
    found = []
    for denial in once((s for s in said if not vaguer(s, said, conflict)), conflict):
        if denial.id not in told:
            aimed = pointed_at(denial, around, conflict)
            found.append(Bullet(said=(denial,), linked=aimed, link="denies" if aimed else "", topic="denials"))
    return in_turns(found, most=2 * MOST_OF_A_TOPIC)


def negates_attack(said: Said, today: Sequence[Said]) -> bool:
    """Whether somebody says that there was no such attack, in a statement that does not deny it as well."""
    claim = said.claim
    return (
        claim.type == "attack" and claim.polarity == "negated" and bool(claim.places)
        and not any(s.statement == said.statement and s.claim.type == "denial" for s in today)
    )  # fmt: skip


def vaguer(denial: Said, others: Sequence[Said], conflict: Conflict) -> bool:
    """Whether another denial of the same side says the same and more: a headline, or an outlet that retells it."""
    mine = denial.claim.target
    return mine is not None and any(
        o.id != denial.id and o.claim.target is not None and of_side(o, denial, conflict)
        and (mine.type, mine.sub) == (o.claim.target.type, o.claim.target.sub)
        and says_more(o, denial, conflict)
        for o in others
    )  # fmt: skip


def says_more(more: Said, less: Said, conflict: Conflict) -> bool:
    """Whether one denial names all that another one names, and something besides, or the body where that names a side."""
    a, b = more.claim.target, less.claim.target
    if a is None or b is None:
        return False
    pairs = ((a.actor, b.actor), (a.subject, b.subject), (tuple(a.places), tuple(b.places)))
    if any(y and y != x for x, y in pairs):
        return False
    if any(x and not y for x, y in pairs):
        return True
    return (speaks_as_body(more, conflict), more.said_at) > (speaks_as_body(less, conflict), less.said_at)


def speaks_as_body(said: Said, conflict: Conflict) -> bool:
    """Whether a body or a person speaks, not a side as a whole."""
    return claimant_of(said, conflict).name != conflict.name(said.claim.attr.side)


def pointed_at(denial: Said, around: Sequence[Said], conflict: Conflict) -> tuple[Said, ...]:
    """The claim that a denial points at: by exactly whom it names before others, said before it before said after; never
    a figure of another side's losses (H4)."""
    aimed = [s for s in around if s.claim.type != "denial" and denies(denial, s, conflict=conflict)]
    aimed = [s for s in aimed if s.claim.count is None or whose(s, conflict) != "enemy"]
    target = denial.claim.target
    if target and target.places:  # of a town's dead, a side's total is not what is meant
        here = {place_id(p, conflict) for p in target.places}
        aimed = [s for s in aimed if here & {place_id(p, conflict) for p in s.claim.places}]
    named = target.actor if target else None
    return tuple(sorted(aimed, key=lambda s: (s.claim.actor == named, s.said_at <= denial.said_at, s.said_at))[-1:])


def accusations(today: Sequence[Said], around: Sequence[Said], conflict: Conflict) -> Iterable[Bullet]:
    """Each accusation once, those that mirror one another first and in one bullet, the earlier one second; then the
    others with who had said the same before."""
    blame = first_said((s for s in today if blames_somebody(s)), conflict)
    answering = first_said((s for s in around if blames_somebody(s)), conflict)
    told: set[str] = set()
    turned: list[Bullet] = []
    plain: list[Bullet] = []
    newest = sorted(blame, key=number)  # of what one statement says, the first is its news
    newest.sort(key=lambda s: (s.said_at, s.seen_at), reverse=True)
    for one in newest:
        if one.id in told:
            continue
        back = (
            []
            if one.claim.sub in IN_ITS_WORDS
            else [m for m in mirrors(one, answering, conflict=conflict) if m.id != one.id]
        )
        other = tuple(m for m in back if m.id not in told)[-1:]
        same = tuple(s for s in answering if s.id not in told and echoes(one, s, conflict)) if not other else ()
        told |= {one.id, *(m.id for m in (*other, *same))}
        link: Link = "mirrors" if other else "follows" if same else ""
        (turned if other else plain).append(Bullet(said=(one,), linked=other or same, link=link, topic="accusations"))
    return (*turned, *in_turns(plain, most=MOST_OF_A_TOPIC))


def blames_somebody(said: Said) -> bool:
    """Whether a claim is an accusation; to say that somebody broke a truce is one."""
    return said.claim.type == "accusation" or (said.claim.type, said.claim.sub) == ("truce", "violated")


def echoes(one: Said, earlier: Said, conflict: Conflict) -> bool:
    """Whether somebody else had said the same thing before."""
    return (
        one.claim.sub not in IN_ITS_WORDS and earlier.said_at < one.said_at
        and same_thing(one, earlier, conflict) and claimant_of(one, conflict).id != claimant_of(earlier, conflict).id
    )  # fmt: skip


# heads of state, rulings and meetings


def talks(today: Sequence[Said], conflict: Conflict) -> Iterator[Bullet]:
    """What heads of state did and said, then rulings, visits, calls and meetings, corridors and truces, the weightiest
    first; an event once, by whoever stands to it with a name."""
    held = [s for s in today if s.claim.type in ("diplomacy", "corridor", "truce") and s.claim.sub != "violated"]
    rank = {sub: n for n, sub in enumerate(TALKS)}
    heard = once(held, conflict)
    heard = tuple(s for s in heard if not any(tells_better(o, s) for o in heard))
    groups = [g[:2] for g in by_statement(heard)]
    groups.sort(key=lambda g: min(rank.get(s.claim.sub, len(TALKS)) for s in g))
    for topic, of_heads in (("heads of state", True), ("rulings", False)):
        found = [g for g in groups if (g[0].claim.attr.kind in HEADS) == of_heads]
        yield from in_turns((Bullet(said=tuple(g), topic=topic) for g in found), most=MOST_OF_A_TOPIC + 1)


def tells_better(other: Said, said: Said) -> bool:
    """Whether another tells the same meeting, call or visit and names its source, where this one names none."""
    a, b = other.claim, said.claim
    return (
        b.attr.names_no_source and not a.attr.names_no_source and (a.type, a.sub) == (b.type, b.sub)
        and {a.actor, a.subject} == {b.actor, b.subject}
    )  # fmt: skip


# what is claimed, as it stands


def summary_bullets(found: Tally, said: Iterable[Said], *, conflict: Conflict) -> tuple[Bullet, ...]:
    """At most six lines of what is claimed: tolls of every party's own, civilian tolls, what is not reported, and the
    place that is disputed last. What is claimed of the enemy's losses is never here (H4). `said` are claims of control
    and their denials. Where the lines are too few, tolls are told together, so that no party's falls out."""
    place = disputed(standing(said), conflict)
    last_place = () if place is None else (place,)
    lines = tuple(tolls(found, conflict))
    for topic in ("toll civilian", "toll military"):
        if len(lines) > SUMMARY_LINES - len(last_place):
            lines = together(lines, topic)
    return (*lines, *last_place)


def together(lines: Sequence[Bullet], topic: str) -> tuple[Bullet, ...]:
    """The lines with all of one topic in one, where the first of them stood."""
    one = [b for b in lines if b.topic == topic]
    if not one:
        return tuple(lines)
    said = tuple(dict.fromkeys(s for b in one for s in b.said))
    whole = replace(one[0], said=said, missing=tuple(m for b in one for m in b.missing))
    return tuple(whole if b is one[0] else b for b in lines if b is one[0] or b.topic != topic)


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
    """Whether two claims of control over one place, of two sides, cannot both be so."""
    here = {place_id(p, conflict) for p in a.claim.places}
    if not here & {place_id(p, conflict) for p in b.claim.places} or of_side(a, b, conflict):
        return False
    found = relation(a, b, conflict=conflict)
    return found is not None and found.kind == "contradicted"
