"""Bullets of an overview and of "What is claimed": sentences with citations, and no number that none of them says."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, NamedTuple

from sayso.errors import Refused
from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.post import Line
from sayso.model.question import Bullet, Said
from sayso.publish.phrase import lead, parts, people_of, said_in_its_words
from sayso.publish.titles import is_enemy_loss

#: Names a claim's mouth, or gives its words.
Naming = Callable[[Said], str]


class Piece(NamedTuple):
    """A sentence before it is joined with others: who says it and how, what, and the people that it counts."""

    opening: str
    told: str
    people: str


NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def line(
    bullet: Bullet, *, conflict: Conflict, mouth: Naming, words: Naming, quotes: Literal["none", "free"] = "free"
) -> Line:
    """A bullet as text with the ids of the claims that it cites; `enemy` if it gives a figure for the other side.

    Raises Refused if it holds a number that none of its claims says (R19). Dates and names are part of what claims say.
    """
    around = (*bullet.said, *bullet.linked)

    def pieces(s: Said, *, before: bool = False) -> Piece:
        opening, told = parts(s, mouth(s), conflict=conflict, words=words(s), quotes=quotes, before=before)
        if opening.endswith(": ") and said_in_its_words(s.claim):
            told = stopped(told)
        return Piece(opening, told, people_of(s.claim, conflict))

    text = joined(pieces(s) for s in bullet.said)
    first = min((s.said_at for s in bullet.said), default=None)
    earlier = [s for s in bullet.linked if first is not None and s.said_at < first]
    if bullet.link == "follows":
        text = f"{text} {the_same(earlier, mouth)}"
    elif bullet.linked:
        linked = joined(pieces(s, before=s in earlier) for s in bullet.linked)
        text = f"{text} {turned(linked) if bullet.link == 'mirrors' and not earlier else linked}"
    check_figures(text, around, mouth=mouth, words=words)
    silences = [m.sentence for m in bullet.missing if m.said is None or m.said not in bullet.said]
    cites = tuple(dict.fromkeys(s.id for s in (*around, *(m.said for m in bullet.missing if m.said))))
    return Line(
        text=" ".join([text, *silences]).strip(), cites=cites,
        enemy=any(is_enemy_loss(s.claim, conflict) for s in around),
    )  # fmt: skip


def the_same(earlier: Sequence[Said], mouth: Naming) -> str:
    """Who had said the same before."""
    names = list(dict.fromkeys(lead(mouth(s), s.claim.attr, before=True) for s in earlier))
    return " ".join(f"{name} had said the same." for name in names)


def turned(text: str) -> str:
    """What is claimed the other way round at the same time."""
    return f"The other way round, {f't{text[1:]}' if text.startswith('The ') else text}"


def joined(pieces: Iterable[Piece]) -> str:
    """Sentences from their pieces; what one mouth says in one way is one sentence: "says that A and that B"."""
    groups: dict[str, list[Piece]] = {}
    for piece in dict.fromkeys(pieces):
        groups.setdefault(piece.opening, []).append(piece)
    return " ".join(sentence(opening, told) for opening, told in groups.items())


def sentence(opening: str, pieces: Sequence[Piece]) -> str:
    """One opening with all that hangs on it; what is counted is named once: "20 civilians died and 93 were hurt"."""
    told = [p.told for p in pieces]
    if opening.endswith(": ") and any(t.endswith((".", "!", "?", "…", "”")) for t in told):
        return opening + " ".join(stopped(t) for t in told)  # the source's own words
    again = f"{opening.rsplit(maxsplit=1)[-1]} " if opening.endswith((" that ", " for ")) else ""
    for i in range(1, len(told)):
        counted = pieces[i].people
        if counted and counted == pieces[i - 1].people:
            told[i] = told[i].replace(f" {counted} ", " ", 1)
    rest = [t if i == 0 else again + t for i, t in enumerate(told)]
    return stopped(opening + (f"{', '.join(rest[:-1])} and {rest[-1]}" if len(rest) > 1 else rest[0]))


def stopped(text: str) -> str:
    """The text with a full stop where it has no end."""
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."


def check_figures(text: str, said: Iterable[Said], *, mouth: Naming, words: Naming) -> None:
    """Raise Refused for a number in the text that none of the cited claims says (R19, law 1)."""
    allowed: set[str] = set()
    for s in said:
        allowed |= set(numbers_in(f"{mouth(s)} {words(s)}")) | numbers_of(s.claim)
    for number in numbers_in(text):
        if number not in allowed:
            raise Refused(f"The line “{text}” holds {number}, which none of its claims says: cite the claim that does.")


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, without commas."""
    return [n.replace(",", "").rstrip(".") for n in NUMBER.findall(text)]


def numbers_of(claim: Claim) -> set[str]:
    """Every number that a claim states: its count, its days, and those in names."""
    count, attr = claim.count, claim.attr
    values = (count.n, count.low if count.operator == "range" else None, count.high) if count else ()
    days = (claim.start, claim.end, count.since if count else None)
    names = (*claim.places, attr.org or "", attr.speaker or "", attr.role or "", *(v.org or "" for v in attr.via))
    target = claim.target.places if claim.target else ()
    return (
        {f"{v:.15g}" for v in values if v is not None}
        | {str(int(d[8:10])) for d in days if d}
        | set(numbers_in(" ".join((*names, *target, (count.words or "") if count else ""))))
    )
