"""Who speaks for which side on which day, and whose losses a claim is about. Any number of parties; camps change."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.question import Said

#: The scheme's word for all who fight: it overlaps every party and is none of them.
ALL_SIDES: Final = "BOTH"
#: Whose word is the word of the party itself; its media, experts and witnesses do not speak for it (R12).
OFFICES: Final = (
    "defence_ministry", "army", "foreign_ministry", "head_of_state", "government", "health_ministry", "prosecutor",
    "security_service", "emergency_service", "local_authority", "parliament", "armed_group", "ombudsman",
)  # fmt: skip
#: Officials without a name speak for their side; they admit nothing in its name.
SPEAKING: Final = (*OFFICES, "official")

Whose = Literal["own", "ally", "enemy", "third"]


def day_said(said: Said, conflict: Conflict) -> date:
    """The local day on which it was said: the day by which camps are looked at."""
    return said.said_at.astimezone(ZoneInfo(conflict.zone)).date()


def side_of(claim: Claim) -> str | None:
    """The side that a claim comes from; a text that names no source is no side's own word, whatever it is about."""
    return None if claim.attr.names_no_source else claim.attr.side


def speaks(claim: Claim) -> bool:
    """Whether an office or official speaks, so that the claim is its side's own word."""
    return claim.attr.kind in SPEAKING and side_of(claim) is not None


def is_party(id_: str | None, conflict: Conflict) -> bool:
    """Whether an id is a party or a camp of the conflict, not a third party."""
    return any(id_ == p.id for p in conflict.parties) or any(id_ == g.id for g in conflict.groups)


def share(a: str | None, b: str | None, conflict: Conflict, on: date | None) -> bool:
    """Whether two ids have a party in common on that day; "both sides" shares one with every party."""
    if ALL_SIDES in (a, b):
        other = b if a == ALL_SIDES else a
        return other == ALL_SIDES or is_party(other, conflict)
    return conflict.overlap(a, b, on)


def allied(a: str | None, b: str | None, conflict: Conflict, on: date | None) -> bool:
    """Whether one camp holds both on that day; all sides together are no camp (R5)."""
    return any(
        conflict.overlap(a, g.id, on) and conflict.overlap(b, g.id, on) for g in conflict.groups if g.id != ALL_SIDES
    )  # fmt: skip


def whose(said: Said, conflict: Conflict) -> Whose | None:
    """Whose losses a claim gives: the speaker's own side's, an ally's, an enemy's, or a side's as told by a third (R5).

    None where it names no subject. A figure for all sides together holds the enemy's and counts as that.
    """
    side, subject, on = side_of(said.claim), said.claim.subject, day_said(said, conflict)
    if subject is None:
        return None
    if not is_party(side, conflict):
        return "third"
    if conflict.overlap(side, subject, on):
        return "own"
    return "ally" if allied(side, subject, conflict, on) else "enemy"


def names_of(ids: Iterable[str], conflict: Conflict) -> tuple[str, ...]:
    """Every configured name of these parties, third parties and groups."""
    wanted = set(ids)
    known = {p.id: p.names for p in (*conflict.parties, *conflict.third)} | {g.id: g.names for g in conflict.groups}
    return tuple(n for id_, names in known.items() if id_ in wanted for n in names)
