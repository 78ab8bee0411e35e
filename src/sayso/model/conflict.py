"""The parties of a conflict, who speaks for whom, and its places: what an editor enters beforehand.

Names may end in `*`: a stem, after which any letters may follow. Case counts only for a name all in capitals.
Of two names that match, the longer wins. Nothing here assumes two sides; a camp changes on a date.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side of the conflict, or a third party that has an id (`Conflict.third`)."""

    id: str
    names: tuple[str, ...]  # the first is for display

    @property
    def name(self) -> str:
        """The name for display."""
        return self.names[0] if self.names else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`party` belongs to the group from `since` to `until`, both inclusive; None is an open end."""

    party: str
    since: date | None = None
    until: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it holds on that day (None: any day)."""
        return on is None or ((self.since is None or self.since <= on) and (self.until is None or on <= self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A camp: parties that a text may name together."""

    id: str
    names: tuple[str, ...]
    members: tuple[Membership, ...]

    @property
    def name(self) -> str:
        """The name for display."""
        return self.names[0] if self.names else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A ministry, army, office, court, news outlet... `side` is a party or third-party id, or None."""

    names: tuple[str, ...]
    kind: str
    side: str | None = None

    @property
    def name(self) -> str:
        """The name for display."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who speaks. `body` is the first name of one of the bodies. A role may hold between two dates."""

    name: str
    names: tuple[str, ...] = ()
    role: str | None = None
    body: str | None = None
    kind: str | None = None
    side: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether the role holds on that day (None: any day); both ends are inclusive."""
        return on is None or ((self.since is None or self.since <= on) and (self.until is None or on <= self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """All names of one place. `side`: whose people and houses stand there when the conflict starts (it gives the
    subject of a strike), None where disputed; it never says who holds the place now."""

    names: tuple[str, ...]
    side: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "district"

    @property
    def name(self) -> str:
        """The name for display: both where sides differ, as the editor put it first."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Everything that a reader is given about one conflict."""

    id: str
    parties: tuple[Party, ...] = ()
    groups: tuple[Group, ...] = ()
    third: tuple[Party, ...] = ()
    bodies: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    gazetteer: tuple[Place, ...] = ()  # for names that `places` lacks: settlements of the conflict's countries
    start: date | None = None
    zone: str = "UTC"
    names: dict[str, str] = field(init=False, default_factory=dict)  # id -> display name
    settlements: dict[str, Place] = field(init=False, default_factory=dict, compare=False, repr=False)  # by folded name
    place_ids: dict[str, str] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )  # as looked up so far

    def __post_init__(self) -> None:
        self.names.update({p.id: p.name for p in (*self.parties, *self.third)})
        self.names.update({g.id: g.name for g in self.groups})
        for place in self.gazetteer:  # the largest comes first and keeps its name
            for name in place.names:
                self.settlements.setdefault(name.casefold(), place)

    def name(self, party: str | None) -> str:
        """The display name of a party, group or third party; the id itself where none is configured."""
        return "" if party is None else self.names.get(party, party)

    def members(self, party: str, on: date | None = None) -> tuple[str, ...]:
        """The parties that `party` stands for on that day: its members if it is a group, else itself alone."""
        for group in self.groups:
            if group.id == party:
                return tuple(m.party for m in group.members if m.holds(on))
        return (party,)

    def overlap(self, a: str | None, b: str | None, on: date | None = None) -> bool:
        """Whether two ids share a party on that day (a group overlaps its members)."""
        return a is not None and b is not None and bool(set(self.members(a, on)) & set(self.members(b, on)))
