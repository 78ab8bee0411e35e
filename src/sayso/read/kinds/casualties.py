"""Killed, wounded, missing: counts of people in every form of the clause, with whose they are."""

from collections.abc import Iterator, Sequence
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, agent, drafted, parties_of
from sayso.read.kinds.again import anaphoric
from sayso.read.kinds.elided import carried_over
from sayso.read.kinds.enumerated import enumerated
from sayso.read.kinds.fates import fates
from sayso.read.kinds.spells import over_time
from sayso.read.kinds.tolls import from_noun, number_for, of_toll
from sayso.read.kinds.victims import counted, is_human, is_person, none, unknown_names
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.needs import classes, needs
from sayso.read.text.numbers import bounded
from sayso.read.whose import subject_of

SUBS: Final = {
    "harm": "casualties", "kill": "killed", "die": "killed", "fall": "killed", "wound": "wounded", "miss": "missing",
}  # fmt: skip
TOGETHER: Final = frozenset(("along with", "together with", "alongside"))
#: How a question begins ("how many").
ASKING: Final = frozenset(("how", "whether", "if"))
#: Verbs that two numbers, or one number for both, can stand behind together.
PAIRED: Final = ("kill", "wound", "die")
BY_VERB: Final = needs(classes("verb", (*SUBS, "lose")))
BY_NOUN: Final = needs("deed victim toll ~names ~surnames")
FATED: Final = needs("verb:cost verb:carry verb:treat state victim ward incl")


def casualties(scene: Scene) -> Iterator[Draft]:
    """Every casualty claim of a sentence, totals before their parts."""
    found: list[Draft] = []
    skipped = beside(scene)
    for i, frame in enumerate(scene.frames) if BY_VERB.met(scene.flags) else ():
        found += from_frame(scene, i, frame, skipped)
    for at, np in enumerate(scene.groups) if BY_NOUN.met(scene.flags) else ():
        found += from_noun(scene, at, np) if isinstance(np, Np) else ()
    found += fates(scene, found) if FATED.met(scene.flags) else ()
    found += enumerated(scene, found)
    found.sort(key=lambda d: d.at)
    found += anaphoric(scene, found)
    found.sort(key=lambda d: d.at)
    over_time(scene, found)
    yield from carried_over(scene, found)


def beside(scene: Scene) -> set[int]:
    """Where the descriptions stand that only say more of a person named before ("X, a teacher, ...")."""
    out: set[int] = set()
    groups = scene.groups
    for i in range(2, len(groups)):
        if groups[i - 1].kind != "comma":
            continue
        np, before = groups[i], groups[i - 2]
        if not (isinstance(np, Np) and isinstance(before, Np) and is_person(before)):
            continue
        if [g.kind for g in groups[i + 1 : i + 3]] == ["comma", "conj"] and described(groups, i + 3):
            continue  # "X, a police officer, and a judge" are three
        if unknown_names(np) and unknown_names(before) and not np.cells[0].has("det", "poss"):
            continue  # and so are "X, Y and Z"
        ends = i + 1 == len(groups) or groups[i + 1].kind in ("comma", "stop", "semi", "close", "rel")
        if ends and is_person(np) and before.start not in out:
            out.add(np.start)
            before.apposed = np
    return out


def described(groups: Sequence[Group], i: int) -> bool:
    """Whether a person is described at an index, not named."""
    return i < len(groups) and isinstance(np := groups[i], Np) and np.cells[0].has("det") and np.human is not None


# -- verbs ----------------------------------------------------------------------------------------------------


