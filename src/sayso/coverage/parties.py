"""`parties.toml`: the sides of a conflict, the camps they form, their bodies, and who speaks for whom."""

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sayso.coverage.names import Named, check_name
from sayso.coverage.sheet import Sheet, Table, did_you_mean
from sayso.model.conflict import Body, Group, Membership, Party, Person
from sayso.model.vocabulary import KINDS

HINT = 'write at least one party: [[party]] id = "AA" names = ["Aland"]'
_EXAMPLE_NAMES = '["Name as shown", "another name"]'


@dataclass(slots=True, kw_only=True)
class Parties:
    """What `parties.toml` says. `lines` gives the line of each id."""

    sheet: Sheet
    parties: list[Party] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    third: list[Party] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def check_id(self, table: Table, key: str, party: str | None) -> str | None:
        """The id, None with a mistake where no party, group or third party has it."""
        if party is None or party in self.lines:
            return party
        if self.sheet.whole:  # else it may stand in what could not be read
            table.wrong(key, f'{key} = "{party}" is no party, group or third party', did_you_mean(party, self.lines))
        return None

    def check_body(self, table: Table, key: str, name: str | None) -> Body | None:
        """The body whose first name it is, None with a mistake where there is none."""
        for body in self.bodies:
            if name == body.name:
                return body
            if name in body.names:
                table.wrong(key, f'{key} = "{name}" is not the first name of that body', f'write {key} = "{body.name}"')
                return body
        if name is not None and self.sheet.whole:
            advice = did_you_mean(name, [b.name for b in self.bodies][:12])
            table.wrong(key, f'{key} = "{name}" is no body in parties.toml', advice)
        return None


def read_parties(sheet: Sheet) -> Parties:
    """All that the file says; each mistake is noted in the sheet."""
    found = Parties(sheet=sheet)
    for name, kind in (("party", found.parties), ("third", found.third)):
        kind += [_party(found, table) for table in sheet.tables(name)]
    if not found.parties and sheet.whole:
        sheet.wrong(1, "the file names no party", HINT)
    _read_groups(found)
    for table in sheet.tables("body"):
        _read_body(found, table)
    for table in sheet.tables("person"):
        _read_person(found, table)
    sheet.nothing_else("party", "group", "third", "body", "person")
    return found


def _read_names(found: Parties, table: Table, what: str, side: str | None) -> tuple[str, ...]:
    """The names of a table, each checked and noted for comparing."""
    table.must("names", _EXAMPLE_NAMES)
    names = table.texts("names")
    if not names:
        return ()
    thing = names[0] if what == "body" else side or names[0]
    for i, name in enumerate(names):
        line = table.line("names", i)
        check_name(table.sheet, line, name, first=i == 0)
        found.named.append(
            Named(name=name, what=what, thing=thing, side=side, file=table.sheet.path, line=line, entry=table.keys)
        )
    return names


def _new_id(found: Parties, table: Table) -> str:
    """The id of a party, third party or group, unlike all before it."""
    table.must("id", '"AA"')
    party = table.text("id")
    if party and not (party.replace("-", "").replace("_", "").isalnum() and party.isascii()):
        table.wrong("id", f'id = "{party}" is not a short id', "write plain letters and digits, as AA or N2")
    if party in found.lines:
        table.wrong(
            "id", f'the id "{party}" is given twice, first in line {found.lines[party]}', "give one an id of its own"
        )
    elif party:
        found.lines[party] = table.line("id")
    return party


def _party(found: Parties, table: Table) -> Party:
    party = _new_id(found, table)
    names = _read_names(found, table, str(table.keys[0]), party)
    table.done()
    return Party(id=party, names=names)


def _read_groups(found: Parties) -> None:
    """The groups: their ids first, since a member may be misspelt as another group."""
    tables = list(found.sheet.tables("group"))
    parties = tuple(found.lines)
    members: list[tuple[Table, str, tuple[str, ...], list[Any]]] = []
    for table in tables:
        group = _new_id(found, table)
        names = _read_names(found, table, "group", group)
        table.must("members", '["AA", {party = "BB", since = 2031-05-05}]')
        members.append((table, group, names, _member_list(table)))
        table.done()
    for table, group, names, given in members:
        read = [_membership(found, table, group, parties, i, m) for i, m in enumerate(given)]
        _check_twice(table, read)
        found.groups.append(Group(id=group, names=names, members=tuple(m for m in read if m)))
    _check_changes(found, [table for table, *_ in members])


