"""What stands beside a clause or hangs on a noun of it: stretches between commas, dashes and brackets, participles, "as it ..."."""

from collections.abc import Sequence
from typing import Final

from sayso.read.text.groups import Group, Np, Vg

#: What a stretch between commas begins with that stands beside the clause around it.
ASIDES: Final = frozenset(("according", "cite", "quotedby", "prep", "incl", "adv", "time", "rel"))

#: Verbs whose object is said to be or to become something, and what is counted of people behind a verb of losing.
MAKING: Final = frozenset(("link", "lose", "hold"))
FATAL: Final = frozenset(("kill", "wound", "die", "miss", "harm"))


def hung(groups: Sequence[Group], at: int) -> bool:
    """Whether a participle alone hangs on the noun before it: "under a deal brokered by the mediators"."""
    g = groups[at]
    alone = isinstance(g, Vg) and len(g.cells) == 1 and g.feat in ("part", "pastpart") and g.say is None
    return alone and at + 1 < len(groups) and groups[at + 1].sub == "by"


def clause_of_time(groups: Sequence[Group], at: int) -> bool:
    """Whether "as" opens a clause: a noun group stands behind it with its verb right there ("as it pulled out"); a verb of
    saying only where it goes on with what is said ("as the army said it had pulled out")."""
    if groups[at].low != "as" or at + 2 >= len(groups) or not isinstance(groups[at + 1], Np):
        return False
    verb = next((g for g in groups[at + 2 : at + 4] if g.kind != "adv"), None)
    if not isinstance(verb, Vg) or verb.inf or verb.feat == "ing":
        return False
    said = groups[groups.index(verb, at) + 1 :][:2] if verb.say is not None else ()
    counted = bool(said) and isinstance(said[0], Np) and said[0].num is not None  # "as the ministry reports nine dead"
    return (
        verb.say is None or counted or (len(said) > 1 and (said[0].kind in ("that", "rel") or isinstance(said[1], Vg)))
    )


def parenthesis(groups: Sequence[Group], comma: int) -> int | None:
    """The index before ", she says," or ", its mayor," that ends at a comma."""
    at = comma - 1
    while at >= 0 and groups[at].kind not in ("comma", "semi", "colon", "stop"):
        at -= 1
        if comma - at > 12:
            return None
    opening = groups[at + 1 : min(at + 3, comma)]
    described = any(g.kind == "rel" or g.low == "whose" for g in opening)  # ", a militia that ...,"
    quoting = at + 1 < comma and groups[at + 1].kind in ("according", "cite", "quotedby")
    if comma - at > 7 and not described and not quoting and not describes(groups[at + 1 : comma]):
        return None
    if at <= 0 or groups[at].kind != "comma":
        return None
    inside = groups[at + 1 : comma]
    says = any(isinstance(g, Vg) and g.say for g in inside)
    named = len(inside) <= 4 and inside and isinstance(inside[0], Np) and not any(isinstance(g, Vg) for g in inside)
    cue = bool(inside) and inside[0].kind in ASIDES
    first = inside[0] if inside else None
    aside = (
        isinstance(first, Vg) and first.feat in ("ing", "part", "pastpart") and not first.say
    )  # ", having no choice,"
    however = len(inside) == 1 and inside[0].kind in ("conj", "adv")  # ", however,"
    told = says or named or cue or aside or described or however or describes(inside)
    at -= 2 if groups[at - 1].kind == "adv" else 1  # "the mayor there, Ann Roe, said"
    return at if told and at >= 0 and isinstance(groups[at], Np) else None


def describes(inside: Sequence[Group]) -> bool:
    """Whether a stretch between commas only says who somebody is ("coordinator of the party in the north-west")."""
    first = inside[0] if inside else None
    who = isinstance(first, Np) and (first.num is None or not first.num.bare) and (first.human or first.lexeme("role"))
    return bool(who) and not any(isinstance(g, Vg) for g in inside)


def dashes(groups: Sequence[Group], dash: int) -> int | None:
    """The index before what stands between two dashes, the second at `dash`."""
    for at in range(dash - 1, max(-1, dash - 6), -1):
        if groups[at].kind == "dash":
            return at - 1
    return None


def bracket(groups: Sequence[Group], close: int) -> int | None:
    """The index before the bracket that closes at `close`."""
    for at in range(close - 1, max(-1, close - 9), -1):
        if groups[at].kind == "open":
            return at - 1
    return None


def object_described(groups: Sequence[Group], at: int, verb: int) -> bool:
    """Whether a participle only describes the object before it: "intercepted 35 drones launched overnight"."""
    prior, g = groups[at - 1] if at else None, groups[verb]
    acts = isinstance(prior, Vg) and prior.main is not None and prior.say is None and not prior.passive
    acts = acts and not groups[at - 1].classes & MAKING  # type: ignore[attr-defined]
    alone = isinstance(g, Vg) and verb == at + 1 and len(g.cells) == 1 and g.feat == "pastpart" and g.say is None
    alone = alone and not g.classes & FATAL  # type: ignore[attr-defined]
    nxt = groups[verb + 1] if verb + 1 < len(groups) else None
    return acts and alone and (nxt is None or nxt.kind in ("time", "prep", "stop", "comma", "conj"))
