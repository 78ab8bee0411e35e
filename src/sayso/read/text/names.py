"""The directory of a conflict: every name of a party, body, person and place, compiled once for look-up by token."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Final

from sayso.model.conflict import Body, Conflict, Person, Place
from sayso.read.text.tokens import tokenise

Form = tuple[str, ...]
STATE: Final = ("government", "head_of_state", "defence_ministry", "foreign_ministry")
SHORTENED: Final = 3  # letters of the longest abbreviation in names: "Gen.", "Lt.", "St."
#: What the name of a third party that is no state says that it is.
ORGANISATIONS: Final = {
    "court": "court", "tribunal": "court", "union": "international_org", "nations": "international_org",
    "cross": "international_org", "crescent": "international_org", "organisation": "international_org",
    "organization": "international_org", "committee": "international_org", "commission": "international_org",
    "agency": "international_org", "alliance": "international_org", "watch": "ngo", "society": "ngo",
    "programme": "international_org", "fund": "international_org", "relief": "ngo", "observatory": "ngo", "institute": "ngo",
    "foundation": "ngo", "network": "ngo", "railways": "company", "railway": "company", "airlines": "company",
    "airways": "company", "power": "company", "energy": "company", "electric": "company", "telecom": "company",
    "petroleum": "company", "shipping": "company", "hospital": "medics", "clinic": "medics", "doctors": "medics",
    "physicians": "medics", "times": "media", "post": "media", "herald": "media", "tribune": "media", "gazette": "media",
    "chronicle": "media", "journal": "media", "wire": "media", "television": "media", "tv": "media", "radio": "media",
    "news": "media", "newswire": "media",
}  # fmt: skip
DAYS_KEPT: Final = 1000
ALL: Final = "BOTH"  # the scheme's id for all sides together, where no group of the conflict is that


@dataclass(frozen=True, slots=True)
class Name:
    """What one name can stand for; a capital is a party ("says Verst") and a place ("in Verst") at once."""

    party: str | None = None
    third: bool = False
    body: Body | None = None
    people: tuple[Person, ...] = ()
    place: Place | None = None
    upper: bool = False  # counts only in capitals
    listed: bool = True  # entered by an editor; False: a settlement of the gazetteer
    display: str = ""

    @property
    def person(self) -> Person | None:
        """The first person of that name."""
        return self.people[0] if self.people else None

    def merged(self, other: "Name") -> "Name":
        """Both readings; what was there first wins."""
        return replace(
            self,
            party=self.party or other.party,
            third=self.third if self.party else other.third,
            body=self.body or other.body,
            people=(*self.people, *(p for p in other.people if p not in self.people)),
            place=self.place or other.place,
        )


@dataclass(slots=True)
class Directory:
    """Names by their tokens, stems by their last token's letters, and the camps that face each other."""

    conflict: Conflict
    names: dict[Form, Name] = field(default_factory=dict)
    stems: list[tuple[Form, Name]] = field(default_factory=list)
    camps: tuple[str, ...] = ()
    all_id: str = ALL
    sole: dict[str, str] = field(default_factory=dict)  # kind of body -> the only party that has one
    on: date | None = None  # the day on which it stands: a party may change camp
    sides: frozenset[str] = frozenset()
    initials: dict[str, Name] = field(default_factory=dict)  # "LPA" -> the one name that they are the initials of
    days: "dict[date | None, Directory]" = field(default_factory=dict, repr=False)  # those asked for so far

    def at(self, day: date | None) -> "Directory":
        """The same directory on a day."""
        plain = None if day is None else date(day.year, day.month, day.day)
        known = self.days.get(plain)
        if known is None:
            if len(self.days) >= DAYS_KEPT:
                self.days.clear()
            known = self.days[plain] = replace(self, on=plain, camps=camps_of(self.conflict, plain), days={})
        return known

    def overlap(self, a: str | None, b: str | None) -> bool:
        """Whether two ids share a party on that day."""
        return self.conflict.overlap(a, b, self.on)

    def opposite(self, side: str | None, named: tuple[str, ...] = ()) -> str | None:
        """The enemy of a side: the one enemy party that the entry names, else its camp; None where there are several."""
        if side is None or not self.is_party(side):
            return None
        own = next((c for c in self.camps if self.overlap(c, side)), None)
        others = [c for c in self.camps if c != own]
        foes = [p for p in dict.fromkeys(named) if any(self.overlap(c, p) for c in others)]
        if len(foes) == 1:
            return foes[0]
        return others[0] if len(others) == 1 else None

    def camp(self, side: str) -> str:
        """The camp that a side belongs to; itself where it is in none."""
        return next((c for c in self.camps if self.overlap(c, side)), side)

    def holder(self, name: Name) -> Person | None:
        """Whom a name stands for on that day: the one whose role holds then; a person whose role does not hold any more,
        or not yet, speaks for nobody but as one who knows the matter."""
        if not name.people:
            return None
        held = next((p for p in name.people if p.holds(self.on)), None)
        return held or replace(name.people[0], role=None, body=None, kind="expert")

    def is_single(self, side: str) -> bool:
        """Whether an id is that of one party, not of a group."""
        return any(p.id == side for p in self.conflict.parties)

    def is_party(self, side: str | None) -> bool:
        """Whether it is a side of the conflict (party or group), not a third party."""
        return side in self.sides

    def knows_place(self, name: str) -> bool:
        """Whether one of the alternatives of a place as written ("Ubel|Ubelle") is a place that it lists."""
        forms = (form_of(part) for part in name.split("|"))
        return any((found := self.names.get(f)) is not None and (found.place or found.party) for f in forms)

    def body_within(self, words: str) -> Body | None:
        """The body that a part of several words names ("government spokesman", where "government" is listed)."""
        parts = words.split()
        for size in range(len(parts) - 1, 0, -1):
            for at in range(len(parts) - size + 1):
                found = self.names.get(tuple(parts[at : at + size]))
                if found is not None and found.body is not None:
                    return found.body
        return None

    def ministry_of(self, words: str) -> Body | None:
        """The listed ministry of a minister named without a country ("deputy health minister" where "Health Ministry" is)."""
        parts = words.removesuffix("minister").split()
        for at in range(len(parts)):
            found = self.names.get((*parts[at:], "ministry"))
            if found is not None and found.body is not None:
                return found.body
        return None

    def party_within(self, words: str) -> str | None:
        """The party that the first word of several names ("League mission", where "League" is listed)."""
        found = self.names.get((words.partition(" ")[0],))
        return found.party if found is not None else None

    def kind_of_party(self, side: str) -> str:
        """The kind of a bare party: government, unless the party itself is an army or armed group."""
        for names in (p.names for p in (*self.conflict.parties, *self.conflict.third) if p.id == side):
            for name in names[:1]:  # its own name, not that of an army that speaks for it
                found = self.names.get(form_of(name))
                if found and found.body and found.body.side == side and found.body.kind in ("army", "armed_group"):
                    return found.body.kind
        return self.kind_of_third(side) or "government"

    def kind_of_third(self, side: str) -> str | None:
        """The kind of a third party that is no state: what all of its bodies are, or what its names say."""
        names = next((p.names for p in self.conflict.third if p.id == side), None)
        if names is None:
            return None
        kinds = {b.kind for b in self.conflict.bodies if b.side == side and b.kind != "media"}
        if kinds and kinds <= {"international_org", "ngo", "court"}:
            return min(kinds)
        words = {w for name in names for w in form_of(name)}
        return next((kind for word, kind in ORGANISATIONS.items() if word in words), None)