def _member_list(table: Table) -> list[Any]:
    given = table.raw("members")
    if given is None or isinstance(given, list):
        return given or []
    table.wrong("members", "members is not a list", 'write members = ["AA", "BB"]')
    return []


def _membership(
    found: Parties, table: Table, group: str, parties: tuple[str, ...], i: int, given: Any
) -> Membership | None:
    """One member of a group, None with a mistake where it is none."""
    line = table.line("members", i)
    values = dict(given) if isinstance(given, dict) else {"party": given}
    inner = Table(sheet=table.sheet, keys=table.keys, values=values, at=line)
    inner.must("party", '"AA"')
    party = inner.text("party")
    member = Membership(party=party, since=inner.day("since"), until=inner.day("until"))
    inner.done()
    if member.since and member.until and member.until < member.since:
        found.sheet.wrong(line, f"{party} leaves the group {group} before it joins", "write until after since")
    if party == group:
        found.sheet.wrong(line, f"the group {group} is a member of itself", "leave it out of its own members")
    elif party and party not in parties and party in found.lines:
        found.sheet.wrong(
            line, f'the group {group} has the group "{party}" as a member', f"write the members of {party} instead"
        )
    elif party and party not in parties and found.sheet.whole:
        found.sheet.wrong(
            line, f'the group {group} has "{party}" as a member, which is no party', did_you_mean(party, parties)
        )
    return member if party in parties else None


def _check_twice(table: Table, members: list[Membership | None]) -> None:
    """A party may come back to a group, but not be in it twice on one day."""
    for (i, a), (j, b) in combinations(enumerate(members), 2):
        if a and b and a.party == b.party and _meet(a, b):
            line = table.line("members", j)
            what = f"{a.party} is in the group twice on the same days (members {i + 1} and {j + 1})"
            table.sheet.wrong(line, what, "let one membership end before the other begins")


def _check_changes(found: Parties, tables: list[Table]) -> None:
    """A party that leaves one group on a date and joins another must not be in both on one day.

    Only memberships with dates are changes of camp: an undated party may belong to two groups, one inside the other.
    """
    for (a, _), (b, table) in combinations(zip(found.groups, tables, strict=True), 2):
        for old, new in ((x, y) for x in a.members for y in b.members if x.party == y.party):
            left, joined = (old, new) if old.until else (new, old)
            if left.until and joined.since and _meet(left, joined):
                what = f"{old.party} is in the groups {a.id} and {b.id} at once, from {joined.since} to {left.until}"
                table.wrong("members", what, "let the one end on the day before the other begins")


def _meet(a: Membership, b: Membership) -> bool:
    """Whether two memberships share a day."""
    return not (
        (a.until is not None and b.since is not None and a.until < b.since)
        or (b.until is not None and a.since is not None and b.until < a.since)
    )


def _read_body(found: Parties, table: Table) -> None:
    side = found.check_id(table, "side", table.maybe("side"))
    names = _read_names(found, table, "body", side)
    table.must("kind", '"army"')
    kind = table.one_of("kind", KINDS)
    table.done()
    if names and kind:
        found.bodies.append(Body(names=names, kind=kind, side=side))


def _read_person(found: Parties, table: Table) -> None:
    """A person; kind and side are those of the body where the table gives none of its own."""
    table.must("name", '"First Last"')
    name = table.text("name")
    body = found.check_body(table, "body", table.maybe("body"))
    kind = table.one_of("kind", KINDS)
    side = found.check_id(table, "side", table.maybe("side"))
    since, until = table.day("since"), table.day("until")
    if since and until and until < since:
        table.wrong("until", f"until = {until} is before since = {since}", "write the later date as until")
    role = table.maybe("role")
    names = table.texts("names")
    table.done()
    if not name:
        return
    for i, spelling in enumerate((name, *names)):
        line = table.line("names", i - 1) if i else table.line("name")
        check_name(table.sheet, line, spelling, first=i == 0)
        thing = Named(
            name=spelling,
            what="person",
            thing=name,
            side=side,
            file=table.sheet.path,
            line=line,
            entry=table.keys,
            since=since,
            until=until,
        )
        if i == 0 or spelling != name:
            found.named.append(thing)
    found.people.append(
        Person(
            name=name,
            names=names,
            role=role,
            body=body.name if body else None,
            kind=kind or (body.kind if body else None),
            side=side or (body.side if body else None),
            since=since,
            until=until,
        )
    )
