"""When what an editor publishes goes out, and whether somebody else must look first. Pure."""

from collections.abc import Iterable
from datetime import timedelta

from sayso.desk.rules import gives_away, is_held_type
from sayso.desk.sheet import Sheet
from sayso.model.claim import Claim
from sayso.model.coverage import Coverage
from sayso.model.statement import Statement


def delay_of(statement: Statement, claims: Iterable[Claim], coverage: Coverage) -> timedelta:
    """How much later than other news it goes out, since it could show where people are or flee to (H8): by its claims,
    accepted or not, and by the words, which go out with them."""
    release = coverage.release
    named = dict(release.delays)
    minutes = [0]
    for claim in claims:
        held = release.delay_min if is_held_type(coverage, claim) else 0
        minutes.append(named.get(f"{claim.type}.{claim.sub}", named.get(claim.type, held)))
    if release.delay_min and any(gives_away(statement, coverage)):
        minutes.append(release.delay_min)
    return timedelta(minutes=max(minutes))


def needs_second(coverage: Coverage, *, amber: bool) -> bool:
    """Whether the coverage asks for a second pair of eyes on what is amber or is not."""
    return coverage.release.second_pair == "all" or (coverage.release.second_pair == "amber" and amber)


def is_amber(sheet: Sheet, accepted: Iterable[int]) -> bool:
    """Whether one of the accepted claims, or the statement itself, is something to look at twice."""
    return bool(sheet.notices) or any(c.risks for c in sheet.cards if c.number in set(accepted))