def from_frame(scene: Scene, i: int, frame: Frame, skipped: set[int]) -> Iterator[Draft]:
    """The victims of a verb of killing, dying, wounding or losing."""
    sub = next((SUBS[c] for c in SUBS if c in frame.vg.classes), None)
    if sub is not None and not (frame.has("fall") and not falls_in_battle(frame)):
        if (label := labelled(scene, frame)) is not None:
            yield of_people(scene, frame, label, sub)
            return
        if (one := one_of_them(scene, frame)) is not None:
            yield of_one(scene, frame, one, sub)
            return
        for whole, what in distributed(scene, i, frame, sub):
            np = people_in(whole)
            if np.start in skipped:
                continue
            if whole.num is None and whole.lexeme("sum"):
                yield from of_number(scene, whole, what)
            elif (is_human(np) or (frame.vg.passive and named_alone(np))) and not (
                np.num is None and asked(scene, frame)
            ):
                yield of_people(scene, frame, np, what)
    elif frame.has("lose") and not frame.vg.passive:
        nps = [n for n in frame.objs if n.human and n.num is not None and not n.lexeme("victim")]
        if respectively(scene) and len(frame.subj) == len(frame.objs) > 1:
            nps = [n for n in frame.objs if n.num is not None]
        for np in nps:
            yield lost(scene, frame, np)


def one_of_them(scene: Scene, frame: Frame) -> Group | None:
    """The "one of them" or "one of whom" that suffers a verb, where nothing counted before is the whole of which it is a
    part ("five people were working there; one of them was injured")."""
    if frame.subj or frame.objs or not (frame.vg.passive or frame.has("die")):
        return None
    at = frame.at - 1
    if at < 0 or scene.groups[at].kind != "incl" or counted_before(scene, frame):
        return None
    if scene.groups[at].low.startswith("one of"):
        return scene.groups[at]
    np = scene.groups[at - 1] if at else None
    bare = isinstance(np, Np) and np.alone and np.num is not None and np.num.bare
    return np if bare and scene.groups[at].low.endswith(("of whom", "of them")) else None


def counted_before(scene: Scene, frame: Frame) -> bool:
    """Whether another verb or a noun of the sentence has victims before this one."""
    verbs = (f for f in scene.frames if f.vg.start < frame.vg.start)
    nouns = (p for n in scene.nps() if n.start < frame.vg.start for p in n.chain())
    return any(f.has(*SUBS, "lose") for f in verbs) or any(p.lexeme("victim") or p.lexeme("deed") for p in nouns)


def of_one(scene: Scene, frame: Frame, one: Group, sub: str) -> Draft:
    """The claim of one of several people whom no claim counts."""
    made = drafted(scene, frame, "casualties", sub, "casualties.one")
    made.spans.append(Span(one.start, one.end))
    said = one.num if isinstance(one, Np) else None
    made.at, made.num = one.start, said or bounded("exact", 1, one.start, one.end)
    made.who, made.unit = "unknown", "people"
    scene.used.add(one.start)
    return made


def of_number(scene: Scene, whole: Np, sub: str) -> Iterator[Draft]:
    """ "the number of children killed has risen to 118"."""
    number = number_for(scene, scene.index(whole), whole) if whole in scene.groups else None
    if number is not None and number.start not in scene.used:
        yield of_toll(scene, whole, number, sub)


def people_in(np: Np) -> Np:
    """The people whom a group of something else holds ("losses of 30 soldiers", "the bodies of five men")."""
    if np.of is None or (np.num is not None and np.num.bare and not np.lexeme("deed") and not np.lexeme("victim")):
        return np
    deed = np.lexeme("deed") is not None
    inner = (p for p in np.chain()[1:] if (p.num is not None and p.human is not None) or (deed and is_person(p)))
    return next(inner, np)


def labelled(scene: Scene, frame: Frame) -> Np | None:
    """The number behind a label ("killed - 4", "Wounded: 12")."""
    at = frame.at
    if frame.subj or frame.objs or len(frame.vg.cells) > 1 or at + 2 >= len(scene.groups):
        return None
    mark, number = scene.groups[at + 1], scene.groups[at + 2]
    if mark.kind not in ("colon", "dash") or not isinstance(number, Np) or number.num is None:
        return None
    return number if number.alone or number.human else None


def asked(scene: Scene, frame: Frame) -> bool:
    """Whether the verb stands in a question ("how many have been killed"): nothing is counted there."""
    return any(
        g.kind == "conj" and g.low.partition(" ")[0] in ASKING and g.start < frame.vg.start
        for g in scene.in_clause(frame.vg.start)
    )


