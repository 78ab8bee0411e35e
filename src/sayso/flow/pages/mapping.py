"""What the map shows: the places of the newest entries, who is said to hold what, and towns for orientation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import cos, hypot, radians
from typing import Final

from sayso.desk.rules import is_held_type
from sayso.flow.pages.filtering import named_places
from sayso.flow.pages.gathering import Gathering, display_names, names_of_place
from sayso.model.conflict import Conflict, Place
from sayso.model.finding import Answered
from sayso.model.geography import COARSE, coarse
from sayso.model.heading import address_part
from sayso.model.mapping import Held, MapPage, Pin, Spot, Town
from sayso.model.page import EntryView
from sayso.model.post import STREAM
from sayso.model.question import Answer, Question
from sayso.reconcile import holds, place_id, place_name, place_named

#: Pins are those of so long before the page's time, or before the newest entry where there is none in it.
WINDOW: Final = timedelta(days=1)
MOST_ENTRIES: Final = 300
#: Newest claims of control that are looked through.
MOST_CLAIMS: Final = 600
MOST_TOWNS: Final = 60
#: A gazetteer lists a city's districts as towns: one this near to a larger town is left out.
APART_KM: Final = 9.0
KM_A_DEGREE: Final = 111.3
#: What is shown of a place that no editor entered, and at most of one where people move or flee (H8).
DEFAULT: Final = "district"


@dataclass(slots=True)
class Named:
    """A place that entries name: under which names, in which entries, and whether in news of people on the move."""

    names: dict[str, None] = field(default_factory=dict)
    entries: dict[str, EntryView] = field(default_factory=dict)
    exposed: bool = False


def map_page_of(it: Gathering, days: Sequence[date]) -> MapPage:
    """The map at the page's time; `days` are those with entries."""
    entries, until = newest(it)
    held = tuple(held_places(it))
    return MapPage(
        frame=it.frame,
        since=until - WINDOW,
        until=until,
        pins=pins_of(entries, it),
        held=held,
        areas=tuple(a for a in it.frame.coverage.areas if a.since <= it.frame.day),
        towns=tuple(towns_of(it)),
        days=tuple(sorted(days)),
    )


def newest(it: Gathering) -> tuple[list[EntryView], datetime]:
    """The published entries of the last day before the page's time, or before the newest of them, newest first."""
    posts = [p for p in it.store.posts(limit=MOST_ENTRIES, kinds=STREAM) if p.state == "published"]
    until = it.frame.now
    if posts and posts[0].at < until - WINDOW:
        until = posts[0].at
    return [it.entry(p) for p in posts if until - WINDOW < p.at <= until], until


def pins_of(entries: Iterable[EntryView], it: Gathering) -> tuple[Pin, ...]:
    """The places that entries name, those named most often first, numbered."""
    found: dict[str, Named] = {}
    for entry in entries:
        for claim in (c.said.claim for c in entry.claims):
            for name in claim.places:
                named = found.setdefault(place_id(name, it.conflict), Named())
                named.names[name] = None
                named.entries[entry.post.id] = entry
                named.exposed |= is_held_type(it.frame.coverage, claim)
    often = sorted(found.items(), key=lambda f: (-len(f[1].entries), f[0]))
    return tuple(pin(n, id_, named, it.conflict) for n, (id_, named) in enumerate(often, 1))


def pin(number: int, id_: str, named: Named, conflict: Conflict) -> Pin:
    """One pin."""
    spot, precision = spot_of(id_, conflict, exposed=named.exposed)
    part, called = address_part(id_), place_name(id_, conflict)
    names = names_of_place(part, named.names, conflict)
    return Pin(
        number=number, place=part, names=(called, *(n for n in names if n != called)), spot=spot, precision=precision,
        entries=tuple(named.entries.values()),
    )  # fmt: skip


def spot_of(id_: str, conflict: Conflict, *, exposed: bool = False) -> tuple[Spot | None, str]:
    """Where a place may be shown, and how exactly (H8); `exposed`: as part of news that could show where people flee."""
    place = place_named(id_, conflict)
    if place is None or place.lat is None or place.lon is None:
        return None, ""
    precision = place.precision if place in conflict.places else DEFAULT
    if exposed and precision in COARSE:
        precision = DEFAULT
    return coarse(place.lon, place.lat, precision), precision


