"""Over what time a count runs: counts of a stretch of time or of a whole war are no counts of one incident."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sayso.read.drafts import Draft
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.groups import Group, Np, Vg
from sayso.read.text.lapses import When

RECENT: Final = frozenset(("past", "last", "recent", "first", "previous", "coming"))
WITHIN: Final = frozenset(("in", "during", "over", "within", "throughout", "across"))
#: What stands before a span to say how often: "every year", "per year", "500 a year".
OFTEN: Final = frozenset(("every", "each", "per", "a"))
#: What a count has run up to now by.
UNTIL_NOW: Final = frozenset(("so far", "to date", "up to now", "until now", "thus far", "up until now", "till now"))
#: Violence that lasts, where "fighting" and "an offensive" can be of a day.
LASTING: Final = frozenset(
    ("war", "civil war", "conflict", "armed conflict", "violence", "political violence", "insurgency")
)
LONG: Final = frozenset(("years", "decades", "months", "weeks"))
YEAR_LONG: Final = len("2020")  # a date that names the year alone
SETTLED_AFTER: Final = 365  # days: what is told with its year and lies further back is a settled past
IS_SPAN: Final = flags("span")


def over_time(scene: Scene, found: Sequence[Draft]) -> None:
    """Enter the scope of counts whose clause names a stretch of time, a war or a number of fights."""
    said: dict[tuple[int, int], str | None] = {}
    for made in found:
        if made.type != "casualties" or made.num is None or made.num.op == "none" or made.part_of is not None:
            continue
        clause = scene.clause(made.at)
        alone = made.num.n == 1 and made.num.op == "exact"  # a person, whose death has a day
        if made.scope in (None, "incident") and not alone:
            if clause not in said:
                said[clause] = spell([g for g in scene.groups if clause[0] <= g.start < clause[1]])
            made.scope = said[clause] or made.scope
            if made.scope in (None, "incident") and made.rule != "casualties.deed" and until_now(scene, clause):
                made.scope = "cumulative"
        if made.modality == "fact" and settled(scene, clause):
            made.modality = "background"


def settled(scene: Scene, clause: tuple[int, int]) -> bool:
    """Whether a clause names a settled past and no other time ("the war of 1994 left 9,000 dead")."""
    whens = [g.when for g in scene.groups if g.when is not None and clause[0] <= g.start < clause[1]]
    return bool(whens) and all(w.kind == "past" or long_ago(scene, w) for w in whens)


def long_ago(scene: Scene, when: When) -> bool:
    """Whether a date that names its year lies more than a year back, and before the conflict where its start is known."""
    first, start = when.first, scene.directory.conflict.start
    if when.kind != "point" or when.basis != "said" or scene.published is None or first is None:
        return False
    begun = start.isoformat()[: len(first)] if start is not None else None
    if begun is not None and first >= begun:
        return False
    day = date.fromisoformat(first[:10] if len(first) >= len("2020-01-01") else f"{first}-01-01"[:10])
    published = date(scene.published.year, scene.published.month, scene.published.day)
    return (published - day).days > SETTLED_AFTER


def until_now(scene: Scene, clause: tuple[int, int]) -> bool:
    """Whether a clause says how many "so far have died"."""
    groups = [g for g in scene.groups if clause[0] <= g.start < clause[1]]
    return any(g.low in UNTIL_NOW for g in groups) and any(
        perfect(f.vg) and f.has("kill", "die", "wound", "harm", "cost", "lose", "miss") for f in scene.frames
    )


def spell(groups: Sequence[Group]) -> str | None:
    """The scope that the groups of a clause name: period, cumulative, or None."""
    if any(g.when is not None and g.when.kind == "since" for g in groups):
        return "cumulative"
    for i, g in enumerate(groups):
        if g.when is not None and g.when.first is not None and len(g.when.first) == YEAR_LONG:
            return "period"
        if isinstance(g, Np) and (scope := scope_of(groups, i, g)) is not None:
            return scope
    return None


def scope_of(groups: Sequence[Group], i: int, g: Np) -> str | None:
    """The scope that one noun group names for the counts around it."""
    before = i - 1
    while before > 0 and groups[before].kind == "adv":
        before -= 1  # "in only three months"
    prep = groups[before].low if before >= 0 and groups[before].kind in ("prep", "conj") else ""
    within = prep in WITHIN
    if (within and (stretch(g) or fights(g))) or this_year(g) or rate(groups, i, g):
        return "period"
    if (within or prep == "after") and len(g.cells) == 1 and g.low in LONG:
        return "period"  # "after decades of a regime that left 100,000 dead"
    if any(p.cell("war") is not None for p in g.chain()) and (because(groups, i, g) or told_of(groups, i, prep)):
        return "cumulative"
    return None


def stretch(np: Np) -> bool:
    """Whether a noun group is "three days", "the past week"."""
    if np.cell("span") is None:
        return False
    return (np.num is not None and np.num.bare) or any(c.low in RECENT for c in np.cells)


def rate(groups: Sequence[Group], i: int, np: Np) -> bool:
    """Whether a noun group says how often: "every year", "500 deaths per year", "300 people a month"."""
    if not np.flags & IS_SPAN or len(np.cells) > 2:
        return False
    word = np.cells[0].low if len(np.cells) > 1 else groups[i - 1].low if i else ""
    return word in OFTEN and (word != "a" or (i > 0 and isinstance(groups[i - 1], Np)))


def fights(np: Np) -> bool:
    """Whether a noun group is a number of fights or killings ("in 386 clashes", "in more than 40 massacres")."""
    counted = np.num is not None and np.num.bare and np.num.n is not None and np.num.n > 1
    return counted and (np.lexeme("attack") is not None or np.lexeme("deed") is not None)


def this_year(np: Np) -> bool:
    """Whether a noun group is "this month", "this year", "last year"."""
    words = [c.low for c in np.cells]
    return (words[0] == "this" and len(words) > 1 and np.cell("span") is not None) or words == ["last", "year"]


def because(groups: Sequence[Group], i: int, np: Np) -> bool:
    """Whether a lasting violence is named as the cause of deaths up to now ("as a result of political violence")."""
    lasting = any(c.low in LASTING for c in np.cells)
    caused = i > 0 and groups[i - 1].kind in ("prep", "adv") and groups[i - 1].low.endswith(("of", "to"))
    return lasting and caused and any(perfect(g) for g in groups)


def told_of(groups: Sequence[Group], i: int, prep: str) -> bool:
    """Whether a war is what has left, claimed or cost the dead ("the war that has left 70,000 dead")."""
    relative = False
    for g in groups[i + 1 :]:
        if isinstance(g, Vg) and perfect(g):
            return relative or not prep or groups[i].cells[-1].low in LONG
        if g.kind == "rel":
            relative = True
        elif (
            (isinstance(g, Vg) and not relative and g.feat not in ("part", "pastpart"))
            or g.kind == "stop"
            or (g.kind == "conj" and g.sub not in ("and", ""))
        ):
            return False
    return False


def perfect(g: Group) -> bool:
    """Whether a verb group says what has happened up to now."""
    return g.kind == "vg" and any(c.lex.keys() & {"aux"} and c.low in ("has", "have", "had") for c in g.cells)
