"""Places that statements name and `places.toml` does not list, for the editor to enter; and the gazetteer's pack."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sayso.coverage import gazetteer
from sayso.flow.newsroom import Newsroom
from sayso.model.claim import Reading
from sayso.model.conflict import Conflict, Place

#: Newest statements that the desk looks through.
LATELY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A place as statements write it, in how many of them, and the settlement of that name where the gazetteer has one."""

    name: str
    statements: int
    found: Place | None


def unlisted_places(room: Newsroom) -> list[Unlisted]:
    """The places of all statements that no editor has entered, most often named first."""
    readings = (room.store.reading(s.id) for s in room.store.every_statement())
    return unlisted_in((r for r in readings if r is not None), room.coverage.conflict)


def unlisted_lately(room: Newsroom) -> list[Unlisted]:
    """The same, of the newest statements only: quick however long the war."""
    return unlisted_in(room.store.readings_lately(newest=LATELY), room.coverage.conflict)


def unlisted_in(readings: Iterable[Reading], conflict: Conflict) -> list[Unlisted]:
    """The same, of readings."""
    listed = {n.casefold() for p in conflict.places for n in p.names} | {
        n.casefold() for party in (*conflict.parties, *conflict.third) for n in party.names
    }
    counted: Counter[str] = Counter()
    for reading in readings:
        named = {p for c in reading.claims for p in c.places if p[:1].isupper()}
        counted.update(n for n in named if not listed & {x.casefold() for x in n.split("|")})
    rows = [Unlisted(name=n, statements=k, found=settlement(n, conflict)) for n, k in counted.items()]
    return sorted(rows, key=lambda u: (-u.statements, u.name))


def settlement(name: str, conflict: Conflict) -> Place | None:
    """The gazetteer's settlement for one of the alternatives of a name."""
    return next((p for part in name.split("|") if (p := conflict.settlements.get(part.casefold()))), None)


def cut_pack(folder: Path, *, countries: Sequence[str], dumps: Sequence[Path]) -> int:
    """How many settlements were written into the coverage's pack, from the package's countries and from dumps.

    Raises Refused where the package is missing, BadSetting where a dump is none.
    """
    found = list(gazetteer.from_package(countries)) if countries else []
    for dump in dumps:
        found += gazetteer.from_dump(dump)
    return gazetteer.write_pack(folder, found)
