"""Killed, wounded, missing: counts of people in every form of the clause, with whose they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, both, drafted, parties_of, place_names, places_of, spanned
from sayso.read.elided import carried_over
from sayso.read.frames import Frame
from sayso.read.groups import Np, Vg
from sayso.read.numbers import bounded
from sayso.read.scene import Scene
from sayso.read.victims import counted, none, subject_of, unit_for, who_of

SUBS: Final = {"kill": "killed", "die": "killed", "fall": "killed", "wound": "wounded", "miss": "missing"}
THINGS: Final = ("equip", "building", "infra", "settlement", "shots", "truce", "measure", "breach", "corridor", "talks")


def casualties(scene: Scene) -> Iterator[Draft]:
    """Every casualty claim of a sentence, totals before their parts."""
    found: list[Draft] = []
    for frame in scene.frames:
        found += from_frame(scene, frame)
    for at, np in [(i, g) for i, g in enumerate(scene.groups) if isinstance(g, Np)]:
        found += from_noun(scene, at, np)
    found.sort(key=lambda d: d.at)
    found += anaphoric(scene, found)
    yield from carried_over(scene, found)


# -- verbs ----------------------------------------------------------------------------------------------------


def from_frame(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """The victims of a verb of killing, dying, wounding or losing."""
    sub = next((SUBS[c] for c in SUBS if c in frame.vg.classes), None)
    if sub is not None and not (frame.has("fall") and not falls_in_battle(frame)):
        for np in victims(frame):
            if is_human(np) and not (np.num is None and asked(scene, frame)):
                yield of_people(scene, frame, np, sub)
    elif frame.has("lose") and not frame.vg.passive:
        for np in frame.objs:
            if np.people and not np.lexeme("victim"):
                yield lost(scene, frame, np)
    elif not frame.vg.classes and not frame.vg.say and frame.objs and not frame.vg.main:
        yield from predicate(scene, frame)


def asked(scene: Scene, frame: Frame) -> bool:
    """Whether the verb stands in a question ("how many have been killed"): nothing is counted there."""
    return any(
        g.kind == "conj" and g.low.startswith(("how", "whether", "if")) and g.start < frame.vg.start
        for g in scene.in_clause(frame.vg.start)
    )


def falls_in_battle(frame: Frame) -> bool:
    """Whether "fell" is said of people."""
    return any(n.people or (n.num and n.alone) for n in frame.subj) and not frame.objs


def victims(frame: Frame) -> Sequence[Np]:
    """The noun groups that suffer it: subject of passives and of dying, object of killing."""
    if frame.has("die", "miss", "fall") or frame.vg.passive:
        return frame.subj
    if frame.objs and is_human(frame.objs[0]):
        return frame.objs
    if frame.vg.feat in ("pastpart", "part", "past") and frame.subj and (not frame.objs) and not frame.relative:
        return [n for n in frame.subj if n.people or n.alone or n.neg]
    return ()


def is_human(np: Np) -> bool:
    """Whether a noun group can be counted as people."""
    if np.lexeme("noun", *THINGS) and not np.people:
        return False
    if np.people or np.lexeme("victim") or (np.neg and len(np.cells) <= 2):
        return True
    if np.alone or (np.num is not None and not np.lexeme("attack") and not np.lexeme("weapon")):
        return not np.lexeme("noun", "measure", "target", "thing")
    named = any(n.body and n.body.kind in ("army", "armed_group") for n, _ in np.names) or any(
        n.party for n, _ in np.names
    )
    return named and np.head.low.endswith("s") and not np.lexeme("weapon") and not np.lexeme("attack")


def of_people(scene: Scene, frame: Frame, np: Np, sub: str) -> Draft:
    """The claim of a verb and its victims."""
    made = drafted(scene, frame, "casualties", sub, f"casualties.verb.{'passive' if frame.vg.passive else 'active'}")
    made.spans.append(Span(np.start, np.end))
    made.at = np.start if np.num and np in frame.subj else frame.vg.start
    counted(scene, made, np)
    if np.num is None and not np.neg and is_plural(np) is False and np.people:
        made.num, made.unit = bounded("exact", 1, np.start, np.end), made.unit
    made.subject = subject_of(scene, made, np, frame)
    made.actor = None
    if np.neg or frame.vg.neg:
        none(made)
    if (scene.frames and any(f.has("strike", "shell") for f in scene.frames)) or any(
        g.lexeme("attack") for g in scene.nps()
    ):
        made.scope = made.scope or ("incident" if made.num and made.num.op != "none" else None)
    return made


def is_plural(np: Np) -> bool:
    """Whether its people are more than one by their form."""
    people = np.people
    return people is None or people.feat != "sg"


def lost(scene: Scene, frame: Frame, np: Np) -> Draft:
    """ "Orland has lost 212 soldiers"."""
    wounded = any(isinstance(g, Vg) and "wound" in g.classes for g in scene.groups[frame.last : frame.last + 2])
    made = drafted(scene, frame, "casualties", "wounded" if wounded else "killed", "casualties.lost")
    counted(scene, made, np)
    made.subject = (
        scene.party_of(np) or next(iter(parties_of(scene, frame.subj)), None) or subject_of(scene, made, np, frame)
    )
    return made


def predicate(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "five residents are dead", "nobody is hurt": a form of "be" with the state behind it."""
    state = frame.objs[0]
    victim = state.lexeme("victim")
    if victim is None or len(state.cells) > 2 or state.num or not frame.subj or not is_human(frame.subj[0]):
        return
    made = of_people(scene, frame, frame.subj[0], victim.cls)
    made.rule = "casualties.state"
    scene.used.add(state.start)
    yield made


