"""A claim -> the questions that it answers: keys computed from its own fields, so that order cannot matter."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sayso.model.claim import Claim, Count, Target
from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.model.vocabulary import QUESTION_TYPES, TYPES
from sayso.reconcile.names import place_id, smaller_places

#: Accusations of something done at a place, not of something that goes on.
DEEDS: Final = ("crime", "weapons")
#: A plan, an appeal or a settled past answers nothing about what is so.
ANSWERING: Final = ("fact", "possible")
#: But people set out for a way that is only announced: what says who has not confirmed it must stand beside it (H8).
ANNOUNCED: Final = ("corridor",)


def questions_of(claim: Claim, *, said_at: datetime, conflict: Conflict, day: date) -> tuple[Key, ...]:
    """The questions that a claim answers, in a fixed order; `day` is the local day on which it was said.

    Many to many: a claim that names three places answers three questions. Claims of other types, plans and appeals
    answer none, but for a corridor that is announced: they are shown as said.
    """
    announced = claim.modality == "plan" and claim.type in ANNOUNCED
    if claim.type not in QUESTION_TYPES or not (announced or claim.modality in ANSWERING):
        return ()
    return tuple(dict.fromkeys(KEYS[claim.type](claim, conflict, day)))


def casualty_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Totals by since, incidents by place and day, all else by day (R4); a smaller place bounds each of them (R9)."""
    key = Key(type="casualties", measure=claim.sub + part_of(claim), subject=claim.subject, who=claim.who or "unknown")
    scope = scope_of(claim)
    places = claim.places if scope == "incident" else smaller_places(claim, conflict)
    for place in ids_of(places, conflict):
        yield timed(replace(key, scope=scope, place=place), claim, conflict, day)


def ids_of(places: Iterable[str], conflict: Conflict) -> tuple[str | None, ...]:
    """The ids of the places; one None where there are none."""
    return tuple(place_id(p, conflict) for p in places) or (None,)


def timed(key: Key, claim: Claim, conflict: Conflict, day: date) -> Key:
    """The key with its time: since when for a total, else the day or days of it."""
    if key.scope == "cumulative":
        return replace(key, scope="total", since=since_of(claim, conflict))
    return replace(key, day=days_of(claim, day) if key.scope == "period" else day_of(claim, day))


def part_of(claim: Claim) -> str:
    """What sets a part of a figure ("among them 9 children") apart from the figure itself; empty for no part."""
    if claim.part_of is None:
        return ""
    return f".{claim.count.unit if claim.count and claim.count.unit else 'people'}"


def scope_of(claim: Claim) -> str:
    """The scope as said; where none is said, a named place or day makes an incident.

    Nothing else is made into a total (R4): "two were killed" and "there were no casualties" speak of something that
    the text does not bound, and stay "unsaid".
    """
    count = claim.count
    if count is not None and count.scope is not None:
        return count.scope
    if count is not None and count.since is not None:
        return "cumulative"
    return "incident" if claim.places or claim.start else "unsaid"


def since_of(claim: Claim, conflict: Conflict) -> str | None:
    """The first day counted; a total that names none counts from the start of the conflict."""
    said = claim.count.since if claim.count else None
    return said[:10] if said else (conflict.start.isoformat() if conflict.start else None)


def day_of(claim: Claim, day: date) -> str:
    """The day of the event as said, else the day on which it was said (R14)."""
    return claim.start[:10] if claim.start else day.isoformat()


def days_of(claim: Claim, day: date) -> str:
    """The days of a period as an ISO interval ("2031-05-02/2031-05-04"); one day as itself."""
    first = day_of(claim, day)
    last = claim.end[:10] if claim.end else first
    return first if last == first else f"{first}/{last}"


def control_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Who holds each named place; a mere number of places is a question of its own."""
    if not numbers_places(claim):
        for place in claim.places:
            yield Key(type="control", measure="holds", place=place_id(place, conflict))
        return
    unit = claim.count.unit if claim.count and claim.count.unit else "places"
    measure = unit if claim.sub == "taken" else f"{unit}.{claim.sub}"
    who = claim.subject or claim.actor if claim.sub == "lost" else claim.actor
    for near in ids_of(claim.places, conflict):
        yield Key(type="control", measure=measure, actor=who, place=near, day=day_of(claim, day))


def numbers_places(claim: Claim) -> bool:
    """Whether a claim of control counts places instead of naming them: "two hamlets near Ubel" is not Ubel."""
    count = claim.count
    if not claim.places:
        return True
    return count is not None and len(claim.places) == 1 and count.n != 1


def attack_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """What happened at a place on a day, and by whom: the attacker is the answer, so no part of the key.

    What went on over midnight happened on both days (R9: the times overlap; R14).
    """
    for when in days_touched(claim, day):
        key = Key(type="attack", measure=claim.sub, day=when)
        for place in claim.places:
            yield replace(key, place=place_id(place, conflict))
        if not claim.places:
            yield replace(key, actor=claim.actor, subject=claim.subject)


def days_touched(claim: Claim, day: date) -> tuple[str, ...]:
    """The day of an event; that and the next where it went on into the next."""
    first = day_of(claim, day)
    next_day = (date.fromisoformat(first) + timedelta(days=1)).isoformat()
    return (first, next_day) if (claim.end or "")[:10] == next_day else (first,)


def equipment_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Whose equipment of which kind, in all or on a day; captured and damaged are measures of their own (R9)."""
    unit = claim.count.unit if claim.count and claim.count.unit else "equipment"
    how = f".{claim.sub}" if claim.sub in ("captured", "damaged") else ""
    key = Key(type="equipment_loss", measure=unit + how + part_of(claim), subject=claim.subject, scope=scope_of(claim))
    yield from placed(key, claim, conflict, day)


