"""What an attack is made with, and whose place it hits."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sayso.read.drafts import Draft
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg

TARGETS: Final = ("building", "infra", "medical", "cultural", "settlement", "site", "target", "equip", "unit", "people")
ARMED: Final = ("shelling", "missile", "air", "drone", "ground")
#: Weapons that verbs take in ("fire missiles at") -> what it is to send them.
SENT: Final = {
    "missile": "missile", "missiles": "missile", "rocket": "missile", "rockets": "missile", "drone": "drone", "drones": "drone",
}  # fmt: skip
#: Who flies: a strike of theirs comes from the air although no weapon is named.
FLIERS: Final = frozenset(("air force", "air forces", "aviation", "aircraft", "warplanes", "jets", "pilots"))


def weapon_of(nps: Iterable[Np]) -> str | None:
    """The kind of attack that the weapon named in noun groups makes it.

    Tubes and rocket artillery by their names are shelling also where "rockets" stands behind them (scheme, section 3).
    """
    found = [cls for np in nps for part in np.chain() if (cls := weapon_in(part)) is not None]
    if not found:
        return None
    return "shelling" if {"shelling", "missile"} <= set(found) else found[0]  # "rocket and artillery fire"


def weapon_in(part: Np) -> str | None:
    """The kind of attack that one noun group's weapon makes it."""
    if part.lexeme("noun", "banned"):
        return "shelling"
    found = [x.cls for c in part.cells for x in c.lex.get("weapon", ())]
    found = found or [x.cls for c in part.cells for x in c.lex.get("attack", ()) if x.cls in ARMED]
    if not found:
        return None
    return "shelling" if "shelling" in found and "missile" in found else found[-1]


#: Prepositions behind a weapon that is sent at somebody; "sent drones to Orland" supplies, "into the wood" moves them.
AIMING: Final = frozenset(("at", "against"))
#: Verbs behind which "at" only says where ("used cluster munitions at Ubel").
EMPLOYED: Final = ("us", "employ", "utilis", "utiliz", "resort", "mak", "made")


def hurled(scene: Scene, frame: Frame) -> Np | None:
    """At whom or what weapons are sent ("sent 63 drones and 11 missiles at Orland"), None where none are."""
    low = frame.vg.main.low if frame.vg.main else ""
    if frame.undergone or low.startswith(EMPLOYED) or not any(n.lexeme("weapon") and not n.neg for n in frame.objs):
        return None
    for g, np in itertools.pairwise(scene.groups[frame.at + 1 : frame.last + 2]):
        if g.kind == "prep" and g.low in AIMING and isinstance(np, Np) and np.start > frame.objs[0].start:
            place = any(True for _ in place_names(np, located=True)) or np.lexeme("noun", *TARGETS)
            return np if place or scene.named_party(np) else None
    return None


def volley(scene: Scene, frame: Frame, made: Draft) -> Iterator[Draft]:
    """The other weapons of one attack, each with its own count ("63 drones and 11 missiles")."""
    for np in frame.objs:
        sub = weapon_of([np])
        lexeme = np.lexeme("noun", "shots", "equip") if sub is not None and sub != made.sub else None
        if sub is None or lexeme is None or np.num is None or not np.num.bare or np.start in scene.used:
            continue
        scene.used.add(np.start)
        yield replace(made, sub=sub, num=np.num, unit=lexeme.unit, at=np.start)


def flown(nps: Iterable[Np]) -> bool:
    """Whether an air force is the one who strikes."""
    words = (c.low for np in nps for part in np.chain() for c in part.cells)
    return any(word in FLIERS or word.endswith((" air force", " aviation")) for word in words)


def weapon_sent(verb: Vg) -> str | None:
    """The kind of attack that a verb names with its weapon ("fired missiles at", "launch a drone at")."""
    words = verb.main.low.split() if verb.main is not None else ()
    return next((SENT[w] for w in words if w in SENT), None)
