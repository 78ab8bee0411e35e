"""People who fled, were evacuated or told to go, returned, or stay where they found a roof."""

from collections.abc import Iterator

from sayso.read.drafts import Draft, agent, drafted, low_words, spanned
from sayso.read.evidence import Asked, speaks
from sayso.read.kinds.movements import is_force
from sayso.read.kinds.victims import unit_for, who_of
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np, Vg
from sayso.read.whose import RESIDENTS, give


def displacement(scene: Scene) -> Iterator[Draft]:
    """People who fled, were evacuated, returned, or shelter somewhere."""
    for frame in scene.frames:
        ordered = frame.vg.inf and frame.head is not None and frame.head.has("urge", "extend", "enact")
        sub = (
            "evacuated"
            if ordered and (frame.has("flee") or left_home(frame))
            else "returned"
            if frame.has("gohome")
            else "evacuated"
            if frame.has("evacuate") or carried_out(scene, frame)
            else "displaced"
            if frame.has("flee") or left_home(frame)
            else None
        )
        treated = any(n.lexeme("ward") for n in frame.prep("to", "in"))
        named = frame.vg.main is not None and frame.vg.main.low.startswith("evacuat")
        if sub is None or (sub == "evacuated" and treated and not named):
            continue  # "were brought to hospital": hurt, not evacuated
        carried = sub == "evacuated" and not frame.undergone and (frame.has("evacuate") or carried_out(scene, frame))
        patients = [
            n
            for n in (frame.objs if carried or took_in(frame) else [*frame.subj, *frame.objs])
            if n.people or (n.num and n.alone) or n.lexeme("noun", "thing")
        ]
        for np in patients[:1]:
            if (
                is_force(scene, np)
                or (np.people and any(c.low in ("its", "our") for c in np.cells))
                or np.lexeme("victim")
                or (took_in(frame) and np.start in scene.used)  # a hospital that takes in the wounded
                or (frame.relative and speaks(scene, np))  # "a woman who fled the town said"
            ):
                continue
            made = drafted(scene, frame, "displacement", sub, f"displacement.{sub}")
            number = aside(scene, np) or np
            made.num, made.who, made.unit = number.num, who_of(scene, np), unit_for(None, number)
            if np.head.low in ("population", "inhabitants"):
                made.who = "civilian"
            if frame.has("evacuate") and made.num is None and not np.people:
                continue
            made.actor = agent(scene, frame.head) if ordered and frame.head is not None else None
            give(Asked(scene, np, made, frame), RESIDENTS)
            made.modality = "appeal" if ordered else made.modality
            made.scope = (
                "increment"
                if np.incr
                else made.scope
                or ("stock" if "shelter" in low_words(frame) or "shelters" in low_words(frame) else None)
            )
            if made.num is not None:
                scene.used.add(number.start)
            yield made
    yield from stayed(scene)
    yield from lodged(scene)
    yield from evacuation(scene)
    yield from displaced_ones(scene)


def displaced_ones(scene: Scene) -> Iterator[Draft]:
    """People counted as displaced by their noun alone ("its kitchens feed 4,300 displaced families")."""
    for np in (p for n in scene.nps() for p in n.chain()):
        said = np.people is not None and any(c.low in ("displaced", "internally displaced") for c in np.cells)
        if not said or np.num is None or not np.num.bare or np.start in scene.used:
            continue
        made = Draft("displacement", "displaced", "displacement.noun", np.start, spanned(np), num=np.num, scope="stock")
        made.who, made.unit = who_of(scene, np), unit_for(None, np)
        scene.used.add(np.start)
        yield made


def lodged(scene: Scene) -> Iterator[Draft]:
    """Where people stay who cannot be at home: "6,300 are staying in shelters", "400 people spent the night in cellars"."""
    for frame in scene.frames:
        if not frame.has("lodge") or frame.has("flee"):
            continue
        nps = frame.subj if frame.undergone or not any(n.num for n in frame.objs) else frame.objs
        np = next((n for n in nps if n.num is not None and (n.people or n.alone) and n.start not in scene.used), None)
        if np is None or is_force(scene, np):
            continue
        before = (
            [n for n in scene.nps() if n.start < np.start][-1:]
            if any(g.low == "where" for g in scene.groups[: frame.at])
            else []
        )
        roof = [n for n in (*frame.prep("in", "at", "with", "under"), *frame.objs, *before, *scene.nps())]
        if not any(
            p.lexeme("noun", "shelter", "infra", "medical", "cultural", "building") for n in roof for p in n.chain()
        ):
            continue
        made = drafted(scene, frame, "displacement", "displaced", "displacement.lodged")
        made.num, made.who, made.unit, made.scope = np.num, who_of(scene, np), unit_for(None, np), "stock"
        give(Asked(scene, np, made, frame), RESIDENTS)
        made.subject = made.subject or next((s for n in roof if (s := scene.place_side(n))), None)
        scene.used.add(np.start)
        yield made


