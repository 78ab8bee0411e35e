"""Counts of victims by nouns: "30 dead", "the death of three soldiers", "the toll has reached 331", "Injured: 0"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.read.drafts import Draft, both, spanned, timed
from sayso.read.kinds.denials import NEWS
from sayso.read.kinds.victims import (
    counted,
    is_human,
    is_name,
    is_person,
    none,
    surpassed,
    unit_for,
    unknown_names,
    who_of,
)
from sayso.read.places import places_of
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.whose import subject_of

MARKS: Final = frozenset(("mark", "threshold", "milestone", "barrier"))
VICTIMISED: Final = {"kill": "killed", "die": "killed", "wound": "wounded"}
DEAD_AND_WOUNDED: Final = frozenset(
    f"{dead} and {hurt}" for dead in ("dead", "killed") for hurt in ("wounded", "injured", "hurt")
)
VERBS: Final = frozenset(("harm", "kill", "die", "fall", "wound", "miss"))


def from_noun(scene: Scene, at: int, np: Np) -> Iterator[Draft]:
    """ "30 dead", "no casualties", "heavy losses", "the toll has reached 331", "Injured: 0"."""
    deed = deed_of(np)
    if deed is not None:
        yield from deeds(scene, at, np, deed[0].of or owner(deed[0]), deed[1])
        return
    if (apart := held_apart(scene, at, np)) is not None:
        yield from deeds(scene, apart, np, target_at(scene, apart), deed_class(np))
        return
    if (told := by_name(scene, np) or there_are(scene, at, np)) is not None:
        yield from told
        return
    for part in np.chain():
        victim = part.lexeme("victim") or part.lexeme("toll")
        if (
            victim is None
            or part.start in scene.used
            or (victim.feat == "hurt" and not part.neg)
            or untold(scene, part)
        ):
            continue
        if equipment_near(scene, at, np) or (
            part.lexeme("toll") is None and part.people and part.num and verb_follows(scene, at)
        ):
            continue
        if part.num is not None and (part.num.bare or part.neg or part.people) and not part.lexeme("toll"):
            for sorted_ in sorts(scene, at, part):
                yield of_victims(scene, sorted_, sorted_, victim.cls)
            yield from each_side(scene, of_victims(scene, part, np, split(scene, at, part, victim.cls)))
        elif (listed := listed_as(scene, at, part)) is not None:
            made = of_victims(scene, listed, listed, victim.cls)
            made.scope = made.scope or "cumulative"
            yield made
        elif (number := number_for(scene, at, np)) is not None:
            yield of_toll(scene, np, number, victim.cls)
        elif part is np and uncounted(scene, at, np):
            yield of_victims(scene, np, np, victim.cls)
        return


def uncounted(scene: Scene, at: int, np: Np) -> bool:
    """Whether losses are said to have been without a number: "there were casualties", "both sides suffered losses"."""
    if np.lexeme("victim", "casualties") is None or np.num is not None or np.of is not None or np.neg:
        return False
    frame = next((f for f in scene.frames if any(n is np for n in f.objs)), None)
    if frame is None or frame.vg.neg or frame.vg.modal or frame.vg.inf:
        return False
    if any(g.kind == "conj" and g.low in ("if", "whether") for g in scene.groups[max(0, frame.at - 4) : frame.at]):
        return False
    there = frame.at > 0 and scene.groups[frame.at - 1].low == "there" and not frame.vg.classes
    had = frame.vg.cells[-1].low in ("have", "has", "had") and frame.vg.main is None
    whose = any(both(scene, n) or scene.party_of(n) or n.lexeme("body") or n.lexeme("noun", "unit") for n in frame.subj)
    return there or (whose and (had or frame.has("lose")))


def by_name(scene: Scene, np: Np) -> list[Draft] | None:
    """Victims whose names are published ("55 names of killed servicemen", "the names of 23 killed soldiers")."""
    dead = np.of
    if np.head.low not in ("names", "surnames") or dead is None or dead.start in scene.used:
        return None
    subs = [VICTIMISED[c] for x in dead.cells for c in x.classes("verb") if c in VICTIMISED]
    counted_ = np if np.num is not None and np.num.bare else dead
    if not subs or counted_.num is None or not dead.human:
        return None
    made = of_victims(scene, dead, np, subs[0])
    made.num, made.at = counted_.num, counted_.start
    scene.used.add(counted_.start)
    return [made]


def there_are(scene: Scene, at: int, np: Np) -> list[Draft] | None:
    """Both claims of "there are dead and wounded": nobody is counted, and each is said."""
    verb, there = (scene.groups[at - 1], scene.groups[at - 2]) if at > 1 else (None, None)
    both_ = np.lexeme("victim", "casualties") is not None and np.num is None and np.cells[-1].low in DEAD_AND_WOUNDED
    if not both_ or not isinstance(verb, Vg) or verb.classes or verb.neg or there is None or there.low != "there":
        return None
    return [of_victims(scene, np, np, sub) for sub in ("killed", "wounded")]


def deed_of(np: Np) -> tuple[Np, str] | None:
    """The part of a noun group that names a deed with victims behind "of" or before "'s", and what it does to them."""
    for part in np.chain():
        deed = part.lexeme("deed")
        if deed is not None and (part.num is None or not part.num.bare) and (part.of is not None or owner(part)):
            return part, deed.cls
    return None


def deed_class(np: Np) -> str:
    """What the deed that a noun group names does."""
    found = np.lexeme("deed")
    return found.cls if found is not None else ""


def held_apart(scene: Scene, at: int, np: Np) -> int | None:
    """The index of the group that holds the victims of a deed whose "of" stands behind a time or place ("the murder in X
    of two priests", "the killings last night of a judge")."""
    groups = scene.groups
    if np.of is not None or not np.cells[-1].has("deed") or (np.num is not None and np.num.bare):
        return None
    nxt = at + 1
    while nxt < len(groups) and groups[nxt].kind in ("time", "adv"):
        nxt += 1
    here = groups[nxt + 1] if nxt + 1 < len(groups) and groups[nxt].kind == "prep" else None
    if not isinstance(here, Np):
        return None
    if groups[nxt].sub == "of":
        return nxt + 1 if nxt > at + 1 else None
    placed = groups[nxt].sub == "in" and here.human is None and here.lexeme("deed") is None
    return nxt + 1 if placed and here.of is not None and is_human(here.of) else None


def target_at(scene: Scene, at: int) -> Np:
    """The first victims at an index: the group itself, or what hangs on the place there."""
    np = scene.groups[at]
    assert isinstance(np, Np)
    return np.of if np.of is not None and np.human is None else np


def owner(part: Np) -> Np | None:
    """The person before "'s" in "X's murder"."""
    mark = next((i for i, c in enumerate(part.cells) if c.low == "'s"), 0)
    before = Np(part.cells[:mark]) if mark and part.cells[mark + 1 : mark + 2] else None
    return before if before is not None and part.cells[-1].has("deed") and is_person(before) else None


def deeds(scene: Scene, at: int, np: Np, first: Np | None, sub: str) -> Iterator[Draft]:
    """ "the death of three soldiers and a nurse", "the murder of X", "X's murder"; the first victims end at an index."""
    assert first is not None
    if any(f.has("release", "exchange", "evacuate") and any(n is np for n in (*f.objs, *f.subj)) for f in scene.frames):
        return  # bodies that are handed over
    for target in (first, *listed_after(scene, at, first, np)):
        told = (target.num is not None and (target.num.bare or target.human)) or is_person(target)
        if not told or not is_human(target) or target.start in scene.used or target.lexeme("victim", "casualties"):
            continue
        made = of_victims(scene, target, np, sub)
        made.rule, made.given = "casualties.deed", only_spoken_of(scene, np)
        if made.who == "unknown" and target is first and (said := described(scene, at)) is not None:
            made.who, made.unit = who_of(scene, said), unit_for(None, said)
        yield made


def only_spoken_of(scene: Scene, np: Np) -> bool:
    """Whether a deed stands behind a preposition that no report of it governs, or behind another verb: whoever denies
    "any part in the murder of X" does not deny the murder."""
    at = scene.index(np)
    prior = scene.groups[at - 1] if at else None
    if isinstance(prior, Vg):
        return "deny" not in prior.classes  # "denied that it was implicated in the murder of X"
    if prior is None or np.cells[-1].low in NEWS or prior.kind != "prep":
        return False
    before = scene.groups[at - 2] if at > 1 else None
    return not (isinstance(before, Np) and (before.head.low in NEWS or before.lexeme("report", "account")))


def described(scene: Scene, at: int) -> Np | None:
    """What stands beside a named victim ("the murder of X, a teacher")."""
    groups = scene.groups
    nxt = groups[at + 2] if at + 2 < len(groups) and groups[at + 1].kind == "comma" else None
    return nxt if isinstance(nxt, Np) and nxt.human is not None and is_person(nxt) else None


def listed_after(scene: Scene, at: int, first: Np, deed: Np) -> Iterator[Np]:
    """The people who are listed on behind a first one ("the death of 3 soldiers and 5 civilians", "the murder of X, his
    wife, and two others")."""
    groups, last = scene.groups, first
    while at + 2 < len(groups) and groups[at + 1].kind in ("conj", "comma") and groups[at + 1].sub in ("and", ""):
        step = 3 if groups[at + 2].kind == "conj" else 2
        nxt = groups[at + step] if at + step < len(groups) else None
        ahead = groups[at + step + 1] if at + step + 1 < len(groups) else None
        if not isinstance(nxt, Np) or (isinstance(ahead, Vg) and not opens(scene, deed)) or nxt.lexeme("victim"):
            return
        if nxt.human is None and not (is_name(nxt) and unknown_names(nxt) > 1):
            return
        if groups[at + 1].kind == "comma" and step == 2 and apposed(last, nxt):
            return
        yield nxt
        last, at = nxt, at + step


def apposed(before: Np, np: Np) -> bool:
    """Whether a person between commas is the one named before ("X, a teacher"): one person each, and no other of theirs
    ("X, his wife")."""
    return is_person(np) and is_person(before) and np.cells[0].low not in ("his", "her", "their")


def opens(scene: Scene, np: Np) -> bool:
    """Whether a noun group opens its clause, so that the next verb is its own ("the death of A and B was condemned")."""
    at = scene.index(np) if np in scene.groups else 0
    return at == 0 or scene.groups[at - 1].kind in ("that", "rel", "comma", "colon", "semi", "dash", "quote")


def untold(scene: Scene, part: Np) -> bool:
    """Whether "no losses" stands behind a verb of giving figures: not told, which is no zero (R3)."""
    return part.neg and any(
        f.vg.main is not None and f.vg.main.has("figures") and any(part in n.chain() for n in f.objs)
        for f in scene.frames
    )


def sorts(scene: Scene, at: int, part: Np) -> Iterator[Np]:
    """The counts before that lend their noun from this one ("320 military and 21 civilian deaths")."""
    groups = scene.groups
    while at >= 2 and groups[at - 1].kind in ("conj", "comma"):
        before = groups[at - 2]
        if not isinstance(before, Np) or before.num is None or before.start in scene.used:
            return
        plain = [c for c in before.cells if not c.has("num", "vague", "cmp", "det", "incr") and not c.low[0].isdigit()]
        if not plain or not all(c.has("sort") for c in plain):
            return
        yield before
        at -= 2


def split(scene: Scene, at: int, part: Np, sub: str) -> str:
    """What "casualties" are: the dead, where the wounded are counted beside them ("8 casualties and 20 wounded")."""
    if sub != "casualties" or part.neg or not any(c.low in ("casualties", "victims", "casualty") for c in part.cells):
        return sub
    beside = [g for g in scene.groups[max(0, at - 3) : at + 4] if isinstance(g, Np) and g is not part]
    hurt = any(p.lexeme("victim", "wounded") and p.num is not None for n in beside for p in n.chain())
    return "killed" if hurt else sub


def listed_as(scene: Scene, at: int, part: Np) -> Np | None:
    """The counted people before "as fallen" ("lists 148 of its fighters as fallen")."""
    if at < 2 or scene.groups[at - 1].low != "as" or part.num is not None:
        return None
    prior = next((g for g in reversed(scene.groups[: at - 1]) if isinstance(g, Np)), None)
    return prior if prior is not None and prior.num is not None and is_human(prior) else None


def each_side(scene: Scene, made: Draft) -> Iterator[Draft]:
    """The losses that each side reports of the other: one claim a side; any others as they are."""
    from sayso.read.kinds.mirrors import is_mutual, mirror  # noqa: PLC0415 - the two modules need each other

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
            firm=True,
        )


