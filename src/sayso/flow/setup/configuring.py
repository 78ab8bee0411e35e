"""Editorial power that lies in the coverage's files: each change is a row of the ledger and stands on the method page (H16)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sayso.flow.clock import world_now
from sayso.flow.newsroom import Newsroom
from sayso.model.conflict import Conflict, Membership, Person
from sayso.model.coverage import Coverage, Source
from sayso.model.event import Configured
from sayso.model.outgoing import Release
from sayso.model.page import Reconfigured
from sayso.store import Store

CONFIGURING: Final = "configuration"  # the actor of these rows in the ledger


def note_configuration(room: Newsroom) -> bool:
    """Whether the coverage's files say something else than when they were noted last; then that is noted."""
    lines = tuple(in_lines(room.coverage))
    noted = room.store.configurations()
    if noted and noted[-1][1].lines == lines:
        return False
    with room.store.write(actor=CONFIGURING, at=world_now()) as w:
        w.append(Configured(lines=lines))
    return True


def reconfigured(store: Store) -> tuple[Reconfigured, ...]:
    """Each change of the files since they were first noted, the newest first."""
    found = [
        Reconfigured(at=at, row=seq, gone=less(before.lines, after.lines), new=less(after.lines, before.lines))
        for ((_, _), before), ((seq, at), after) in pairwise(store.configurations())
    ]
    return tuple(reversed(found))


def less(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The lines that the others lack."""
    return tuple(line for line in lines if line not in set(others))


def in_lines(coverage: Coverage) -> Iterator[str]:
    """What the files decide, a line each, in a fixed order: who is named how, who speaks for whom since when, what is fetched
    and how it goes out, what counts. Nothing of where a place lies (H8) or what an address holds."""
    yield f"readings: {'accepted by rule' if coverage.readings == 'by_rule' else 'accepted by an editor only'}"
    yield f"always waits for an editor: {', '.join(coverage.held_types) or 'nothing'}"
    yield from of_release(coverage.release)
    yield f"languages that are read: {', '.join(coverage.languages)}"
    if coverage.own_voice_never:
        yield f"never in our own voice: {', '.join(f'“{word}”' for word in coverage.own_voice_never)}"
    if coverage.model:
        yield f"language model that may propose claims: {coverage.model.model}"
    if coverage.parser:
        yield "a parser looks for speakers"
    yield from (f"naming: {line}" for line in coverage.naming.strip().splitlines() if line.strip())
    yield from of_conflict(coverage.conflict)
    yield from (of_source(source, coverage.conflict) for source in coverage.sources)
    yield from (
        f"ground said to be held since {a.since}: {a.title or a.source}, says {a.claimant}" for a in coverage.areas
    )


def of_release(release: Release) -> Iterator[str]:
    """How long what is published at the desk waits, and who must look too."""
    yield f"what the desk publishes can be undone for {release.undo_s} seconds"
    if release.delay_min:
        yield f"what always waits for an editor then goes out {release.delay_min} minutes later"
    yield from (f"{kind.replace('_', ' ')} goes out {minutes} minutes later" for kind, minutes in release.delays)
    if release.second_pair != "none":
        yield f"a second editor looks at {'everything' if release.second_pair == 'all' else 'what is to be doubted'}"


def of_conflict(conflict: Conflict) -> Iterator[str]:
    """Parties, camps, bodies, people and places."""
    yield from (f"party: {', '.join(party.names)}" for party in conflict.parties)
    yield from (f"named, but no side: {', '.join(party.names)}" for party in conflict.third)
    for group in conflict.groups:
        yield f"camp: {', '.join(group.names)}"
        yield from (f"in the camp {group.name}: {conflict.name(m.party)}{dates(m)}" for m in group.members)
    for body in conflict.bodies:
        speaks = f", speaks for {conflict.name(body.side)}" if body.side else ", speaks for no side"
        yield f"body: {', '.join(body.names)} ({body.kind.replace('_', ' ')}){speaks}"
    for person in conflict.people:
        office = ", ".join(filter(None, (person.role, person.body)))
        yield f"person: {', '.join((person.name, *person.names))}{f' ({office})' if office else ''}{dates(person)}"
    for place in conflict.places:
        people = f", counted to {conflict.name(place.side)}" if place.side else ""
        yield f"place: {', '.join(place.names)}{people}, shown by {place.precision}"


def of_source(source: Source, conflict: Conflict) -> str:
    """A source: whose it is, for whom it speaks, how it goes out and how much of it is shown."""
    owner = f" of {source.body}" if source.body else ""
    speaks = f", speaks for {conflict.name(source.party)}" if source.party else ""
    out = "goes out by itself" if source.go_out == "auto" else "waits for an editor"
    shown = {"none": "not shown", "excerpt": "shown as an excerpt", "full": "shown whole"}[source.rehost]
    return f"source: {source.title}{owner}{speaks}; {out}; its words are {shown}"


def dates(of: Membership | Person) -> str:
    """From when and until when."""
    return (f" from {of.since}" if of.since else "") + (f" until {of.until}" if of.until else "")
