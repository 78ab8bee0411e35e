"""What an attack is made with, and whose place it hits."""

from typing import Final

from sayso.read.drafts import (
    Draft,
)
from sayso.read.groups import Np
from sayso.read.scene import Scene

TARGETS: Final = ("building", "infra", "medical", "cultural", "settlement", "site", "target", "equip", "unit", "people")


def weapon_of(nps: list[Np]) -> str | None:
    """The kind of attack that the weapon named in noun groups makes it."""
    for np in nps:
        for part in np.chain():
            found = part.lexeme("weapon") or (
                part.lexeme("attack")
                if part.lexeme("attack", "shelling", "missile", "air", "drone", "ground")
                else None
            )
            if found is not None:
                return "shelling" if part.lexeme("noun", "banned") else found.cls
    return None


def place_subject(scene: Scene, nps: list[Np], made: Draft) -> str | None:
    """The side of the place that is hit, else of the entry's place, unless it is the attacker's own."""
    for np in nps:
        if (side := scene.place_side(np)) is not None:
            return side if side != made.actor else None
    if scene.memory.place_side is not None and made.polarity == "asserted":
        return scene.memory.place_side if not scene.directory.overlap(scene.memory.place_side, made.actor) else None
    return None