def verb_follows(scene: Scene, at: int) -> bool:
    """Whether a verb of casualties follows, which makes the claim itself."""
    nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
    return isinstance(nxt, Vg) and bool(nxt.classes & VERBS)


def equipment_near(scene: Scene, at: int, np: Np) -> bool:
    """Whether the losses are of equipment ("losses of tanks", "heavy losses in hardware")."""
    nxt = scene.groups[at + 2] if at + 2 < len(scene.groups) and scene.groups[at + 1].sub == "in" else None
    of_it = isinstance(nxt, Np) and nxt.lexeme("noun", "equip") is not None and np.lexeme("victim", "casualties")
    return bool(of_it) or any(p.lexeme("noun", "equip") and not p.people for p in np.chain())


def of_victims(scene: Scene, part: Np, np: Np, sub: str) -> Draft:
    """A counted noun of victims."""
    made = Draft("casualties", sub, "casualties.noun", part.start, spanned(np))
    frame = frame_around(scene, np)
    if frame is not None:
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
            counted_ = g.num is not None and (g.alone or (g.num.bare and g.people is not None))
            if counted_ and g.start not in scene.used:
                return g
            if (mark := marked(g)) is not None:
                return mark
            if len(g.cells) == 1 and g.neg:
                return g
            hung = scene.groups[step - 1].kind == "prep"
            if g.num is None and not hung and not g.lexeme("noun") and step > at + 3:
                return None
        elif isinstance(g, Vg):
            if len(g.cells) == 1 and g.feat in ("part", "pastpart") and (np.lexeme("toll") or np.lexeme("sum")):
                continue  # "the number of wounded admitted to the hospitals has reached 312"
            if not (g.classes & {"rise", "exceed", "count", "lose", "hold", "sum"} or g.say or not g.classes) or g.neg:
                return None
        elif g.kind == "conj" and g.sub == "and" and np.lexeme("toll") and is_place(scene.groups[step + 1 : step + 2]):
            continue
        elif g.kind in ("semi", "stop", "conj", "incl") or (
            g.kind == "rel" and not np.lexeme("toll") and not np.lexeme("sum")
        ):
            return None
    return None