# -- nouns ----------------------------------------------------------------------------------------------------


def from_noun(scene: Scene, at: int, np: Np) -> Iterator[Draft]:
    """ "30 dead", "no casualties", "heavy losses", "the toll has reached 331", "Injured: 0"."""
    for part in np.chain():
        victim = part.lexeme("victim") or part.lexeme("toll")
        if victim is None or part.start in scene.used:
            continue
        if equipment_near(np) or (part.lexeme("toll") is None and part.people and part.num and verb_follows(scene, at)):
            continue
        if part.num is not None and (part.num.bare or part.neg or part.people) and not part.lexeme("toll"):
            yield from each_side(scene, of_victims(scene, part, np, victim.cls))
        elif (listed := listed_as(scene, at, part)) is not None:
            made = of_victims(scene, listed, listed, victim.cls)
            made.scope = made.scope or "cumulative"
            yield made
        elif (number := number_for(scene, at, np)) is not None:
            yield of_toll(scene, np, number, victim.cls)
        return


def listed_as(scene: Scene, at: int, part: Np) -> Np | None:
    """The counted people before "as fallen" ("lists 148 of its fighters as fallen")."""
    if at < 2 or scene.groups[at - 1].low != "as" or part.num is not None:
        return None
    prior = next((g for g in reversed(scene.groups[: at - 1]) if isinstance(g, Np)), None)
    return prior if prior is not None and prior.num is not None and is_human(prior) else None


def each_side(scene: Scene, made: Draft) -> Iterator[Draft]:
    """The losses that each side reports of the other: one claim a side; any others as they are."""
    from sayso.read.mirrors import is_mutual, mirror  # noqa: PLC0415 - the two modules need each other

    if not (is_mutual(scene, scene.start, scene.end) and any(both(scene, n) for n in scene.nps())):
        yield made
        return
    for attr, foe in mirror(scene):
        yield replace(
            made,
            attr=attr,
            subject=foe,
            rule="casualties.mirrored",
            who="unknown",
            scope="cumulative",
            spans=list(made.spans),
        )


