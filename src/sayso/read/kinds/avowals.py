"""Attacks that somebody takes upon itself: "claimed responsibility for the raid", "claimed the attack on the base"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, parties_of, spanned, timed
from sayso.read.kinds.strikes import places_behind, targets
from sayso.read.kinds.strikes import sub_of as sub_of_noun
from sayso.read.places import names_or_spots
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.voices.parties import of_fighters
from sayso.read.voices.speakers import source_of
from sayso.read.whose import attacked

#: Verbs by which a deed or the responsibility for it is taken upon oneself.
TAKING: Final = frozenset(("claim", "claims", "claimed", "claiming", "take", "takes", "took", "taken", "taking", "assume",
    "assumed", "accept", "accepts", "accepted", "admit", "admits", "admitted", "acknowledge", "acknowledged"))  # fmt: skip
CLAIMING: Final = frozenset(("claim", "claims", "claimed", "claiming"))
AVOWING: Final = flags(*(f"={w}" for w in sorted(TAKING)))


def avowed(scene: Scene) -> Iterator[tuple[Np, Draft | None]]:
    """Each attack that is taken upon itself by somebody, with its claim; None where nobody has ("no group has claimed")."""
    if not scene.flags & AVOWING:
        return
    for frame in scene.frames:
        low = frame.vg.main.low if frame.vg.main is not None else ""
        if low not in TAKING:
            continue
        doers = frame.prep("by") if frame.undergone else frame.subj
        for np in deeds(scene, frame, low):
            nobody = frame.vg.neg or any(n.neg for n in doers)
            yield np, None if nobody else claimed(scene, frame, np, doers)


def deeds(scene: Scene, frame: Frame, low: str) -> list[Np]:
    """The attacks that a verb of taking is about."""
    things = frame.subj if frame.undergone else frame.objs
    if any(n.lexeme("noun", "blame") for n in things):
        blame = next(n for n in things if n.lexeme("noun", "blame"))
        at = scene.index(blame) if blame in scene.groups else frame.at
        behind = scene.groups[at + 1 : at + 4]
        nps = [n for n in behind if isinstance(n, Np)][:1] if behind and behind[0].low == "for" else []
    else:
        clause = any(f.subj and f.subj[0] in things for f in scene.frames if f is not frame)
        nps = list(things[:1]) if low in CLAIMING and not clause else []
    return [n for n in nps if n.head.has("attack") and n.lexeme("attack", "clash", "calm") is None]


def claimed(scene: Scene, frame: Frame, np: Np, doers: list[Np]) -> Draft:
    """The claim of who takes an attack upon itself: its source and its actor are the same."""
    at = scene.index(np)
    behind = places_behind(scene, at)
    made = Draft("attack", sub_of_noun(scene, at, np, np, behind) or "other", "attack.avowed", np.start, spanned(np))
    source = next((s for n in doers if (s := source_of(n, scene) or of_fighters(n, scene)) is not None), None)
    if source is not None and frame.vg.main is not None:
        cue = frame.vg.main
        made.attr = replace(source, cue=cue.text, cue_span=Span(cue.start, cue.end))
    made.actor = next(iter(parties_of(scene, doers)), None) or (source.side if source is not None else None)
    where = [*behind, *np.chain()]
    made.places = names_or_spots(scene, where, where)
    attacked(scene, made, targets(behind), behind)
    timed(made, frame.times)
    made.scope = None
    return made
