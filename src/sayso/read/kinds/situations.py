"""How things stand: supplies cut or restored, what is full, short or out of order; rescues and searches."""

from collections.abc import Iterator
from typing import Final

from sayso.read.drafts import Draft, drafted, spanned
from sayso.read.kinds.measures import measures
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np
from sayso.read.text.needs import any_word, classes, needs

#: What is supplied, runs or is open to people, of which it can be said that it is not.
SERVICES: Final = ("utility", "service", "infra", "medical", "building")
AFTER: Final = frozenset(("following", "after", "amid", "during", "despite", "because of", "due to"))


def others(scene: Scene) -> Iterator[Draft]:
    """Situations, rescues and measures."""
    found = [made for find, need in PARTS if need.met(scene.flags) for made in find(scene)]
    yield from found
    yield from measures(scene, {d.at for d in found})


def situation(scene: Scene, frame: Frame, rule: str, *nps: Np) -> Draft:
    """A draft of how things stand, with the side whose place it is."""
    made = drafted(scene, frame, "other", "situation", rule)
    made.spans += spanned(*nps)
    made.polarity = "asserted"
    where = [*nps, *(n for _, n in frame.preps)]
    made.subject = next((s for n in where if (s := scene.place_side(n))), None) or scene.memory.place_side
    counted = next((n for n in nps if n.num is not None and n.num.bare and n.start not in scene.used), None)
    if counted is not None:
        made.num = counted.num
        made.unit = next((x.unit for x in [counted.lexeme("noun")] if x is not None and x.unit), None)
        scene.used.add(counted.start)
    return made


def outages(scene: Scene) -> Iterator[Draft]:
    """ "The town is without water", "power out", "12,000 consumers are without power"."""
    for at, g in enumerate(scene.groups):
        if not isinstance(g, Np) or not any(p.lexeme("noun", "outage") for p in g.chain()):
            continue
        if at and scene.groups[at - 1].low in AFTER:
            continue  # "following the sirens in the north": only when it was
        frame = next((f for f in scene.frames if any(n is g for n in (*f.objs, *f.subj))), None)
        made = Draft("other", "situation", "other.outage", g.start, spanned(g))
        if frame is not None:
            told = situation(scene, frame, "other.outage", *(n for n in frame.subj if n is not g))
            told.at, told.spans = g.start, [*told.spans, *spanned(g)]
            made = told
        made.places = tuple(
            dict.fromkeys(
                p for n in scene.nps() for p in place_names(n, located=True) if any(x.place for x, _ in n.names)
            )
        )[:2]
        made.subject = next((s for n in scene.nps() if (s := scene.place_side(n))), scene.memory.place_side)
        yield made
        return


def standing(scene: Scene) -> Iterator[Draft]:
    """What is said of a supply, a service, a shelter: "is interrupted", "are full", "has been restored", "has run out"."""
    for frame in scene.frames:
        if hangs_on_other(frame):
            continue
        thing = next((n for n in frame.subj if n.lexeme("noun", *SERVICES, "shelter", "affairs")), None)
        if thing is not None and stands(scene, frame, thing):
            yield situation(scene, frame, "other.standing", thing)
        elif frame.has("lack") and (short := stock_of(frame)) is not None:
            yield situation(scene, frame, "other.short", short)
        elif kept_out(frame):
            yield situation(scene, frame, "other.access", *frame.subj)
        elif enough(scene, frame):
            yield situation(scene, frame, "other.enough", *frame.objs[:1])
        elif (mishap := next((n for n in frame.objs if n.lexeme("noun", "mishap")), None)) is not None:
            yield situation(scene, frame, "other.mishap", mishap)
        elif upper_hand(frame):
            made = situation(scene, frame, "other.upper_hand", *frame.objs)
            made.actor, made.subject = next((p for n in frame.subj if (p := scene.party_of(n))), None), None
            yield made


def hangs_on_other(frame: Frame) -> bool:
    """Whether the verb only says what is asked, ordered, feared, accused or denied."""
    return frame.vg.inf and frame.head is not None and frame.head.has("urge", "rule", "accuse", "deny", "threaten")


def stands(scene: Scene, frame: Frame, thing: Np) -> bool:
    """Whether a verb says of a supply or service how it is: interrupted, restored, full, no longer working."""
    if thing.lexeme("noun", "utility", "service") and frame.has("interrupt") and (frame.undergone or not frame.objs):
        return thing.lexeme("noun", "utility") is not None or not frame.undergone
    copular = not frame.vg.classes or frame.has("link") or (frame.vg.passive and frame.vg.cells[-1].has("plight"))
    if copular and plight(scene, frame):
        return True
    works = frame.has("function") and (frame.vg.neg or thing.lexeme("noun", "utility") is not None)
    return works and not frame.objs


