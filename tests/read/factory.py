"""An invented war of four parties for the reader's tests, and a reader of it."""

from datetime import date
from functools import cache
from typing import Any

from sayso.lexicon import load_lexicons
from sayso.model.claim import Claim, Part, Passage, Span
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.rows import claim_to_row
from sayso.model.setting import Setting
from sayso.read import Reader

DAY = date(2033, 8, 20)


def conflict(a: str = "Tarsk", b: str = "Ondr") -> Conflict:
    """Two camps: the first party alone, and the second with an ally; a fourth party belongs to none."""
    return Conflict(
        id="strait",
        parties=(
            Party(id="AA", names=(f"{a}ia", f"{a}ian")),
            Party(id="BB", names=(f"{b}ia", f"{b}ian")),
            Party(id="CC", names=("Pellam", "Pellamese")),
        ),
        groups=(
            Group(id="BC", names=("the Eastern Pact",), members=(Membership(party="BB"), Membership(party="CC"))),
            Group(id="ALL", names=(), members=tuple(Membership(party=p) for p in ("AA", "BB", "CC"))),
        ),
        third=(Party(id="NN", names=("Norrow", "Norrowan")),),
        bodies=(
            Body(names=(f"{a}ian Defence Ministry", f"{a}ia's Defence Ministry"), kind="defence_ministry", side="AA"),
            Body(names=(f"{b}ian Defence Ministry", f"{b}ia's Defence Ministry"), kind="defence_ministry", side="BB"),
            Body(names=(f"{a}ian army",), kind="army", side="AA"),
            Body(names=(f"{b}ian army",), kind="army", side="BB"),
            Body(names=("Norrow Post",), kind="media", side="NN"),
            Body(names=("Mayor of Lisk",), kind="local_authority", side="AA"),
        ),
        people=(
            Person(
                name="Oda Fenn", names=("Fenn",), role="mayor of Lisk", body="Mayor of Lisk", kind="local_authority",
                side="AA",
            ),
        ),
        places=(
            Place(names=("Lisk",), side="AA"), Place(names=("Marrow Bay",), side="BB"), Place(names=("Grey Ford", "Grauwath")),
        ),
    )  # fmt: skip


@cache
def reader(a: str = "Tarsk", b: str = "Ondr") -> Reader:
    """A reader of that war; every text is English to it."""
    return Reader(lexicons=load_lexicons(), conflict=conflict(a, b), language_of=lambda _: "en")


def read(text: str, kind: str = "entry", **setting: Any) -> tuple[Passage, ...]:
    """The passages of a text, one line a part, the first a headline where `kind` says so."""
    parts, at = [], 0
    for number, line in enumerate(text.split("\n")):
        this = kind if number == 0 else "entry"
        parts.append(Part(span=Span(at, at + len(line)), kind=this))  # type: ignore[arg-type]
        at += len(line) + 1
    return reader().read(text, tuple(parts), Setting(published=DAY, outlet="Harbour Wire", **setting)).passages


def claims(text: str, kind: str = "entry", **setting: Any) -> list[Claim]:
    """The claims of a text."""
    return [c for p in read(text, kind, **setting) for c in p.claims]


def rows(text: str, kind: str = "entry", **setting: Any) -> list[dict[str, Any]]:
    """The claims of a text in the scheme's form."""
    return [claim_to_row(c) for c in claims(text, kind, **setting)]
