"""The event that an entry tells of: told once with its place and day, and kept for what follows while it is the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Claim
from sayso.read.drafts import Draft
from sayso.read.places import capital
from sayso.read.scene import Event, Scene
from sayso.read.text.lapses import When

#: What is done somewhere on some day, so that what comes of it is of that place and day.
DEEDS: Final = frozenset(("attack", "control", "movement", "destruction", "equipment_loss", "captured", "casualties"))
#: What can come of a deed told before.
OUTCOMES: Final = frozenset(("casualties", "destruction", "equipment_loss", "captured", "attack"))
#: What strikes a place, and what is suffered there.
BLOWS: Final = frozenset(("attack", "destruction"))
SUFFERED: Final = frozenset(("casualties", "destruction", "control"))
#: Counts that are of no single event.
UNBOUND: Final = frozenset(("cumulative", "stock"))
#: Marks and words that a stretch may begin with before what it says.
OPENERS: Final = frozenset(("bullet", "dash", "quote", "adv", "semi", "colon"))


def carry(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Give drafts the place and the day of the event that they are of: the one that the sentence tells before them, else the
    blow that it tells, else the one that its entry tells."""
    before, here = running(scene) or scene.memory.event, None
    whole = sorted((d for d in drafts if d.part_of is None), key=lambda d: d.at)
    for made in whole:
        dated(scene, made)
        beaten_off(scene, made)
    blow = next((event_of(d) for d in whole if d.type in BLOWS and any(map(capital, d.places))), None)
    for made in whole:
        beside = blow if made.type in SUFFERED and made.rule != "casualties.toll" else None
        event = beside or before if made.type == "control" else here or beside or before
        if event is not None and of_event(made) and (event is not before or bounded(made)):
            inherit(made, event, anywhere=event is not before)
        here = told(here, made)


def beaten_off(scene: Scene, made: Draft) -> None:
    """Place what is beaten off where the entry last was: "the attempt was thwarted"."""
    repelled = made.type == "attack" and made.sub == "repelled" and not made.places
    if repelled and scene.memory.single and scene.memory.place is not None:
        made.places, made.carried = (scene.memory.place,), (*made.carried, "places")


def dated(scene: Scene, made: Draft) -> None:
    """Date a draft by the time that its clause or sentence begins with ("Overnight 30 rockets came down; a ward was hit")."""
    if made.first is not None or made.type not in DEEDS or made.modality != "fact" or not bounded(made):
        return
    starts = (scene.clause(made.at)[0], scene.start)
    when = next((w for start in starts if (w := fronted(scene, start)) is not None), None)
    if when is not None:
        made.first, made.last, made.basis = when.first, when.last, when.basis
        made.scope = made.scope or ("period" if when.kind == "period" else None)


def fronted(scene: Scene, start: int) -> When | None:
    """The time that a stretch begins with, if it does; "as of" a day is no time of a deed."""
    opens = (g for g in scene.groups if g.start >= start and g.kind not in OPENERS)
    first = next(opens, None)
    when = first.when if first is not None and not first.low.startswith(("as of", "by")) else None
    return when if when is not None and when.first and when.kind in ("point", "period") else None


def of_event(made: Draft) -> bool:
    """Whether a draft can be of the event told before: what came of it, or who is blamed for it."""
    silent = made.polarity != "asserted" and made.type != "casualties"  # "no planes were lost", "its guns were silent"
    blames = made.type == "accusation" and made.sub == "other"
    spot = made.type == "control" and bool(made.places)  # "holds the lighthouse" of the town before
    return spot or ((made.type in OUTCOMES or blames) and made.modality == "fact" and not silent)


def bounded(made: Draft) -> bool:
    """Whether a draft is no count that runs over many events."""
    return made.scope not in UNBOUND and made.since is None


def inherit(made: Draft, event: Event, *, anywhere: bool) -> None:
    """Enter the place and day of an event where a draft has none of its own. What a stretch of time has cost is of no one
    place, unless one sentence tells both (`anywhere`)."""
    apart = made.first not in (None, event.first) or (not anywhere and (event.running or made.scope == "period"))
    if not any(map(capital, made.places)) and event.places and not apart:
        made.places, made.carried = event.places, (*made.carried, "places")
    if (
        made.first is None
        and bounded(made)
        and event.first is not None
        and (event.running or not made.places or made.places == event.places)
    ):
        made.first, made.last, made.basis = event.first, event.last, event.basis
        made.carried = (*made.carried, "dates")
        made.scope = made.scope or ("period" if event.running else None)


def event_of(made: Draft) -> Event:
    """The event that a draft tells."""
    named = tuple(p for p in made.places if capital(p))
    return Event(named, made.first, made.last, made.basis, running=made.scope == "period")


def told(event: Event | None, made: Draft) -> Event | None:
    """The event that an entry tells of once a draft is told: another place or another day is another event; a stretch of time
    that the entry began with goes on."""
    own = event_of(made)
    aside = made.type not in DEEDS or made.sub == "retreat"  # where somebody fled to is not where it happened
    if aside or made.modality != "fact" or not bounded(made) or not (own.places or own.first):
        return event
    if event is None or own.first not in (None, event.first):
        return own
    if own.places in ((), event.places):
        return event
    return replace(event, places=own.places) if event.running or own.first else own


def running(scene: Scene) -> Event | None:
    """The stretch of time that a sentence tells of: what follows in its entry is of that, and of no one place."""
    period = next(
        (g.when for g in scene.groups if g.when is not None and g.when.kind == "period" and g.when.first), None
    )
    return Event((), period.first, period.last, period.basis, running=True) if period is not None else None


def after(scene: Scene, event: Event | None, claims: Iterable[Claim]) -> Event | None:
    """The event that an entry tells of after a sentence with these claims."""
    event = running(scene) or event
    for c in claims:
        if c.part_of is None:
            made = Draft(c.type, c.sub, c.rule, c.span.start, places=c.places, first=c.start, last=c.end, basis=c.dated)
            made.modality, made.scope = c.modality, c.count.scope if c.count else None
            made.since = c.count.since if c.count else None
            event = told(event, made)
    return event
