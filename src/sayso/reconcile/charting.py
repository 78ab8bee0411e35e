"""The charts of the tally: each party's own cumulative figures over time (R4, R5), and where it gives none, why (R3)."""

from collections.abc import Iterable, Iterator, Sequence

from sayso.model.chart import Chart, Figure, Series
from sayso.model.conflict import Conflict
from sayso.model.question import Claimant, Missing, Said, Tally
from sayso.reconcile.answers import in_order
from sayso.reconcile.figures import interval, revision, size
from sayso.reconcile.names import claimant_of, heard_by_mouth
from sayso.reconcile.sides import speaks, whose
from sayso.reconcile.tally import About, about, belongs, line_order


def charts(tally: Tally, said: Iterable[Said], *, conflict: Conflict) -> tuple[Chart, ...]:
    """One chart for each party, status and measure of which the party itself gives figures, or is looked for in vain.

    `said` are the claims of the questions of the tally's lines. In the order of the tally. What the other side, or one
    that is no side, says of a party's losses is in none of them.
    """
    things: dict[tuple[str, str, str], dict[About, list[Said]]] = {}
    for s in in_order(said):
        if charted(s, conflict):
            thing = about(s, conflict)
            things.setdefault((thing.subject, thing.who, thing.measure), {}).setdefault(thing, []).append(s)
    silences: dict[tuple[str, str, str], Missing] = {(p, who, measure): why for p, who, measure, why in tally.missing}
    found = sorted({*things, *silences}, key=lambda k: line_order(k[0], k[1], k[2], conflict))
    return tuple(
        Chart(
            subject=what[0], who=what[1], measure=what[2], missing=silences.get(what),
            series=tuple(x for thing, mine in things.get(what, {}).items() for x in series(thing, mine, conflict)),
        )
        for what in found
    )  # fmt: skip


def figures_told(said: Iterable[Said], conflict: Conflict) -> Iterator[tuple[str, Claimant, Said]]:
    """Each cumulative figure that counts, in order, with its claimant and the table of the tally that it belongs to: `own`,
    `other` (an enemy's losses), `third` or `unnamed`."""
    for s in in_order(said):
        if belongs(s, conflict) and not s.withdrawn:
            own, enemy = charted(s, conflict), whose(s, conflict) == "enemy"
            kind = "unnamed" if s.claim.attr.names_no_source else "own" if own else "other" if enemy else "third"
            yield kind, claimant_of(s, conflict), s


def charted(said: Said, conflict: Conflict) -> bool:
    """Whether a claim is a side's own total, told by a source with a name, that still counts."""
    own = whose(said, conflict) == "own" and speaks(said.claim)
    return own and belongs(said, conflict) and not said.withdrawn and not said.claim.attr.names_no_source


def series(thing: About, mine: Sequence[Said], conflict: Conflict) -> Iterator[Series]:
    """The figures for one thing, claimant by claimant in the order in which they first spoke; `mine` is in order."""
    for theirs in heard_by_mouth(mine, conflict).values():
        before = (None, *theirs)
        yield Series(
            claimant=claimant_of(theirs[-1], conflict), since=thing.since, definition=thing.definition,
            figures=tuple(figure(s, earlier) for earlier, s in zip(before, theirs, strict=False)),
        )  # fmt: skip


def figure(said: Said, before: Said | None) -> Figure:
    """A figure on an axis; an open one stands at its stated end, a vague word at its floor (R2)."""
    count = said.claim.count
    assert count is not None  # what `belongs` to the tally has one
    earlier = before.claim.count if before is not None else None
    lowered = earlier is not None and revision(earlier, count) == "down"
    low, high = interval(count) if count.operator == "range" else (size(count), size(count))
    return Figure(said=said, low=low, high=high, lowered=lowered)
