"""Advances, retreats, deployments, mobilisation, martial law."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, parties_of, spanned, timed
from sayso.read.frames import Frame
from sayso.read.groups import Np
from sayso.read.scene import Scene

FRONTS: Final = ("advance", "retreat", "deploy", "mobilise", "encircle", "infiltrate")
MOVES: Final = {
    "advance": "advance",
    "retreat": "retreat",
    "deploy": "deployment",
    "mobilise": "mobilisation",
    "encircle": "encirclement",
    "infiltrate": "infiltration",
}


def movements(scene: Scene) -> Iterator[Draft]:
    """Advances, retreats, deployments, mobilisation, martial law."""
    for frame in scene.frames:
        cls = next((c for c in FRONTS if c in frame.vg.classes), None)
        if cls is None and frame.has("flee") and any(is_force(scene, n) for n in frame.subj):
            cls = "retreat"
        if cls is None or not moves(scene, frame, cls):
            continue
        made = drafted(scene, frame, "movement", MOVES[cls], f"movement.{cls}")
        made.actor = (
            agent(scene, frame)
            or (next(iter(parties_of(scene, frame.subj)), None) if frame.vg.passive else None)
            or subject_pronoun(scene, frame)
        )
        yield made
    for g in scene.nps():
        if g.lexeme("noun", "martiallaw") or g.lexeme("noun", "mobilisation"):
            yield from decreed(scene, g)
            return
    yield from nominal_move(scene)


def subject_pronoun(scene: Scene, frame: Frame) -> str | None:
    """The side of "our men", "nobody" in the source's mouth."""
    return (
        scene.speaking_side(frame.vg.start)
        if any(n.neg or n.cells[0].low in ("our", "we", "nobody") for n in frame.subj)
        else None
    )


def moves(scene: Scene, frame: Frame, cls: str) -> bool:
    """Whether a verb that can mean much ("left", "entered", "gathered") is of troops here."""
    low = frame.vg.main.low.split()[0] if frame.vg.main else ""
    troops = [n for n in (*frame.subj, *(frame.objs if cls in ("deploy", "encircle", "mobilise") else ()))]
    military = any(is_force(scene, n) for n in troops)
    nobody = any(n.neg for n in frame.subj)
    if any(
        (n.people and n.people.who == "civilian")
        or n.lexeme("attack")
        or n.lexeme("noun", "truce", "sanction", "corridor")
        for n in frame.subj
    ):
        return False
    if any(n.lexeme("noun", "truce", "breach", "sanction", "building", "equip") for n in frame.objs):
        return False
    if low in ("leave", "left", "leaves", "leaving"):
        return (military or nobody) and not any(c.low == "homes" for n in frame.objs for c in n.cells)
    if low in (
        "gather",
        "gathered",
        "gathering",
        "transfer",
        "transferred",
        "go",
        "went",
        "enter",
        "entered",
        "reach",
        "assembled",
        "move",
        "moved",
        "moving",
        "trap",
        "trapped",
    ):
        return military or any(c.low == "we" for n in frame.subj for c in n.cells)
    return (
        military
        or bool(parties_of(scene, frame.subj))
        or (not frame.subj and scene.speaker(frame.vg.start) is not None and cls in ("advance", "retreat"))
    )


def is_force(scene: Scene, np: Np) -> bool:
    """Whether a noun group is troops, a unit or an army."""
    people = np.people
    if (people is not None and people.who == "military") or np.lexeme("noun", "unit") or np.lexeme("enemy"):
        return True
    if any(n.body and n.body.kind in ("army", "armed_group") for n, _ in np.names):
        return True
    return np.head.low in ("men", "forces", "column", "convoy", "columns", "tanks", "units") and (
        np.names != [] or any(c.low in ("our", "its", "their") for c in np.cells)
    )


def decreed(scene: Scene, np: Np) -> Iterator[Draft]:
    """Martial law or mobilisation announced, extended, lifted."""
    law = np.lexeme("noun", "martiallaw") is not None
    frame = next((f for f in scene.frames if any(n is np for n in (*f.objs, *f.subj))), None) or (
        scene.frames[0] if scene.frames else None
    )
    made = Draft("movement", "martial_law" if law else "mobilisation", "movement.decreed", np.start, spanned(np))
    if frame is not None:
        made.actor = agent(scene, frame)
        timed(made, frame.times)
        made.modality = "appeal" if frame.has("urge") else "fact"
    made.actor = made.actor or scene.speaking_side(np.start) or scene.memory.subject or scene.memory.place_side
    yield made


def nominal_move(scene: Scene) -> Iterator[Draft]:
    """ "the retreat of the southern side", "Not one step back"."""
    words = scene.text[scene.start : scene.end].lower()
    for g in scene.nps():
        if g.head.low in ("retreat", "withdrawal", "advance", "pullback", "pull-out") and (g.of is not None or g.names):
            party = scene.party_of(g)
            if party is not None:
                sub = "advance" if g.head.low == "advance" else "retreat"
                yield Draft("movement", sub, "movement.noun", g.start, spanned(g), actor=party)
    if (
        "step back" in words
        and ("not one" in words or "no step" in words)
        and not any(f.has("retreat") for f in scene.frames)
    ):
        made = Draft(
            "movement",
            "retreat",
            "movement.vow",
            scene.start,
            [Span(scene.start, scene.end)],
            polarity="negated",
            modality="plan",
        )
        made.actor = scene.speaking_side(scene.start + 1)
        yield made


# -- people moved ---------------------------------------------------------------------------------------------
