"""The tally: the latest cumulative figure of each claimant about each subject, status and measure (R4).

Nothing is ever added up. Own losses and losses claimed for the enemy are two tables (R5); a combined "killed or
wounded" stays one measure (R6); an unknown status stays unknown (R7).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sayso.model.conflict import Conflict
from sayso.model.question import Checked, Key, Missing, Said, Tally, TallyLine
from sayso.reconcile.answers import answer, earlier_figure, in_order, moment, newest, same_answer
from sayso.reconcile.figures import revision
from sayso.reconcile.keys import scope_of, since_of
from sayso.reconcile.names import heard_by_mouth, smaller_places
from sayso.reconcile.relations import rejects_figure, relation
from sayso.reconcile.sides import ALL_SIDES, day_said, share, speaks, whose
from sayso.reconcile.silence import missing

WHO_ORDER: Final = ("military", "civilian", "both", "unknown")
WHO: Final = {"military": "soldiers", "civilian": "civilians"}
MEASURES: Final = ("killed", "wounded", "missing", "casualties")
#: Better founded first, not by symmetry (limits of side by side).
BASIS_ORDER: Final = ("investigation", "named_list", "body_count", "geolocated_media", "estimate", "none_stated", None)


class About(NamedTuple):
    """What a figure counts: lines that agree in all of it can be compared (R4, R9)."""

    subject: str
    who: str
    measure: str
    since: str | None
    definition: str | None


#: Whether a party gives figures of single events or places for its own losses: (party, status, measure).
TellsSome = Callable[[str, str, str], bool]


def tally(said: Iterable[Said], *, conflict: Conflict, checked: Sequence[Checked] = ()) -> Tally:
    """The lines of the tally from all counted claims, and for each party's own dead why there is no figure."""
    heard = in_order(said)

    def tells(party: str, status: str, measure: str) -> bool:
        return any(tells_some(s, party, status, measure, conflict) for s in heard)

    return tally_of(tally_lines(heard, conflict=conflict), quiet=heard, tells=tells, conflict=conflict, checked=checked)


def tally_of(
    lines: Iterable[TallyLine],
    *,
    quiet: Sequence[Said],
    tells: TellsSome,
    conflict: Conflict,
    checked: Sequence[Checked],
) -> Tally:
    """The tally of lines that were made question by question. `quiet` are claims in order, among them those that say that
    something is not reported."""
    newest_first = sorted(lines, key=lambda x: moment(x.said), reverse=True)
    ordered = sorted(newest_first, key=lambda x: order(x, conflict))
    named = [x for x in ordered if not x.said.claim.attr.names_no_source]
    enemy = [x for x in named if whose(x.said, conflict) == "enemy"]
    return Tally(
        own=tuple(x for x in named if x.own),
        enemy=tuple(enemy),
        third=tuple(x for x in named if not x.own and x not in enemy),
        unnamed=tuple(x for x in ordered if x.said.claim.attr.names_no_source),
        missing=tuple(silent(quiet, tells, ordered, conflict, checked)),
    )


def tally_lines(said: Iterable[Said], *, conflict: Conflict) -> tuple[TallyLine, ...]:
    """One line for each claimant and thing counted: the claims of whole questions, and the denials that may point there."""
    heard = in_order(said)
    things: dict[About, list[Said]] = {}
    for s in heard:
        if belongs(s, conflict):
            things.setdefault(about(s, conflict), []).append(s)
    pointing = [s for s in heard if s.claim.type == "denial"]
    found: list[TallyLine] = []
    for thing, mine in things.items():
        mouths = heard_by_mouth(mine, conflict)
        latest = tuple(newest(theirs) for theirs in mouths.values())
        found += [
            line_of(thing, theirs, rivals=latest, pointing=pointing, conflict=conflict) for theirs in mouths.values()
        ]
    return tuple(found)


def belongs(said: Said, conflict: Conflict) -> bool:
    """Whether a claim is a cumulative figure for a whole side; incidents, increments, parts and towns never are (R4)."""
    claim = said.claim
    return (
        claim.type == "casualties" and claim.count is not None and claim.subject is not None
        and claim.part_of is None and claim.modality in ("fact", "possible") and claim.polarity != "unknown"
        and not rejects_figure(claim) and scope_of(claim) == "cumulative" and not smaller_places(claim, conflict)
    )  # fmt: skip


def about(said: Said, conflict: Conflict) -> About:
    """What one figure counts."""
    claim = said.claim
    return About(
        subject=claim.subject or "", who=claim.who or "unknown", measure=claim.sub, since=since_of(claim, conflict),
        definition=claim.count.definition if claim.count else None,
    )  # fmt: skip


