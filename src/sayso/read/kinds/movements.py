"""Advances, retreats, deployments, mobilisation, martial law."""

from collections.abc import Iterator
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, hypothetical, of_any, parties_of, spanned, timed
from sayso.read.kinds.attacks import attempted
from sayso.read.kinds.charges import from_abroad
from sayso.read.kinds.control import given_up
from sayso.read.kinds.weapons import hurled
from sayso.read.places import names_or_spots, place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.text.needs import any_word, classes, needs
from sayso.read.whose import attacked

FRONTS: Final = ("advance", "retreat", "deploy", "mobilise", "encircle", "infiltrate")
#: All verb classes that a movement can be told with.
MOVING: Final = (*FRONTS, "pass", "arrive", "flee", "visit", "convey", "perform", "hold", "meet", "stand")
MOVES: Final = {
    "advance": "advance",
    "retreat": "retreat",
    "deploy": "deployment",
    "mobilise": "mobilisation",
    "encircle": "encirclement",
    "infiltrate": "infiltration",
}


NOUNS: Final = frozenset(("retreat", "withdrawal", "advance", "pullback", "pull-out"))
BY_VERB: Final = needs(classes("verb", MOVING))
DECREED: Final = needs("noun:martiallaw noun:mobilisation")
BY_NOUN: Final = needs(f"{any_word(NOUNS)} *step")


def movements(scene: Scene) -> Iterator[Draft]:
    """Advances, retreats, deployments, mobilisation, martial law."""
    for frame in scene.frames if BY_VERB.met(scene.flags) else ():
        cls = kind_of(scene, frame)
        if cls is None or (cls == "retreat" and hypothetical(scene, frame)):
            continue  # "if the army quits the pass"
        made = drafted(scene, frame, "movement", MOVES[cls], f"movement.{cls}")
        made.actor = mover(scene, frame)
        if cls == "encircle":
            ringed = frame.subj if frame.undergone else frame.objs
            attacked(scene, made, [n for n in ringed if is_force(scene, n)], ())
            made.actor = made.actor or ringing(scene, frame, made.subject)
        made.places = where_to(scene, frame, cls, made.places)
        count(scene, frame, made)
        yield made
    for g in scene.nps() if DECREED.met(scene.flags) else ():
        part = next((p for p in g.chain() if p.lexeme("noun", "martiallaw", "mobilisation")), None)
        if part is not None and not any(f.has("infiltrate") for f in scene.frames):
            yield from decreed(scene, g, part)
            yield from decreed_too(scene, g, part)
            return
    if BY_NOUN.met(scene.flags):
        yield from nominal_move(scene)
    yield from present(scene)


def kind_of(scene: Scene, frame: Frame) -> str | None:
    """The kind of movement that a verb tells of."""
    if not frame.has(*MOVING):
        return None
    nps = (*frame.subj, *frame.objs)
    if hurled(scene, frame) is not None or of_any(frame.subj):
        return None  # "sent drones at the port" is an attack
    if given_up(scene, frame) is not None or attempted(frame) or any(mercenary(scene, n) for n in nps):
        return None
    cls = next((c for c in FRONTS if c in frame.vg.classes), None)
    if cls == "deploy" and pulled_out(frame):
        return "retreat"
    crosses = frame.has("pass", "arrive", "advance", "flee", "visit")
    if crosses and any(n.lexeme("noun", "unit") and "group" in n.head.low for n in frame.subj):
        return "infiltrate"
    if cls is None and frame.has("flee") and any(is_force(scene, n) for n in frame.subj):
        return "retreat"
    if cls == "deploy" and frame.relative and frame.vg.feat in ("s", "base") and not frame.vg.modal:
        return None  # "a militia that fights alongside the army" is only described
    if cls is None and (conveyed(scene, frame) or crossed(scene, frame)):
        return "retreat" if pulled_out(frame) else "deploy"
    return cls if cls is not None and moves(scene, frame, cls) else None


def pulled_out(frame: Frame) -> bool:
    """Whether troops are taken out of somewhere ("began to pull its men out of Ubel")."""
    low = frame.vg.main.low.split()[0] if frame.vg.main else ""
    return low in ("pull", "pulls", "pulled", "pulling", "withdraw", "withdrew", "withdrawn") and bool(
        frame.prep("from")
    )


def mercenary(scene: Scene, np: Np) -> bool:
    """Whether a noun group is of mercenaries: bringing them in is an accusation."""
    return any(p.lexeme("noun", "mercenary") or from_abroad(scene, p) for p in np.chain())


def conveyed(scene: Scene, frame: Frame) -> bool:
    """Whether troops or arms are brought somewhere, or arrive ("sent troops to the border", "reinforcements arrived")."""
    moved = frame.subj if frame.undergone else frame.objs
    if frame.has("convey") and frame.prep("to", "in", "from", "on"):
        return any(is_force(scene, n) or is_armour(n) for n in moved) and not any(n.lexeme("victim") for n in moved)
    if frame.has("arrive") and not frame.undergone:
        return any(
            n.head.low in ("reinforcements", "reserves", "column", "columns", "convoy of tanks") for n in frame.subj
        )
    ordered = frame.has("perform", "hold", "meet") and any(n.lexeme("noun", "drills") for n in frame.objs)
    stands = frame.has("stand") and any(is_force(scene, n) for n in frame.subj) and bool(frame.prep("in", "on"))
    return ordered or stands


