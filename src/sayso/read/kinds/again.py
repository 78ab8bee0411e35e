"""Numbers that say again, or say the new total of, what was counted before: only the number is new."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.read.drafts import Draft, drafted, spanned, timed
from sayso.read.kinds.victims import counted, surpassed
from sayso.read.places import place_names
from sayso.read.scene import Scene
from sayso.read.text.frames import Frame
from sayso.read.text.groups import Np
from sayso.read.text.needs import any_word, needs
from sayso.read.voices.speakers import source_of
from sayso.read.whose import subject_of

SUMMED: Final = needs("verb:add verb:rise verb:exceed verb:sum sum")
WARDS: Final = frozenset(("hospital", "hospitals"))
OLD: Final = frozenset(("earlier", "previously", "before", "already"))
AFTER: Final = frozenset(("after", "addition", "besides", "on top of"))
EARLIER: Final = needs(any_word(OLD))
CLOCK: Final = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d\Z", re.ASCII)
CLOCK_PREPS: Final = frozenset(("after", "before", "until", "till", "since", "at", "by", "around", "from"))


def anaphoric(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """A bare number for what was counted before ("Nine, says Verst", "that makes 230", "Kelvane of 31")."""
    made = list(found)
    totals = sums(scene, found) if SUMMED.met(scene.flags) else ()
    for again in (*totals, *gapped(scene, made), *earlier(scene, made)):
        made.append(again)
        yield again
    for np in scene.nps():
        if np.num is None or not np.alone or np.start in scene.used or not np.num.bare or np.num.op == "none":
            continue
        again_or_not = repeated(scene, np, made)
        if again_or_not is not None:
            made.append(again_or_not)
            yield again_or_not


def repeated(scene: Scene, np: Np, found: Sequence[Draft]) -> Draft | None:
    """The claim of a bare number that stands for what the clause or the sentence before counted."""
    if clock(scene, np):
        return None
    clause = scene.clause(np.start)
    listed = listed_on(scene, np)
    prior = [d for d in found if clause[0] <= d.at < np.start]
    if prior and listed:
        return located(scene, np, prior[-1])
    if any(clause[0] <= d.at < clause[1] for d in found) or any(
        f.vg.classes and clause[0] <= f.vg.start < clause[1] and not f.vg.say for f in scene.frames
    ):
        return None
    marked = any(g.kind == "voice" for g in scene.in_clause(np.start))
    told = any(v.start <= np.start < v.end and not v.carried for v in scene.voices)
    before = next((d for d in found if d.end <= clause[0]), None)
    if before is not None and marked:
        return replace(before, num=np.num, at=np.start, spans=spanned(np), rule="casualties.again")
    return remembered(scene, np) if told else None


def earlier(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The old count beside a new one, which is then added to it or takes its place ("12 names, after 97 earlier")."""
    groups = scene.groups
    for at, g in enumerate(groups[1:-1], 1) if EARLIER.met(scene.flags) else ():
        if not isinstance(g, Np) or not g.alone or g.num is None or not g.num.bare or g.start in scene.used:
            continue
        behind = [c.low for x in groups[at + 1 : at + 3] for c in x.cells]
        before = next((d for d in reversed(found) if d.at < g.start), None)
        if (
            before is None
            or not OLD.intersection(behind)
            or not AFTER.intersection(c.low for x in groups[max(0, at - 3) : at] for c in x.cells)
        ):
            continue
        yield replace(
            before, num=g.num, at=g.start, spans=spanned(g), rule="casualties.earlier", scope="cumulative",
            since=None, first=None, last=None, part_of=None,
        )  # fmt: skip
        scene.used.add(g.start)


def clock(scene: Scene, np: Np) -> bool:
    """Whether a bare number is a time of day ("shortly after 1400 this afternoon", "from 0200 on")."""
    at = scene.index(np)
    number = np.cells[-1].low
    if len(np.cells) != 1 or not CLOCK.match(number) or not at:
        return False
    nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
    return scene.groups[at - 1].low in CLOCK_PREPS or (nxt is not None and nxt.when is not None)


def remembered(scene: Scene, np: Np) -> Draft | None:
    """The claim of a number for what the entry or its topic counts."""
    known = scene.memory.claim
    if known is None or known[0] != "casualties":
        return None
    made = Draft("casualties", known[1], "casualties.again", np.start, spanned(np), num=np.num, subject=known[3])
    made.who = scene.memory.who or "unknown"  # type: ignore[assignment]
    made.unit = {"military": "soldiers", "civilian": "civilians"}.get(made.who or "", "people")
    scene.used.add(np.start)
    return made


def located(scene: Scene, np: Np, prior: Draft) -> Draft:
    """The same count for another place ("12 were killed in X and 5 in Y")."""
    made = replace(prior, num=np.num, at=np.start, spans=spanned(np), rule="casualties.again", part_of=None)
    after = place_after(scene, np)
    when = None if after is not None else scene.groups[scene.index(np) + 1].when
    if after is not None:
        made.places = tuple(place_names(after, located=True))
    elif when is not None:
        made.first, made.last = when.first, when.last
    if not made.firm and after is not None and (side := scene.place_side(after)) is not None:
        made.subject = side
    scene.used.add(np.start)
    return made


