"""The tally: the latest cumulative figure of each claimant about each subject, status and measure (R4).

Nothing is ever added up. Own losses and losses claimed for the enemy are two tables (R5); a combined "killed or
wounded" stays one measure (R6); an unknown status stays unknown (R7).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sayso.model.conflict import Conflict
from sayso.model.question import Answer, Checked, Claimant, Key, Missing, Said, Tally, TallyLine
from sayso.reconcile.answers import answer, in_order, newest
from sayso.reconcile.keys import scope_of, since_of
from sayso.reconcile.names import claimant_of
from sayso.reconcile.relations import relation
from sayso.reconcile.silence import missing

WHO_ORDER: Final = ("military", "civilian", "both", "unknown")
MEASURES: Final = ("killed", "wounded", "missing", "casualties")
#: Better founded first, not by symmetry (limits of side by side).
BASIS_ORDER: Final = ("investigation", "named_list", "body_count", "geolocated_media", "estimate", "none_stated", None)


def tally(said: Iterable[Said], *, conflict: Conflict, checked: Sequence[Checked] = ()) -> Tally:
    """The lines of the tally from all counted claims, and for each party's own military dead why there is no figure."""
    heard = in_order(said)
    groups: dict[tuple[Claimant, str, str, str, str | None], list[Said]] = defaultdict(list)
    for s in heard:
        if belongs(s):
            groups[group_of(s, conflict)].append(s)
    lines = sorted(
        (line_of(who, mine, heard, conflict) for who, mine in groups.items()), key=lambda x: order(x, conflict)
    )
    parties = {p.id for p in conflict.parties} | {g.id for g in conflict.groups}
    named = [x for x in lines if not x.said.claim.attr.names_no_source]
    return Tally(
        own=tuple(x for x in named if x.own),
        enemy=tuple(x for x in named if not x.own and x.claimant.side in parties),
        third=tuple(x for x in named if not x.own and x.claimant.side not in parties),
        unnamed=tuple(x for x in lines if x.said.claim.attr.names_no_source),
        missing=tuple(silent(heard, lines, conflict, checked)),
    )


def belongs(said: Said) -> bool:
    """Whether a claim is a cumulative figure with a subject; incidents, increments and parts never are (R4)."""
    claim = said.claim
    return (
        claim.type == "casualties" and claim.count is not None and claim.subject is not None
        and claim.part_of is None and claim.modality in ("fact", "possible") and scope_of(claim) == "cumulative"
    )  # fmt: skip


def group_of(said: Said, conflict: Conflict) -> tuple[Claimant, str, str, str, str | None]:
    """What one line is about: claimant, subject, status, measure, first day counted."""
    claim = said.claim
    return (
        claimant_of(said, conflict),
        claim.subject or "",
        claim.who or "unknown",
        claim.sub,
        since_of(claim, conflict),
    )


def line_of(
    group: tuple[Claimant, str, str, str, str | None], mine: Sequence[Said], around: Sequence[Said], conflict: Conflict
) -> TallyLine:
    """The latest figure of one claimant with its state among the others' and the figure before it."""
    who, subject, status, measure, since = group
    rivals = [newest([s]) for s in around if belongs(s) and group_of(s, conflict)[1:] == group[1:] and s not in mine]
    last = newest(mine)
    relations = [r for s in rivals if not s.withdrawn and (r := relation(last, s, conflict=conflict)) is not None]
    found: Answer = answer(who, mine, around=around, relations=relations, conflict=conflict, rivals=rivals)
    key = Key(type="casualties", measure=measure, subject=subject, who=status, scope="total", since=since)
    return TallyLine(
        claimant=who, subject=subject, who=status, measure=measure, said=found.latest,
        own=conflict.overlap(who.side, subject), state=found.state, reason=found.reason,
        change=next((s for s in found.history if s.claim.count != found.latest.claim.count), None),
        flags=found.flags, question=key.id,
    )  # fmt: skip


def order(line: TallyLine, conflict: Conflict) -> tuple[int, int, int, int, float]:
    """By subject as in the coverage, status, measure, then basis, then the newest first."""
    ids = [p.id for p in conflict.parties] + [g.id for g in conflict.groups]
    basis = line.said.claim.count.basis if line.said.claim.count else None
    return (
        ids.index(line.subject) if line.subject in ids else len(ids),
        WHO_ORDER.index(line.who),
        MEASURES.index(line.measure),
        BASIS_ORDER.index(basis) if basis in BASIS_ORDER else len(BASIS_ORDER),
        -line.said.said_at.timestamp(),
    )


def silent(
    heard: Sequence[Said], lines: Sequence[TallyLine], conflict: Conflict, checked: Sequence[Checked]
) -> Iterable[tuple[str, str, str, Missing]]:
    """For each party and status without a figure of its own for its dead: why (R3)."""
    for party in conflict.parties:
        for status in ("military", "civilian"):
            if any(
                x.own and conflict.overlap(x.subject, party.id) and x.who == status and x.measure == "killed"
                for x in lines
            ):
                continue
            about = [s for s in heard if silence_about(s, party.id, status, conflict)]
            why = missing(party.id, about, checked, conflict)
            if why is not None:
                yield party.id, status, "killed", why


def silence_about(said: Said, party: str, status: str, conflict: Conflict) -> bool:
    """Whether a claim says that a party's dead of that status are not reported."""
    claim = said.claim
    return (
        claim.type == "not_reported" and claim.sub in ("killed", "casualties")
        and (claim.who or "military") == status and conflict.overlap(claim.subject, party)
    )  # fmt: skip