def falls_in_battle(frame: Frame) -> bool:
    """Whether "fell" is said of people."""
    fought = not frame.objs or any(n.lexeme("attack") or any(c.has("war") for c in n.cells) for n in frame.objs)
    return fought and any(p.human or (p.num and p.alone) for n in frame.subj for p in n.chain())


def respectively(scene: Scene) -> bool:
    """Whether numbers belong to names or verbs in their order."""
    return any(g.low == "respectively" for g in scene.groups)


def distributed(scene: Scene, i: int, frame: Frame, sub: str) -> Iterator[tuple[Np, str]]:
    """The victims of a frame with what befell them; "killed or wounded" twelve is a count that is not split."""
    nps = [*victims(frame), *with_them(scene, frame)] or before_participle(scene, frame)
    numbers = [n for n in nps if n.num is not None and n.num.bare]
    if sub == "casualties" and len(numbers) == 2 and respectively(scene):
        first = "killed" if frame.vg.main is not None and frame.vg.main.low.startswith("kill") else "wounded"
        yield numbers[0], first
        yield numbers[1], "wounded" if first == "killed" else "killed"
        return
    if sub == "casualties" and not numbers and paired(frame):
        yield from ((n, each) for n in nps for each in ("killed", "wounded"))
        return
    other = partner(scene, i, frame)
    if other is None:
        yield from ((n, sub) for n in nps)
        return
    shared = list(victims(other)) if not nps else list(nps)
    counts = [n for n in shared if n.num is not None and n.num.bare]
    if respectively(scene) and len(counts) == 2:
        yield counts[0 if frame.at < other.at else 1], sub
    elif frame.at < other.at:
        yield from ((n, "casualties" if n.num is not None and n.num.bare else sub) for n in shared)


def paired(frame: Frame) -> bool:
    """Whether a verb says of nobody counted that they were killed and were wounded: two claims without a number."""
    low = frame.vg.main.low if frame.vg.main is not None else ""
    return " and " in low or " or " in low


def with_them(scene: Scene, frame: Frame) -> Iterator[Np]:
    """Those who share the fate of a subject ("was killed along with two of his guards")."""
    if not (frame.vg.passive or frame.has("die")):
        return
    for sub, np in frame.preps:
        if sub == "with" and np.num is not None and is_human(np) and np in scene.groups:
            before = scene.groups[scene.index(np) - 1]
            if before.low in TOGETHER:
                yield np


def before_participle(scene: Scene, frame: Frame) -> list[Np]:
    """The counted people right before a participle ("resulted in one person wounded")."""
    bare = frame.vg.feat in ("part", "pastpart") and len(frame.vg.cells) == 1 and not frame.objs and not frame.subj
    np = scene.groups[frame.at - 1] if bare and frame.at else None
    return [np] if isinstance(np, Np) and np.num is not None and np.human is not None else []


def partner(scene: Scene, i: int, frame: Frame) -> Frame | None:
    """The verb that shares its victims with this one: "killing and wounding 3 and 12", "were killed or badly hurt"."""
    for a, b in ((i, i + 1), (i - 1, i)):
        if a < 0 or b >= len(scene.frames):
            continue
        one, two = scene.frames[a], scene.frames[b]
        between = scene.groups[one.at + 1 : two.at]
        joined = between and all(g.kind in ("conj", "adv") and g.sub in ("and", "or", "") for g in between)
        kinds = [next((SUBS[c] for c in PAIRED if f.has(c)), None) for f in (one, two)]
        if not joined or None in kinds or kinds[0] == kinds[1]:
            continue
        if not one.objs and (two.objs or (one.vg.passive and two.shared)):
            return two if one is frame else one
    return None


def victims(frame: Frame) -> Sequence[Np]:
    """The noun groups that suffer it: subject of passives and of dying, object of killing."""
    if frame.has("die", "miss", "fall") or frame.vg.passive:
        return frame.subj
    objs = [n for n in frame.objs if is_human(n)]
    if objs and objs[0] is frame.objs[0]:
        return objs
    if frame.vg.feat in ("pastpart", "part", "past") and frame.subj and not objs and not frame.relative:
        bare = not frame.objs
        return [
            n
            for n in frame.subj
            if (people_in(n).human and (bare or n.num or n.of))
            or (bare and counted_people(n))
            or n.lexeme("sum")
            or n.alone
            or (n.neg and bare)
        ]
    return ()


