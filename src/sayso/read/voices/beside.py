"""Sources that say the same words together: "residents and medics said", "according to the mayor and a doctor"."""

from collections.abc import Sequence
from dataclasses import replace

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np
from sayso.read.voices.speakers import source_of


def joined_after(groups: Sequence[Group], at: int, b: int) -> Sequence[Np]:
    """The noun group that "and" joins to the one at an index: "said residents and a doctor"."""
    pair = groups[at + 1 : min(at + 3, b)]
    return [pair[1]] if len(pair) == 2 and pair[0].low == "and" and isinstance(pair[1], Np) else ()


def beside(scene: Scene, others: Sequence[Np], first: Attribution) -> tuple[Attribution, ...]:
    """Who else says the same: "residents and medics said", of another kind or side than the first."""
    found = [source_of(np, scene) for np in others]
    told = [a for a in found if a is not None and not a.inferred and a.kind not in ("outlet", "unknown")]
    distinct = {(a.kind, a.side, a.speaker): a for a in told}
    return tuple(
        replace(a, cue=first.cue, cue_span=first.cue_span, hedge=first.hedge, channel=a.channel or first.channel, via=first.via)
        for key, a in distinct.items()
        if key != (first.kind, first.side, first.speaker)
    )  # fmt: skip
