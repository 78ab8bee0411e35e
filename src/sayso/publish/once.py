"""Each thing that an entry says, said once: headline against quotation, claims of the headline against those of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.coverage import Coverage
from sayso.model.page import ClaimView, EntryView
from sayso.model.statement import Statement
from sayso.publish.excerpt import Piece
from sayso.publish.showing import own_and_enemy, shown
from sayso.publish.titles import page_title

#: What ends a headline that was cut, here or by its source.
CUT: Final = "…. "
QUOTES: Final = "“”‘’\"' "
Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An entry's headline and what is quoted under it; `cut` if there is more at the source, `withheld` if none of its words
    may be shown."""

    head: str
    paragraphs: tuple[Paragraph, ...] = ()
    cut: bool = False
    withheld: bool = False


def words_once(view: EntryView, conflict: Conflict) -> Words:
    """The headline and the quotation without what the other one says.

    A paragraph that the headline holds whole is not quoted again. A headline that only begins what is quoted gives way to
    the name of who speaks, so that the words stand whole in one place.
    """
    head, excerpt = page_title(view, conflict), shown(view)
    if excerpt is None:
        return Words(head=head)
    title = view.statement.title if view.statement else None
    paragraphs = excerpt.paragraphs[1:] if title and text_of(excerpt.paragraphs[:1]) == title else excerpt.paragraphs
    mouth, told = parted(head)
    first = text_of(paragraphs[:1])
    if told and first == told:
        paragraphs = paragraphs[1:]
    elif told and begins(first, told):
        head = mouth
    return Words(head=head, paragraphs=paragraphs, cut=excerpt.cut, withheld=not excerpt.paragraphs)


def parted(head: str) -> tuple[str, str]:
    """Who speaks in a headline, with the outlet that tells it, and what; ("", "") where it names nobody."""
    mouth, mark, told = head.partition(": ")
    if not mark:
        return "", ""
    words, opened, outlet = told.rpartition(" (")
    if opened and outlet.endswith(")") and not words.endswith(")"):
        return f"{mouth} ({outlet}", words.strip(QUOTES)
    return mouth, told.strip(QUOTES)


def begins(text: str, told: str) -> bool:
    """Whether a text begins with the words of a headline, which may have been cut."""
    words = told.rstrip(CUT)
    return bool(words) and text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """The words of paragraphs, with single blanks."""
    return " ".join("".join(piece.text for p in paragraphs for piece in p).split())


def claims_once(view: EntryView) -> list[ClaimView]:
    """The claims of an entry, each once: the first of those that say the same, and none of the headline that the text tells
    more exactly."""
    told: dict[object, ClaimView] = {}
    for claim in view.claims:
        told.setdefault(what_is_said(claim.said.claim, claim.claimant.id), claim)
    left = list(told.values())
    heads = [c for c in left if in_title(c.said.claim, view.statement)]
    return [c for c in left if not (c in heads and any(tells(o, c) for o in left if o not in heads))]


def apart(view: EntryView, coverage: Coverage) -> tuple[list[ClaimView], list[ClaimView]]:
    """The claims of an entry to show and to fold (H4), without those that stand in a side-by-side under it."""
    below = {what_is_said(a.latest.claim, a.claimant.id) for q in view.beside for a in q.answers}
    left = [c for c in claims_once(view) if what_is_said(c.said.claim, c.claimant.id) not in below]
    return own_and_enemy(left, coverage)


def in_title(claim: Claim, statement: Statement | None) -> bool:
    """Whether a claim rests on words of the headline."""
    title = statement.title if statement else None
    return bool(statement and title and statement.text.startswith(title) and claim.span.end <= len(title))


def tells(full: ClaimView, short: ClaimView) -> bool:
    """Whether a claim with a figure says all that another one says: the same figure, and of time, place and part as much."""
    a, b = full.said.claim, short.said.claim
    if a.count is None or b.count is None or full.claimant.id != short.claimant.id:
        return False
    same = all(x == y for x, y in zip(said_in(a), said_in(b), strict=True))
    more = (
        (a.count.scope, b.count.scope),
        (a.count.since, b.count.since),
        (a.part_of, b.part_of),
        (a.target, b.target),
    )
    return same and set(b.places) <= set(a.places) and all(y is None or x == y for x, y in more)


def what_is_said(claim: Claim, claimant: str) -> object:
    """Equal for claims of one statement that say the same twice, as a headline and its text do."""
    scope = claim.count and claim.count.scope
    return claimant, *said_in(claim), claim.places, claim.target, claim.part_of, scope


def said_in(claim: Claim) -> Sequence[object]:
    """What a claim says beside its place, its time and its part of a whole."""
    count = claim.count
    figure = None if count is None else (count.operator, count.n, count.low, count.high, count.unit)
    return claim.type, claim.sub, claim.actor, claim.subject, claim.who, claim.polarity, claim.modality, figure
