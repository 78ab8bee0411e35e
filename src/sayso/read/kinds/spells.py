"""Over what time a count runs: counts of a stretch of time or of a whole war are no counts of one incident."""

from collections.abc import Sequence
from typing import Final

from sayso.read.drafts import Draft
from sayso.read.scene import Scene
from sayso.read.text.groups import Group, Np

RECENT: Final = frozenset(("past", "last", "recent", "first", "previous", "coming"))
WITHIN: Final = frozenset(("in", "during", "over", "within", "throughout", "across"))


def over_time(scene: Scene, found: Sequence[Draft]) -> None:
    """Enter the scope of counts whose clause names a stretch of time, a war or a number of fights."""
    said: dict[tuple[int, int], str | None] = {}
    for made in found:
        if made.type != "casualties" or made.num is None or made.num.op == "none" or made.part_of is not None:
            continue
        if made.scope not in (None, "incident"):
            continue
        clause = scene.clause(made.at)
        if clause not in said:
            said[clause] = spell([g for g in scene.groups if clause[0] <= g.start < clause[1]])
        made.scope = said[clause] or made.scope
        if made.modality == "fact" and settled(scene, clause):
            made.modality = "background"


def settled(scene: Scene, clause: tuple[int, int]) -> bool:
    """Whether a clause names a settled past and no other time ("the war of 1994 left 9,000 dead")."""
    kinds = {g.when.kind for g in scene.groups if g.when is not None and clause[0] <= g.start < clause[1]}
    return kinds == {"past"}


def spell(groups: Sequence[Group]) -> str | None:
    """The scope that the groups of a clause name: period, cumulative, or None."""
    if any(g.when is not None and g.when.kind == "since" for g in groups):
        return "cumulative"
    for i, g in enumerate(groups):
        if not isinstance(g, Np):
            continue
        within = i > 0 and groups[i - 1].kind == "prep" and groups[i - 1].low in WITHIN
        if (within and (stretch(g) or fights(g))) or this_year(g):
            return "period"
        if g.cell("war") is not None and i + 1 < len(groups) and told_of(groups, i):
            return "cumulative"
    return None


def stretch(np: Np) -> bool:
    """Whether a noun group is "three days", "the past week"."""
    if np.cell("span") is None:
        return False
    return (np.num is not None and np.num.bare) or any(c.low in RECENT for c in np.cells)


def fights(np: Np) -> bool:
    """Whether a noun group is a number of fights ("in 386 clashes")."""
    return (
        np.num is not None and np.num.bare and np.num.n is not None and np.num.n > 1 and np.lexeme("attack") is not None
    )


def this_year(np: Np) -> bool:
    """Whether a noun group is "this year", "this month"."""
    return len(np.cells) >= 2 and np.cells[0].low == "this" and np.cell("span") is not None


def told_of(groups: Sequence[Group], i: int) -> bool:
    """Whether a war is what has left, claimed or cost the dead ("the war that has left 70,000 dead")."""
    for g in groups[i + 1 : i + 4]:
        if g.kind == "vg":
            return any(c.lex.keys() & {"aux"} and c.low in ("has", "have", "had") for c in g.cells)
        if g.kind not in ("rel", "comma", "prep", "np"):
            return False
    return False
