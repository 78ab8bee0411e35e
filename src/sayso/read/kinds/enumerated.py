"""People of a count who are told one by one or kind by kind: behind a colon, in brackets, behind "the dead include"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.model.claim import Span
from sayso.read.drafts import Draft
from sayso.read.kinds.victims import counted, is_human, is_name, is_person, unknown_names
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.whose import subject_of

FATES: Final = {"kill": "killed", "die": "killed", "wound": "wounded", "miss": "missing"}
OPENING: Final = ("colon", "dash", "open", "semi")
INCLUDES: Final = frozenset(("include", "includes", "included"))
LISTED: Final = "casualties.listed"


def enumerated(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The claims of those told in a list that says nothing else of them."""
    yield from sorts_of(scene, found)
    yield from named_behind(scene, found)
    yield from included(scene)
    yield from among_people(scene)


def run_of(groups: Sequence[Group], at: int) -> list[Np]:
    """The people listed from an index on, with commas and "and" between them."""
    out: list[Np] = []
    while at < len(groups) and isinstance(np := groups[at], Np) and is_human(np):
        out.append(np)
        at += 1
        while at < len(groups) and (groups[at].kind == "comma" or groups[at].sub == "and"):
            at += 1
    return out


def behind(groups: Sequence[Group], last: Np) -> Group | None:
    """The group behind one."""
    at = groups.index(last) + 1
    return groups[at] if at < len(groups) else None


def sorts_of(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The kinds that make up a count to the last one ("ten people (six soldiers and four civilians) were hurt"): that they
    add up shows that they are its parts."""
    groups = scene.groups
    for i, g in enumerate(groups):
        if g.kind not in OPENING:
            continue
        run = run_of(groups, i + 1)
        counts = [n.num.n for n in run if n.num is not None and n.num.n is not None and n.human is not None]
        if len(run) < 2 or len(counts) < len(run) or isinstance(behind(groups, run[-1]), Vg):
            continue
        whole = next((d for d in reversed(found) if d.num is not None and d.num.n == sum(counts)), None)
        if whole is None or whole.type != "casualties" or any(n.start in scene.used for n in run):
            continue
        for np in run:
            made = replace(whole, at=np.start, rule=LISTED, part_of=whole, spans=[Span(np.start, np.end)], scope=None)
            counted(scene, made, np)
            yield made


def named_behind(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """Those who are named behind a colon ("three guards were killed: X, Y and Z"), one by one."""
    groups = scene.groups
    colon = next((i for i, g in enumerate(groups) if g.kind == "colon"), None)
    if colon is None or not any(isinstance(g, Vg) for g in groups[:colon]):
        return
    named = [n for n in run_of(groups, colon + 1) if named_person(n)]
    whole = next((d for d in reversed(found) if d.type == "casualties" and d.at < groups[colon].start), None)
    if whole is None or whole.polarity == "negated" or (whole.num is not None and (whole.num.n or 2) < len(named)):
        return
    if not named or (whole.num is not None and whole.num.n == 1) or any(isinstance(g, Vg) for g in groups[colon:]):
        return
    for np in named:
        counts = whole.num is not None
        made = replace(whole, at=np.start, rule=LISTED, part_of=whole if counts else None, scope=None)
        made.spans, kind = [Span(np.start, np.end)], whole.who
        counted(scene, made, np)
        made.who = kind if made.who == "unknown" else made.who
        yield made


def named_person(np: Np) -> bool:
    """Whether a noun group calls one person by name, with or without a title."""
    return is_person(np) and not np.cells[0].has("det", "poss") and (is_name(np) or unknown_names(np) > 0)


def included(scene: Scene) -> Iterator[Draft]:
    """ "The wounded include a child and a nurse", "the five dead included two women"."""
    for frame in scene.frames:
        low = frame.vg.main.low if frame.vg.main is not None else ""
        dead = frame.subj[0].lexeme("victim") if frame.subj else None
        if low not in INCLUDES or dead is None or frame.vg.neg:
            continue
        for np in frame.objs:
            if is_human(np) and (np.num is not None or is_person(np)) and np.start not in scene.used:
                yield one_of(scene, np, dead.cls, frame.subj[0].start)


def among_people(scene: Scene) -> Iterator[Draft]:
    """ "Among the priests murdered was X": who is one of those that a participle says were killed or hurt."""
    groups = scene.groups
    for i in range(len(groups) - 4):
        word, people, verb, be, np = groups[i : i + 5]
        if word.sub != "among" or not isinstance(people, Np) or people.human is None or not isinstance(verb, Vg):
            continue
        sub = next((FATES[c] for c in FATES if c in verb.classes), None)
        plain = isinstance(be, Vg) and not be.classes and not be.neg
        if sub is None or not plain or not isinstance(np, Np) or np.start in scene.used:
            continue
        if is_person(np) or (np.num is not None and is_human(np)):
            yield one_of(scene, np, sub, word.start)


def one_of(scene: Scene, np: Np, sub: str, start: int) -> Draft:
    """The claim of people who are said to be among the dead or the hurt."""
    made = Draft("casualties", sub, LISTED, np.start, [Span(min(start, np.start), np.end)])
    counted(scene, made, np)
    made.subject = subject_of(scene, made, np, None)
    return made
