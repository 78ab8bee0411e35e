"""Places taken, told without a verb of taking: who was driven out of them, whose flag is up."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, agent, parties_of
from sayso.read.kinds.control import is_place, passes, split
from sayso.read.places import spot
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame

OUSTING: Final = frozenset(
    ["drive", "drove", "driven", "push", "pushed", "force", "forced", "throw", "threw", "thrown", "expel", "expelled",
     "dislodge", "dislodged", "chase", "chased", "oust", "ousted", "flush", "flushed"]
)  # fmt: skip


def seizing(scene: Scene) -> Iterator[Draft]:
    """Every place of a sentence from which somebody was driven, or over which a flag was raised."""
    for frame in scene.frames:
        if drives_out(scene, frame):
            yield from cleared(scene, frame)
        plain = not frame.vg.classes or frame.has("link", "hold", "rise", "common", "aspect") or passes(frame)
        if frame.vg.say is None and plain:
            yield from flagged(scene, frame)


def drives_out(scene: Scene, frame: Frame) -> bool:
    """Whether somebody drives a force out of a place ("drove the army out of Ubel")."""
    low = frame.vg.main.low.split()[0] if frame.vg.main else ""
    force = frame.subj if frame.undergone else frame.objs
    left = any(map(is_place, frame.prep("from")))
    return low in OUSTING and not frame.vg.neg and left and bool(parties_of(scene, force))


def cleared(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """The claim of a place that a force is driven out of."""
    for made in split(scene, frame, "taken", [n for n in frame.prep("from") if is_place(n)], "control.cleared"):
        made.actor = agent(scene, frame)
        made.subject = next(iter(parties_of(scene, frame.subj if frame.undergone else frame.objs)), None)
        yield made


def flagged(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "The flag was raised over the town", "the flag is up on the mill"."""
    flag = next((n for n in frame.subj if n.head.low in ("flag", "flags", "banner")), None)
    nps = [n for n in frame.prep("on", "in") if is_place(n) or spot(n)]
    if flag is None or not nps or frame.vg.neg:
        return
    for made in split(scene, frame, "taken", nps, "control.flag"):
        made.actor = scene.party_of(flag) or scene.speaking_side(frame.vg.start) or scene.speaking_memory()
        yield made
