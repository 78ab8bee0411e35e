""" "Both sides accuse each other": one claim for each side, for any number of sides."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Attribution, Span
from sayso.read.drafts import both, facing
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.voices.speakers import source_of

#: Verbs of two that blame one another.
TRADED: Final = (
    "trade blame",
    "trade accus",
    "traded blame",
    "traded accus",
    "exchange accus",
    "exchanged accus",
    "trades blame",
)


def is_mutual(scene: Scene, a: int, b: int) -> bool:
    """Whether all sides speak of one another between two offsets."""
    nps = [n for n in scene.nps() if a <= n.start < b]
    other = any(n.lexeme("other") for n in nps) or any(
        c.low in ("each other", "one another", "the other", "trade") or c.low.startswith(TRADED)
        for g in scene.groups
        for c in g.cells
    )
    return other and (any(both(scene, n) for n in nps) or len(named(scene, a, b)) >= 2)


def named(scene: Scene, a: int, b: int) -> list[str]:
    """The parties named between two offsets, each once."""
    found = (scene.named_party(n) for n in scene.nps() if a <= n.start < b)
    return list(dict.fromkeys(p for p in found if p and p != scene.directory.all_id and scene.directory.is_party(p)))


def mirror(scene: Scene, a: int | None = None, b: int | None = None) -> Iterator[tuple[Attribution, str | None]]:
    """For each side that speaks: its attribution and the side that it speaks of."""
    start, end = scene.start if a is None else a, scene.end if b is None else b
    sides = named(scene, start, end)
    if len(sides) < 2:
        sides = list(facing(scene))
    directory = scene.directory
    whose = next((n for n in scene.nps() if both(scene, n)), None)
    for side in sides:
        others = [s for s in sides if s != side and not directory.overlap(s, side)]
        foe = others[0] if len(others) == 1 else directory.opposite(side)
        yield speaker_for(scene, side, whose), foe


def speaker_for(scene: Scene, side: str, whose: Np | None) -> Attribution:
    """The attribution of one side of a mutual claim."""
    spoken = next(
        (
            a
            for n in scene.nps()
            if not both(scene, n) and (a := source_of(n, scene)) and a.side == side and not a.inferred
        ),
        None,
    )
    if spoken is not None:
        return spoken
    kind = scene.directory.kind_of_party(side)
    if whose is not None and any(c.low.endswith(("armies", "staffs", "militaries")) for c in whose.cells):
        kind = "army"
    named = next(
        (b for b in scene.directory.conflict.bodies if b.side == side and b.kind == kind and kind == "army"), None
    )
    org = named.name if named else scene.directory.conflict.name(side)
    span = Span(whose.start, whose.end) if whose is not None else None
    return Attribution(kind=kind, side=side, org=org, span=span)
