"""What the desk is warned of: contradictions, lowered figures, places that change hands, entries whose claims were
corrected, sources that fall silent or change what they said. Pure: the same statements give the same alerts, so that
none is lost with an open page."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sayso.desk.urgency import RAISED_BY, Line, Urgency
from sayso.model.post import Post

Kind = Literal["contradiction", "lowered", "place", "changed", "gone", "corrected", "silent", "failing"]
WORDS: Final[dict[Kind, str]] = {
    "contradiction": "Contradiction",
    "lowered": "Lowered figure",
    "place": "A place changes hands",
    "changed": "Changed at its source",
    "gone": "Gone from its source",
    "corrected": "Corrected claim in an entry",
    "silent": "Silent source",
    "failing": "Source that cannot be read",
}
KINDS: Final[dict[Urgency, Kind]] = {"contradiction": "contradiction", "lowered": "lowered", "place": "place"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One warning. `id` is the same whenever it is found again; `whose` is the source's title, `path` where to look, under
    the coverage's desk."""

    id: str
    kind: Kind
    whose: str
    sentence: str
    at: datetime
    path: str


def alerts_of(line: Line) -> Iterator[Alert]:
    """What a statement warns of: by its claims, each kind once a question, and by what its source did with it. Words that
    were said before have warned already."""
    it, told = line.statement, set()
    for found in line.foreseen if line.urgency != "reprint" else ():
        kind = KINDS.get(RAISED_BY.get(found.kind, "other"))
        if kind is not None and (kind, found.question) not in told:
            told.add((kind, found.question))
            yield alert(line, kind, found.sentence, at=it.first_seen_at, about=found.question)
    if it.version > 1:
        words = f"Version {it.version} says something else than the one before."
        yield alert(line, "changed", words, at=it.first_seen_at)
    if line.gone_at is not None:
        yield alert(line, "gone", "Its source shows it no more.", at=line.gone_at)


def alert(line: Line, kind: Kind, sentence: str, *, at: datetime, about: str = "") -> Alert:
    """One warning about a statement."""
    it = line.statement
    return Alert(
        id=alert_id(kind, it.id, about), kind=kind, whose=line.source.title, sentence=sentence, at=at, path=f"s/{it.id}"
    )


def of_entry(post: Post) -> Alert:
    """The warning that an entry was corrected for a claim that it tells, and its own words were not."""
    at = post.corrections[-1].at
    sentence = f"A claim of this entry was corrected; its own words stayed as they were: {post.head}"
    id_ = alert_id("corrected", post.id, at.isoformat())
    return Alert(id=id_, kind="corrected", whose="An entry of the desk", sentence=sentence, at=at, path=f"p/{post.id}")


def alert_id(*parts: str) -> str:
    """The id of a warning about that: short, and nothing of the words can be read from it."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