def compile_directory(conflict: Conflict) -> Directory:
    """The directory of a conflict."""
    out = Directory(
        conflict=conflict, sides=frozenset([*(p.id for p in conflict.parties), *(g.id for g in conflict.groups)])
    )
    for party in conflict.parties:
        add(out, party.names, Name(party=party.id, display=party.name))
    for party in conflict.third:
        add(out, party.names, Name(party=party.id, third=True, display=party.name))
    for group in conflict.groups:
        add(out, group.names, Name(party=group.id, display=group.name))
    for body in conflict.bodies:
        add(out, body.names, Name(body=body, display=body.name))
    for person in conflict.people:
        add(out, (person.name, *person.names), Name(people=(person,), display=person.name))
    for place in conflict.places:
        add(out, place.names, Name(place=place, display=place.name))
    for place in conflict.gazetteer:
        add_unlisted(out, place)
    out.camps = camps_of(conflict)
    out.all_id = all_of(conflict)
    out.sole = {**sole_state(out), **sole_of(conflict)}
    out.initials = initials_in(conflict, out)
    return out


def initials_in(conflict: Conflict, directory: Directory) -> dict[str, Name]:
    """The initials of the names of parties and bodies that have several words with capitals, where one alone has them."""
    spellings = (n for x in (*conflict.parties, *conflict.third) for n in x.names)
    found: dict[str, dict[tuple[str, str | None], Name]] = {}
    for spelling in (*spellings, *(n for body in conflict.bodies for n in body.names)):
        capitals = "".join(w[0] for w in spelling.replace("-", " ").split() if w[0].isupper() and w.isalpha())
        name = directory.names.get(form_of(spelling))
        if len(capitals) > 1 and name is not None and (capitals.lower(),) not in directory.names:
            found.setdefault(capitals, {})[name.body.name if name.body else "", name.party] = name
    return {short: next(iter(names.values())) for short, names in found.items() if len(names) == 1}


