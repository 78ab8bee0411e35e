"""Whose an office is that is named without its country: what stands beside it, where the sentence begins, the entry's."""

import itertools
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.text.words import Cell

SIDELESS: Final = frozenset(
    ("expert", "eyewitness", "official", "ngo", "company", "international_org", "court", "media", "medics")
)
#: Offices that a body of any kind may have, and that speak for themselves: "the Front's health committee".
OFFICES: Final = (
    "health_ministry", "local_authority", "ombudsman", "medics", "emergency_service", "prosecutor", "court", "parliament",
    "media",
)  # fmt: skip
MATTER: Final = (
    "people",
    "equip",
    "building",
    "infra",
    "settlement",
    "shots",
    "truce",
    "breach",
    "talks",
    "corridor",
    "crime",
    "lies",
    "measure",
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
    local = sentence_place_side(scene) if kind == "local_authority" else sentence_side(scene) if kind in LOCAL else None
    return scene.memory.place_side or scene.memory.subject or local


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
            if name.place and name.place.side and not np.lexeme("body", "medics", "eyewitness"):
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


def office_of(np: Np, listed: Cell) -> Cell | None:
    """The office that a noun group names of a listed body: "the Council's health committee", "the governor of the Front"."""
    found = np.cell("body", *OFFICES)
    if found is None or found.name is not None or found is listed:
        return None
    beside = listed not in np.cells or any(c.low == "'s" for c in np.cells) or found.start > listed.start
    return found if beside and found is np.head else None


def dateline_side(scene: Scene) -> str | None:
    """The side of the place that a report is dated from: "UBEL, 3 May (Norwire) - The hospital in this town ..."."""
    first = scene.groups[0] if scene.groups else None
    dated = any(g.kind == "dash" for g in scene.groups[1:8]) and scene.groups[1].kind == "comma"
    return scene.place_side(first) if isinstance(first, Np) and dated else None


def there(np: Np, scene: Scene) -> str | None:
    """The side of the place of which "where" goes on to tell: "have crossed into Zorl, where officials say"."""
    at = next((i for i, g in enumerate(scene.groups) if g is np), 0)
    if at < 3 or scene.groups[at - 1].low != "where" or not isinstance(place := scene.groups[at - 3], Np):
        return None
    return scene.named_party(place) or scene.place_side(place)


def whose_own(np: Np, scene: Scene) -> str | None:
    """The side that "its" before an office stands for: where the office speaks behind its words, that of their subject."""
    subject = next((f.subj[0] for f in scene.frames if f.subj and f.vg.say is None and f.vg.start < np.start), None)
    tail = any(f.vg.say is not None and f.subj and f.subj[0] is np for f in scene.frames)
    own = scene.named_party(subject) if tail and subject is not None and not people_of(subject) else None
    return own or scene.nearest_party(np.start)


def people_of(np: Np) -> bool:
    """Whether the group's head are people or things that are told about ("rebel fighters"), not who tells."""
    return np.lexeme("noun", *MATTER) is not None and not np.head.has("body")


def joint_side(np: Np, scene: Scene) -> str | None:
    """The one camp of those whose office several hold ("the presidents of Ubel, Verst and Kuld"): None, where they are of no
    one camp; "" where the office is of one alone."""
    at = next((i for i, g in enumerate(scene.groups) if g is np), len(scene.groups))
    several = np.head.low.endswith("s") and not (at and scene.groups[at - 1].low == "between")
    first = scene.named_party(np.of) if np.of is not None and several else None
    if first is None:
        return ""
    sides = [first]
    for joint, other in itertools.pairwise(scene.groups[at + 1 :]):
        if joint.kind == "comma" or joint.low == "and":
            bare = isinstance(other, Np) and all(c.name is not None or c.has("det") for c in other.cells)
            side = scene.named_party(other) if bare and isinstance(other, Np) else None
            if side is None:
                break
            sides.append(side)
        elif not isinstance(joint, Np):
            break
    if len(sides) == 1:
        return ""
    return next((c for c in scene.directory.camps if all(scene.directory.overlap(c, p) for p in sides)), None)