def plight(scene: Scene, frame: Frame) -> bool:
    """Whether a word for a state of affairs stands behind the verb ("full", "overwhelmed", "out of action")."""
    near: list[Group] = [frame.vg]
    for g in scene.groups[frame.at + 1 : frame.at + 5]:
        if g.kind in ("comma", "semi", "stop", "conj", "colon"):
            break
        near.append(g)
    return any(c.has("plight") for g in near for c in g.cells)


def stock_of(frame: Frame) -> Np | None:
    """What somebody is short of, where it is a supply."""
    behind = [*frame.objs, *frame.prep("of", "from", "for", "on")]
    return next((n for n in behind for p in n.chain() if p.lexeme("noun", "stock", "utility", "aid")), None)


def kept_out(frame: Frame) -> bool:
    """ "was denied access to the town", "was refused entry"."""
    barred = frame.vg.passive and (frame.has("deny") or (frame.vg.main is not None and frame.vg.main.low in BARRED))
    return barred and any(n.head.low in ENTRY for n in frame.objs)


ENTRY: Final = frozenset(("access", "entry", "passage"))
BARRED: Final = frozenset(("refused", "denied", "barred", "granted"))


def enough(scene: Scene, frame: Frame) -> bool:
    """ "We have enough blood for two hours", "there is no water left"."""
    if frame.vg.classes - {"common"} or not frame.objs:
        return False
    np = frame.objs[0]
    words = {c.low for c in np.cells}
    return np.lexeme("noun", "stock") is not None and bool(words & {"enough", "little", "few", "no", "sufficient"})


def upper_hand(frame: Frame) -> bool:
    """ "Our army has the upper hand", "holds the initiative"."""
    held = frame.has("hold", "common", "take", "gain") or not frame.vg.classes
    return held and any(n.lexeme("noun", "edge") for n in frame.objs)


def rescues(scene: Scene) -> Iterator[Draft]:
    """People saved: "rescued", "pulled out alive", "were found alive", "the crew was evacuated", "the fire was put out"."""
    for frame in scene.frames:
        patients = frame.subj if frame.undergone else frame.objs
        saved = frame.has("rescue") and (frame.subj or frame.vg.passive)
        crew = frame.has("evacuate", "release") and any(is_crew(n) for n in patients)
        alive = frame.undergone and "alive" in {c.low for g in scene.groups[frame.at : frame.at + 3] for c in g.cells}
        dug = frame.has("convey", "extricate") and any(rescuers(n) for n in frame.subj) and under(scene, frame)
        if not (saved or crew or alive or dug) or hangs_on_other(frame):
            continue
        made = drafted(scene, frame, "other", "rescue", "other.rescue")
        nps = [*patients, *(n for _, n in frame.preps), *frame.subj]
        made.subject = next((p for n in nps for p in [scene.party_of(n) or scene.place_side(n)] if p), None)
        made.subject = made.subject or scene.speaking_side(made.at)
        people = next((n for n in patients if n.num is not None and not n.lexeme("victim")), None)
        if people is not None and people.start not in scene.used:
            made.num, made.unit = people.num, "people"
            scene.used.add(people.start)
        yield made


def is_crew(np: Np) -> bool:
    """Whether it is the crew of something."""
    return any(c.low in ("crew", "crews", "pilot", "pilots", "crew members") for c in np.cells)


def rescuers(np: Np) -> bool:
    """Whether it is those who rescue."""
    return np.lexeme("noun", "rescuers") is not None


def under(scene: Scene, frame: Frame) -> bool:
    """Whether it is from under something that they are brought out."""
    return any(
        c.low in ("rubble", "debris", "ruins", "wreckage", "under", "beneath", "from under", "from beneath")
        for g in scene.groups[frame.at : frame.at + 8]
        for p in (g.chain() if isinstance(g, Np) else (g,))
        for c in p.cells
    )


def searches(scene: Scene) -> Iterator[Draft]:
    """ "The search goes on", "rescue work continues under the rubble"."""
    for frame in scene.frames:
        work = next((n for n in frame.subj if n.lexeme("noun", "search")), None)
        if work is not None and frame.has("continue", "occur", "aspect") and not frame.objs:
            yield drafted(scene, frame, "other", "rescue", "other.search")


#: The situations and rescues, each with what it needs.
PARTS: Final = (
    (outages, needs("noun:outage")),
    (
        standing,
        needs(classes("noun", (*SERVICES, "shelter", "affairs", "stock", "aid", "mishap", "edge")), any_word(ENTRY)),
    ),
    (rescues, needs("verb:rescue verb:evacuate verb:release ~alive noun:rescuers")),
    (searches, needs("noun:search")),
)
