"""Whose people and things are: one answer for every kind of claim, by the strongest evidence, with what it rests on.

Evidence stands in order: the group's own words, what else the clause says of whom, who did it, the place, who says it,
the entry. Where nothing says it, it stays unknown: a side that no words give is worse than none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sayso.read import evidence as by
from sayso.read.drafts import Draft
from sayso.read.evidence import Asked
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np


@dataclass(frozen=True, slots=True)
class Evidence:
    """A way to tell whose something is: the side that it finds, the words for the desk, and whether the text says so
    itself, so that nothing carried over changes it."""

    find: Callable[[Asked], str | None]
    ground: str
    firm: bool = False


OF_THE_WAR: Final = "a standing text counts the whole war"
OWN_WORDS: Final = Evidence(by.named, "its own words name the side", firm=True)
IN_LIST: Final = Evidence(by.shared, "the list that it stands in names the side")
ENTRY_TELLS: Final = Evidence(by.of_entry, "the entry tells of that side")
PLACE_TELLS: Final = Evidence(by.its_place, "the place is of that side")
PLACE_BEFORE: Final = Evidence(by.place_of_entry, "the place told of before is of that side")
#: Whose people are killed, wounded or missing.
PEOPLE: Final = (
    OWN_WORDS,
    IN_LIST,
    Evidence(by.hunted, "a side tells what it did to its enemy"),
    Evidence(by.counted_for, "the losses that it counts name the side"),
    Evidence(by.beside_place, "the place beside it is of that side", firm=True),
    Evidence(by.on_side, "the clause says on which side", firm=True),
    Evidence(by.told_of, "the clause tells of people of that side", firm=True),
    Evidence(by.labelled, "the label before it names the side", firm=True),
    Evidence(by.loser, "the clause says who lost them"),
    Evidence(by.war_total, OF_THE_WAR),
    Evidence(by.both_sides, "both sides are told of"),
    Evidence(by.no_losses, "an army speaks of its own"),
    Evidence(by.placed, "the place is of that side"),
    PLACE_BEFORE,
    ENTRY_TELLS,
    Evidence(by.own_people, "the source counts its own"),
    Evidence(by.own_count, "the source counts and points at no enemy"),
)
#: Whose equipment is destroyed or taken.
THINGS: Final = (
    OWN_WORDS,
    IN_LIST,
    Evidence(by.foe_of_actor, "it is of the enemy of who did it"),
    Evidence(by.taken_or_lost, "the source tells of its own, or boasts of its enemy's"),
)
#: Whose buildings are hit and whose residents leave.
HOMES: Final = (
    OWN_WORDS,
    PLACE_TELLS,
    PLACE_BEFORE,
    Evidence(by.stricken, "the source tells what was done to its side"),
)
#: Who suffers an attack.
TARGET: Final = Evidence(by.named, "what is hit is of that side")
STRICKEN: Final = (
    Evidence(by.place_hit, "the place is of that side"),
    PLACE_BEFORE,
    Evidence(by.foe_of_attacker, "it is the enemy of who attacks"),
)
#: Whose people flee, or are sent away, or find a roof.
RESIDENTS: Final = (OWN_WORDS, IN_LIST, PLACE_TELLS)
#: Whose people are taken prisoner, held or freed.
CAPTIVES: Final = (
    OWN_WORDS,
    IN_LIST,
    PLACE_TELLS,
    Evidence(by.foe_of_captor, "they are of the enemy of who holds them"),
)


def give(asked: Asked, order: tuple[Evidence, ...]) -> None:
    """Enter whose it is by the first evidence of an order that tells; unknown where none does. Nobody is hit by himself,
    unless the text says so."""
    made = asked.made
    made.subject = None
    for evidence in order:
        side = evidence.find(asked)
        if side == by.UNTOLD:
            return
        if side is not None and (side != made.actor or evidence.firm):
            made.subject, made.ground, made.firm = side, evidence.ground, made.firm or evidence.firm
            return


def subject_of(scene: Scene, made: Draft, np: Np, frame: Frame | None) -> str | None:
    """Whose victims a noun group counts."""
    give(Asked(scene, np, made, frame), PEOPLE)
    if made.ground == OF_THE_WAR:
        made.scope, made.since = made.scope or "cumulative", made.since or scene.memory.since
    return made.subject


def attacked(scene: Scene, made: Draft, hit: Iterable[Np], around: Iterable[Np]) -> None:
    """Enter who suffers an attack: whose people or things are hit, else whose place, among what stands around them."""
    guns = made.actor is not None  # "a drone hits a howitzer of the army"; else they may be what is fired
    for np in (n for n in hit if not n.lexeme("attack") and (guns or not n.lexeme("weapon"))):
        give(Asked(scene, np, made, None), (TARGET,))
        if made.subject is not None:
            return
    nps = [*hit, *around]
    give(Asked(scene, nps[0], made, None, tuple(nps[1:])), STRICKEN) if nps else None


def owner(scene: Scene, np: Np, made: Draft, frame: Frame | None) -> str | None:
    """Whose equipment a noun group names."""
    give(Asked(scene, np, made, frame), THINGS)
    return made.subject