def counted_people(np: Np) -> bool:
    """Whether a number stands before a plural that no list knows ("four rustlers")."""
    return np.num is not None and np.num.bare and is_human(np) and np.head.low.endswith("s") and not np.names


def of_people(scene: Scene, frame: Frame, np: Np, sub: str) -> Draft:
    """The claim of a verb and its victims."""
    made = drafted(scene, frame, "casualties", sub, f"casualties.verb.{'passive' if frame.vg.passive else 'active'}")
    made.spans.append(Span(np.start, np.end))
    made.at = np.start if (np.num or is_person(np)) and np in frame.subj else frame.vg.start
    if made.at == frame.vg.start and np.num is not None and np is not frame.objs[0] if frame.objs else False:
        made.at = np.start
    counted(scene, made, lender(scene, np))
    made.num = np.num or made.num
    called = {p for n in (np, *frame.subj) if is_person(n) for p in place_names(n, located=True)}
    made.places = tuple(p for p in made.places if p not in called)  # a name of a person is no place
    if is_person(np) and made.who == "unknown" and (said := description(scene, np)) is not None:
        counted(scene, made, said)
    if made.num is None and named_alone(np) and frame.vg.cells[0].low in ("was", "is", "has"):
        made.num = bounded("exact", 1, np.start, np.end)  # a name in -s that the verb shows to be one person
    made.subject = subject_of(scene, made, np, frame)
    made.actor = None
    if np.neg or frame.vg.neg:
        none(made)
    if (scene.frames and any(f.has("strike", "shell") for f in scene.frames)) or any(
        g.lexeme("attack") for g in scene.nps()
    ):
        made.scope = made.scope or ("incident" if made.num and made.num.op != "none" else None)
    return made


def named_alone(np: Np) -> bool:
    """Whether a noun group is a single unknown name ("Barills was shot dead")."""
    return len(np.cells) == 1 and np.low.endswith("s") and unknown_names(np) == 1


def description(scene: Scene, np: Np) -> Np | None:
    """What stands behind a comma to say who a person is ("X, a judge of the district court")."""
    if np.apposed is not None:
        return np.apposed
    at = scene.index(np) if np in scene.groups else len(scene.groups)
    nxt = scene.groups[at + 2] if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "comma" else None
    return nxt if isinstance(nxt, Np) and nxt.human is not None and is_person(nxt) else None


def lender(scene: Scene, np: Np) -> Np:
    """The noun that a bare number in a list lends from the next ("3 and 5 soldiers"); itself where it has its own."""
    if not np.alone or np.of is not None:
        return np
    at = scene.index(np)
    nxt = scene.groups[at + 2] if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "conj" else None
    if isinstance(nxt, Np) and nxt.num is not None and nxt.people is not None:
        scene.used.add(np.start)
        return nxt
    return np


def lost(scene: Scene, frame: Frame, np: Np) -> Draft:
    """ "Orland has lost 212 soldiers"; of "personnel" it is not said whether they are dead."""
    wounded = any(isinstance(g, Vg) and "wound" in g.classes for g in scene.groups[frame.last : frame.last + 2])
    people = np.people
    whole = people is not None and people.unit == "troops" and np.num is not None
    made = drafted(
        scene, frame, "casualties", "wounded" if wounded else "casualties" if whole else "killed", "casualties.lost"
    )
    counted(scene, made, lender(scene, np))
    made.num = np.num or made.num
    if respectively(scene) and len(frame.subj) == len(frame.objs) > 1:
        made.subject, made.at = scene.party_of(frame.subj[frame.objs.index(np)]), np.start
        made.firm = made.subject is not None
        return made
    made.subject = scene.party_of(np) or next(iter(parties_of(scene, frame.subj)), None) or agent(scene, frame)
    made.firm = made.subject is not None
    made.subject = made.subject or subject_of(scene, made, np, frame)
    return made
