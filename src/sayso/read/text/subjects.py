"""Whose verb it is: the subject before each verb, across relative clauses, lists and what stands between commas."""

from collections.abc import Sequence
from typing import Final

from sayso.read.text.asides import bracket, clause_of_time, dashes, hung, parenthesis
from sayso.read.text.frame import LIGHT, PARTICIPLES, Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.words import Cell

#: Verbs of who speaks: "said its posts were hit and blamed the rebels".
BLAMING: Final = ("accuse", "deny", "condemn", "urge")
INCLUDING: Final = frozenset(("including", "among them", "amongst them"))  # before a part of the whole


def left(groups: Sequence[Group], frame: Frame, before: Sequence[Frame]) -> None:  # noqa: C901, PLR0912 - one way back
    """Fill in the subject, and what stands before the verb in prepositional groups."""
    frame.subj = counted_by(groups, frame)
    at = -1 if frame.subj else antecedent(groups, frame, before)
    while at >= 0:
        g = groups[at := including(groups, at)]
        if isinstance(g, Np):
            if (
                at
                and groups[at - 1].kind in ("prep", "quotedby", "cite", "according")
                and not as_told(groups, frame, at)
                and not (clause_of_time(groups, at - 1) and frame.at <= at + 2)
            ):
                frame.preps.append((groups[at - 1].sub, g))
                at -= 3 if groups[at - 1].kind != "prep" and at > 2 and groups[at - 2].kind == "comma" else 2
                continue
            if behind_preposition(groups, at):  # "talks between X and Y began": Y is no subject
                frame.preps += [(groups[at - 3].sub, n) for n in (groups[at - 2], g) if isinstance(n, Np)]
                at -= 4
                continue
            take_subject(groups, frame, at, before)
            frame.head = before[-1] if frame.vg.inf and before else None
            return
        if g.kind == "prep" and g.low == "to" and frame.vg.inf and not isinstance(groups[at + 1], Np):
            pass
        elif g.kind == "time" and g.when is not None:
            frame.times.append(g.when)
        elif (
            (g.kind == "comma" and frame.vg.feat != "ing" and (skip := parenthesis(groups, at)) is not None)
            or (g.kind == "dash" and (skip := dashes(groups, at)) is not None)
            or (g.kind == "close" and (skip := bracket(groups, at)) is not None)
        ):
            at = skip
            continue
        elif g.kind in ("conj", "comma") and before and (g.sub in ("and", "or", "but", "") or frame.vg.feat == "ing"):
            share(frame, sharer(groups, frame, at, before))
            return
        elif g.kind in ("rel", "that"):
            relative(groups, frame, at, before)
            return
        elif isinstance(g, Vg) and (frame.vg.inf or frame.vg.feat == "ing") and before:
            share(frame, before[-1])
            return
        elif isinstance(g, Vg) and (frame.vg.passive or frame.vg.say or hung(groups, at)) and reduced(groups, at):
            pass  # "a vendor walking by was wounded", "residents reached by phone said"
        elif g.kind not in LIGHT:
            if frame.vg.feat == "ing" and before and g.kind in ("prep", "conj"):
                share(frame, before[-1])
            return
        at -= 1


def antecedent(groups: Sequence[Group], frame: Frame, before: Sequence[Frame]) -> int:
    """Where to look for a verb's subject from, backwards: right before it, or where a relative clause stands between the
    two, at the noun before that ("drivers who made it to the town said", "a man who was passing by was hurt")."""
    last = next((f for f in reversed(before) if not f.vg.inf), None)  # "who asked not to be named told"
    while last is not None and last.head is not None and last.vg.feat == "ing":
        last = last.head
    if last is None or not last.relative or not finite(groups, frame) or not relates(groups, last, frame):
        return frame.at - 1
    return next((i for i in range(last.at - 1, -1, -1) if groups[i] is last.subj[0]), frame.at - 1)


def finite(groups: Sequence[Group], frame: Frame) -> bool:
    """Whether a verb can have a subject of its own: no infinitive, no participle that hangs on a noun."""
    vg = frame.vg
    if vg.inf or (vg.feat in ("base", "ing") and len(vg.cells) == 1):
        return False
    hangs = len(vg.cells) == 1 and vg.feat in PARTICIPLES and vg.say is None
    return not hangs or (vg.feat == "pastpart" and isinstance(groups[min(frame.at + 1, len(groups) - 1)], Np))


#: What a clause of time or reason can open with, whose verb is not that of the clause around it.
CLAUSAL: Final = frozenset(("after", "before", "since", "until", "till", "once", "because"))