def crossed(scene: Scene, frame: Frame) -> bool:
    """Whether troops of a country outside the war are said to have crossed a border or river, or not to have."""
    force = next((n for n in frame.subj if is_force(scene, n)), None)
    side = scene.party_of(force) if force is not None else None
    return frame.has("pass", "flee") and bool(frame.objs) and side is not None and not scene.directory.is_party(side)


def is_armour(np: Np) -> bool:
    """Whether a noun group is of weapons that are brought up."""
    lexeme = np.lexeme("noun", "equip")
    return lexeme is not None and lexeme.unit in ARMOUR


ARMOUR: Final = frozenset(
    ("tanks", "ifvs", "armoured vehicles", "aircraft", "helicopters", "guns", "launchers", "air defence systems",
     "equipment", "ships", "drones")
)  # fmt: skip


def mover(scene: Scene, frame: Frame) -> str | None:
    """Who moves: the agent, else whose troops are moved, else the source that speaks of its own."""
    found = agent(scene, frame)
    if found is None and frame.undergone and frame.has("encircle"):
        return None
    if found is None and frame.undergone:
        found = next(iter(parties_of(scene, [n for n in frame.subj if is_force(scene, n) or is_armour(n)])), None)
    return found or subject_pronoun(scene, frame)


def ringing(scene: Scene, frame: Frame, ringed: str | None) -> str | None:
    """Who has encircled a party's troops where nobody is named: the source, if it is another party."""
    speaker = scene.speaking_side(frame.vg.start)
    return speaker if speaker != ringed and scene.directory.is_party(speaker) else None


