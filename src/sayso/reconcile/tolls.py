"""The tolls of an overview: own figures and own losses first, the silences with the figures that they belong to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Bullet, Missing, Said, Tally, TallyLine
from sayso.reconcile.folding import by_mouth, once
from sayso.reconcile.names import smaller_places
from sayso.reconcile.relations import AS_OF_APART
from sayso.reconcile.sides import day_said, side_of, speaks, whose
from sayso.reconcile.tally import belongs

#: Losses of one mouth that are listed beside its total.
MOST_LOSSES: Final = 4


def tolls(
    found: Tally, conflict: Conflict, lost: Sequence[Said] = (), lowered: Mapping[str, Said] = MappingProxyType({})
) -> Iterator[Bullet]:
    """One bullet a subject: its own figures, else a third's, else those that name no source; silences after them.

    What one side claims of another's dead is never here (R5, H4). `lost` are the losses beside the totals,
    `lowered` the higher figure that the claimant gave before, by the id of the claim that lowered it (R8).
    """
    lowered = {x.said.id: x.change for x in found.own if x.change and was_lowered(x)} | dict(lowered)
    told: set[str] = set()
    for who in ("military", "civilian"):
        lines = [x for x in fit_to_show(found, conflict) if x.who == who]
        quiet = [(p, why) for p, why in silences(found, who) if why.said and why.said.id not in told]
        for bullet in subject_tolls(lines, quiet, [s for s in lost if s.claim.who == who], conflict, who=who):
            told |= {s.id for s in bullet.said}
            higher = tuple(lowered[s.id] for s in bullet.said if s.id in lowered)
            yield replace(bullet, linked=higher, link="lowers" if higher else "")


def was_lowered(line: TallyLine) -> bool:
    """Whether its claimant had given a higher figure before."""
    return "revised_down" in line.flags


def fit_to_show(found: Tally, conflict: Conflict) -> list[TallyLine]:
    """The figures that a toll may show: own ones, a third's, and those that name no source where no own one is newer.

    A figure of the dead that is more than a day older than its subject's newest is no news of it any more (R9).
    """
    lines = [x for x in (*found.own, *found.third, *found.unnamed) if not x.said.withdrawn]
    return [x for x in lines if not any(outdates(o, x, conflict) for o in lines)]


def outdates(newer: TallyLine, line: TallyLine, conflict: Conflict) -> bool:
    """Whether a figure is told better by another about the same people, or about all of whom they are a part."""
    parts = set(conflict.members(line.subject)) or {line.subject}
    whole = set(conflict.members(newer.subject)) or {newer.subject}
    late = newer.said.said_at - line.said.said_at
    if newer is line or newer.who != line.who or not parts <= whole:
        return False
    if line.own:  # nothing but its own newer word takes the place of a side's own word
        return newer.own and newer.subject == line.subject and newer.measure == "killed" and late > AS_OF_APART
    return newer.own and line.measure in (newer.measure, "casualties") and late.total_seconds() >= 0


def silences(found: Tally, who: str) -> Iterator[tuple[str, Missing]]:
    """For each party why it gives no figure of its own, where somebody says so: of its dead, else of its wounded."""
    told: set[str] = set()
    for party, status, _, why in found.missing:
        if status == who and why.said and (party not in told or why.said.claim.who == who):
            told.add(party)
            yield party, why


def subject_tolls(
    lines: Sequence[TallyLine],
    quiet: Sequence[tuple[str, Missing]],
    lost: Sequence[Said],
    conflict: Conflict,
    *,
    who: str,
) -> Iterator[Bullet]:
    """A bullet for each subject, then one for each silence that belongs to none of them."""
    subjects = dict.fromkeys(x.subject for x in lines)
    for subject in subjects:
        mine = best(x for x in lines if x.subject == subject)
        on = day_said(mine[0].said, conflict)
        beside = [why for party, why in quiet if conflict.overlap(party, subject, on)]
        quiet = [s for s in quiet if s[1] not in beside]
        # a silence about all that is lost says nothing beside a figure that was given after it
        newest = max(x.said.said_at for x in mine)
        kept = [w for w in beside if w.said and w.said.claim.who == who and newest - w.said.said_at < AS_OF_APART]
        yield toll([*(x.said for x in mine), *(s for s in lost if s.claim.subject == subject)], kept, who)
    for other in dict.fromkeys(s.claim.subject for s in lost if s.claim.subject not in subjects):
        yield toll([s for s in lost if s.claim.subject == other], [], who)
    for said_id in dict.fromkeys(why.said.id for _, why in quiet if why.said):
        yield toll([], [why for _, why in quiet if why.said and why.said.id == said_id], who)


def toll(figures: Sequence[Said], quiet: Sequence[Missing], who: str) -> Bullet:
    """Figures and then the claims that say which ones are not reported, each once (R3)."""
    silent = {why.said.id: why.said for why in quiet if why.said}
    return Bullet(said=(*figures, *silent.values()), missing=tuple(quiet), topic=f"toll {who}")


def best(lines: Iterable[TallyLine]) -> list[TallyLine]:
    """For each measure the first line: own figures stand before all others."""
    chosen: dict[str, TallyLine] = {}
    for line in lines:
        chosen.setdefault(line.measure, line)
    return list(chosen.values())


def losses(today: Sequence[Said], found: Tally, conflict: Conflict) -> tuple[Said, ...]:
    """What is said of a side's own soldiers, and of civilians anywhere, killed or hurt, that is no total, and that no
    total of the day tells."""
    totals = {figure_of(x.said) for x in (*found.own, *found.third, *found.unnamed)}
    mine = (
        s for s in today
        if s.claim.type == "casualties" and s.claim.count is not None and s.claim.subject is not None
        and s.claim.part_of is None and s.claim.modality == "fact" and s.claim.polarity != "unknown"
        and (own_soldiers(s, conflict) or all_civilians(s, conflict))
        and not belongs(s, conflict) and figure_of(s) not in totals
    )  # fmt: skip
    mouths = chain.from_iterable(g[-MOST_LOSSES:] for g in by_mouth(once(mine, conflict), conflict))
    return tuple(sorted(mouths, key=lambda s: (s.claim.attr.names_no_source, whose(s, conflict) != "own")))


def own_soldiers(said: Said, conflict: Conflict) -> bool:
    """Whether a side's office tells of the side's own soldiers."""
    return said.claim.who == "military" and speaks(said.claim) and whose(said, conflict) == "own"


def all_civilians(said: Said, conflict: Conflict) -> bool:
    """Whether a figure is of a side's civilians and names no place, so that it may be a total; never another side's
    word (R5)."""
    claim = said.claim
    return claim.who == "civilian" and not smaller_places(claim, conflict) and whose(said, conflict) != "enemy"


def told_in(said: Said, lost: Sequence[Said]) -> bool:
    """Whether a loss is told by one of these: the same figure of one side, at the same places, of the same people as far
    as it says who they are."""
    return said.claim.type == "casualties" and any(
        figure_of(said) == figure_of(x) and said.claim.places == x.claim.places
        and said.claim.who in (None, "unknown", x.claim.who)
        for x in lost
    )  # fmt: skip


def figure_of(said: Said) -> tuple[object, ...]:
    """What makes two figures of one side the same news."""
    count = said.claim.count
    return said.claim.sub, side_of(said.claim), count and (count.n, count.low, count.high)