def line_of(
    thing: About, mine: Sequence[Said], *, rivals: Sequence[Said], pointing: Sequence[Said], conflict: Conflict
) -> TallyLine:
    """The latest figure of one claimant with its state among the others' and the figure before it."""
    last = newest(mine)
    others = [s for s in rivals if s.id != last.id and not s.withdrawn and not last.withdrawn]
    relations = [r for s in others if (r := relation(last, s, conflict=conflict)) is not None]
    found = answer(mine, around=pointing, relations=relations, conflict=conflict, rivals=rivals)
    key = Key(
        type="casualties", measure=thing.measure, subject=thing.subject, who=thing.who, scope="total", since=thing.since
    )
    return TallyLine(
        claimant=found.claimant, subject=thing.subject, who=thing.who, measure=thing.measure, said=last,
        own=whose(last, conflict) == "own" and speaks(last.claim), state=found.state, reason=found.reason,
        change=change(last, found.history), flags=found.flags, question=key.id,
    )  # fmt: skip


def change(last: Said, history: Sequence[Said]) -> Said | None:
    """The figure that this one replaced, None where it says nothing new (R8)."""
    before = earlier_figure(last, history)
    if before is None or before.claim.count is None or last.claim.count is None:
        return None
    return before if revision(before.claim.count, last.claim.count) else None


def first_given(line: TallyLine, heard: Iterable[Said], *, conflict: Conflict) -> Said:
    """The claim with which a line's figure took the place of the one before it; what came later only repeats it (R8).

    `heard` are the claims of its question."""
    theirs = next(
        (said for said in heard_by_mouth(in_order(heard), conflict).values() if line.said.id in {s.id for s in said}),
        (),
    )
    since = line.said if line.change is None else line.change
    again = (s for s in theirs if moment(s) > moment(since) and not s.withdrawn and same_answer(s, line.said))
    return next((s for s in again if about(s, conflict) == about(line.said, conflict)), line.said)


def order(line: TallyLine, conflict: Conflict) -> tuple[int, str, int, int, int]:
    """By what it counts (`line_order`), then by basis."""
    basis = line.said.claim.count.basis if line.said.claim.count else None
    best = BASIS_ORDER.index(basis) if basis in BASIS_ORDER else len(BASIS_ORDER)
    return *line_order(line.subject, line.who, line.measure, conflict), best


def line_order(subject: str, who: str, measure: str, conflict: Conflict) -> tuple[int, str, int, int]:
    """By subject as in the coverage, all sides last, then status and measure."""
    ids = [
        *(p.id for p in conflict.parties),
        *(g.id for g in conflict.groups),
        *(p.id for p in conflict.third),
        ALL_SIDES,
    ]
    return (
        ids.index(subject) if subject in ids else len(ids),
        subject,
        WHO_ORDER.index(who),
        MEASURES.index(measure),
    )


def silent(
    quiet: Sequence[Said],
    tells: TellsSome,
    lines: Sequence[TallyLine],
    conflict: Conflict,
    checked: Sequence[Checked],
) -> Iterator[tuple[str, str, str, Missing]]:
    """For each party and status without a total of its own for its dead: why (R3); for its wounded only where somebody
    says that they are not reported."""
    for party in conflict.parties:
        for status in ("military", "civilian"):
            for measure in ("killed", "wounded"):
                if any(gives(x, party.id, status, measure, conflict) for x in lines):
                    continue
                silences = [s for s in quiet if silence_about(s, party.id, status, measure, conflict)]
                why = missing(
                    party.id, silences, checked, conflict, what=f"how many of its {WHO[status]} were {measure}"
                )
                if why is not None and (measure == "killed" or why.said is not None):
                    yield party.id, status, measure, no_total(why) if tells(party.id, status, measure) else why


def tells_some(said: Said, party: str, status: str, measure: str, conflict: Conflict) -> bool:
    """Whether a party gives figures of single events or places for its own losses of that kind."""
    claim, on = said.claim, day_said(said, conflict)
    return (
        claim.type == "casualties" and claim.count is not None and (claim.who, claim.sub) == (status, measure)
        and speaks(claim) and not said.withdrawn
        and conflict.overlap(claim.attr.side, party, on) and conflict.overlap(claim.subject, party, on)
    )  # fmt: skip


def no_total(why: Missing) -> Missing:
    """The same silence, of a party that does give figures, only no total (R4)."""
    if why.kind != "not_found_by_us":
        return why
    return replace(why, sentence=f"Figures of single events only; a total was {lowered(why.sentence)}")


def lowered(sentence: str) -> str:
    """A sentence as it goes on after another's beginning."""
    return sentence[:1].lower() + sentence[1:]


def gives(line: TallyLine, party: str, status: str, measure: str, conflict: Conflict) -> bool:
    """Whether a line is a party's own word about its own losses of that kind; an ally's word for both is not."""
    on = day_said(line.said, conflict)
    return (
        line.own and line.who == status and line.measure == measure
        and conflict.overlap(line.claimant.side, party, on) and conflict.overlap(line.subject, party, on)
    )  # fmt: skip


def silence_about(said: Said, party: str, status: str, measure: str, conflict: Conflict) -> bool:
    """Whether a claim says that a party's losses of that kind are not reported; one that names no status speaks of
    all."""
    claim = said.claim
    return (
        claim.type == "not_reported" and claim.sub in (measure, "casualties") and not claim.places
        and claim.who in (status, "both", "unknown", None)
        and share(claim.subject, party, conflict, day_said(said, conflict))
    )  # fmt: skip