def where_to(scene: Scene, frame: Frame, cls: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """The place of a movement; of a retreat what was left, not what it goes towards."""
    if cls != "retreat" or not frame.prep("in"):
        return found
    left = [*frame.objs, *frame.prep("from", "of")]
    if named := names_or_spots(scene, left, left):
        return named
    return tuple(p for p in found if p[:1].isupper())


def count(scene: Scene, frame: Frame, made: Draft) -> None:
    """The number of units or machines that move, where one is said."""
    for np in (*frame.subj, *frame.objs):
        lexeme = np.lexeme("noun", "unit", "equip") or (np.people if made.sub == "mobilisation" else None)
        called = made.sub == "mobilisation" or not np.people
        if np.num is not None and np.num.bare and lexeme is not None and not np.neg and called:
            made.num, made.unit = np.num, lexeme.unit or f"{lexeme.lemma}s"
            scene.used.add(np.start)
            return


def present(scene: Scene) -> Iterator[Draft]:
    """Troops or machines that are somewhere ("two jets were at the airport", "there are no Marnian troops in Tesk")."""
    for frame in scene.frames:
        if frame.vg.classes or frame.vg.say or not frame.prep("in") or frame.undergone:
            continue
        there = [n for n in (*frame.subj, *frame.objs) if is_armour(n) or (is_force(scene, n) and scene.party_of(n))]
        where = [p for n in frame.prep("in", "on") for p in place_names(n, located=True, country=True)]
        if not there or not where or any(n.lexeme("victim") for n in (*frame.subj, *frame.objs)):
            continue
        made = drafted(scene, frame, "movement", "deployment", "movement.present")
        made.places = tuple(dict.fromkeys(where))
        made.polarity = "negated" if made.polarity == "negated" or there[0].neg else "asserted"
        made.actor = scene.party_of(there[0])
        count(scene, frame, made)
        yield made
        return
    if scene.kind == "headline" and not scene.frames and isinstance(first := scene.groups[0], Np) and is_armour(first):
        where = [p for n in scene.nps() if within_prep(scene, n) for p in place_names(n, located=True)]
        if where and first.num is not None:
            made = Draft("movement", "deployment", "movement.present.headline", first.start, spanned(first))
            made.places, made.actor, made.num = tuple(where), scene.party_of(first), first.num
            scene.used.add(first.start)
            yield made


def within_prep(scene: Scene, np: Np) -> bool:
    """Whether a word like "at" stands before a noun group."""
    at = scene.index(np)
    return at > 0 and scene.groups[at - 1].kind == "prep" and scene.groups[at - 1].sub == "in"


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
    by = frame.prep("by") if frame.undergone else []
    troops = [*frame.subj, *by, *(frame.objs if cls in ("deploy", "encircle", "mobilise") else ())]
    military = any(is_force(scene, n) or (cls == "advance" and is_armour(n)) for n in troops)
    if any(
        (n.people and n.people.who == "civilian")
        or n.lexeme("attack")
        or (n.lexeme("weapon") and not n.lexeme("noun", "equip", "people"))
        or n.lexeme("noun", "truce", "sanction", "corridor", "shots")
        for n in frame.subj
    ):
        return False
    if any(n.lexeme("noun", "truce", "breach", "sanction", "building", "equip") for n in frame.objs):
        return (
            cls == "deploy"
            and military
            and not any(n.lexeme("noun", "truce", "breach", "sanction") for n in frame.objs)
        )
    if cls == "mobilise" and frame.undergone and any(n.people for n in frame.subj):
        return True  # "all men from 18 to 55 are being called up"
    if cls == "encircle":
        ringed = frame.subj if frame.undergone else frame.objs
        return any(
            is_force(scene, n) or n.lexeme("noun", "settlement") or any(x.place for x, _ in n.names) for n in ringed
        )
    if low in ("leave", "left", "leaves", "leaving"):
        return (military or any(n.neg for n in frame.subj)) and not any(
            c.low == "homes" for n in frame.objs for c in n.cells
        )
    if cls == "deploy" and frame.vg.main is not None and frame.vg.main.low.startswith(("send", "sent", "sending")):
        return bool(parties_of(scene, frame.subj))  # "sent tanks", "sends in troops": the verb names what is sent
    if low in LOOSE:
        return military or any(c.low == "we" for n in frame.subj for c in n.cells)
    return (
        military
        or bool(parties_of(scene, frame.subj))
        or (not frame.subj and scene.speaker(frame.vg.start) is not None and cls in ("advance", "retreat"))
    )


#: Verbs that tell of troops only with troops beside them.
LOOSE: Final = frozenset(
    ["gather", "gathered", "gathering", "transfer", "transferred", "go", "went", "enter", "entered", "enters", "reach",
     "reached", "reaches", "assembled", "move", "moved", "moving", "moves", "trap", "trapped", "come", "came", "cut",
     "isolate", "isolated", "ring", "volunteer", "volunteered", "recruit", "recruited", "send", "sent", "bring", "brought",
     "withdraw", "withdrew", "break", "broke", "step", "sign", "signed", "join", "joined", "press", "pressed", "shift",
     "shifted", "rotate", "rotated", "mass", "flew", "fly", "cross", "crossed", "slip", "slipped", "evacuate", "evacuated",
     "close", "closed", "seal", "sealed", "give", "gave", "rolled", "roll"]
)  # fmt: skip


def is_force(scene: Scene, np: Np) -> bool:
    """Whether a noun group is troops, a unit or an army, also counted ("three of its units")."""
    for part in np.chain():
        people = part.people
        if (people is not None and people.who == "military") or part.lexeme("noun", "unit") or part.lexeme("enemy"):
            return True
        if any(n.body and n.body.kind in ("army", "armed_group") for n, _ in part.names):
            return True
    return np.head.low in ("men", "forces", "column", "convoy", "columns", "tanks", "units") and (
        np.names != [] or any(c.low in ("our", "its", "their") for c in np.cells)
    )


def decreed(scene: Scene, np: Np, part: Np) -> Iterator[Draft]:
    """Martial law or mobilisation announced, extended, lifted."""
    law = part.lexeme("noun", "martiallaw") is not None
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


def decreed_too(scene: Scene, np: Np, part: Np) -> Iterator[Draft]:
    """The mobilisation that is announced beside martial law, or the other way round: two decrees, two claims."""
    other = "mobilisation" if part.lexeme("noun", "martiallaw") is not None else "martiallaw"
    after = (g for g in scene.groups[scene.index(np) + 1 :] if isinstance(g, Np))
    second = next((g for g in after if g.lexeme("noun", other) is not None), None)
    if second is not None and any(g.sub == "and" for g in scene.groups[scene.index(np) : scene.index(second)]):
        yield from decreed(scene, second, second)


def nominal_move(scene: Scene) -> Iterator[Draft]:
    """ "the retreat of the southern side", "Not one step back"."""
    words = scene.text[scene.start : scene.end].lower()
    for g in scene.nps():
        if any(f.has("check", "repel") and g in (*f.subj, *f.objs) for f in scene.frames):
            continue  # an advance that is halted
        if g.head.low in NOUNS and (g.of is not None or g.names):
            party = scene.party_of(g)
            if party is not None:
                sub = "advance" if g.head.low == "advance" else "retreat"
                yield Draft("movement", sub, "movement.noun", g.start, spanned(g), actor=party)
    vowed = "step back" in words and ("not one" in words or "no step" in words)
    if vowed and not any(kind_of(scene, f) == "retreat" for f in scene.frames):
        span = [Span(scene.start, scene.end)]
        made = Draft("movement", "retreat", "movement.vow", scene.start, span, polarity="negated", modality="plan")
        held = [n for f in scene.frames for n in f.prep("from")]
        made.places = names_or_spots(scene, held, held)
        made.actor = scene.speaking_side(scene.start + 1)
        yield made