def add(out: Directory, names: tuple[str, ...], name: Name) -> None:
    """Enter a name under all its spellings; "the Guard" also counts without its article."""
    for spelling in names:
        stem, form = spelling.endswith("*") or "* " in spelling, form_of(spelling.replace("*", ""))
        if not form:
            continue
        upper = spelling.isupper() and spelling.isascii()
        entry = replace(name, upper=upper, display=spelling if name.place or name.body else name.display)
        if stem:
            if spelling.isascii():
                out.stems.append((form, entry))
            continue
        for variant in (form, form[1:] if form[0] == "the" and len(form) > 1 else form):
            known = out.names.get(variant)
            out.names[variant] = known.merged(entry) if known else entry


def add_unlisted(out: Directory, place: Place) -> None:
    """Enter a settlement of the gazetteer under those of its names that nothing else has; the first of a name stays,
    which is the largest."""
    for spelling in place.names:
        form = form_of(spelling)
        if form and form not in out.names:
            out.names[form] = Name(place=place, listed=False, display=spelling)


@lru_cache(maxsize=4096)
def form_of(name: str) -> Form:
    """The tokens of a name in lower case, as a text has them: the mark behind a plural is a possessive ("Doctors' Union"),
    the stop of an initial or short word is a part of it ("A. Roe", "St. Ann")."""
    form: list[str] = []
    for token in tokenise(name):
        last = form[-1] if form else ""
        if token.text in "’'" and last.endswith("s"):
            form.append("'s")
        elif token.text != "." or not 0 < len(last) <= SHORTENED:
            form.append(token.low.lower())
    return tuple(form)


def camps_of(conflict: Conflict, on: date | None = None) -> tuple[str, ...]:
    """The groups that do not hold everyone, and the parties that are in none of them: who can face whom on a day.

    Of a group inside another (two allies of three) only the wider one is a camp.
    """
    parties = {p.id for p in conflict.parties}
    held = {g.id: set(conflict.members(g.id, on)) for g in conflict.groups}
    facing = held.pop(ALL, parties)  # who fights whom, where an editor says it: a bystander faces nobody
    groups = [
        g for g, members in held.items() if members < facing and not any(members < m < facing for m in held.values())
    ]
    inside = {p for g in groups for p in held[g]}
    return (*(p.id for p in conflict.parties if p.id in facing - inside), *groups)


def sole_of(conflict: Conflict) -> dict[str, str]:
    """For each kind of body that one party alone has, that party: in a war of a state with rebels "the government" and
    "the army" need no country. A party with a president or a ministry has a government."""
    parties = {p.id for p in conflict.parties}
    having: dict[str, set[str]] = {}
    for body in conflict.bodies:
        if body.side in parties:
            having.setdefault(body.kind, set()).add(body.side)
    having["government"] = set().union(*(having.get(kind, set()) for kind in STATE))
    return {kind: next(iter(sides)) for kind, sides in having.items() if len(sides) == 1}


def sole_state(directory: Directory) -> dict[str, str]:
    """The offices of a state for the one party that is no army or armed group, where no party lists any: "the government" of
    a war with rebels."""
    parties = {p.id for p in directory.conflict.parties}
    states = [p for p in sorted(parties) if directory.kind_of_party(p) == "government"]
    listed = {b.kind for b in directory.conflict.bodies if b.side in parties}
    if len(states) != 1 or len(parties) < len(("state", "rebels")):
        return {}
    return {kind: states[0] for kind in (*STATE, "army") if kind not in listed}


def all_of(conflict: Conflict) -> str:
    """The group of all parties, by whatever id; the scheme's own where the conflict has none."""
    parties = {p.id for p in conflict.parties}
    if any(g.id == ALL for g in conflict.groups):
        return ALL
    return next((g.id for g in conflict.groups if parties and set(conflict.members(g.id)) == parties), ALL)