def marked(np: Np) -> Np | None:
    """The number that is a mark to pass ("the mark of 200", "the 200 mark")."""
    if np.head.low not in MARKS:
        return None
    return np if np.num is not None and np.num.bare else np.of if np.of is not None and np.of.alone else None


def is_place(groups: Sequence[Group]) -> bool:
    """Whether a place goes on a list of places ("the hospitals of X and Y")."""
    return any(isinstance(g, Np) and g.num is None and any(n.place for n, _ in g.names) for g in groups)


def of_toll(scene: Scene, np: Np, number: Np, sub: str) -> Draft:
    """A toll and the number given for it."""
    made = Draft("casualties", sub, "casualties.toll", number.start, spanned(np, number))
    scene.used.add(number.start)
    counted(scene, made, number)
    surpassed(scene, made)
    who = who_of(scene, np)
    made.who = who if who != "unknown" else (made.who or "unknown")
    made.unit = unit_for(made.who, number)
    times = [g.when for g in scene.groups if g.when is not None]
    timed(made, times)
    frame = frame_around(scene, np)
    if made.scope is None:
        made.scope = "cumulative" if np.lexeme("toll") else None
    made.subject = subject_of(scene, made, np, frame)
    if number.neg or (number.num is not None and number.num.n == 0):
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
