"""Who does what to whom: each verb group with the noun groups around it, whatever the clause's form.

Active, passive, shared subjects ("shelled A and wounded five"), relative clauses and participles give the same frame.
"""

from collections.abc import Sequence

from sayso.read.text.asides import clause_of_time, hung, object_described
from sayso.read.text.frame import LIGHT, PARTICIPLES, Frame
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.subjects import left

__all__ = ("PARTICIPLES", "Frame", "frames_of")


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
        elif g.kind == "comma" and at == frame.at + 1 and (aside := set_off(groups, at)) is not None:
            frame.preps.append(aside)
            at += 3
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


def set_off(groups: Sequence[Group], comma: int) -> tuple[str, Np] | None:
    """The prepositional group between two commas before a verb's object ("murdered, at gunpoint, a soldier")."""
    prep, np, close, obj = (*groups[comma + 1 : comma + 5], *(None,) * 4)[:4]
    if prep is None or prep.kind != "prep" or not isinstance(np, Np) or close is None or close.kind != "comma":
        return None
    return (prep.sub, np) if isinstance(obj, Np) and not opens_clause(groups, comma + 4) else None


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
