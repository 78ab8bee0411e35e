"""A text cut at the edges of its claims' spans, so that a page can mark each piece with what it stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sayso.model.claim import Claim, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of the text; `claims` are the numbers of the claims that it belongs to, `roles` what it says in them.

    Roles: "figure", "speaker", "cue", "evidence", in this order. A piece outside every claim has neither.
    """

    text: str
    claims: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    to: int | None = None  # the claim that says most closely this: a click on the words goes to its card
    kind: str = ""  # the type of that claim
    first_of: tuple[int, ...] = ()  # claims whose own words begin here: a link from the card arrives here


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span of one claim and its role; the role "" is the claim's own span."""

    span: Span
    claim: int
    role: str


ROLES = ("figure", "speaker", "cue", "evidence")


def marks_of(number: int, claim: Claim) -> Iterator[Mark]:
    """Every span of a claim with its role."""
    yield Mark(span=claim.span, claim=number, role="")
    if claim.count is not None and claim.count.span is not None:
        yield Mark(span=claim.count.span, claim=number, role="figure")
    if claim.attr.span is not None:
        yield Mark(span=claim.attr.span, claim=number, role="speaker")
    if claim.attr.cue_span is not None:
        yield Mark(span=claim.attr.cue_span, claim=number, role="cue")
    for span in claim.evidence:
        yield Mark(span=span, claim=number, role="evidence")


def segments(text: str, claims: Mapping[int, Claim]) -> tuple[Segment, ...]:
    """The whole text as pieces in order, cut wherever a span of the numbered claims begins or ends; joined they are the
    text again."""
    marks = [m for n, c in claims.items() for m in marks_of(n, c) if 0 <= m.span.start < m.span.end <= len(text)]
    edges = sorted({0, len(text), *(e for m in marks for e in m.span)})
    seen: set[int] = set()
    pieces = []
    for start, end in pairwise(edges):
        here = [m for m in marks if m.span.start <= start and end <= m.span.end]
        numbers = tuple(sorted({m.claim for m in here}))
        said = {m.role for m in here}
        own = {m.claim for m in here if not m.role}
        first = tuple(n for n in numbers if n in own - seen)
        seen |= own
        roles = tuple(r for r in ROLES if r in said)
        nearest = min(here, key=lambda m: (m.span.end - m.span.start, m.claim), default=None)
        to = nearest.claim if nearest else None
        kind = claims[nearest.claim].type if nearest else ""
        pieces.append(Segment(text=text[start:end], claims=numbers, roles=roles, to=to, kind=kind, first_of=first))
    return tuple(pieces)