def placed(key: Key, claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """The key of a figure with its time, for each smaller place that bounds it."""
    for place in ids_of(smaller_places(claim, conflict), conflict):
        yield timed(replace(key, place=place), claim, conflict, day)


def people_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """How many of whom were captured, exchanged, let go or handed over dead, or had to leave their homes or came
    back: each a measure of its own (R6), by status (R7); a level is not a total (R4)."""
    who = claim.who or "unknown"
    key = Key(type=claim.type, measure=claim.sub + part_of(claim), subject=claim.subject, who=who)
    yield from placed(replace(key, scope=scope_of(claim)), claim, conflict, day)


def truce_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Whether a party broke the truce on a day (to keep it is the other answer); whether one was agreed or is in force
    (R9). To call for one, or to turn it down, answers neither."""
    if claim.sub in ("violated", "observed"):
        yield Key(type="truce", measure="violated", actor=claim.actor, day=day_of(claim, day))
    elif claim.sub in ("agreed", "in_force"):
        yield Key(type="truce", measure=claim.sub)


def corridor_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Whether a way out of a place is open, and whether people were brought out by one on a day (H8). To ask for a way,
    or to offer safety to those who lay down arms, answers neither."""
    if claim.sub not in ("opened", "evacuation"):
        return
    key = Key(type="corridor", measure=claim.sub, day=day_of(claim, day) if claim.sub == "evacuation" else None)
    for place in claim.places:
        yield replace(key, place=place_id(place, conflict))
    if not claim.places:
        yield replace(key, actor=claim.actor, subject=claim.subject)


def accusation_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """What somebody is accused of; a deed at another place is another deed (R9)."""
    places = smaller_places(claim, conflict) if claim.sub in DEEDS else ()
    for place in ids_of(places, conflict):
        yield Key(type="accusation", measure=claim.sub, actor=claim.actor, place=place)


def not_reported_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """The question about casualties that the silence leaves open (R3); an unsaid status stays unknown (R7)."""
    if claim.sub not in ("killed", "wounded", "casualties"):
        return
    count = claim.count or Count(operator="many", scope=None if claim.places or claim.start else "cumulative")
    as_said = Claim(
        type="casualties", sub=claim.sub, attr=claim.attr, span=claim.span, rule=claim.rule, subject=claim.subject,
        who=claim.who, count=count, places=claim.places, start=claim.start, end=claim.end,
    )  # fmt: skip
    yield from casualty_keys(as_said, conflict, day)


def denial_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """The questions of what is denied, as far as the denial names it."""
    target = claim.target
    denied = None if target is None else as_claim(claim, target)
    keys = tuple(KEYS[denied.type](denied, conflict, day)) if denied is not None and names_enough(denied) else ()
    yield from keys
    if keys:
        return
    yield Key(
        type="denial",
        measure=target.type if target else "other",
        actor=target.actor if target else None,
        day=day.isoformat(),
    )


def names_enough(denied: Claim) -> bool:
    """Whether a denied thing is named closely enough to be a question of its own."""
    if denied.type not in KEYS or denied.type == "denial":
        return False
    return bool(denied.places) or denied.type == "accusation" or (denied.type == "truce" and denied.actor is not None)


#: What is denied where the denial names no more than the type of it.
UNNAMED: Final = {"control": "taken", "attack": "other", "accusation": "other", "corridor": "opened"}


def as_claim(denial: Claim, target: Target) -> Claim | None:
    """What is denied, as a claim of the denier; None where the denial does not say what it is."""
    sub = target.sub if target.sub in TYPES.get(target.type, ()) else UNNAMED.get(target.type)
    if sub is None:
        return None
    return Claim(
        type=target.type, sub=sub, attr=denial.attr, span=denial.span, rule=denial.rule, actor=target.actor,
        subject=target.subject, places=target.places, start=denial.start, end=denial.end, polarity="negated",
    )  # fmt: skip


KEYS: Final[dict[str, Callable[[Claim, Conflict, date], Iterator[Key]]]] = {
    "casualties": casualty_keys,
    "control": control_keys,
    "attack": attack_keys,
    "equipment_loss": equipment_keys,
    "accusation": accusation_keys,
    "not_reported": not_reported_keys,
    "denial": denial_keys,
    "captured": people_keys,
    "displacement": people_keys,
    "truce": truce_keys,
    "corridor": corridor_keys,
}
