"""An invented war of four parties, of which Dune goes over from the South to the North on day 5; and claims in it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sayso.model.claim import Attribution, Claim, Count, Span, Target
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place
from sayso.model.question import Checked, Said

START = date(2031, 5, 2)
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
KINDS = {"army": "Army", "defence_ministry": "Defence Ministry", "security_service": "Services", "media": "Radio"}
PARTIES = {"AR": "Arl", "BN": "Bey", "CO": "Cor", "DU": "Dune"}


def conflict(names: dict[str, str] | None = None, *, order: tuple[str, ...] = ("AR", "BN", "CO", "DU")) -> Conflict:
    """The war; `names` gives other names to the ids, `order` is that of the coverage."""
    called = names or PARTIES
    return Conflict(
        id="straits",
        start=START,
        parties=tuple(Party(id=p, names=(called[p],)) for p in order),
        third=(Party(id="UM", names=("Umpire",)),),
        groups=(
            Group(id="NORTH", names=("the North",), members=(
                Membership(party="AR"), Membership(party="BN"), Membership(party="DU", since=date(2031, 5, 6)))),
            Group(id="SOUTH", names=("the South",), members=(
                Membership(party="CO"), Membership(party="DU", until=date(2031, 5, 5)))),
        ),
        bodies=tuple(
            Body(names=(f"{called[p]} {word}", f"{word} of {called[p]}"), kind=kind, side=p)
            for p in order for kind, word in KINDS.items()
        ),
        people=(Person(name="Ida Holm", names=("Holm",), body=f"{called['AR']} Army"),),
        places=(
            Place(names=("Oldham", "Altheim")), Place(names=("Mill Ford",)), Place(names=("Mill Ford East",)),
            Place(names=("US", )), Place(names=(f"{called['CO']}",), precision="region"),
        ),
    )  # fmt: skip


WAR = conflict()


def count(words: str, *, scope: str | None = "cumulative", **more: Any) -> Count:
    """A count from a few words: "12", "more_than 250", "about 80", "range 12 15", "dozens", "none"."""
    operator, *numbers = words.split() if not words[0].isdigit() else ("exact", words)
    n = [int(x) for x in numbers]
    low, high = {
        "exact": lambda: (n[0], n[0]), "about": lambda: (n[0], n[0]), "nearly": lambda: (n[0], n[0]),
        "more_than": lambda: (n[0] + 1, None), "at_least": lambda: (n[0], None), "less_than": lambda: (None, n[0] - 1),
        "up_to": lambda: (None, n[0]), "range": lambda: (n[0], n[1]), "none": lambda: (0, 0),
        "dozens": lambda: (24, 99), "hundreds": lambda: (200, 999), "several": lambda: (2, None),
        "many": lambda: (None, None),
    }[operator]()  # fmt: skip
    stated = None if operator == "range" else n[0] if n else 0 if operator == "none" else None
    return Count(operator=operator, n=stated, low=low, high=high, scope=scope, words=words, **more)  # type: ignore[arg-type]


def attribution(mouth: str, **more: Any) -> Attribution:
    """Who says it: "AR army", "- outlet", "UM international_org"."""
    side, kind = mouth.split()
    return Attribution(kind=kind, side=None if side == "-" else side, **more)


def claim(kind: str, mouth: str = "AR army", **fields: Any) -> Claim:
    """A claim of a type.sub by a mouth."""
    type_, sub = kind.split(".")
    attr = fields.pop("attr", None) or attribution(mouth)
    return Claim(type=type_, sub=sub, attr=attr, span=Span(0, 1), rule="test", **fields)


def toll(mouth: str, subject: str, figure: str | None, **fields: Any) -> Claim:
    """A total of soldiers killed."""
    fields = {"who": "military", "sub": "killed", "count": None if figure is None else count(figure)} | fields
    return claim(f"casualties.{fields.pop('sub')}", mouth, subject=subject, **fields)


def denial(mouth: str, target: str, **fields: Any) -> Claim:
    """A denial of a type.sub."""
    type_, sub = target.split(".")
    when = {k: fields.pop(k) for k in ("start", "end") if k in fields}
    aim = Target(type=type_, sub=sub or None, **fields)
    side = mouth.split(maxsplit=1)[0]
    return claim("denial.denies", mouth, actor=side, polarity="negated", target=aim, **when)


def said(id_: str, what: Claim, *, hours: float = 0, **more: Any) -> Said:
    """A claim as said so many hours after noon of day 3, by its own channel where nothing else is given."""
    at = NOON + timedelta(hours=hours)
    source = more.pop("source", f"{what.attr.side}-{what.attr.kind}")
    fields = {"statement": id_, "outlet": "Courier", "seen_at": at, "origin": id_} | more
    return Said(id=id_, claim=what, source=source, said_at=at, **fields)


def looked(*, until: datetime = NOON, **complete: bool) -> tuple[Checked, ...]:
    """What we looked through: for each party whether all of its two channels."""
    return tuple(
        Checked(party=p, channels=2, until=until, complete=ok, until_words="4 May 12:00") for p, ok in complete.items()
    )
