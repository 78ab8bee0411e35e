"""An invented conflict of four parties and statements in it, for the tests of the desk."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sayso.model.claim import Attribution, Claim, Count, Part, Passage, Reading, Span
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.coverage import Coverage, Source
from sayso.model.outgoing import Release
from sayso.model.statement import Statement

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)

CONFLICT = Conflict(
    id="orland",
    parties=(
        Party(id="OR", names=("Orland", "Orlandish")),
        Party(id="TK", names=("Tesk", "Teskan*")),
        Party(id="MN", names=("Marn", "Marnian")),
        Party(id="KU", names=("Kuld", "Kuldish")),
    ),
    groups=(Group(id="LEAGUE", names=("the League",), members=(Membership(party="TK"), Membership(party="MN"))),),
    bodies=(
        Body(names=("Orland General Staff", "General Staff"), kind="army", side="OR"),
        Body(names=("Tesk Guard", "the Guard"), kind="army", side="TK"),
        Body(names=("Ministry of Defence of Marn",), kind="defence_ministry", side="MN"),
        Body(names=("Lake Post",), kind="media"),
    ),
    people=(Person(name="Ana Verl", role="spokeswoman", body="Tesk Guard", side="TK"),),
    places=(Place(names=("Ubel",), side="TK"), Place(names=("Verst",), side="OR")),
    start=date(2031, 5, 3),
)

GUARD = Source(
    name="guard", title="Tesk Guard", kind="feed", url="https://guard.example/", body="Tesk Guard", party="TK"
)
POST = Source(name="post", title="Lake Post", kind="feed", url="https://post.example/", body="Lake Post")


def coverage(**changes: Any) -> Coverage:
    """A coverage of the invented conflict."""
    made = Coverage(
        name="orland",
        title="The war round Lake Tesk",
        folder=Path("/nowhere"),
        conflict=CONFLICT,
        start=date(2031, 5, 3),
        zone="UTC",
        languages=("en",),
        sources=(GUARD, POST),
        release=Release(undo_s=0, delay_min=0),  # tests of the way out say otherwise
    )
    return replace(made, **changes)


def statement(text: str, source: Source = POST, **changes: Any) -> Statement:
    """A statement of that text."""
    made = Statement(
        id="s1",
        source=source.name,
        key="k1",
        version=1,
        text=text,
        parts=(Part(span=Span(0, len(text))),),
        first_seen_at=NOW,
        published_at=NOW,
        lang="en",
    )
    return replace(made, **changes)


def at(text: str, words: str) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


def count(text: str, words: str, n: int | None = None, **changes: Any) -> Count:
    """A count of those words: of one incident, exact unless told otherwise."""
    made = Count(operator="exact", n=n, low=n, high=n, scope="incident", words=words, span=at(text, words))
    return replace(made, **changes)


def claim(text: str, **changes: Any) -> Claim:
    """Killed soldiers of Tesk, by the Tesk Guard, unless told otherwise; the claim's span is the whole text."""
    said = "Tesk Guard" if "Tesk Guard" in text else None
    attr = Attribution(kind="army", org="Tesk Guard", side="TK", span=at(text, said) if said else None)
    made = Claim(
        type="casualties", sub="killed", attr=attr, span=Span(0, len(text)), rule="test", subject="TK", who="military"
    )
    return replace(made, **changes)


def reading(text: str, *claims: Claim) -> Reading:
    """A reading of one passage."""
    return Reading(passages=(Passage(span=Span(0, len(text)), text=text, claims=claims),), reader="test")
