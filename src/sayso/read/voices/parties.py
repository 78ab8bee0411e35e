"""Sources that are a side itself: a bare party, whoever issues figures in its name, soldiers and fighters who speak."""

from dataclasses import replace
from typing import Final

from sayso.model.claim import Attribution
from sayso.read.scene import Scene
from sayso.read.text.groups import Np
from sayso.read.voices.naming import plain, span, unlisted_person
from sayso.read.voices.sides import people_of

#: What stands behind the name of an armed party and is the party itself: "the Front movement said".
ORGANISED: Final = frozenset(("group", "movement", "organisation", "organization", "alliance"))
FEW: Final = 5  # "two officers said" speak; so many soldiers are counted
NOT_SPEAKERS: Final = ("weapon", "attack", "toll", "victim")


def of_party(np: Np, scene: Scene) -> Attribution | None:
    """A bare party ("Kuld", "the Orland side"): its government, or itself where it is an army or armed group."""
    if people_of(np) or any(np.lexeme(p) for p in NOT_SPEAKERS) or len(np.cells) > 5 or np.num:
        return None
    name = next(((n, c) for n, c in np.names if n.party), None)
    if name is None:
        return None
    side = name[0].party
    assert side is not None
    extra = [
        c
        for c in np.cells
        if c.name is None and not c.has("det", "sideword", "adv", "body") and c.low not in ("itself", *ORGANISED)
    ]
    if extra or (name[1].low.endswith(("ian", "ani", "ish", "ic", "ese")) and len(np.cells) == 1):
        return None
    kind = scene.directory.kind_of_party(side)
    if kind == "government" and np.head.low in ORGANISED:
        kind = "armed_group"
    return Attribution(kind=kind, side=side, org=plain(np), span=span(np))


def of_owner(np: Np, scene: Scene) -> Attribution | None:
    """The body of another side that an owner alone stands for: "Orland's ministry counted 12. Kuld's blamed its gunners"."""
    last, words = scene.memory.source, [c for c in np.cells if not c.has("det")]
    party = words[0].name.party if len(words) == 2 and words[0].name is not None else None
    if party is None or words[1].low != "'s" or last is None or last.side in (None, party):
        return None
    return Attribution(kind=last.kind, side=party, span=span(np), inferred=True)


def of_organ(np: Np, scene: Scene) -> Attribution | None:
    """An organ of an international organisation that no list has: "the League Interim Force"."""
    if people_of(np) or any(np.lexeme(p) for p in NOT_SPEAKERS) or np.num:
        return None
    side = next((n.party for n, _ in np.names if n.party and n.third), None)
    kind = scene.directory.kind_of_third(side) if side is not None else None
    extra = [c for c in np.cells if c.name is None and not c.has("det")]
    if kind is None or not extra or not all(c.cap or c.has("body", "role", "again") for c in extra):
        return None
    return Attribution(kind=kind, side=side, org=plain(np), span=span(np))


def of_holder(np: Np, scene: Scene) -> Attribution | None:
    """The party whose report or figures a noun group names."""
    party = next((n.party for n, _ in np.names if n.party), None)
    if party is None:
        return None
    return Attribution(kind=scene.directory.kind_of_party(party), side=party, org=plain(np), span=span(np))


def of_fighters(np: Np, scene: Scene) -> Attribution | None:
    """Soldiers or fighters who speak: their army or armed group ("a Front fighter said", "an officer of the army")."""
    people = np.people
    if (
        people is None
        or people.who != "military"
        or np.lexeme("victim")
        or (np.num is not None and np.num.bare and (np.num.n or FEW) >= FEW)
    ):
        return None
    body = next((n.body for part in np.chain() for n, _ in part.names if n.body and n.body.side), None)
    side = body.side if body is not None else next((n.party for p in np.chain() for n, _ in p.names if n.party), None)
    if side is None:
        told = (s for s in reversed(scene.memory.sources) if s.kind in ("army", "armed_group"))
        known = next(told, None) if np.cells[0].low in ("the", "these") else None
        return replace(known, role=plain(np), speaker=None, span=span(np), inferred=True) if known is not None else None
    kind = body.kind if body is not None else scene.directory.kind_of_party(side)
    kind = kind if kind in ("army", "armed_group") else "army"
    return Attribution(kind=kind, side=side, role=plain(np), span=span(np), speaker=unlisted_person(np))


def figures_of(np: Np, scene: Scene) -> Attribution | None:
    """The party in whose name figures are given ("according to League figures")."""
    return of_holder(np, scene) if np.names and np.head.has("account") and np.num is None else None
