"""One id for all names of a place, one claimant for all names of a body."""

from collections.abc import Iterable

from sayso.model.claim import Claim
from sayso.model.conflict import Body, Conflict, Place
from sayso.model.question import Claimant, Said


def matches(pattern: str, name: str) -> bool:
    """Whether a configured name stands for `name`: equal but for case, or a stem (`*`) that `name` begins with."""
    pattern, name = pattern.casefold(), name.casefold()
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def place_named(name: str, conflict: Conflict) -> Place | None:
    """The configured place that one of the alternatives in `name` ("Shusha|Shushi") stands for."""
    wanted = name.split("|")
    return next((p for p in conflict.places for n in p.names for w in wanted if matches(n, w)), None)


def place_id(name: str, conflict: Conflict) -> str:
    """One and the same id for all names of a place: the first configured name, else the name as written."""
    place = place_named(name, conflict)
    first = place.names[0] if place else name.split("|", maxsplit=1)[0]
    return " ".join(first.casefold().split())


def place_name(id_: str, conflict: Conflict) -> str:
    """The display name of a place id."""
    place = place_named(id_, conflict)
    return place.name if place else id_.title()


def body_named(names: Iterable[str | None], kind: str, side: str | None, conflict: Conflict) -> Body | None:
    """The configured body that one of the names stands for; kind and side must not speak against it."""
    wanted = [n for n in names if n]
    for body in conflict.bodies:
        if body.kind == kind and body.side == side and any(matches(n, w) for n in body.names for w in wanted):
            return body
    return None


def claimant_of(said: Said, conflict: Conflict) -> Claimant:
    """Whose answer a claim is: the body for all its names, a person without one, or the outlet that names no source.

    A text that names no source is never a side's own word (claims.md section 6), whatever side it is about.
    """
    attr = said.claim.attr
    if attr.names_no_source:
        return Claimant(id=f"outlet {said.outlet}", name=f"{said.outlet}, naming no source", side=None, kind=attr.kind)
    body = body_named((attr.org, person_body(said.claim, conflict)), attr.kind, attr.side, conflict)
    only = (
        sole_body(attr.kind, attr.side, conflict)
        if body is None and attr.org is None and attr.speaker is None
        else None
    )
    name = (body or only).name if (body or only) else described(said.claim, conflict)  # type: ignore[union-attr]
    return Claimant(id=f"{attr.side or '-'} {attr.kind} {name.casefold()}", name=name, side=attr.side, kind=attr.kind)


def person_body(claim: Claim, conflict: Conflict) -> str | None:
    """The body that the named speaker is configured to speak for."""
    speaker = claim.attr.speaker
    if speaker is None:
        return None
    known = (p for p in conflict.people if any(matches(n, speaker) for n in (p.name, *p.names)))
    return next((p.body for p in known), None)


def sole_body(kind: str, side: str | None, conflict: Conflict) -> Body | None:
    """The only body of that kind on that side; None where there are several or none."""
    found = [b for b in conflict.bodies if b.kind == kind and b.side == side]
    return found[0] if len(found) == 1 and side is not None else None


def described(claim: Claim, conflict: Conflict) -> str:
    """The speaker in the best words that the text gives."""
    attr = claim.attr
    if attr.org:
        return attr.org
    if attr.speaker:
        return f"{attr.speaker}, {attr.role}" if attr.role else attr.speaker
    of_side = f" of {conflict.name(attr.side)}" if attr.side else ""
    if attr.role:
        return attr.role if conflict.name(attr.side).casefold() in attr.role.casefold() else attr.role + of_side
    return attr.kind.replace("_", " ") + of_side
