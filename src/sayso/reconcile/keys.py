"""A claim -> the questions that it answers: keys computed from its own fields, so that order cannot matter."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sayso.model.claim import Claim, Target
from sayso.model.conflict import Conflict
from sayso.model.question import Key
from sayso.model.vocabulary import QUESTION_TYPES
from sayso.reconcile.names import place_id

#: A plan, an appeal or a settled past answers nothing about what is so.
ANSWERING: Final = ("fact", "possible")


def questions_of(claim: Claim, *, said_at: datetime, conflict: Conflict, day: date) -> tuple[Key, ...]:
    """The questions that a claim answers, in a fixed order; `day` is the local day on which it was said.

    Many to many: a claim that names three places answers three questions. Claims of other types, plans and appeals
    answer none: they are shown as said.
    """
    if claim.type not in QUESTION_TYPES or claim.modality not in ANSWERING:
        return ()
    return tuple(dict.fromkeys(KEYS[claim.type](claim, conflict, day)))


def casualty_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Totals by since, incidents by place and day, increments and periods by day (R4)."""
    count = claim.count
    part = f".{count.unit}" if claim.part_of is not None and count and count.unit else ""
    key = Key(type="casualties", measure=claim.sub + part, subject=claim.subject, who=claim.who or "unknown")
    match scope_of(claim):
        case "cumulative":
            yield replace(key, scope="total", since=since_of(claim, conflict))
        case "incident":
            for place in claim.places or (None,):
                yield replace(key, scope="incident", place=_place(place, conflict), day=day_of(claim, day))
        case scope:
            yield replace(key, scope=scope, day=day_of(claim, day))


def scope_of(claim: Claim) -> str:
    """The scope as said; where none is said, a named place or day makes an incident, else it is a total (R4)."""
    count = claim.count
    if count is not None and count.scope is not None:
        return count.scope
    return "incident" if claim.places or claim.start else "cumulative"


def since_of(claim: Claim, conflict: Conflict) -> str | None:
    """The first day counted; a total that names none counts from the start of the conflict."""
    said = claim.count.since if claim.count else None
    return said or (conflict.start.isoformat() if conflict.start else None)


def day_of(claim: Claim, day: date) -> str:
    """The day of the event as said, else the day on which it was said."""
    return claim.start[:10] if claim.start else day.isoformat()


def control_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Who holds each named place; a mere number of places is a question of its own."""
    for place in claim.places:
        yield Key(type="control", measure="holds", place=place_id(place, conflict))
    if not claim.places:
        unit = claim.count.unit if claim.count and claim.count.unit else "places"
        yield Key(type="control", measure=unit, actor=claim.actor, day=day_of(claim, day))


def attack_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """What happened at a place on a day, and by whom: the attacker is the answer, so no part of the key."""
    for place in claim.places:
        yield Key(type="attack", measure=claim.sub, place=place_id(place, conflict), day=day_of(claim, day))
    if not claim.places:
        yield Key(type="attack", measure=claim.sub, actor=claim.actor, subject=claim.subject, day=day_of(claim, day))


def equipment_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """Whose equipment of which kind, in all or on a day."""
    unit = claim.count.unit if claim.count and claim.count.unit else "equipment"
    key = Key(type="equipment_loss", measure=unit, subject=claim.subject)
    if scope_of(claim) == "cumulative":
        yield replace(key, scope="total", since=since_of(claim, conflict))
    else:
        yield replace(key, scope=scope_of(claim), day=day_of(claim, day))


def accusation_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """What somebody is accused of."""
    yield Key(type="accusation", measure=claim.sub, actor=claim.actor)


def not_reported_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """The question about casualties that the silence leaves open (R3)."""
    if claim.sub in ("killed", "wounded", "casualties"):
        as_said = Claim(
            type="casualties", sub=claim.sub, attr=claim.attr, span=claim.span, rule=claim.rule, subject=claim.subject,
            who=claim.who or "military", count=claim.count,
        )  # fmt: skip
        yield from casualty_keys(as_said, conflict, day)


def denial_keys(claim: Claim, conflict: Conflict, day: date) -> Iterator[Key]:
    """The questions of what is denied, as far as the denial names it."""
    target = claim.target
    if target is None or target.type not in KEYS or target.type == "denial" or not names_enough(target):
        yield Key(
            type="denial",
            measure=target.type if target else "other",
            actor=target.actor if target else None,
            day=day.isoformat(),
        )
        return
    yield from KEYS[target.type](as_claim(claim, target), conflict, day)


def names_enough(target: Target) -> bool:
    """Whether a denied thing is named closely enough to be a question of its own."""
    return bool(target.places) or target.type == "accusation"


def as_claim(denial: Claim, target: Target) -> Claim:
    """What is denied, as a claim of the denier."""
    return Claim(
        type=target.type, sub=target.sub or "other" if target.type != "control" else target.sub or "taken",
        attr=denial.attr, span=denial.span, rule=denial.rule, actor=target.actor, subject=target.subject,
        places=target.places, start=denial.start, polarity="negated",
    )  # fmt: skip


def _place(name: str | None, conflict: Conflict) -> str | None:
    return None if name is None else place_id(name, conflict)


KEYS: Final[dict[str, Callable[[Claim, Conflict, date], Iterator[Key]]]] = {
    "casualties": casualty_keys,
    "control": control_keys,
    "attack": attack_keys,
    "equipment_loss": equipment_keys,
    "accusation": accusation_keys,
    "not_reported": not_reported_keys,
    "denial": denial_keys,
}
