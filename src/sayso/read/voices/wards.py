"""Whose doctors speak: a hospital stands in some place and is of its side; medics without a hospital are of none."""

from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.text.words import Cell
from sayso.read.voices.naming import plain, span, unlisted_person
from sayso.read.voices.sides import dateline_side, sentence_place_side

#: Unions and committees of doctors are of a whole country and speak for no town.
UNIONS: Final = frozenset(("committee", "union", "association", "syndicate", "network", "group", "society", "league"))


def of_ward(word: Cell, np: Np, scene: Scene) -> Attribution | None:
    """The hospital behind medics whom nothing beside them places: the one that their sentence names ("brought to Ubel
    Hospital, a doctor said"), the entry's that is called so ("the infirmary says"), or the only one that stands where the
    sentence is ("the hospital's director")."""
    if not UNIONS.isdisjoint(word.low.split()):
        return None
    if (ward := ward_before(np, scene)) is not None:
        side = scene.named_party(ward) or scene.place_side(ward) or town_side(scene)
        return source(word, np, side, org=plain(ward)) if side is not None else None
    if not stands(np):
        return None
    told = (s for s in reversed(scene.memory.sources) if s.kind == "medics" and s.side is not None)
    known = next((s for s in told if np.head.low in (s.org or "").lower().split()), None)
    if known is not None and np.cells[0].has("det"):
        return replace(known, span=span(np), inferred=True, cue=None, cue_span=None, hedge=None, via=())
    side = town_side(scene)
    return source(word, np, side, org=plain(np)) if side is not None else None


def source(word: Cell, np: Np, side: str | None, *, org: str) -> Attribution:
    """Medics of a hospital."""
    role = word.text if org != plain(np) else None
    return Attribution(kind="medics", side=side, org=org, role=role, speaker=unlisted_person(np), span=span(np))


def ward_before(np: Np, scene: Scene) -> Np | None:
    """The hospital that a sentence tells of before a noun group: by a name of its own, or pointed at."""
    before = [p for n in scene.nps() if n.start < np.start for p in n.chain()]
    listed = (p for p in before if any(n.body is not None and n.body.kind == "medics" for n, _ in p.names))
    named = (p for p in before if p.lexeme("noun", "medical") and any(c.cap for c in p.cells[1:]))
    pointed = (p for p in before if p.lexeme("noun", "medical") and p.cells[0].low == "the")
    return next((p for found in (listed, named, pointed) for p in found), None)


def town_side(scene: Scene) -> str | None:
    """The side of the town that a sentence names, or its entry, or the line that dates the report."""
    return sentence_place_side(scene) or scene.memory.place_side or dateline_side(scene)


def stands(np: Np) -> bool:
    """Whether a hospital speaks, or somebody of one that is pointed at: "the clinic", "the hospital's director"."""
    pointed = np.cells[0].has("det") and any(c.low.startswith(PLACED) for c in np.cells)
    return pointed or any(p.lexeme("noun", "medical") for p in np.chain())


#: What a house of medics is called.
PLACED: Final = ("hospital", "clinic", "infirmary", "maternity", "morgue", "mortuary")
