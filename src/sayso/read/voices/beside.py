"""Sources that say the same words together: "residents and medics said", "according to the mayor and a doctor"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np
from sayso.read.voices.speakers import source_of

FLOATING: Final = frozenset(("each", "both", "all", "alike", "either"))
LIST: Final = 2  # names of a list before which a comma stands


def all_told(scene: Scene, frame: Frame) -> Sequence[Np]:
    """The subjects of a verb of saying; where it is only "each" or "both", those that are listed right before it ("the army
    and the Front each say")."""
    if (issued := issuers(scene, frame)) is not None:
        return issued
    if not frame.subj or len(frame.subj[0].cells) > 1 or frame.subj[0].low not in FLOATING or frame.shared:
        return frame.subj
    groups = scene.groups
    at = scene.index(frame.subj[0]) - 1
    found: list[Np] = []
    while at >= 0 and isinstance(np := groups[at], Np):
        found.insert(0, np)
        if (
            at < 2
            or groups[at - 1].kind not in ("conj", "comma")
            or (groups[at - 1].kind == "comma" and len(found) < LIST)
        ):
            break
        at -= 2
    return found if len(found) > 1 else frame.subj


def issuers(scene: Scene, frame: Frame) -> Sequence[Np] | None:
    """Who issues the paper that a verb of saying hangs on: "the army issued a statement saying", "sent a letter demanding"."""
    paper = frame.subj[0] if frame.subj and frame.vg.feat == "ing" else None
    if paper is None or not paper.head.has("report", "channel") or paper.names or paper.of is not None:
        return None
    made = next((f for f in scene.frames if f.vg.start < frame.vg.start and paper in f.objs and f.subj), None)
    return made.subj if made is not None and not made.vg.passive else None


def joined_after(groups: Sequence[Group], at: int, b: int) -> Sequence[Np]:
    """The noun group that "and" joins to the one at an index: "said residents and a doctor"."""
    pair = groups[at + 1 : min(at + 3, b)]
    return [pair[1]] if len(pair) == 2 and pair[0].low == "and" and isinstance(pair[1], Np) else ()


def beside(scene: Scene, others: Sequence[Np], first: Attribution) -> tuple[Attribution, ...]:
    """Who else says the same: "residents and medics said", of another kind or side than the first."""
    found = [source_of(np, scene) for np in others]
    told = [a for a in found if a is not None and (a.span or not a.inferred) and a.kind not in ("outlet", "unknown")]
    distinct = {(a.kind, a.side, a.speaker): a for a in told}
    return tuple(
        replace(a, cue=first.cue, cue_span=first.cue_span, hedge=first.hedge, channel=a.channel or first.channel, via=first.via)
        for key, a in distinct.items()
        if key != (first.kind, first.side, first.speaker)
    )  # fmt: skip