def relates(groups: Sequence[Group], last: Frame, frame: Frame) -> bool:
    """Whether a relative clause with the verb `last` runs on to another verb, with no clause in it that would end there."""
    if tells(last.vg) or (frame.vg.say is None and (last.vg.say is not None or last.has("view", "judge"))):
        return False
    between = groups[last.at + 1 : frame.at]
    if any(g.low in CLAUSAL or clause_of_time(groups, last.at + 1 + k) for k, g in enumerate(between)):
        return False
    return all(isinstance(g, Np) or (isinstance(g, Vg) and g.inf) or g.kind in ("prep", *LIGHT) for g in between)


def sharer(groups: Sequence[Group], frame: Frame, at: int, before: Sequence[Frame]) -> Frame:
    """The frame whose subject a verb behind "and" or a comma at an index shares."""
    together = frame.vg.inf or paired(groups, frame, at)
    return before[-1] if together else sayer(frame, before) or finite_before(before)


def paired(groups: Sequence[Group], frame: Frame, at: int) -> bool:
    """Whether "and" at an index joins two participles: what one is said of, the other is too ("people killed and hurt")."""
    prior = groups[at - 1] if at else None
    alike = isinstance(prior, Vg) and len(prior.cells) == len(frame.vg.cells) == 1
    return (
        alike
        and at + 1 == frame.at
        and isinstance(prior, Vg)
        and prior.feat == frame.vg.feat in PARTICIPLES
        and frame.vg.say is None
    )


def counted_by(groups: Sequence[Group], frame: Frame) -> list[Np]:
    """Whom a participle behind "and" is said of, as the one that ends the noun group before it ("the number of people
    killed and hurt")."""
    joint, prior = (groups[frame.at - 1], groups[frame.at - 2]) if frame.at > 1 else (None, None)
    bare = len(frame.vg.cells) == 1 and frame.vg.feat == "pastpart"
    if not bare or joint is None or joint.sub != "and" or not isinstance(prior, Np):
        return []
    return [prior] if ends_in_participle(prior.chain()[-1].cells[-1]) else []


def ends_in_participle(cell: Cell) -> bool:
    """Whether a word says what was done to people ("killed", "number of people killed")."""
    return cell.has("toll") or not PARTICIPLES.isdisjoint(x.feat for x in cell.lex.get("verb", ()))


def including(groups: Sequence[Group], at: int) -> int:
    """The index of the whole before "including" where its part ends at `at` ("four people including a child were hurt"),
    else `at`."""
    first = at
    while (
        first >= 2
        and isinstance(groups[first], Np)
        and groups[first - 1].sub == "and"
        and isinstance(groups[first - 2], Np)
    ):
        first -= 2
    inside = first >= 2 and isinstance(groups[first], Np) and groups[first - 1].low in INCLUDING
    return first - 2 if inside and isinstance(groups[first - 2], Np) else at


def tells(vg: Vg) -> bool:
    """Whether a verb can only be one of saying."""
    return vg.say is not None and vg.say.cls == "say"


def reduced(groups: Sequence[Group], at: int) -> bool:
    """Whether a verb is a participle that hangs on the noun before it."""
    g = groups[at]
    return (
        isinstance(g, Vg)
        and len(g.cells) == 1
        and g.feat in ("ing", "part", "pastpart")
        and g.say is None
        and at > 0
        and isinstance(groups[at - 1], Np)
    )


def as_told(groups: Sequence[Group], frame: Frame, at: int) -> bool:
    """Whether "as" before a noun group opens a clause with a verb of saying: "as the ministry claims"."""
    if groups[at - 1].low != "as" or frame.vg.say is None or frame.vg.inf:
        return False
    return at == 1 or groups[at - 2].kind in ("comma", "semi", "colon", "dash", "quote", "bullet", "open")


def behind_preposition(groups: Sequence[Group], at: int) -> bool:
    """Whether "and" ties a noun group to one behind a preposition, with the subject before that."""
    return (
        at >= 4
        and groups[at - 1].kind == "conj"
        and groups[at - 1].sub == "and"
        and isinstance(groups[at - 2], Np)
        and groups[at - 3].kind == "prep"
        and isinstance(groups[at - 4], Np)
        and not (at >= 5 and groups[at - 5].kind in ("prep", "vg"))
    )


