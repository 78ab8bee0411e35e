"""When what an editor publishes goes out, and whether somebody else must look first. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sayso.desk.rules import gives_away, is_held_type, shelters
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


def exposed(words: str, claims: Iterable[Claim], coverage: Coverage) -> Counter[str]:
    """What the desk's own words show of where people are or flee to (H8), each as often as it stands there: the places of
    the checklists and the held types among `claims`, as which the words are read. Nothing in a replay, whose days are past."""
    if not coverage.held_types or coverage.replay is not None:
        return Counter()
    places = (place.casefold() for lang in coverage.languages or ("en",) for place in shelters(words, lang))
    held = (f"{claim.type}.{claim.sub}" for claim in claims if is_held_type(coverage, claim))
    return Counter((*places, *held))


def needs_second(coverage: Coverage, *, amber: bool) -> bool:
    """Whether the coverage asks for a second pair of eyes on what is amber or is not."""
    return coverage.release.second_pair == "all" or (coverage.release.second_pair == "amber" and amber)


def is_amber(sheet: Sheet, accepted: Iterable[int]) -> bool:
    """Whether one of the accepted claims, or the statement itself, is something to look at twice."""
    return bool(sheet.notices) or any(c.risks for c in sheet.cards if c.number in set(accepted))
