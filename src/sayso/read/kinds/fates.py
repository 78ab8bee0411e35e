"""What became of people, said by a state, a hospital or a price: "are dead", "in hospital", "claimed five lives"."""

from collections.abc import Iterator, Sequence
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft, drafted
from sayso.read.kinds.victims import counted, is_human, is_person, none
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.whose import subject_of


def fates(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The claims of states and of verbs that only say with their object that people died or were hurt."""
    for frame in scene.frames:
        if frame.has("cost"):
            yield from taken(scene, frame)
        if not frame.vg.classes and not frame.vg.say and not frame.vg.main:
            yield from predicate(scene, frame)
        elif frame.vg.passive and frame.vg.main is not None and (state := frame.vg.main.one("state")) is not None:
            yield from (
                of_state(scene, frame, n, state.cls, "casualties.state")
                for n in frame.subj
                if countable(n) and n.start not in scene.used and not frame.has("kill", "wound", "miss")
            )
        if frame.has("lose", "carry", "treat") or not frame.vg.classes:
            yield from hospital(scene, frame)
    yield from with_wounds(scene)
    yield from among_the_dead(scene)
    yield from among_those(scene)


def among_the_dead(scene: Scene) -> Iterator[Draft]:
    """ "there are women and children among the killed and wounded", "a nurse is among the dead"."""
    groups = scene.groups
    for i in range(1, len(groups) - 1):
        dead, np = groups[i + 1], before_among(groups, i)
        if np is None or not isinstance(dead, Np) or (victim := dead.lexeme("victim")) is None:
            continue
        if np.human is None or np.start in scene.used or np.lexeme("victim"):
            continue
        for sub in ("killed", "wounded") if victim.cls == "casualties" and " " in victim.lemma else (victim.cls,):
            made = Draft("casualties", sub, "casualties.among", np.start, [Span(np.start, dead.end)])
            counted(scene, made, np)
            if made.num is None:
                made.unit = None
            made.subject = subject_of(scene, made, np, None)
            yield made


FATES: Final = {"kill": "killed", "die": "killed", "wound": "wounded", "miss": "missing"}


def among_those(scene: Scene) -> Iterator[Draft]:
    """ "Five children were among those killed", "among those wounded was a nurse"."""
    groups = scene.groups
    for i, g in enumerate(groups):
        verb = groups[i + 1] if i + 1 < len(groups) else None
        if g.kind != "incl" or not g.low.endswith("among those") or not isinstance(verb, Vg):
            continue
        sub = next((FATES[c] for c in FATES if c in verb.classes), None)
        be, who = (groups[i - 1], groups[i - 2]) if i > 1 else (*groups[i + 2 : i + 4], None, None)[:2]
        if sub is None or not isinstance(be, Vg) or be.classes or not isinstance(who, Np) or who.start in scene.used:
            continue
        if is_human(who) and countable(who):
            made = Draft("casualties", sub, "casualties.among", who.start, [Span(min(who.start, g.start), verb.end)])
            counted(scene, made, who)
            made.subject = subject_of(scene, made, who, None)
            yield made


def before_among(groups: Sequence[Group], i: int) -> Np | None:
    """The noun group before "among" at an index, past "is", adverbs and times."""
    if groups[i].kind != "prep" or groups[i].sub != "among":
        return None
    for at in range(i - 1, -1, -1):
        g = groups[at]
        if isinstance(g, Np):
            return g
        if g.kind not in ("adv", "time") and not (isinstance(g, Vg) and not g.classes):
            return None
    return None


def of_state(scene: Scene, frame: Frame, np: Np, sub: str, rule: str) -> Draft:
    """The claim of people whom a frame says to be dead, hurt or missing."""
    made = drafted(scene, frame, "casualties", sub, rule)
    made.spans.append(Span(np.start, np.end))
    made.at = np.start
    counted(scene, made, np)
    made.subject, made.actor = subject_of(scene, made, np, frame), None
    if np.neg or frame.vg.neg:
        none(made)
    scene.used.add(np.start)
    return made


def countable(np: Np) -> bool:
    """Whether it is a counted group of people, nobody, or one person."""
    return is_human(np) and (np.num is not None or np.neg or is_person(np)) and not np.lexeme("deed")


def predicate(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "five residents are dead", "nobody is hurt", "two of the dead are children"."""
    if not frame.objs or not frame.subj:
        return
    whole, said = frame.subj[0], frame.objs[0]
    if whole.num is not None and whole.of is not None and said.people is not None and not (said.num and said.num.bare):
        dead = whole.of.lexeme("victim")
        if dead is not None and whole.start not in scene.used:
            made = of_state(scene, frame, whole, dead.cls, "casualties.among")
            made.who, made.unit = said.people.who, said.people.unit or "people"  # type: ignore[assignment]
            yield made
        return
    state = said.lexeme("state") or said.lexeme("victim")
    if state is None or len(said.cells) > 2 or said.num or not is_human(whole) or whole.start in scene.used:
        return
    if countable(whole) or whole.people:
        scene.used.add(said.start)
        yield of_state(scene, frame, whole, state.cls, "casualties.state")


def hospital(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "were taken to hospital", "is treating 57 soldiers", "suffered burns"."""
    low = frame.vg.main.low if frame.vg.main else ""
    hurt = next((n for n in frame.objs if wounds(n)), None)
    if hurt is not None and (frame.has("lose") or low.startswith(("receiv", "got", "get", "had", "has"))):
        if hurt.num is None or hurt.num.op == "many" or not hurt.num.bare or hurt.neg:
            for np in frame.subj:
                if countable(np) and np.start not in scene.used and not np.lexeme("noun", "unit"):
                    scene.used.add(hurt.start)
                    yield of_state(scene, frame, np, "wounded", "casualties.hurt")
        return
    if not frame.has("carry", "treat"):
        return
    into = any(n.lexeme("ward") for n in frame.prep("to", "in"))
    ward = any(n.lexeme("ward") or n.lexeme("body", "medics") for n in frame.subj)
    nps = (
        frame.subj
        if (frame.vg.passive and (into or frame.has("treat"))) or (into and gapped_passive(frame))
        else frame.objs
        if ward or (into and not frame.vg.passive)
        else []
    )
    for np in nps:
        patients = any(c.low in ("patient", "patients", "staff") for c in np.cells)
        told = np.human or (np.alone and into and np.num is not None and np.num.bare)
        if told and countable(np) and np.start not in scene.used and not patients and not np.lexeme("victim"):
            yield of_state(scene, frame, np, "wounded", "casualties.hospital")


def gapped_passive(frame: Frame) -> bool:
    """Whether a participle has lost its auxiliary to the verb before ("14 have been killed and 46 taken to hospital")."""
    return len(frame.vg.cells) == 1 and frame.vg.feat in ("part", "pastpart") and not frame.objs


def wounds(np: Np) -> bool:
    """Whether a noun group is what the hurt have: "minor injuries", "two broken ribs and burns"."""
    head = np.cells[-1].one("victim")
    hurt = head is not None and (head.feat == "hurt" or head.lemma in ("injuries", "injury"))
    return hurt or (np.lexeme("victim", "wounded") is not None and not np.human and not np.alone)


def taken(scene: Scene, frame: Frame) -> Iterator[Draft]:
    """ "claimed five lives", "cost Orland 40 soldiers"."""
    cost = frame.vg.main is not None and frame.vg.main.low.startswith("cost")
    for np in frame.objs:
        holder = next((p for p in np.chain() if p.num is not None), None)
        lives = any(c.low in ("life", "lives", "victims", "dead") for c in np.cells)
        if holder is None or np.start in scene.used or not (lives or (cost and np.people)):
            continue
        made = of_state(scene, frame, holder, "killed", "casualties.taken")
        if not made.firm and cost and (other := next((p for n in frame.objs if (p := scene.party_of(n))), None)):
            made.subject, made.firm = other, True
        yield made


def with_wounds(scene: Scene) -> Iterator[Draft]:
    """ "30 with shrapnel wounds": people whom only their wounds tell of."""
    groups = scene.groups
    for i in range(len(groups) - 2):
        np, prep, wounds = groups[i : i + 3]
        if (
            isinstance(np, Np)
            and isinstance(wounds, Np)
            and prep.kind == "prep"
            and prep.sub in ("with", "for")
            and wounds.lexeme("victim", "wounded")
            and (np.alone or np.people)
            and np.num is not None
            and np.num.bare
            and np.start not in scene.used
        ):
            made = Draft("casualties", "wounded", "casualties.hurt", np.start, [Span(np.start, wounds.end)])
            counted(scene, made, np)
            made.subject = subject_of(scene, made, np, None)
            yield made
