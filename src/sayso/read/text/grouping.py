"""The groups of a sentence, with what belongs together joined: "X of Y", a second name in brackets, an age."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sayso.read.text.groups import Group, Np, group_at
from sayso.read.text.words import Cell

GLOSS: Final = 14  # groups; what stands longer in square brackets is text of its own
OLDEST: Final = 110  # years: a larger number behind a name is no age


def group(cells: Sequence[Cell], published: date | None) -> list[Group]:
    """The groups of a sentence, in order, noun groups with their "of" and their brackets joined."""
    out: list[Group] = []
    at, glossed = 0, False
    while at < len(cells):
        made, at = group_at(cells, at, published)
        out.append(made)
        glossed = glossed or made.low == "["
    return joined(without_glosses(out) if glossed else out)


def without_glosses(groups: list[Group]) -> list[Group]:
    """The groups without what an editor has put in square brackets, unless it is a second name of a place."""
    out: list[Group] = []
    i = 0
    while i < len(groups):
        g = groups[i]
        if g.low == "[" and g.kind == "open":
            close = next((k for k in range(i + 1, min(i + GLOSS, len(groups))) if groups[k].low == "]"), None)
            named = (
                out and isinstance(out[-1], Np) and proper(out[-1]) and i + 1 < len(groups) and proper(groups[i + 1])
            )
            if close is not None and not named:
                i = close + 1
                continue
        out.append(g)
        i += 1
    return out or groups


def joined(groups: list[Group]) -> list[Group]:
    """The groups with "X of Y" as one noun group, and "Ubel (Ubelle)" as one with its second name."""
    out: list[Group] = []
    i = 0
    while i < len(groups):
        g = groups[i]
        last = out[-1] if out else None
        if isinstance(g, Np):
            if g.num is not None and len(out) > 1 and is_age(g, out, groups, i):
                g = Group("adv", g.cells)
        elif g.kind == "dash" and last is not None and last.kind == "dash" and last.end == g.start:
            i += 1  # "--" is one dash
            continue
        elif isinstance(last, Np):
            if g.sub == "of" and g.kind == "prep" and i + 1 < len(groups) and isinstance(nxt := groups[i + 1], Np):
                last.tail().of = nxt
                last.end = nxt.end
                i += 2
                continue
            if g.kind in ("open", "slash") and (used := bracketed(last, groups, i)):
                i += used
                continue
        out.append(g)
        i += 1
    return out


def is_age(np: Np, before: list[Group], groups: list[Group], i: int) -> bool:
    """Whether a bare number between commas behind a name is an age ("Tor Vance, 54, was killed")."""
    if len(np.cells) != 1 or np.num is None or np.num.n is None or np.num.n > OLDEST or not np.cells[0].low.isdigit():
        return False
    if before[-1].kind != "comma" or not isinstance(name := before[-2], Np) or name.num is not None:
        return False
    after = groups[i + 1].kind if i + 1 < len(groups) else "stop"
    return proper(name.tail()) and after in ("comma", "semi", "stop", "close", "conj", "open")


def bracketed(last: Np, groups: list[Group], i: int) -> int:
    """How many groups from `i` on are a second name of a place: "(Ubelle)", "/Austerbank", ", on ... maps Nieder Brook,"."""
    g = groups[i]
    tail = last.tail()
    if (
        g.kind == "open"
        and i + 2 < len(groups)
        and isinstance(groups[i + 1], Np)
        and proper(groups[i + 1])
        and proper(tail)
        and not groups[i + 1].cells[-1].has("channel")
    ):
        close = next((k for k in range(i + 1, min(i + 7, len(groups))) if groups[k].kind == "close"), None)
        if close is not None:
            tail.also = " ".join(c.text for c in groups[i + 1].cells if c.cap).strip() or None
            last.end = groups[close].end
            return close - i + 1
    if g.kind == "slash" and i + 1 < len(groups) and proper(tail) and proper(groups[i + 1]):
        tail.also = " ".join(c.text for c in groups[i + 1].cells)
        last.end = groups[i + 1].end
        return 2
    return 0


def proper(g: Group) -> bool:
    """Whether a group ends in a name with a capital."""
    return g.cells[-1].cap and not g.cells[-1].has("noun")
