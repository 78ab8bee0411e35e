"""Bullets of an overview and of "What is claimed": sentences with citations, and no number that none of them says."""

import re
from collections.abc import Callable, Iterable
from typing import Final, Literal

from sayso.errors import Refused
from sayso.model.claim import Claim
from sayso.model.conflict import Conflict
from sayso.model.post import Line
from sayso.model.question import Bullet, Said
from sayso.publish.phrase import says
from sayso.publish.titles import is_enemy_loss

#: Names a claim's mouth, or gives its words.
Naming = Callable[[Said], str]

LINKS: Final = {
    "mirrors": "Claimed the other way round: ", "denies": "That points at this: ", "follows": "Before that: ",
}  # fmt: skip
NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def line(
    bullet: Bullet, *, conflict: Conflict, mouth: Naming, words: Naming, quotes: Literal["none", "free"] = "free"
) -> Line:
    """A bullet as text with the ids of the claims that it cites; `enemy` if it gives a figure for the other side.

    Raises Refused if it holds a number that none of its claims says (R19). Dates and names are part of what claims say.
    """
    around = (*bullet.said, *bullet.linked)
    sentence = {s.id: says(s, mouth(s), conflict=conflict, words=words(s), quotes=quotes) for s in around}
    text = joined(sentence[s.id] for s in bullet.said)
    if bullet.linked:
        text = f"{text} {link_words(bullet)}{joined(sentence[s.id] for s in bullet.linked)}".strip()
    check_figures(text, around, mouth=mouth, words=words)
    silences = [m.sentence for m in bullet.missing if m.said is None or m.said not in bullet.said]
    cites = tuple(dict.fromkeys(s.id for s in (*around, *(m.said for m in bullet.missing if m.said))))
    return Line(
        text=" ".join([text, *silences]).strip(), cites=cites,
        enemy=any(is_enemy_loss(s.claim, conflict) for s in bullet.said),
    )  # fmt: skip


def link_words(bullet: Bullet) -> str:
    """How the linked claims hang on: a denial points at a claim, or a claim is denied."""
    if bullet.link == "denies" and any(s.claim.type == "denial" for s in bullet.linked):
        return ""
    return LINKS.get(bullet.link, "")


def joined(sentences: Iterable[str]) -> str:
    """The sentences one after the other, each once."""
    return " ".join(dict.fromkeys(s if s.endswith((".", "!", "?", "…", "”")) else f"{s}." for s in sentences))


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