def take_subject(groups: Sequence[Group], frame: Frame, at: int, before: Sequence[Frame]) -> None:
    """The subject that ends at `at`, with what is listed before it; for an infinitive behind an object, that object."""
    first = groups[at]
    assert isinstance(first, Np)
    frame.subj = [first]
    at -= 1
    while at > 0 and groups[at].kind in ("conj", "comma"):
        serial = groups[at].kind == "conj" and groups[at - 1].kind == "comma"
        if serial and not (len(frame.subj) == 1 and lists_on(groups, frame, at)):
            break  # ", and" opens a clause of its own far more often than it ends a list
        step = 2 if serial else 1
        if groups[at - step].kind == "dash" and (whole := dashes(groups, at - step)) is not None:
            step = at - whole  # "six men - four cooks and two guards - and two women were hurt"
        prior = groups[at - step]
        if (groups[at].kind == "conj" and groups[at].sub != "and") or not isinstance(prior, Np):
            break
        if groups[at].kind == "comma" and not (len(frame.subj) > 1):
            break  # a lone comma sets off a clause or an apposition, it lists nothing
        lead = groups[at - step - 1] if at - step >= 1 else None
        if lead is not None and (lead.kind == "prep" or (isinstance(lead, Vg) and not lead.say)):
            if groups[at].kind == "conj" and (i := beside_relative(groups, frame, at, before)) is not None:
                frame.subj.insert(0, groups[i])  # type: ignore[arg-type]
                at = i - 1
            break
        if lead is not None and lead.sub == "sub" and (prior.human is None) != (first.human is None):
            break  # "after a two-hour battle, a judge and a clerk were killed"
        frame.subj.insert(0, prior)
        at -= step + 1
    fronted(groups, frame, at)


PLURAL: Final = frozenset(("were", "are", "have"))  # forms that one person or thing alone never takes


def lists_on(groups: Sequence[Group], frame: Frame, conj: int) -> bool:
    """Whether ", and" ends a list of at least three subjects ("a judge, a clerk, and a driver were killed")."""
    several = frame.vg.cells[0].low in PLURAL and conj > 3 and groups[conj].sub == "and"
    before = groups[conj - 4 : conj - 1] if several else ()
    return len(before) == 3 and before[1].kind == "comma" and isinstance(before[0], Np) and isinstance(before[2], Np)


def beside_relative(groups: Sequence[Group], frame: Frame, conj: int, before: Sequence[Frame]) -> int | None:
    """The index of the first of two subjects where a relative clause stands behind it ("two men who served as guards and a
    passer-by were hurt"): what opens the clause would have no verb of its own else."""
    last = before[-1] if before else None
    if last is None or not last.relative or last.vg.say is not None or frame.vg.cells[0].low not in PLURAL:
        return None
    if not all(isinstance(g, Np) or g.kind in ("prep", *LIGHT) for g in groups[last.at + 1 : conj]):
        return None
    at = next((i for i in range(last.at - 1, -1, -1) if groups[i] is last.subj[0]), 0)
    opens = at == 0 or groups[at - 1].kind in ("comma", "conj", "that", "rel", "semi", "colon", "quote", *LIGHT)
    return at if opens and groups[at] is last.subj[0] else None


def fronted(groups: Sequence[Group], frame: Frame, at: int) -> None:
    """Prepositional groups and times before the subject, back to the start of the clause."""
    while at >= 0:
        g = groups[at]
        if g.kind == "time" and g.when is not None:
            frame.times.append(g.when)
        elif isinstance(g, Np) and at and groups[at - 1].kind == "prep":
            frame.preps.append((groups[at - 1].sub, g))
            at -= 1
        elif g.kind == "comma" or g.kind in LIGHT:
            pass
        else:
            return
        at -= 1


def finite_before(before: Sequence[Frame]) -> Frame:
    """The last frame that is no infinitive: "asked him to leave and offered talks" has one subject."""
    return next((f for f in reversed(before) if not f.vg.inf), before[-1])


def sayer(frame: Frame, before: Sequence[Frame]) -> Frame | None:
    """The frame before whose subject a verb of saying shares: the last one that says, denies or judges ("rejected it as
    invented and said", "voiced concern at the fate of those who were lost and appealed")."""
    if frame.vg.say is None and not frame.has(*BLAMING):
        return None
    return next((f for f in reversed(before) if f.subj and (f.vg.say is not None or f.has(*BLAMING))), None)


def share(frame: Frame, other: Frame) -> None:
    """The subject and fronted groups of the verb before."""
    frame.subj, frame.shared = other.subj, True
    if frame.vg.inf or frame.vg.feat == "ing":
        frame.head = other
    if not frame.times:
        frame.times = list(other.times)


def relative(groups: Sequence[Group], frame: Frame, at: int, before: Sequence[Frame]) -> None:
    """The noun before the relative pronoun; a plain "that" after a verb has none. Behind "and who" it is the noun of the
    relative clause before."""
    prior = at - 1
    while prior >= 0 and groups[prior].kind in ("comma", *LIGHT):
        prior -= 1
    g = groups[prior] if prior >= 0 else None
    last = before[-1] if before else None
    if isinstance(g, Np):
        frame.subj, frame.relative = [g], True
    elif g is not None and g.sub == "and" and last is not None and last.relative and groups[at].low == "who":
        frame.subj, frame.relative = list(last.subj), True
