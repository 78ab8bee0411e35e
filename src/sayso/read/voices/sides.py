"""Whose an office is that is named without its country: what stands beside it, where the sentence begins, the entry's."""

from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.text.words import Cell

SIDELESS: Final = frozenset(
    ("expert", "eyewitness", "official", "ngo", "company", "international_org", "court", "media", "medics")
)
#: Offices that speak for the place that a sentence is about.
LOCAL: Final = frozenset(("ombudsman", "health_ministry", "emergency_service", "prosecutor", "local_authority"))


def home_side(scene: Scene, kind: str) -> str | None:
    """The side of an office that is named without its country: that of the place where the sentence begins, the only
    one that has such an office, that of the entry's source, of its place."""
    if (fronted := fronted_side(scene) or scene.directory.sole.get(kind)) is not None:
        return fronted
    for found in (scene.memory.source, scene.memory.owner, scene.memory.heading, scene.memory.listed):
        if found is not None and found.side and found.kind not in ("media", "expert", "eyewitness"):
            return found.side
    return scene.memory.place_side or scene.memory.subject or (sentence_side(scene) if kind in LOCAL else None)


def fronted_side(scene: Scene) -> str | None:
    """The side of a place or party at the start of the sentence ("In Verst, the ministry says")."""
    groups = scene.groups
    if len(groups) < 3 or groups[0].kind != "prep" or groups[0].sub != "in" or not isinstance(groups[1], Np):
        return None
    sides = (n.party or (n.place.side if n.place else None) for n, _ in groups[1].names)
    return next((side for side in sides if side), None)


def side_beside(np: Np, scene: Scene) -> str | None:
    """The side that stands with an office: adjective, possessor, "of" or "in" a place."""
    for part in np.chain():
        for name, _cell in part.names:
            if name.party or (name.body and name.body.side):
                return name.party or (name.body.side if name.body else None)
            if name.place and name.place.side and not np.lexeme("body", "medics"):
                return name.place.side
    at = scene.index(np) if np in scene.groups else -1
    if (
        0 <= at < len(scene.groups) - 2
        and scene.groups[at + 1].kind == "prep"
        and scene.groups[at + 1].sub in ("in", "from")
    ):
        nxt = scene.groups[at + 2]
        if isinstance(nxt, Np):
            return next((n.party or (n.place.side if n.place else None) for n, _ in nxt.names), None)
    return None


def same_kind(kind: str, word: Cell, scene: Scene) -> Attribution | None:
    """The source of that kind that the entry named last: "the ministry" stands for it."""
    owner = scene.memory.owner
    if owner is not None and owner.kind == kind:
        return owner
    if kind in SIDELESS:
        return None
    last = [s for s in (scene.memory.owner, scene.memory.heading, scene.memory.source) if s]
    for known in reversed([*scene.memory.sources, *last]):
        if known.kind == kind or (word.low == "ministry" and known.kind.endswith("_ministry")):
            return known
    return None


def sentence_side(scene: Scene) -> str | None:
    """The side of the first place, else of the first party, that the sentence names."""
    return sentence_place_side(scene) or next(
        (s for s in (scene.named_party(p) for n in scene.nps() for p in n.chain()) if s), None
    )


def sentence_place_side(scene: Scene) -> str | None:
    """The side of the first place that the sentence names."""
    return next((s for s in (scene.place_side(n) for n in scene.nps()) if s), None)
