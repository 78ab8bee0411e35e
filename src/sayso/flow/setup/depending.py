"""What stands on an entry of the coverage's files: what an editor is told before it is taken out."""

from collections.abc import Iterator

from sayso.flow.newsroom import Newsroom


def depending_on(room: Newsroom, table: str, called: str) -> tuple[str, ...]:
    """Sentences about what the coverage would lose or what stands in the way; none where nothing depends on it."""
    if table == "source":
        return tuple(_on_source(room, called))
    if table == "place":
        return tuple(_on_place(room, called))
    if table == "body":
        return tuple(_on_body(room, called))
    return tuple(_on_party(room, called)) if table != "person" else ()


def _on_source(room: Newsroom, called: str) -> Iterator[str]:
    source, coverage = room.coverage.source(called), room.coverage
    n = room.store.statements_of(called)
    if n:
        yield f"{n} {'statements' if n > 1 else 'statement'} of it came in. They stay, under the name “{called}”."
    if source and source.party and not any(s.party == source.party for s in coverage.sources if s.name != called):
        name = coverage.conflict.name(source.party)
        yield f"It is the only channel of {name}: nobody can say any more what {name} did not report."


def _on_place(room: Newsroom, called: str) -> Iterator[str]:
    place = next((p for p in room.coverage.conflict.places if p.name == called), None)
    names = {n.casefold() for n in place.names} if place else set()
    written = room.store.headings("place").items()
    n = sum(k for name, k in written if names & {part.casefold() for part in name.split("|")})
    if n:
        yield f"{n} {'entries' if n > 1 else 'entry'} on the page name it. They stay; the map shows no longer where it lies."


def _on_body(room: Newsroom, called: str) -> Iterator[str]:
    conflict = room.coverage.conflict
    yield from _must_go("person", [p.name for p in conflict.people if p.body == called])
    yield from _must_go("source", [s.name for s in room.coverage.sources if s.body == called])


def _on_party(room: Newsroom, called: str) -> Iterator[str]:
    conflict = room.coverage.conflict
    yield from _must_go("camp", [g.name for g in conflict.groups if any(m.party == called for m in g.members)])
    yield from _must_go("body", [b.name for b in conflict.bodies if b.side == called])
    yield from _must_go("person", [p.name for p in conflict.people if p.side == called])
    yield from _must_go("place", [p.name for p in conflict.places if p.side == called])
    yield from _must_go("source", [s.name for s in room.coverage.sources if s.party == called])


def _must_go(what: str, names: list[str]) -> Iterator[str]:
    """Who refers to it: the check refuses to take it out before they do no longer."""
    if names:
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        yield f"Named by the {what} {', '.join(names[:5])}{more}: change that first, else nothing is written."