def held_places(it: Gathering) -> Iterator[Held]:
    """The places that somebody is said to hold, what was said last first."""
    questions = (q for i in asked_of_control(it) if (q := it.compared.question(i)) is not None)
    named = [q for q in questions if q.answers and q.key.measure == "holds" and q.key.place]
    for question in sorted(named, key=lambda q: (q.latest_at, q.id), reverse=True):
        told = [a for a in question.answers if a.state not in ("withdrawn", "taken_down")]
        holders = tuple(dict.fromkeys(h for a in told if (h := holder(a)) is not None))
        if not told or question.key.place is None:
            continue
        spot, precision = spot_of(question.key.place, it.conflict)
        yield Held(
            place=address_part(question.key.place), name=place_name(question.key.place, it.conflict), spot=spot,
            precision=precision, holders=holders, differ=differ(question, told, holders),
            answers=tuple(Answered(question=question, answer=a, words=it.compared.words(a.latest)) for a in told),
        )  # fmt: skip


def asked_of_control(it: Gathering) -> Iterable[str]:
    """The questions that the newest claims of control, and what denies them, answer."""
    said = it.compared.titled(it.store.said(types=("control",), newest=MOST_CLAIMS))
    denied = it.compared.titled(it.store.said(points="control", newest=MOST_CLAIMS))
    asked = it.compared.asked((*said, *denied))
    return dict.fromkeys(i for ids in asked.values() for i in ids if i.startswith("control-holds-"))


def holder(answer: Answer) -> str | None:
    """Who holds the place by that answer; None where it says only who does not, or that it is fought for."""
    claim = answer.latest.claim
    return None if claim.type != "control" or claim.sub == "contested" else holds(claim)[0]


def differ(question: Question, told: Sequence[Answer], holders: Sequence[str]) -> bool:
    """Whether the claims do not agree, or one says that the place is fought for."""
    fought = any(a.latest.claim.sub == "contested" and a.latest.claim.polarity == "asserted" for a in told)
    return len(holders) > 1 or fought or any(a.state in ("contradicted", "denied") for a in told)


def towns_of(it: Gathering) -> Iterator[Town]:
    """Towns for orientation: those that an editor entered and entries name, then the largest of the gazetteer inside the
    basemap's box, without those that are districts of a larger one."""
    kept: list[Spot] = []
    for town in listed_towns(it):
        kept.append(town.spot)
        yield town
    basemap = it.frame.coverage.basemap
    west, south, east, north = basemap.box if basemap else (0, 0, 0, 0)
    for place in it.conflict.gazetteer:  # the largest comes first
        if place.lat is None or place.lon is None or not (west < place.lon < east and south < place.lat < north):
            continue
        spot = coarse(place.lon, place.lat, "settlement")
        if spot is None or any(apart_km(spot, other) < APART_KM for other in kept):
            continue
        kept.append(spot)
        yield Town(names=(called(place, it.conflict),), spot=spot)
        if len(kept) >= MOST_TOWNS:
            return


def listed_towns(it: Gathering) -> Iterator[Town]:
    """The settlements of `places.toml` that entries name, those named most often first: what nobody has published stays off
    the map (H8)."""
    counts, named = it.store.headings("place"), named_places(it.store, it.conflict)
    for part in sorted(named, key=lambda p: (-sum(counts[n] for n in named[p]), p)):
        place = place_named(named[part][0], it.conflict)
        if place is None or place not in it.conflict.places or place.precision not in ("point", "settlement"):
            continue
        spot, _ = spot_of(place.name, it.conflict)
        if spot is not None:
            yield Town(names=display_names(place.names), spot=spot)


def called(place: Place, conflict: Conflict) -> str:
    """A town's name: as an editor entered it, else as the gazetteer has it."""
    listed = place_named(place.name, conflict)
    return next(iter(display_names((listed or place).names)), place.name)


def apart_km(a: Spot, b: Spot) -> float:
    """How far two places are from each other, near enough for towns."""
    return KM_A_DEGREE * hypot((a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2)), a[1] - b[1])
