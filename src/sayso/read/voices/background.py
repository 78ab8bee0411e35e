"""What a newsroom adds in its own voice inside a report of others: how long a war has lasted, what it has cost in all."""

from typing import Final

from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np

LONG: Final = frozenset(("weeks", "months", "years", "decades", "year"))
SPANNING: Final = frozenset(("recent", "past", "last", "several", "many", "few", "for", "nearly", "almost", "over"))
LASTING: Final = flags("war", *(f"~{w}" for w in sorted(LONG)))
PERFECT: Final = frozenset(("has", "have", "had"))
TOLLS: Final = ("kill", "wound", "die", "flee", "cost", "claim", "lodge", "evacuate")


def outlets_own(scene: Scene) -> bool:
    """Whether a sentence that names no source is plainly the outlet's background, which no source carries over to: what
    has gone on for weeks or months, what a whole war has cost, or what it says itself that nobody is named for."""
    if any(np.neg and np.head.low in ("source", "sources") for np in scene.nps()):
        return True  # "no source is named for the figure"
    if not scene.flags & LASTING or scene.kind != "entry" or scene.memory.owner is not None:
        return False
    return any(perfect(f) and (lasts(scene) or of_war(f)) for f in scene.frames)


def perfect(frame: Frame) -> bool:
    """Whether a verb tells what has come about until now."""
    words = [w for c in frame.vg.cells for w in c.low.split()]
    return words[0] in PERFECT and (len(words) > 1 or frame.vg.main is None)


def lasts(scene: Scene) -> bool:
    """Whether a sentence speaks of weeks or more: "in recent months", "for years"."""
    words = [w for g in scene.groups for c in cells_of(g) for w in c.split()]
    return any(word in LONG and not SPANNING.isdisjoint(words[max(0, i - 3) : i]) for i, word in enumerate(words) if i)


def cells_of(group: Group) -> list[str]:
    """The words of a group and of what hangs on it, in lower case."""
    return [c.low for part in (group.chain() if isinstance(group, Np) else [group]) for c in part.cells]


def of_war(frame: Frame) -> bool:
    """Whether a war, and no single deed, is what people have died or fled of."""
    if not frame.has(*TOLLS):
        return False
    causes = frame.subj if not frame.vg.passive else [*frame.prep("in", "by", "during", "due to", "because of")]
    return any(np.head.has("war") for np in causes)
