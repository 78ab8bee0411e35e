"""Who does what to whom: each verb group with the noun groups around it, whatever the clause's form.

Active, passive, shared subjects ("shelled A and wounded five"), relative clauses and participles give the same frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.read.text.asides import bracket, clause_of_time, dashes, hung, object_described, parenthesis
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.lapses import When
from sayso.read.text.words import Cell

BLAMING: Final = (
    "accuse",
    "deny",
    "condemn",
    "urge",
)  # verbs of who speaks: "said its posts were hit and blamed the rebels"
PARTICIPLES: Final = frozenset(("part", "pastpart"))
LIGHT: Final = ("adv", "quote", "time", "other")


INCLUDING: Final = frozenset(("including", "among them", "amongst them"))  # before a part of the whole


@dataclass(slots=True)
class Frame:
    """A verb group with its arguments. `at` is its index among the groups; `shared` says that the subject is that of
    the verb before, `antecedent` that it stands before a relative pronoun."""

    vg: Vg
    at: int
    subj: list[Np] = field(default_factory=list)
    objs: list[Np] = field(default_factory=list)
    preps: list[tuple[str, Np]] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    shared: bool = False
    relative: bool = False
    head: "Frame | None" = None  # the verb that an infinitive or participle hangs on ("began to shell")
    last: int = 0
    undergone: bool = False  # whether the subject suffers it

    def prep(self, *subs: str) -> list[Np]:
        """The noun groups behind these prepositions."""
        return [n for s, n in self.preps if s in subs]

    def has(self, *classes: str) -> bool:
        """Whether its verb is of one of these classes."""
        return not self.vg.classes.isdisjoint(classes)

    @property
    def span(self) -> tuple[int, int]:
        """From its first to its last word, in code points."""
        parts: list[Group] = [self.vg, *self.objs, *(n for _, n in self.preps)]
        if not self.shared and not self.relative:
            parts += self.subj
        return min(p.start for p in parts), max(p.end for p in parts)


def frames_of(groups: Sequence[Group]) -> list[Frame]:
    """The frames of a sentence, in order of their verbs."""
    out: list[Frame] = []
    for at, g in enumerate(groups):
        if isinstance(g, Vg):
            frame = Frame(vg=g, at=at)
            left(groups, frame, out)
            right(groups, frame)
            frame.undergone = undergone(frame)
            out.append(frame)
    return out


def undergone(frame: Frame) -> bool:
    """Whether the subject suffers it: a passive, or a participle alone ("two villages taken", "school hit")."""
    vg = frame.vg
    if vg.passive or vg.feat not in PARTICIPLES or len(vg.cells) > 1 or frame.objs or frame.relative or frame.shared:
        return vg.passive
    if frame.subj and frame.subj[0].low in ("we", "i", "he", "she", "they"):
        return False  # "we fired on"
    return vg.main is None or len(vg.main.low.split()) <= 2  # "launched a counter-offensive": the verb holds its object


def right(groups: Sequence[Group], frame: Frame) -> None:
    """Fill in objects, prepositional groups and times behind the verb."""
    prep, at, listing = "", frame.at + 1, "obj"
    frame.last = frame.at
    while at < len(groups):
        g = groups[at]
        if isinstance(g, Np):
            if opens_clause(groups, at) and (listing != "obj" or frame.objs or not short_object(groups, at, frame)):
                break
            if prep:
                frame.preps.append((prep, g))
                listing, prep = frame.preps[-1][0], ""
            elif listing == "obj":
                frame.objs.append(g)
            else:
                frame.preps.append((listing, g))
        elif g.kind == "prep" and clause_of_time(groups, at):
            break
        elif g.kind == "prep":
            prep = g.sub
        elif g.kind == "time" and g.when is not None:
            frame.times.append(g.when)
        elif (
            g.kind in ("comma", "conj")
            and goes_on(groups, at)
            and (frame.objs or listing != "obj" or not isinstance(groups[at + 1], Np))
        ):
            pass
        elif g.kind not in LIGHT and g.kind not in ("open", "close"):
            break
        frame.last = at
        at += 1


def short_object(groups: Sequence[Group], at: int, frame: Frame) -> bool:
    """Whether the noun group right behind a verb is its object although a verb follows ("lists 148 as", "had N killed")."""
    nxt = next_heavy(groups, at + 1)
    return frame.vg.say is None and nxt is not None and isinstance(groups[nxt], Vg) and groups[nxt].inf  # type: ignore[attr-defined]


def goes_on(groups: Sequence[Group], at: int) -> bool:
    """Whether behind a comma or "and" the list or the prepositional groups of the same verb go on."""
    g = groups[at]
    if g.kind == "conj" and g.sub not in ("and", "or"):
        return False
    nxt = at + 1
    if g.kind == "comma" and nxt < len(groups) and groups[nxt].kind == "conj":
        return groups[nxt].sub in ("and", "or") and goes_on(groups, nxt)
    if nxt >= len(groups):
        return False
    if groups[nxt].kind in ("prep", "time"):
        return True
    return isinstance(groups[nxt], Np) and not opens_clause(groups, nxt)


def opens_clause(groups: Sequence[Group], at: int) -> bool:
    """Whether a noun group is the subject of the verb that follows it (past adverbs, times and prepositional groups)."""
    nxt = at + 1
    while nxt < len(groups):
        g = groups[nxt]
        if isinstance(g, Vg):
            return not g.inf and g.feat != "ing" and not hung(groups, nxt) and not object_described(groups, at, nxt)
        if g.kind == "prep" and clause_of_time(groups, nxt):
            return False  # "blew up the bridge as it pulled out"
        if g.kind == "comma" and nxt + 2 < len(groups) and isinstance(groups[nxt + 1], Np) and apposition(groups, nxt):
            nxt += 3
            continue
        if g.kind in ("adv", "time", "quote"):
            nxt += 1
        elif g.kind == "prep" and nxt + 1 < len(groups) and isinstance(groups[nxt + 1], Np):
            nxt += 2
        else:
            return False
    return False


def apposition(groups: Sequence[Group], comma: int) -> bool:
    """Whether ", X," with a verb behind it stands at a comma."""
    at = comma + 2
    while (at < len(groups) and groups[at].kind in ("adv", "prep")) or (
        at < len(groups) and isinstance(groups[at], Np)
    ):
        at += 1
    return at + 1 < len(groups) and groups[at].kind == "comma" and at == comma + 2 and isinstance(groups[at + 1], Vg)


def next_heavy(groups: Sequence[Group], at: int) -> int | None:
    """The index of the next group that is more than an adverb or a time."""
    while at < len(groups):
        if groups[at].kind not in LIGHT:
            return at
        at += 1
    return None


def left(groups: Sequence[Group], frame: Frame, before: Sequence[Frame]) -> None:  # noqa: C901, PLR0912 - one way back
    """Fill in the subject, and what stands before the verb in prepositional groups."""
    frame.subj = behind_relative(groups, frame, before) or counted_by(groups, frame)
    at = frame.at - 1 if not frame.subj else -1
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
            relative(groups, frame, at)
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


def behind_relative(groups: Sequence[Group], frame: Frame, before: Sequence[Frame]) -> list[Np]:
    """The subject of a verb of saying right behind a relative clause: "drivers who made it to the town said"."""
    last = next((f for f in reversed(before) if not f.vg.inf), None)  # "who asked not to be named told"
    if last is None or not last.relative or tells(last.vg) or frame.vg.say is None or frame.vg.inf:
        return []
    between = groups[last.at + 1 : frame.at]
    runs_on = all(isinstance(g, Np) or g.kind in ("prep", *LIGHT) or (isinstance(g, Vg) and g.inf) for g in between)
    return list(last.subj) if runs_on and frame.vg.feat not in ("base", "ing") else []


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
        step = 1
        if groups[at].kind == "conj" and groups[at - 1].kind == "comma":
            break  # ", and" opens a clause of its own far more often than it ends a list
        prior = groups[at - step]
        if (groups[at].kind == "conj" and groups[at].sub != "and") or not isinstance(prior, Np):
            break
        if groups[at].kind == "comma" and not (len(frame.subj) > 1):
            break  # a lone comma sets off a clause or an apposition, it lists nothing
        if at - step >= 1 and (
            groups[at - step - 1].kind == "prep" or (isinstance(verb := groups[at - step - 1], Vg) and not verb.say)
        ):
            break
        frame.subj.insert(0, prior)
        at -= step + 1
    fronted(groups, frame, at)


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
    """The frame before whose subject a verb of saying shares: the last one that says or denies ("rejected it as
    invented and said")."""
    if frame.vg.say is None and not frame.has(*BLAMING):
        return None
    return next((f for f in reversed(before) if f.subj and (f.vg.say is not None or f.has("deny"))), None)


def share(frame: Frame, other: Frame) -> None:
    """The subject and fronted groups of the verb before."""
    frame.subj, frame.shared = other.subj, True
    if frame.vg.inf or frame.vg.feat == "ing":
        frame.head = other
    if not frame.times:
        frame.times = list(other.times)


def relative(groups: Sequence[Group], frame: Frame, at: int) -> None:
    """The noun before the relative pronoun; a plain "that" after a verb has none."""
    prior = at - 1
    while prior >= 0 and groups[prior].kind in ("comma", *LIGHT):
        prior -= 1
    g = groups[prior] if prior >= 0 else None
    if isinstance(g, Np):
        frame.subj, frame.relative = [g], True