def evacuation(scene: Scene) -> Iterator[Draft]:
    """An evacuation by its noun: "the evacuation of children from the villages begins on Friday"."""
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np) or g.head.low not in ("evacuation", "resettlement", "relocation"):
            continue
        people = next((p for p in g.chain()[1:] if p.people), None)
        frame = next((f for f in scene.frames if any(n is g for n in (*f.subj, *f.objs))), None)
        frame = frame or next(
            (f for f in scene.frames if f.at > at and f.has("effect", "occur", "continue", "start")), None
        )
        if people is None or frame is None or frame.has("deny") or is_force(scene, people):
            continue
        made = drafted(scene, frame, "displacement", "evacuated", "displacement.evacuation")
        made.at, made.who = g.start, who_of(scene, people)
        aside_ = next(
            (x for x in scene.groups[at + 1 : frame.at] if isinstance(x, Np) and x.num is not None and x.alone), None
        )
        number = people if people.num is not None else aside_
        if number is not None:
            made.num, made.unit = number.num, unit_for(None, people)
            scene.used.add(number.start)
        where = [*g.chain(), *(n for _, n in frame.preps)]
        give(Asked(scene, people, made, frame), RESIDENTS)
        made.subject = made.subject or next((s for n in where if (s := scene.place_side(n))), None)
        made.modality = "plan" if frame.vg.inf or made.modality == "plan" else made.modality
        yield made


def took_in(frame: Frame) -> bool:
    """ "took in another 2,200 people"."""
    return bool(frame.vg.main and frame.vg.main.low.endswith(" in"))


def carried_out(scene: Scene, frame: Frame) -> bool:
    """Whether people are taken out of somewhere ("took 12,400 people out of Ubel by train", "got 30 patients out of")."""
    if not frame.has("carry", "convey", "evacuate", "take", "release", "common", "extricate"):
        return False
    moved = frame.subj if frame.undergone else frame.objs
    behind = scene.groups[frame.at + 1 : frame.last + 1]
    out = any(g.kind == "prep" and g.low == "out of" for g in behind) or any(g.low == "to safety" for g in behind)
    return out and any(n.people and n.num is not None for n in moved)


def left_home(frame: Frame) -> bool:
    """ "have left the lake villages", of people who are no troops."""
    low = frame.vg.main.low if frame.vg.main else ""
    people = any(
        ((n.people and n.people.who != "military") or (n.alone and n.num and n.num.op != "none")) and not n.neg
        for n in frame.subj
    )
    return low in ("left", "leave", "leaving") and people and bool(frame.objs)


def aside(scene: Scene, np: Np) -> Np | None:
    """The number between dashes behind a noun ("half the population - some 70,000 people - has fled")."""
    if np not in scene.groups:
        return None
    at = scene.index(np)
    if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "dash" and isinstance(scene.groups[at + 2], Np):
        found = scene.groups[at + 2]
        assert isinstance(found, Np)
        return found if found.num is not None else None
    return None


def stayed(scene: Scene) -> Iterator[Draft]:
    """ "another 70 refused to go"; "for a total of about 17,000"."""
    words = scene.text[scene.start : scene.end].lower()
    if "refused to" not in words and "refuse to" not in words:
        return
    for at, g in enumerate(scene.groups):
        if (
            isinstance(g, Np)
            and g.num is not None
            and g.start not in scene.used
            and at + 1 < len(scene.groups)
            and isinstance(scene.groups[at + 1], Vg)
        ):
            vg = scene.groups[at + 1]
            if any(c.low.startswith("refuse") for c in vg.cells):
                yield Draft(
                    "displacement",
                    "evacuated",
                    "displacement.refused",
                    g.start,
                    spanned(g, vg),
                    num=g.num,
                    who=who_of(scene, g),
                    unit=unit_for(None, g),
                    polarity="negated",
                )
