"""What an attack is made with, and whose place it hits."""

from collections.abc import Iterable
from typing import Final

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


def flown(nps: Iterable[Np]) -> bool:
    """Whether an air force is the one who strikes."""
    words = (c.low for np in nps for part in np.chain() for c in part.cells)
    return any(word in FLIERS or word.endswith((" air force", " aviation")) for word in words)


def weapon_sent(verb: Vg) -> str | None:
    """The kind of attack that a verb names with its weapon ("fired missiles at", "launch a drone at")."""
    words = verb.main.low.split() if verb.main is not None else ()
    return next((SENT[w] for w in words if w in SENT), None)