def anaphoric(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """A bare number for what was counted before ("Nine, says Verst", "unofficially it is nearer to a thousand")."""
    known = scene.memory.claim
    for np in scene.nps():
        if np.num is None or not np.alone or np.start in scene.used or not np.num.bare or np.num.op == "none":
            continue
        clause = scene.clause(np.start)
        if (any(clause[0] <= d.at < clause[1] for d in found) and not listed_on(scene, np)) or any(
            f.vg.classes and clause[0] <= f.vg.start < clause[1] and not f.vg.say for f in scene.frames
        ):
            continue
        marked = any(g.kind == "voice" for g in scene.in_clause(np.start))
        told = any(v.start <= np.start < v.end and not v.carried for v in scene.voices)
        prior = [d for d in found if clause[0] <= d.at < np.start]
        if prior and listed_on(scene, np):
            made = replace(prior[-1], num=np.num, at=np.start, spans=spanned(np), rule="casualties.again", part_of=None)
            made.places = (
                tuple(place_names(after, located=True)) if (after := place_after(scene, np)) is not None else ()
            )
            scene.used.add(np.start)
            yield made
            continue
        before = next((d for d in found if d.end <= clause[0]), None)
        if before is not None and marked:
            yield replace(before, num=np.num, at=np.start, spans=spanned(np), rule="casualties.again")
        elif known is not None and known[0] == "casualties" and told:
            made = Draft(
                "casualties",
                known[1],
                "casualties.again",
                np.start,
                spanned(np),
                num=np.num,
                subject=known[3],
                who=scene.memory.who or "unknown",  # type: ignore[arg-type]
            )
            made.unit = {"military": "soldiers", "civilian": "civilians"}.get(made.who or "", "people")
            yield made


def listed_on(scene: Scene, np: Np) -> bool:
    """Whether a bare number goes on a list of counts ("210 in the north and of up to 65 near X")."""
    at = scene.index(np)
    prior = [g.kind for g in scene.groups[max(0, at - 2) : at]]
    return "conj" in prior and set(prior) <= {"conj", "prep", "comma"} and place_after(scene, np) is not None


def place_after(scene: Scene, np: Np) -> Np | None:
    """The place that stands right behind a number."""
    at = scene.index(np)
    if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "prep" and scene.groups[at + 1].sub in ("in", "on"):
        nxt = scene.groups[at + 2]
        return nxt if isinstance(nxt, Np) and list(place_names(nxt, located=True)) else None
    return None


def verb_follows(scene: Scene, at: int) -> bool:
    """Whether a verb of casualties follows, which makes the claim itself."""
    nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
    return isinstance(nxt, Vg) and bool(nxt.classes & set(SUBS))


def equipment_near(np: Np) -> bool:
    """Whether the losses are of equipment."""
    return any(p.lexeme("noun", "equip") and not p.people for p in np.chain())


def of_victims(scene: Scene, part: Np, np: Np, sub: str) -> Draft:
    """A counted noun of victims."""
    made = Draft("casualties", sub, "casualties.noun", part.start, spanned(np))
    frame = frame_around(scene, np)
    if frame is not None:
        from sayso.read.drafts import timed  # noqa: PLC0415 - the two modules need each other

        timed(made, frame.times)
        made.places = places_of(scene, frame)
    counted(scene, made, part)
    made.subject = subject_of(scene, made, np, frame)
    if part.neg or (frame is not None and frame.vg.neg and np in frame.objs):
        none(made)
    if made.num is not None and made.num.op == "many":
        made.unit, made.scope = None, made.scope or "cumulative"
    return made


def number_for(scene: Scene, at: int, np: Np) -> Np | None:
    """The bare number that a verb, "at" or a colon gives for a toll: "has reached 331", "puts its dead at 12", "Injured: 0"."""
    for step, g in enumerate(scene.groups[at + 1 : at + 9], at + 1):
        if isinstance(g, Np):
            if g.num is not None and (g.alone or g.lexeme("noun", "people") is not None) and g.start not in scene.used:
                return g
            if len(g.cells) == 1 and g.neg:
                return g
            if g.num is None and not g.lexeme("noun") and step > at + 3:
                return None
        elif isinstance(g, Vg):
            if not (g.classes & {"rise", "count", "lose"} or g.say or not g.classes) or g.neg:
                return None
        elif g.kind in ("semi", "stop", "conj", "rel", "incl"):
            return None
    return None


def of_toll(scene: Scene, np: Np, number: Np, sub: str) -> Draft:
    """A toll and the number given for it."""
    made = Draft("casualties", sub, "casualties.toll", number.start, spanned(np, number))
    scene.used.add(number.start)
    counted(scene, made, number)
    who = who_of(scene, np)
    made.who = who if who != "unknown" else (made.who or "unknown")
    made.unit = unit_for(made.who, number)
    times = [g.when for g in scene.groups if g.when is not None]
    from sayso.read.drafts import timed  # noqa: PLC0415 - the two modules need each other

    timed(made, times)
    frame = frame_around(scene, np)
    made.subject = subject_of(scene, made, np, frame)
    if number.neg:
        none(made)
    made.scope = made.scope or ("cumulative" if np.lexeme("toll") else None)
    return made


def frame_around(scene: Scene, np: Np) -> Frame | None:
    """The frame that a noun group is an argument of, else the nearest before it."""
    holding = None
    for frame in scene.frames:
        if any(n is np for n in (*frame.subj, *frame.objs, *(p for _, p in frame.preps))):
            return frame
        if frame.vg.start < np.start:
            holding = frame
    return holding


# -- fields ---------------------------------------------------------------------------------------------------