def listed_on(scene: Scene, np: Np) -> bool:
    """Whether a bare number goes on a list of counts ("210 in the north and of up to 65 near X")."""
    at = scene.index(np)
    prior = [g.kind for g in scene.groups[max(0, at - 2) : at]]
    joined = "conj" in prior[-1:] or (len(prior) == 2 and prior[0] == "conj" and prior[1] in ("prep", "comma"))
    nxt = scene.groups[at + 1] if at + 1 < len(scene.groups) else None
    return joined and (place_after(scene, np) is not None or (nxt is not None and nxt.when is not None))


def place_after(scene: Scene, np: Np) -> Np | None:
    """The place that stands right behind a number."""
    at = scene.index(np)
    if at + 2 < len(scene.groups) and scene.groups[at + 1].kind == "prep" and scene.groups[at + 1].sub in ("in", "on"):
        nxt = scene.groups[at + 2]
        return nxt if isinstance(nxt, Np) and list(place_names(nxt, located=True)) else None
    return None


# -- one verb for several sides --------------------------------------------------------------------------------


def gapped(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """The other sides of a clause whose verb is said once ("Brenmark speaks of 57 soldiers killed, Kelvane of 31")."""
    groups = scene.groups
    for i, g in enumerate(groups) if found else ():
        if not (isinstance(g, Np) and i and groups[i - 1].kind in ("comma", "conj") and g.of is not None):
            continue
        number = g.of
        prior = [d for d in found if d.at < g.start]
        if not prior or number.num is None or not number.alone or number.start in scene.used:
            continue
        source = source_of(g, scene)
        if source is None or source.side is None:
            continue
        before = prior[-1]
        made = replace(before, num=number.num, at=number.start, spans=spanned(g), rule="casualties.gapped", attr=source)
        first = before.attr or scene.speaker(before.at)
        if first is not None and before.subject == first.side:
            made.subject = source.side
        scene.used.add(number.start)
        yield made


# -- totals ---------------------------------------------------------------------------------------------------


def sums(scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """New totals: "bringing the total to 104", "that makes 230", "has raised his count from 12 to 13"."""
    for frame in scene.frames:
        if frame.has("add") and (made := added(scene, frame)) is not None:
            yield made
        if not frame.has("rise", "exceed", "sum") and not is_total(frame):
            continue
        number = total_in(scene, frame)
        if number is None or number.start in scene.used:
            continue
        before = next((d for d in reversed(found) if d.at < number.start), None)
        after = next((d for d in found if d.at > number.start), None)
        base = before or (after if any(n.lexeme("sum") for n in frame.objs) else None)
        if base is not None:
            made = replace(base, spans=spanned(frame.vg, number), part_of=None, first=None, last=None)
        elif scene.memory.claim is not None and scene.memory.claim[0] == "casualties" and pointing(frame):
            kept = remembered(scene, number)
            assert kept is not None
            made = kept
        else:
            continue
        made.num, made.at, made.rule, made.scope, made.since = (
            number.num,
            number.start,
            "casualties.sum",
            "cumulative",
            None,
        )
        if base is after and after is not None:
            made.who, made.unit = "unknown", "people"
        if before is not None and warded(scene, before.at, frame):
            made.sub = "wounded"
        surpassed(scene, made)
        timed(made, [g.when for g in scene.groups if g.when is not None and g.when.kind == "since"])
        scene.used.add(number.start)
        yield made


def warded(scene: Scene, since: int, frame: Frame) -> bool:
    """Whether a total is of people in hospital ("16 were killed, and the number of those in hospital has reached 55")."""
    return not WARDS.isdisjoint(scene.text[since : frame.vg.start].lower().split())


def is_total(frame: Frame) -> bool:
    """Whether a number is said to be the total ("the total since 2 May is 104")."""
    told = bool(frame.subj) and frame.subj[0].of is None and frame.subj[0].lexeme("sum") is not None
    return told and not frame.vg.classes and not frame.vg.neg


def added(scene: Scene, frame: Frame) -> Draft | None:
    """What is added to a roll ("adds 31 names to the roll of its dead")."""
    roll = next((n for n in frame.prep("to") if n.lexeme("sum") or n.lexeme("toll") or n.lexeme("victim")), None)
    number = next((n for n in frame.objs if n.num is not None and n.num.bare and (n.alone or n.people)), None)
    if roll is None or number is None or number.start in scene.used:
        return None
    victim = next((v for p in roll.chain() if (v := p.lexeme("victim") or p.lexeme("toll"))), None)
    if victim is None:
        return None
    made = drafted(scene, frame, "casualties", victim.cls, "casualties.added")
    counted(scene, made, number)
    made.at, made.actor, made.scope = number.start, None, "increment"
    made.subject = subject_of(scene, made, roll, frame)
    return made


def total_in(scene: Scene, frame: Frame) -> Np | None:
    """The number that a frame gives as a sum: behind "to" where there is one, else its object."""
    if not pointing(frame):
        return None
    to = [n for n in frame.prep("to") if n.num is not None and n.num.bare and (n.alone or n.people)]
    objs = [n for n in frame.objs if n.num is not None and n.num.bare and (n.alone or n.people)]
    return next(iter(to or objs), None)


def pointing(frame: Frame) -> bool:
    """Whether its object or subject is a total, or points back ("that makes", "bringing it to")."""
    words = [*frame.objs, *frame.subj]
    back = any(c.low in ("it", "this", "that", "which") for n in words for c in n.cells[:1])
    return frame.shared or back or frame.relative or any(n.lexeme("sum") for n in words) or not frame.subj
